"""Characters that have no place in a title or a text: controls, direction overrides, invisible ones, odd spaces.

What feeds and files carry is hostile or careless. A right-to-left override turns "gpj.exe" into "exe.jpg", zero-width
characters break words for search and hide them from mutes, tag characters smuggle instructions, and stacked combining
marks paint over the lines around them. All of it goes; what a language needs (joiners inside words, accents) stays.
"""

from __future__ import annotations

import re
import unicodedata

from digest.text.listitems import split_items

#: What the control characters between 0x80 and 0x9f mean as bytes of Windows-1252. Nobody writes these controls; they
#: are what is left of its quotation marks and dashes, and HTML reads references to them so
#: (https://html.spec.whatwg.org/#numeric-character-reference-end-state).
WINDOWS_CHARACTERS = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_C1 = re.compile("[\x80-\x9f]")

_DROPPED_RANGES = (
    "\x00-\x08\x0e-\x1f\x7f"  # controls that are not white space
    "\u00ad\u034f\u180b-\u180f\u200b\u2060-\u2064\ufeff"  # soft hyphen, zero-width space and the like
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction marks, embeddings, overrides and isolates
    "\ufff9-\ufffc\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff"  # annotation marks, noncharacters, lone surrogates
    "\U000e0000-\U000e007f"  # tag characters
)
_JOINERS = "\u200c\u200d"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_DROPPED = re.compile(f"[{_DROPPED_RANGES}]")
#: Persian, Hindi and emoji need joiners, but only one at a time and between two visible characters.
_STRAY_JOINERS = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)|([{_JOINERS}])[{_JOINERS}]+")
#: Vietnamese and polytonic Greek stack two marks; four leave room.
_STACKED_MARKS = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
#: One look for all three: most texts have none of them.
_SUSPECT = re.compile(f"[{_DROPPED_RANGES}{_JOINERS}{_MARKS}]")
#: Other ways to end a line; CRLF comes first.
_LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\u2028")
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")


def read_as_windows(text: str) -> str:
    """The text with what Windows-1252 means by them in the place of the control characters from 0x80 to 0x9f."""
    return text.translate(WINDOWS_CHARACTERS) if _C1.search(text) else text


def clean_line(text: str) -> str:
    """One line: no control, direction or invisible characters, white space folded to single spaces."""
    return " ".join(_visible(text).split())


def clean_paragraphs(text: str) -> str:
    """Paragraphs of one line each, separated by one blank line; blank lines end one, and so does an item of a list."""
    visible = _visible(text).replace("\u2029", "\n\n")
    for line_end in _LINE_ENDS:
        visible = visible.replace(line_end, "\n")
    groups = (group for paragraph in _PARAGRAPH_BREAK.split(visible) for group in split_items(paragraph.split("\n")))
    folded = (" ".join(" ".join(group).split()) for group in groups)
    return "\n\n".join(paragraph for paragraph in folded if paragraph)


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    # NFC: "é" is one character, however the source wrote it.
    composed = unicodedata.normalize("NFC", read_as_windows(text))
    if not _SUSPECT.search(composed):
        return composed
    # Once more: a mark that followed a dropped character now follows its letter.
    kept = unicodedata.normalize("NFC", _DROPPED.sub("", composed))
    return _STACKED_MARKS.sub(r"\1", _STRAY_JOINERS.sub(r"\1", kept))
