"""The entries of a feed → articles: every decision on what is missing, odd or doubtful is made here. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.collect.article.article import (
    LONGEST_STAND_IN,
    LONGEST_TEXT,
    LONGEST_TITLE,
    article_id,
    first_sentence,
    new_article,
)
from digest.collect.article.labels import publisher_of
from digest.collect.article.moments import EARLIEST, long_date, not_ahead
from digest.collect.feeds.entries import Entry, Feed, date_of
from digest.collect.feeds.sameness import canonicals
from digest.collect.prose.boilerplate import repeated_paragraphs, without_boilerplate
from digest.collect.prose.shownotes import show_notes
from digest.collect.reading import Reading
from digest.model import Article, Dropped, Source, Why, Window
from digest.text.html import html_to_text
from digest.text.language import detect_language
from digest.text.urls import untracked_url

#: Fewer words are a teaser: the median lead of a news feed has 25 words, a short article 150.
_TEASER_WORDS = 80
#: Letters enough to tell a language by.
_SAMPLE = 600
#: So many entries dated within so little time of each other and of the feed's making were not published then.
_MANY_DATES, _AT_ONCE = 3, timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedEntry:
    """An entry and what makes it the same in every run."""

    canonical: str
    entry: Entry

    @property
    def id(self) -> str:
        return article_id(self.canonical)


def identified_entries(feed: Feed, *, source: Source) -> tuple[IdentifiedEntry, ...]:
    """The articles of a feed, each once; of an article listed twice the newest version."""
    found: dict[str, IdentifiedEntry] = {}
    for canonical, entry in zip(
        canonicals(feed.entries, home=feed.link, source=source.location), feed.entries, strict=True
    ):
        known = found.get(canonical)
        if known is None or _is_newer(entry, known.entry):
            found[canonical] = IdentifiedEntry(canonical=canonical, entry=entry)
    return tuple(found.values())


def read_entries(
    entries: Sequence[IdentifiedEntry],
    *,
    feed: Feed,
    source: Source,
    window: Window,
    now: datetime,
    seen: Mapping[str, datetime] | None = None,
) -> Reading:
    """Decide on every entry of a feed.

    Args:
        now: when the feed was read.
        seen: by id, a time before which the entry was published, by what earlier runs saw; a later date does not count.
    """
    judged = [_article(identified, feed=feed, source=source, now=now, seen=seen or {}) for identified in entries]
    pairs = [(article, identified.entry) for article, identified in zip(judged, entries, strict=True)]
    inside = [(article, entry) for article, entry in pairs if _is_inside(article, entry, window)]
    outside = [
        Dropped(article=article, why=Why.OUTSIDE_WINDOW, detail=_outside_reason(article.published, window, now))
        for article, entry in pairs
        if not _is_inside(article, entry, window)
    ]
    texts = _without_footers([_with_text(article, entry) for article, entry in inside])
    articles = tuple(article for article in texts if article.title or article.text)
    empty = (Dropped(article=article, why=Why.NO_CONTENT) for article in texts if not (article.title or article.text))
    return Reading(
        entries=len(feed.entries),
        articles=articles,
        dropped=(*outside, *empty),
        newest=_newest(judged, now),
        notes=(*feed.notes, *_notes(entries, judged, feed=feed, now=now), *_dating_note(entries, judged, feed, now)),
    )


def in_their_language(articles: tuple[Article, ...]) -> tuple[Article, ...]:
    """The articles with the language of all of them together, where the feed names none, as half of all feeds do."""
    if not articles or articles[0].language:
        return articles
    sample = "\n".join(f"{article.title} {article.text[:200]}" for article in articles[:5])[:_SAMPLE]
    language = detect_language(sample)
    return tuple(replace(article, language=language) for article in articles)


def is_teaser(article: Article) -> bool:
    """Whether the feed gave too little to judge the article by."""
    return article.text.endswith(("…", "...")) or len(article.text.split()) < _TEASER_WORDS


def _is_newer(entry: Entry, than: Entry) -> bool:
    return entry.published is not None and (than.published is None or entry.published > than.published)


def _article(
    identified: IdentifiedEntry, *, feed: Feed, source: Source, now: datetime, seen: Mapping[str, datetime]
) -> Article:
    """The article without its text, which only those inside the window need."""
    entry = identified.entry
    dated, known = date_of(entry), seen.get(identified.id)
    published = min(dated, known or dated) if dated else _first_seen(known or now, feed)
    return new_article(
        source,
        canonical=identified.canonical,
        publisher=source.name or publisher_of(feed.title, link=feed.link or entry.link or source.location),
        title=_shortened(entry.title, LONGEST_TITLE),
        url=untracked_url(entry.link or entry.page) or feed.link,
        published=not_ahead(published, now=now),
        dated=dated is not None,
        author=entry.author,
        language=feed.language,
        categories=entry.categories,
        medium=entry.medium,
        duration=entry.duration,
    )


def _newest(articles: Sequence[Article], now: datetime) -> datetime | None:
    """The time of the newest article; what is only announced counts where there is nothing else."""
    times = [article.published for article in articles]
    return max((time for time in times if time <= now), default=max(times, default=None))


def _first_seen(first_seen: datetime, feed: Feed) -> datetime:
    """An entry is no newer than the last change of its feed."""
    return min(first_seen, max(feed.updated, EARLIEST)) if feed.updated else first_seen


def _is_inside(article: Article, entry: Entry, window: Window) -> bool:
    dated = date_of(entry)
    by_its_date = dated is not None and dated <= article.published
    return window.holds(article.published) if by_its_date else window.holds_sighting(article.published)


def _outside_reason(published: datetime, window: Window, now: datetime) -> str:
    day = f"published on {long_date(published)}"
    if published > now:
        return f"{day}, which is in the future"
    if window.holds(published):
        return f"{day} or before, when the last issue saw it"
    return f"{day}, {'after' if published > window.until else 'before'} the window"


def _with_text(article: Article, entry: Entry) -> Article:
    # The notes of a recording are written line by line, and most lines are no prose.
    prose = html_to_text if entry.medium == "text" else show_notes
    summary = without_boilerplate(prose(entry.summary))
    text = summary if entry.content == entry.summary else without_boilerplate(prose(entry.content))
    text = _shortened(text or summary, LONGEST_TEXT)
    teaser = "" if _is_start(summary, text) else _shortened(summary, LONGEST_TEXT)
    title = article.title or _shortened(first_sentence(text), LONGEST_STAND_IN)
    return replace(article, title=title, text=text, teaser=teaser)


def _is_start(summary: str, text: str) -> bool:
    """Whether a summary is just the first words of the text, cut by a program; all of the text is no start."""
    if summary[:20] != text[:20]:
        return False
    start = "".join(summary.rstrip(".… ").split())
    whole = "".join(text[: 2 * len(summary) + 100].split())
    return len(summary) < len(text) and whole.startswith(start)


def _without_footers(articles: Sequence[Article]) -> list[Article]:
    footers = repeated_paragraphs(article.text for article in articles)
    return (
        [replace(article, text=_without_paragraphs(article.text, footers)) for article in articles]
        if footers
        else [*articles]
    )


def _without_paragraphs(text: str, footers: frozenset[str]) -> str:
    return "\n\n".join(paragraph for paragraph in text.split("\n\n") if paragraph not in footers)


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rsplit(' ', 1)[0].rstrip(' ,;:–-') if ' ' in cut else cut}…"


def _notes(
    entries: Sequence[IdentifiedEntry], judged: Sequence[Article], *, feed: Feed, now: datetime
) -> tuple[str, ...]:
    """What was odd in how many entries, and how it was decided."""
    counted: Counter[str] = Counter()
    guids = Counter(identified.entry.guid for identified in entries)
    for identified, article in zip(entries, judged, strict=True):
        counted.update(_oddities(identified.entry, article, feed=feed, now=now))
        counted["whose guid other entries have as well: told apart by link or title"] += (
            bool(identified.entry.guid) and guids[identified.entry.guid] > 1
        )
    twice = len(feed.entries) - len(entries)
    counted["listed more than once: the newest version is taken"] += twice
    return tuple(
        f"{number} {'entry' if number == 1 else 'entries'} {oddity}" for oddity, number in counted.items() if number
    )


def _dating_note(
    entries: Sequence[IdentifiedEntry], judged: Sequence[Article], feed: Feed, now: datetime
) -> tuple[str, ...]:
    """Whether a feed seems to date its entries by its own making."""
    dates = [identified.entry.published for identified in entries if identified.entry.published]
    if len(dates) < _MANY_DATES or len(dates) < len(entries):
        return ()
    again = sum(date > article.published for date, article in zip(dates, judged, strict=True) if date <= now)
    newest = max(dates)
    of_now = any(abs(newest - made) <= _AT_ONCE for made in (now, feed.updated) if made)
    if 2 * again >= len(dates) or (of_now and newest - min(dates) <= _AT_ONCE):
        return ("dates its entries by its own making: an article that was seen before keeps the time it had",)
    return ()


def _oddities(entry: Entry, article: Article, *, feed: Feed, now: datetime) -> list[str]:
    odd = {
        "without a date: the day in the link is taken": not entry.published and article.dated,
        "without a date: taken as published when first seen": not article.dated,
        "dated in the future: taken as of now if it is a matter of hours, else left out": bool(
            entry.published and entry.published > now
        ),
        "without a title: their first words stand in": not entry.title,
        "without a link: a page that they name is linked": not entry.link and bool(entry.page),
        "without a link: the feed's own page is linked": not (entry.link or entry.page) and bool(feed.link),
        "without a link": not (entry.link or entry.page or feed.link),
        "whose link is not theirs alone: told apart by guid or title": bool(entry.link)
        and "#" in article.canonical
        and "#" not in entry.link,
    }
    return [oddity for oddity, holds in odd.items() if holds]
