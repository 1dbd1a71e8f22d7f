"""What the readers of feed documents agree on: the values, and how they say that a document is no feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.collect.article.moments import EARLIEST, day_in_link
from digest.model import Medium


class NotAFeedError(Exception):
    """The document is no feed; the message goes on after the source's name: "is HTML, not a feed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A raw item of a feed; "" and None where it says nothing."""

    title: str
    #: Absolute http(s) address of its own.
    link: str
    guid: str
    #: Aware, UTC.
    published: datetime | None
    #: The article as far as the feed carries it: HTML or text.
    content: str
    #: The feed's own short description of it: HTML or text.
    summary: str
    author: str = ""
    categories: tuple[str, ...] = ()
    medium: Medium = "text"
    #: How long a recording is.
    duration: timedelta | None = None
    #: Where readers may be led if it has no link: a page that it names, which may be that of others as well.
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A source document."""

    title: str
    #: The page that it is the feed of, "" where it names none.
    link: str
    #: BCP 47 primary tag.
    language: str
    #: In the document's order.
    entries: tuple[Entry, ...]
    #: When the document says that it last changed.
    updated: datetime | None = None
    #: What was odd: phrases that go on after the feed's name.
    notes: tuple[str, ...] = ()


def date_of(entry: Entry) -> datetime | None:
    """Its date, else the day in its link."""
    return max(entry.published, EARLIEST) if entry.published else day_in_link(entry.link)
