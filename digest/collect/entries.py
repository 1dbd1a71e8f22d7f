"""What the readers of feed documents agree on: the values, and how they say that a document is no feed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from digest.model import Image, Medium
from digest.text.html import html_to_line

#: What WordPress files an article under whose author chose nothing.
_NO_CATEGORY = frozenset(
    {
        *("uncategorized", "uncategorised", "unkategorisiert", "non classé", "sin categoría", "senza categoria"),
        *("sem categoria", "bez kategorii", "geen categorie", "без рубрики", "未分类"),
    }
)
_LONGEST_CATEGORY = 80
_MOST_CATEGORIES = 30
#: RSS writes "mail@example.org (Jane Doe)"; programs that hide the address write "noreply@..." or "hidden".
_MAIL_AND_NAME = re.compile(r"(?:\S+@\S+|hidden|noreply|nobody|unknown)\s+\((?P<name>.+)\)", re.IGNORECASE)
_MAIL = re.compile(r"<?[^\s<>()@]+@[^\s<>()@]+>?")
_LONGEST_AUTHOR = 120


class NotAFeedError(Exception):
    """The document is no feed; the message goes on after the source's name: "is HTML, not a feed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A raw item of a feed; "" and None where it says nothing."""

    title: str
    #: Absolute http(s) address.
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
    image: Image | None = None
    medium: Medium = "text"
    #: How long a recording is.
    duration: timedelta | None = None


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


def primary_tag(language: str) -> str:
    """ "en" of "en-US"; "" of what is no language tag."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", language)
    return match[1].lower() if match else ""


def author_name(written: str) -> str:
    """A person's name without a mail address: nobody agreed to see theirs passed on."""
    line = html_to_line(written)
    named = _MAIL_AND_NAME.fullmatch(line)
    return (named["name"] if named else _MAIL.sub("", line).strip(" ()<>,"))[:_LONGEST_AUTHOR]


def category_names(written: Iterable[str]) -> tuple[str, ...]:
    """Categories worth sorting by: one line each, none twice, none that says "none"."""
    lines = (html_to_line(name) for name in written)
    telling = (line for line in lines if 0 < len(line) <= _LONGEST_CATEGORY and line.casefold() not in _NO_CATEGORY)
    return tuple(dict.fromkeys(telling))[:_MOST_CATEGORIES]


def iso_moment(written: str) -> datetime | None:
    """An ISO 8601 date and time as an aware one; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(written)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
