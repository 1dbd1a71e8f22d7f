"""The entries of a feed → articles: every decision on what is missing, odd or doubtful is made here. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from digest.collect.boilerplate import repeated_paragraphs, without_boilerplate
from digest.collect.feeds import Entry, Feed
from digest.collect.identity import article_id, canonicals
from digest.collect.publisher import publisher_of
from digest.model import Article, Dropped, Source, Why, Window
from digest.text.html import html_to_text

#: A clock in another zone, taken for UTC, is at most 14 hours ahead; what is further in the future is announced only.
_CLOCK_ERROR = timedelta(hours=14)
#: What is older gets this date: later arithmetic in other zones must not leave the calendar.
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_DAY_IN_LINK = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_LONGEST_TITLE = 300
#: Where a text stands in for a missing title.
_STAND_IN_TITLE = 90
#: Longer texts are cut; the longest of 4,223 real entries has 187,000 characters.
_LONGEST_TEXT = 200_000
#: Fewer words are a teaser: the median lead of a news feed has 25 words, a short article 150.
_TEASER_WORDS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a source's document holds: its articles, before any page is fetched for a fuller text."""

    entries: int
    articles: tuple[Article, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    newest: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Notes:
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, note: str) -> None:
        self.counts[note] += 1

    def lines(self) -> tuple[str, ...]:
        return tuple(f"{number} {'entry' if number == 1 else 'entries'} {note}" for note, number in self.counts.items())


def read_entries(
    feed: Feed, *, source: Source, window: Window, now: datetime, seen: Mapping[str, datetime] | None = None
) -> Reading:
    """Decide on every entry of a feed.

    Args:
        now: when the feed was read; an entry without any date was published then, unless it was seen before.
        seen: when entries (by canonical) were first seen.
    """
    notes = _Notes()
    names = canonicals(feed.entries, home=feed.link, source=source.location)
    unique = _first_of_each(names, feed.entries, notes)
    judged = [
        _judged(entry, canonical=name, feed=feed, source=source, now=now, seen=seen or {}, notes=notes)
        for name, entry in unique
    ]
    kept, dropped = _divided(judged, window=window, now=now)
    articles = [_with_text(article, entry, notes) for article, entry in kept]
    full = [article for article in articles if article.title or article.text]
    empty = [
        Dropped(article=article, why=Why.NO_CONTENT) for article in articles if not (article.title or article.text)
    ]
    return Reading(
        entries=len(feed.entries),
        articles=_without_footers(full),
        dropped=(*dropped, *empty),
        newest=max((article.published for article, _ in judged), default=None),
        notes=(*feed.notes, *notes.lines()),
    )


def is_teaser(article: Article) -> bool:
    """Whether the feed gave too little to judge the article by."""
    return article.text.endswith(("…", "...")) or len(article.text.split()) < _TEASER_WORDS


def _first_of_each(names: Sequence[str], entries: Sequence[Entry], notes: _Notes) -> list[tuple[str, Entry]]:
    """Of entries that are the same article, the newest."""
    found: dict[str, Entry] = {}
    for name, entry in zip(names, entries, strict=True):
        before = found.get(name)
        if before is None:
            found[name] = entry
            continue
        notes.add("listed more than once: the newest version is taken")
        if entry.published and before.published and entry.published > before.published:
            found[name] = entry
    return list(found.items())


def _judged(
    entry: Entry,
    *,
    canonical: str,
    feed: Feed,
    source: Source,
    now: datetime,
    seen: Mapping[str, datetime],
    notes: _Notes,
) -> tuple[Article, Entry]:
    published, dated = _published(entry, feed=feed, first_seen=seen.get(canonical, now), notes=notes)
    if not entry.link:
        notes.add("without a link: the link is the feed's own page" if feed.link else "without a link")
    article = Article(
        id=article_id(canonical),
        source=source.location,
        publisher=source.name or publisher_of(feed.title, link=feed.link or entry.link or source.location),
        title=_shortened(entry.title, _LONGEST_TITLE),
        url=entry.link or feed.link or None,
        canonical=canonical,
        published=min(published, now) if published - now <= _CLOCK_ERROR else published,
        dated=dated,
        author=entry.author,
        language=feed.language,
        categories=entry.categories,
        section=source.section,
        weight=source.weight,
        image=entry.image,
    )
    return article, entry


def _published(entry: Entry, *, feed: Feed, first_seen: datetime, notes: _Notes) -> tuple[datetime, bool]:
    if entry.published:
        return max(entry.published, _EARLIEST), True
    day = _DAY_IN_LINK.search(entry.link)
    if day:
        try:
            found = datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC)
        except ValueError:
            pass
        else:
            notes.add("without a date: the day in the link is taken")
            return found, True
    notes.add("without a date: taken as published when first seen")
    # An entry is no newer than the last change of its feed.
    return min(first_seen, max(feed.updated or first_seen, _EARLIEST)), False


def _divided(
    judged: Sequence[tuple[Article, Entry]], *, window: Window, now: datetime
) -> tuple[list[tuple[Article, Entry]], list[Dropped]]:
    kept, dropped = [], []
    for article, entry in judged:
        if window.holds(article.published):
            kept.append((article, entry))
        else:
            dropped.append(
                Dropped(article=article, why=Why.OUTSIDE_WINDOW, detail=_when(article.published, window, now))
            )
    return kept, dropped


def _when(published: datetime, window: Window, now: datetime) -> str:
    day = f"published on {long_date(published)}"
    if published > now:
        return f"{day}, which is in the future"
    return f"{day}, {'after' if published > window.until else 'before'} the window"


def long_date(moment: datetime) -> str:
    """ "3 May 2024", whatever the locale."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def _with_text(article: Article, entry: Entry, notes: _Notes) -> Article:
    teaser = without_boilerplate(html_to_text(entry.summary))
    text = teaser if entry.content == entry.summary else without_boilerplate(html_to_text(entry.content))
    if len(text) > _LONGEST_TEXT:
        notes.add("with a text of book length: cut")
    text = _shortened(max(text, teaser, key=len), _LONGEST_TEXT)
    title = article.title
    if not title and text:
        notes.add("without a title: their first words stand in")
        title = _shortened(re.split(r"(?<=[.!?。])\s|\n", text, maxsplit=1)[0], _STAND_IN_TITLE)
    return replace(article, title=title, text=text, teaser=teaser)


def _without_footers(articles: Sequence[Article]) -> tuple[Article, ...]:
    footers = repeated_paragraphs(article.text for article in articles)
    if not footers:
        return tuple(articles)
    return tuple(replace(article, text=_without(article.text, footers)) for article in articles)


def _without(text: str, footers: frozenset[str]) -> str:
    return "\n\n".join(paragraph for paragraph in text.split("\n\n") if paragraph not in footers)


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rsplit(' ', 1)[0].rstrip(' ,;:–-') if ' ' in cut else cut}…"
