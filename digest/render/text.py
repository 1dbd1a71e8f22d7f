"""Plain text for mail: wrapped, with addresses whole. The text part is made from the issue, never from the HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: Readable unquoted on 80 columns, and quoted a few times (RFC 3676 §4.2 asks for 78 or fewer).
WIDTH = 72

#: A word longer than this that is no address is cut: the wire takes 998 octets a line, here at 4 to a character.
_LONGEST_WORD = 240
_ADDRESS = re.compile(r"[<(]?(?:https?|mailto):", re.IGNORECASE)
#: No line ends at a no-break space: French has one before a colon.
_PIECES = re.compile(r"[^\S\u00a0\u202f]+|(?:\S|[\u00a0\u202f])+")
#: Characters of East Asia one by one, others in a row; no line ends at an opening mark or begins at a closing one.
_WIDE_PIECES = re.compile(r"[（「『]?(?:[\u1100-\U0003ffff]|[^\u1100-\U0003ffff]+)[、。，．！？）」』]*")


def wrap(text: str, indent: str = "", first: str | None = None) -> str:
    """Break a paragraph into lines of at most `WIDTH` columns.

    Args:
        text: a paragraph.
        indent: what every line begins with.
        first: what the first line begins with, where it differs.
    """
    lines: list[str] = []
    line, filled = indent if first is None else first, False
    for space, word in _words(text):
        if filled and columns(line) + len(space) + columns(word) > WIDTH:
            lines.append(line)
            line, filled = indent, False
        line += space + word if filled else word
        filled = True
    return "\n".join([*lines, line])


def columns(text: str) -> int:
    """The width of a text in a terminal's columns: East Asian characters take two, combining and unseen ones none."""
    return sum(_width(character) for character in text)


def underlined(title: str, mark: str) -> str:
    lines = wrap(title).split("\n")
    return "\n".join([*lines, mark * max(columns(line) for line in lines)])


def _words(text: str) -> Iterator[tuple[str, str]]:
    """The unbreakable pieces of a text, each with the space before it ("" inside text without spaces)."""
    space = ""
    for piece in _PIECES.findall(text):
        if piece.isspace():
            space = " "
            continue
        for part in _unbreakable(piece):
            yield space, part
            space = ""


def _unbreakable(word: str) -> list[str]:
    if _ADDRESS.match(word):
        return [word]
    if any(_width(character) == 2 for character in word):
        return _WIDE_PIECES.findall(word)
    return [word[start : start + _LONGEST_WORD] for start in range(0, len(word), _LONGEST_WORD)]


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
