"""What all kinds of sources make: an article with its identity, and no longer than a hostile source may make it. Pure.

`Article.canonical` says in text what an article is, `Article.id` is a digest of it: 64 bits are a chance of one in 30
million for two equal ones among a million articles. What is canonical of an entry is decided in `feeds.sameness`; of a
page it is its canonical address, of a file its path.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypedDict, TypeVar, Unpack

from digest.model import Article, Medium, Source

T = TypeVar("T")
_FIRST_SENTENCE = re.compile(r"(?<=[.!?…])\s|(?<=[。！？])|\n")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

#: Characters of a headline; what is longer is a paragraph in the wrong place.
LONGEST_TITLE = 300
#: Characters of a first sentence that stands in for a missing headline.
LONGEST_STAND_IN = 90
#: Characters of a text; the longest of 4,223 real entries has 187,000.
LONGEST_TEXT = 200_000


class _Optional(TypedDict, total=False):
    """What only some kinds of sources know of an article; see `Article`."""

    teaser: str
    author: str
    language: str
    categories: tuple[str, ...]
    medium: Medium
    duration: timedelta | None
    pinned: bool
    note: str


def new_article(
    source: Source,
    *,
    canonical: str,
    publisher: str,
    title: str,
    url: str | None,
    published: datetime,
    dated: bool,
    text: str = "",
    section: str | None = None,
    **known: Unpack[_Optional],
) -> Article:
    """An article of a source, in the source's section unless it names its own; a title or text too long is cut."""
    return Article(
        id=article_id(canonical),
        source=source.location,
        publisher=publisher,
        title=title[:LONGEST_TITLE],
        url=url or None,
        canonical=canonical,
        published=published,
        dated=dated,
        text=text[:LONGEST_TEXT],
        section=section or source.section,
        weight=source.weight,
        **known,
    )


def first_sentence(text: str) -> str:
    """The first sentence of a text, to stand in for a missing headline; all of the text where nothing ends it."""
    return _FIRST_SENTENCE.split(text, maxsplit=1)[0]


def article_id(canonical: str) -> str:
    """The identity as 16 hexadecimal digits; they are in the databases of people's projects."""
    return digest_of(canonical)


def digest_of(text: str) -> str:
    """16 hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def newest(things: Sequence[T], most: int, *, moment: Callable[[T], datetime | None]) -> tuple[T, ...]:
    """The `most` newest, in the order they had, since many lists begin with the oldest.

    What has no time is left out first, from the end.
    """
    if len(things) <= most:
        return tuple(things)
    ranked = sorted(range(len(things)), key=lambda place: moment(things[place]) or _LONG_AGO, reverse=True)
    return tuple(things[place] for place in sorted(ranked[:most]))
