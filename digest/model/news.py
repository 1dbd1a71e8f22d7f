"""The values from the sources to the stories that were picked."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

#: What an article is made for: to be read, heard or watched.
Medium = Literal["text", "audio", "video"]
SourceKind = Literal["feed", "opml", "folder", "page", "sitemap", "mailbox", "picks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The span of time an issue is about: `since` < published <= `until`."""

    since: datetime
    until: datetime
    #: Up to when the last issue saw what had arrived; None where there was none. Later than `since`, for late arrivals.
    seen_until: datetime | None = None

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise ValueError("a window needs aware times")

    @property
    def begin(self) -> datetime:
        """The first moment that it holds."""
        return self.since + timedelta(microseconds=1)

    def holds(self, moment: datetime) -> bool:
        return self.since < moment <= self.until

    def holds_sighting(self, moment: datetime) -> bool:
        """Whether it is new that an article was there at this moment: what the last issue saw is no late arrival."""
        return self.holds(moment) and (self.seen_until is None or moment > self.seen_until)


# --- collect ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where articles come from, as the owner wrote it down."""

    kind: SourceKind
    #: A URL, or a path relative to the project's folder.
    location: str
    #: What readers see; where empty, the feed's own title or the host is used.
    name: str = ""
    #: The section that its articles go to, whatever the rules say.
    section: str | None = None
    #: Multiplies the score; 1 is neutral.
    weight: float = 1.0
    #: Fetch the article's page when the feed carries only a teaser.
    full_text: bool = False
    #: For a page that lists articles: the CSS selector of their links; "" for a page that is an article.
    links: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry or a file with clean text, title, time and canonical URL."""

    #: 16 hexadecimal digits, the same in every run (from the canonical URL, else the guid, else title and source).
    id: str
    #: The location of its `Source`.
    source: str
    #: The name of the source as readers see it.
    publisher: str
    title: str
    #: Absolute http(s) address, None for a local file without a link.
    url: str | None
    #: The address without tracking parameters and the like: equal for equal articles. `file:PATH` for a local file.
    canonical: str
    published: datetime
    #: False where the source gave no usable date and `published` is when it was first seen (or the file's own time).
    dated: bool = True
    #: Clean text, paragraphs separated by one blank line; "" where only a title is known.
    text: str = ""
    #: The source's own short description, as text.
    teaser: str = ""
    author: str = ""
    #: BCP 47 primary tag ("en"), "" where unknown.
    language: str = ""
    categories: tuple[str, ...] = ()
    #: The section its source demands.
    section: str | None = None
    weight: float = 1.0
    medium: Medium = "text"
    #: How long a recording is, where the source says.
    duration: timedelta | None = None
    #: The owner chose it by hand: it goes into the issue whatever its time, rank or source, once.
    pinned: bool = False
    #: The owner's own words on it, one paragraph.
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What one source gave in this run."""

    source: Source
    #: Entries found, before the window.
    entries: int = 0
    #: Articles inside the window.
    articles: int = 0
    #: The newest article's time, whether or not it is inside the window.
    newest: datetime | None = None
    #: A sentence that says why the source failed or gave nothing; "" where it gave articles.
    problem: str = ""
    #: True where nothing could be read at all; False where it was read but has nothing in the window.
    failed: bool = False
    #: What was odd and how it was decided: "3 entries without a date: ...".
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What `collect` found: articles inside the window, newest first, and what became of each source."""

    window: Window
    articles: tuple[Article, ...]
    sources: tuple[SourceReport, ...]
    #: Articles read but not taken, with the reason (outside the window, in the future, without a title).
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A response kept from an earlier run: its validators for a conditional GET, its body for a 304."""

    #: The address that was asked for.
    url: str
    #: The address that answered, after redirects.
    final_url: str
    #: True where every redirect on the way was permanent (301, 308): ask there next time.
    moved: bool
    etag: str
    last_modified: str
    content_type: str
    body: bytes
    fetched_at: datetime


# --- pick -------------------------------------------------------------------------------------------------------


class Why(enum.StrEnum):
    """Why an article is not in the issue."""

    OUTSIDE_WINDOW = "outside the window"
    NO_CONTENT = "no title and no text"
    DUPLICATE = "duplicate"
    SENT_BEFORE = "sent before"
    MUTED = "muted"
    SOURCE_CAP = "source is full"
    SECTION_CAP = "section is full"
    BELOW_CUT = "below the cut"
    EDITED_OUT = "dropped by the editor"
    NOTHING_NEW = "nothing new since an earlier issue"
    TOPIC_CAP = "subject is full"
    TOO_WEAK = "too weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """An article that is not in the issue, and why."""

    article: Article
    why: Why
    #: A sentence for `digest explain`: "the same text as ... of The Gazette".
    detail: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of a story's score."""

    #: "recency", "coverage", "source weight", "keywords".
    name: str
    value: float
    #: "published 5 hours before the end of the window"
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles that tell the same event; the first leads, the others are "also covered by"."""

    articles: tuple[Article, ...]
    section: str
    #: The sum of `terms`.
    score: float
    terms: tuple[Term, ...] = ()
    #: Why it is in this section.
    section_reason: str = ""
    #: Whether its source, or a rule of the owner's, demands this section.
    section_is_ruled: bool = False
    #: The article of an earlier issue whose story it goes on with.
    follows: SentArticle | None = None

    @property
    def id(self) -> str:
        return self.lead.id

    @property
    def lead(self) -> Article:
        return self.articles[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentArticle:
    """An article of an earlier issue, as the store remembers it."""

    id: str
    canonical: str
    title: str
    #: The first words of its text (or its teaser), enough to compare stories.
    lead: str
    #: The key of the issue that carried it.
    issue: str
    sent_on: date
    #: The id of the story it was in, the headline that readers saw above it and where that led.
    story: str = ""
    headline: str = ""
    url: str | None = None


#: Two stories by their places, and how much their leads are on one subject (a cosine).
Near = tuple[int, int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """The stories of the issue, best first, and every article that is not in it."""

    stories: tuple[Story, ...]
    dropped: tuple[Dropped, ...]
    #: What the stories were chosen from, each with the terms that it has by itself; and which of these are near.
    considered: tuple[Story, ...] = ()
    near: tuple[Near, ...] = ()


# --- summarize --------------------------------------------------------------------------------------------------
