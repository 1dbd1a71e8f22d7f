"""Plain text as a careless scraper leaves it → the article's title, date and whole paragraphs. Pure.

Two kinds of files come in. A text, perhaps with some furniture around and within it, loses only the lines that are
known to be furniture. The dump of a whole page, menus and all, loses everything but the run of lines that is its
article (`segment`). What is neither title, date nor furniture comes out unchanged and in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from digest.collect.article.dates import WrittenDate, find_date
from digest.collect.prose.furniture import Furniture, author_in, split_credit, words_only
from digest.collect.prose.segment import Span, TextLine, article_span, main_title, read_lines
from digest.text.clean import clean_line
from digest.text.listitems import is_broken, split_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Plaintext:
    """What a plain-text file holds; "" or None where it holds nothing of the kind."""

    title: str = ""
    #: Paragraphs separated by one blank line, the title not among them.
    text: str = ""
    published: WrittenDate | None = None
    author: str = ""
    #: Captions and credits of the pictures that stood among the paragraphs.
    credits: tuple[str, ...] = ()


def clean_plaintext(text: str, *, zone: tzinfo = UTC) -> Plaintext:
    """Separate the article from what surrounds it; a text with any prose never comes out empty.

    Args:
        text: a file's content, decoded.
        zone: where a date was written that names no zone.
    """
    lines = read_lines(unwrapped(text))
    if not lines:
        return Plaintext()
    found = _from_page(lines, zone) if _is_page(lines) else None
    return found or _from_text(lines, zone)


# --- a text -----------------------------------------------------------------------------------------------------

#: Furniture that is left out wherever it stands; the rest only above the first paragraph or below the last one.
_NEVER_PROSE = {Furniture.CALL, Furniture.CREDIT, Furniture.WIRE}
#: What may open the part below an article: reactions, tags, comments, related stories.
_OPENS_TAIL = {Furniture.LABEL, Furniture.COMMENTS, Furniture.CALL, Furniture.PROMOTION, Furniture.LEGAL}
#: A line above the first paragraph, or without one, that may be a title.
_MOST_TITLE_WORDS = 35
_MOST_QUESTION_WORDS = 20
_MOST_HEADER_LINES = 12
#: A paragraph below the article has at least this many words; a shorter line there is a label.
_FEWEST_PARAGRAPH_WORDS = 8


def _from_text(lines: Sequence[TextLine], zone: tzinfo) -> Plaintext:
    title_at = _title_at(lines)
    title = lines[title_at].text if title_at is not None else ""
    below = [line for i, line in enumerate(lines) if i != title_at and not (title and _is_same_line(line.text, title))]
    body_at = next((i for i, line in enumerate(below) if line.prose and not line.furniture), 0)
    header = below[: min(body_at, _MOST_HEADER_LINES)]
    body = [line for line in header if line.furniture is None] + _without_tail(below[len(header) :])
    return Plaintext(
        title=title,
        text=_joined_paragraphs(line for line in body if line.furniture not in _NEVER_PROSE),
        published=_date(header, zone),
        author=_author(header),
        credits=_credits(below),
    )


def _title_at(lines: Sequence[TextLine]) -> int | None:
    """The first line that is no date, byline or the like, if it is repeated or looks like a title."""
    for i, line in enumerate(lines[:_MOST_HEADER_LINES]):
        if line.furniture in {Furniture.DATE, Furniture.COUNTER, Furniture.BYLINE, Furniture.LABEL}:
            continue
        others = lines[i + 1 :]
        repeated = any(_is_same_line(line.text, other.text) for other in others[: _MOST_HEADER_LINES - 1])
        # A sentence that stands there twice with no other below is all the text there is.
        repeated = repeated and any(other.prose and not _is_same_line(line.text, other.text) for other in others)
        return i if repeated or (len(lines) > 1 and _looks_like_title(line)) else None
    return None


def _looks_like_title(line: TextLine) -> bool:
    """Whether it is short and no sentence; a question or a cry may be a title, too."""
    if line.words > _MOST_TITLE_WORDS or line.text.endswith((".", "。", "।", ":")):
        return False
    return not line.prose or (line.text.endswith(("?", "!", "？", "！")) and line.words <= _MOST_QUESTION_WORDS)


def _is_same_line(one: str, other: str) -> bool:
    return words_only(one) == words_only(other)


def _without_tail(lines: list[TextLine]) -> list[TextLine]:
    """The lines up to what stands below an article: from the first furniture after which there is no paragraph."""
    last = max((i for i, line in enumerate(lines) if _is_paragraph(line)), default=-1)
    tail = next((i for i in range(last + 1, len(lines)) if lines[i].furniture in _OPENS_TAIL), len(lines))
    return lines[:tail] if last >= 0 else lines


def _is_paragraph(line: TextLine) -> bool:
    return line.prose and line.furniture is None and line.words >= _FEWEST_PARAGRAPH_WORDS


# --- the dump of a page -----------------------------------------------------------------------------------------

#: A menu at the top of a page has this many lines of a few words; a text begins sooner.
_FEWEST_MENU_LINES = 8
_MOST_MENU_WORDS = 5
#: Where a page opens with a paragraph (on cookies, say), it still has this many such lines, buttons among them.
_FEWEST_SHORT_LINES = 20
_FEWEST_LABELS = 3
#: Lines in a row that are no sentences: fewer are headings, more a box of links.
_MOST_HEADING_LINES = 4
_MOST_HEADING_WORDS = 9
#: A headline in a box of links is shorter.
_FEWEST_SENTENCE_WORDS = 20
_BIOGRAPHY_LINES = 4


def _is_page(lines: Sequence[TextLine]) -> bool:
    """Whether the lines are a whole page: a menu above the text, or menus and buttons all around it."""
    body_at = next((i for i, line in enumerate(lines) if _is_paragraph(line)), len(lines))
    short = [i for i, line in enumerate(lines) if i and line.words <= _MOST_MENU_WORDS and line.text[0].isalpha()]
    labels = sum(line.furniture in _OPENS_TAIL for line in lines)
    return body_at < len(lines) and (
        sum(i < body_at for i in short) >= _FEWEST_MENU_LINES
        or (len(short) >= _FEWEST_SHORT_LINES and 2 * len(short) > len(lines) and labels >= _FEWEST_LABELS)
    )


def _from_page(lines: Sequence[TextLine], zone: tzinfo) -> Plaintext | None:
    span = article_span(lines)
    if span is None:
        return None
    title_at = max((i for i in span.titles if i <= span.start), default=0)
    header = lines[max(0, title_at - 3) : span.start + 2]
    author = _author(header)
    return Plaintext(
        title=main_title(lines[0].text) if title_at == 0 else lines[title_at].text,
        text=_joined_paragraphs(_without_biography(_prose_and_headings(lines, span), author)),
        published=_date(header, zone),
        author=author,
        credits=_credits(lines[span.start : span.end]),
    )


def _prose_and_headings(lines: Sequence[TextLine], span: Span) -> list[TextLine]:
    """The prose and the headings of an article; boxes, captions and calls among them are left out."""
    kept: list[TextLine] = []
    at = span.start
    while at < span.end:
        if span.scores[at] > 0:
            kept.append(lines[at])
            at += 1
            continue
        end = next((i for i in range(at, span.end) if span.scores[i] > 0), span.end)
        between = [line for line in lines[at:end] if line.furniture is not Furniture.CREDIT]
        kept += between if _are_headings(between) else []
        at = end
    return kept


def _without_biography(lines: list[TextLine], author: str) -> list[TextLine]:
    """The lines without a paragraph on the author at the end: it begins with the name that stands above the text."""
    last = range(max(1, len(lines) - _BIOGRAPHY_LINES), len(lines))
    at = next((i for i in last if author and lines[i].text.startswith(author)), len(lines))
    return lines[:at]


def _are_headings(lines: Sequence[TextLine]) -> bool:
    """Whether lines between two paragraphs may be headings, or a sentence without its stop, and no box of links."""
    is_sentence = len(lines) == 1 and lines[0].words >= _FEWEST_SENTENCE_WORDS
    return (
        0 < len(lines) <= _MOST_HEADING_LINES
        and (lines[0].words <= _MOST_HEADING_WORDS or is_sentence)
        and not any(line.furniture for line in lines)
    )


# --- both -------------------------------------------------------------------------------------------------------


def _joined_paragraphs(lines: Iterable[TextLine]) -> str:
    return "\n\n".join(text for line in lines if (text := split_credit(line.text)[0]))


def _date(header: Sequence[TextLine], zone: tzinfo) -> WrittenDate | None:
    """The first date above the text: of a date line, else beside the author's name or the like."""
    for wanted in (Furniture.DATE, None):
        for line in header:
            if line.furniture is wanted or (wanted is None and not line.prose):
                found = find_date(line.text, zone=zone)
                if found:
                    return found
    return None


def _author(header: Sequence[TextLine]) -> str:
    named = (author_in(line.text) for line in header if line.furniture in {Furniture.BYLINE, Furniture.DATE})
    return next((name for name in named if name), "")


def _credits(lines: Sequence[TextLine]) -> tuple[str, ...]:
    found = (line.text if line.furniture is Furniture.CREDIT else split_credit(line.text)[1] for line in lines)
    return tuple(dict.fromkeys(credit for credit in found if credit))


# --- lines ------------------------------------------------------------------------------------------------------


def unwrapped(text: str) -> list[str]:
    """The lines of a text, each a whole paragraph: lines that were broken to fit a width are joined again."""
    blocks = [block for block in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n")) if block.strip()]
    lines = [[line for line in block.splitlines() if line.strip()] for block in blocks]
    width = max((len(line.rstrip()) for block in lines if len(block) > 1 for line in block), default=0)
    joined = (_unwrapped_group(group, width) for block in lines for group in split_items(block))
    return [cleaned for group in joined for line in group if (cleaned := clean_line(line))]


def _unwrapped_group(group: Sequence[str], width: int) -> Sequence[str]:
    return [" ".join(group)] if is_broken(group, width) else group
