"""The values from the summaries to the rendered edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Literal

from digest.model.news import Medium


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence and the article it came from."""

    text: str
    #: The id of the article; "" where a person wrote it in the draft.
    article: str
    #: In an issue: that article, where it is not the leading one. It stands by itself, whatever becomes of `Item.also`.
    cites: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Our few sentences on a story."""

    story: str
    sentences: tuple[Sentence, ...]


# --- compose ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another article on the same story."""

    publisher: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A story of an earlier issue, as readers saw it."""

    number: int
    date: date
    headline: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A story as it stands in the issue."""

    #: The story's id; "" where a person added the item to the draft.
    id: str
    headline: str
    url: str | None
    publisher: str
    published: datetime | None
    sentences: tuple[Sentence, ...]
    also: tuple[Link, ...] = ()
    #: The ids of all its articles: never picked again.
    articles: tuple[str, ...] = ()
    language: str = ""
    #: Minutes to read the leading article in full.
    reading_minutes: int = 0
    #: What the leading article is, and of a recording the minutes to hear or watch it; 0 where not known.
    medium: Medium = "text"
    playing_minutes: int = 0
    #: The owner's own words on it, one paragraph.
    note: str = ""
    #: What it goes on with.
    follows: Earlier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled group of items."""

    title: str
    items: tuple[Item, ...]
    #: A few words above its first item, paragraphs separated by one blank line; "" for most.
    introduction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One dated, numbered number of the newsletter: content, no markup."""

    number: int
    date: date
    newsletter: str
    language: str
    subject: str
    preheader: str
    #: The editor's own words above the first section, paragraphs separated by one blank line.
    introduction: str
    sections: tuple[Section, ...]
    #: Minutes to read the issue itself.
    reading_minutes: int
    #: The ids of the stories as composed, best first: the subject is about the first, the preheader names others.
    ranking: tuple[str, ...] = ()
    #: The subject with "{headline}" where it is about a story; without that mark it is about none.
    subject_frame: str = ""

    @property
    def key(self) -> str:
        """Its name on disk and in the ledger: "0007-2026-02-19"."""
        return f"{self.number:04d}-{self.date.isoformat()}"

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEnoughNews:
    """Why there is no issue."""

    found: int
    needed: int
    #: Articles that were not worth a place.
    weak: int = 0


# --- render, check ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholders:
    """Random sentinels that stand in an edition for what differs from subscriber to subscriber.

    They are made anew for each edition and put in by our templates only, so no article text can be taken for one.
    Letters and digits only: they survive inlining, quoting and URL encoding unchanged.
    """

    greeting: str
    email: str
    unsubscribe_url: str

    def filled(self, part: str, *, markup: bool, greeting: str, email: str, unsubscribe_url: str) -> str:
        """A part of an edition with values in place of the sentinels; in markup they stay text."""
        values = {self.greeting: greeting, self.email: email, self.unsubscribe_url: unsubscribe_url}
        for sentinel, value in values.items():
            part = part.replace(sentinel, escape(value) if markup else value)
        return part


#: Gmail clips a message at about 102 KB of HTML and drops all styles when it does; tests found 102 to 105 KB, by
#: encoding. https://github.com/hteumeuleu/email-bugs/issues/41 and 56
GMAIL_CLIPS_AT = 102_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An issue rendered for one audience variant; the same bytes for everyone in it."""

    #: The issue's `key`.
    issue: str
    subject: str
    html: str
    text: str
    placeholders: Placeholders


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found."""

    level: Literal["error", "warning"]
    #: "size", "unsubscribe", "postal-address", "alt", ...: stable, for scripts.
    code: str
    message: str
    #: The next step.
    hint: str = ""
