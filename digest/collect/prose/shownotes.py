"""The notes of a podcast or a video → what it is about: no chapters, sponsors, "follow us", lists of links. Pure."""

from __future__ import annotations

import re
from functools import cache

from digest.languages.tables import either, merged
from digest.text.html import html_to_text
from digest.text.sentences import split_sentences

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:p|div|br|ul|ol|li|a|b|i|em|strong|span|h[1-6])\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|fm|tv|io|co|gg|me|ly|link|shop)/\S*", re.IGNORECASE
)
_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?"
#: "03:12 The night", "The night - 03:12", "• (00:03:12) The night".
_CHAPTER = re.compile(rf"[\W_]*{_TIME}(?:\s*[-–—]\s*{_TIME})?(?:\W|$).*|.{{0,150}}[\s\W]{_TIME}\W*")
_HASHTAGS = re.compile(r"(?:[#＃][\w-]+[\s,]*)+")
#: An address fills the line: what else stands in it is its label.
_LABEL_WORDS = 7
_SENTENCE_END = re.compile(r"[.!?…。！？।]['\"”’)\]]*$")
#: Below such a heading a line of fewer words is a part of the list; what is longer and ends like a sentence is prose.
_LIST_WORDS = 12


def show_notes(written: str) -> str:
    """The prose of a recording's notes: paragraphs separated by one blank line, "" where there is none.

    Args:
        written: HTML, or text in which each line is a paragraph.
    """
    kept: list[str] = []
    in_list = False
    for paragraph in _paragraphs(written):
        if _heading().fullmatch(paragraph):
            in_list = True
            continue
        prose = "" if _is_furniture(paragraph) else _without_calls(paragraph)
        if not prose or (in_list and not _is_prose(prose)):
            continue
        in_list = False
        kept.append(prose)
    return "\n\n".join(kept)


def _paragraphs(written: str) -> list[str]:
    # Each line is one of its own in these notes; elsewhere, line ends are only where a line was full.
    apart = _BREAK.sub("<p>", written) if _MARKUP.search(written) else written.replace("\n", "\n\n")
    return [paragraph for paragraph in html_to_text(apart).split("\n\n") if paragraph]


def _is_furniture(paragraph: str) -> bool:
    return bool(
        _CHAPTER.fullmatch(paragraph)
        or _HASHTAGS.fullmatch(paragraph)
        or _is_label(paragraph)
        or not re.search(r"\w", paragraph)
    )


def _without_calls(paragraph: str) -> str:
    calls = _calls()
    if not calls.search(paragraph):
        return paragraph
    return " ".join(sentence for sentence in split_sentences(paragraph, "") if not calls.search(sentence))


def _is_label(paragraph: str) -> bool:
    rest, addresses = _ADDRESS.subn(" ", paragraph)
    return addresses > 0 and len(re.findall(r"\w+", rest)) <= _LABEL_WORDS * addresses


def _is_prose(paragraph: str) -> bool:
    return bool(_SENTENCE_END.search(paragraph)) and len(paragraph.split()) >= _LIST_WORDS


@cache
def _calls() -> re.Pattern[str]:
    """In sentences that tell the listener what to buy, whom to follow, where to write and who turned the knobs."""
    return re.compile(either(merged("recordings")["calls"]), re.IGNORECASE)


@cache
def _heading() -> re.Pattern[str]:
    """Above a list: "Links:", "Chapters", "Mentioned in this episode"."""
    words = merged("recordings")
    openers, headings, tails = (either(words[key]) for key in ("heading_openers", "headings", "heading_tails"))
    return re.compile(rf"\W*(?:{openers}\s)*{headings}(?:\s{tails}\b.{{0,40}})?\W*", re.IGNORECASE)
