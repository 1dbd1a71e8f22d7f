"""Articles that are named by their addresses → articles: which pages are fetched, and what is made of them."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import attrgetter
from urllib.parse import urlsplit

from digest.collect.article.article import LONGEST_TEXT, LONGEST_TITLE, article_id, new_article
from digest.collect.article.labels import publisher_of
from digest.collect.article.moments import day_here, day_in_link, end_of_day, not_ahead
from digest.collect.documents.document import Documents
from digest.collect.documents.fetch import FetchError
from digest.collect.lists.listed import Listed, each_once
from digest.collect.pages.page import extract_page
from digest.collect.reading import Reading, reading_of
from digest.model import Article, Dropped, Remembered, Source, Why, Window
from digest.text.plural import number
from digest.text.urls import shown_host, untracked_url

#: Of the pages outside the window only the newest are reported; a sitemap names all that a site ever wrote.
_MOST_DROPPED = 200
#: A link of fewer words ("Read more", "3 comments") is no headline.
_HEADLINE_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _ListedArticle:
    """A listed article and what is known of its time before its page is read."""

    listed: Listed
    canonical: str
    moment: datetime
    #: Whether the list or the address says so; else it is when we first saw it.
    dated: bool
    #: By our own memory; None where the list says when it was published.
    first_seen: datetime | None = None

    @property
    def id(self) -> str:
        return article_id(self.canonical)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageResult:
    """What became of one listed article: the article, or None where there are no words for it."""

    article: Article | None
    #: Why its page could not be read.
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPages:
    """Reads listed pages for one run."""

    window: Window
    now: datetime
    documents: Documents

    async def read(self, listed: Sequence[Listed], *, source: Source) -> Reading:
        """The articles of the window, the pages of at most `collect.max_pages` of them fetched, newest first."""
        within, beyond = self._split_by_window([entry for entry in listed if not _is_home(entry.url)])
        candidates = self._with_times(await asyncio.to_thread(each_once, within))
        inside = [one for one in candidates if self.window.holds(one.moment)]
        outside = [
            one for one in (*candidates, *self._with_times(each_once(beyond))) if not self.window.holds(one.moment)
        ]
        found, notes = await self._with_pages(inside, source)
        left = [
            self._without_page(one, source)
            for one in sorted(outside, key=attrgetter("moment"), reverse=True)[:_MOST_DROPPED]
        ]
        return reading_of((*found, *left), window=self.window, entries=len(listed), notes=notes)

    async def read_picks(self, picks: Sequence[Listed], *, source: Source) -> Reading:
        """The owner's picks that no issue has carried yet, whatever their time; also those whose page can't be read."""
        candidates = self._with_times(each_once(picks))
        sent = self.documents.shelf.sent([one.id for one in candidates])
        fresh = [one for one in candidates if one.id not in sent]
        found, notes = await self._with_pages(fresh, source)
        return Reading(
            entries=len(picks),
            articles=found,
            dropped=tuple(
                Dropped(
                    article=self._without_page(one, source),
                    why=Why.SENT_BEFORE,
                    detail=f"issue {sent[one.id]} carried it",
                )
                for one in candidates
                if one.id in sent
            ),
            newest=max((article.published for article in found), default=None),
            notes=notes,
        )

    async def _with_pages(
        self, candidates: Sequence[_ListedArticle], source: Source
    ) -> tuple[tuple[Article, ...], tuple[str, ...]]:
        """The articles of candidates, those beyond `collect.max_pages` by their headlines; and notes on their pages."""
        most = self.documents.settings.max_pages
        fetched = await asyncio.gather(*(self._fetch_page(one, source) for one in candidates[:most]))
        unread = [_PageResult(article=self._article_by_headline(one, source)) for one in candidates[most:]]
        articles = tuple(outcome.article for outcome in (*fetched, *unread) if outcome.article is not None)
        return articles, _notes(fetched, unread, most)

    def _split_by_window(self, listed: Sequence[Listed]) -> tuple[list[Listed], list[Listed]]:
        """What may be inside the window, and the newest of what is not."""
        timed = [(self._listed_time(entry), entry) for entry in listed]
        within = [entry for moment, entry in timed if moment is None or self.window.holds(moment)]
        beyond = [(moment, entry) for moment, entry in timed if moment and not self.window.holds(moment)]
        return within, [entry for _, entry in heapq.nlargest(_MOST_DROPPED, beyond, key=lambda pair: pair[0])]

    def _with_times(self, listed: Mapping[str, Listed]) -> list[_ListedArticle]:
        """Entries with their times, newest first; one without any counts from when it was first seen, as in a feed."""
        ids_and_times = {
            canonical: (article_id(canonical), self._listed_time(entry)) for canonical, entry in listed.items()
        }
        # A page that changed may be an old one, and so may one whose date did.
        doubtful = [name for name, moment in ids_and_times.values() if moment is None or self.window.holds(moment)]
        seen = self.documents.shelf.first_seen(doubtful, now=self.now) if doubtful else {}
        candidates = [
            _ListedArticle(
                listed=listed[canonical],
                canonical=canonical,
                moment=moment or seen[name],
                dated=moment is not None,
                first_seen=seen.get(name),
            )
            for canonical, (name, moment) in ids_and_times.items()
        ]
        return sorted(candidates, key=attrgetter("moment"), reverse=True)

    def _listed_time(self, entry: Listed) -> datetime | None:
        """When the list or the address says that it was published or changed."""
        day = day_in_link(entry.url)
        moment = entry.moment or (end_of_day(day) if day else None)
        return not_ahead(day_here(moment, now=self.now), now=self.now) if moment else None

    async def _fetch_page(self, candidate: _ListedArticle, source: Source) -> _PageResult:
        try:
            # Not remembered: the pages of a year would make the database a hundred times as large.
            answer = await self.documents.fetcher.fetch(candidate.listed.url)
        except FetchError as error:
            return _PageResult(
                article=self._article_by_headline(candidate, source), problem=f"{candidate.listed.url} {error}"
            )
        return _PageResult(article=await asyncio.to_thread(self._article_of_page, candidate, source, answer))

    def _article_of_page(self, candidate: _ListedArticle, source: Source, answer: Remembered) -> Article | None:
        page = extract_page(
            answer.body, url=answer.final_url, content_type=answer.content_type, zone=self.now.tzinfo or UTC
        )
        if not page.text and not candidate.listed.pinned:
            return self._article_by_headline(candidate, source)
        found = self._without_page(candidate, source)
        listed = candidate.listed
        published, dated = self._published(candidate, page.published)
        return replace(
            found,
            publisher=found.publisher if listed.publisher else source.name or publisher_of(page.site, link=listed.url),
            title=(listed.title or page.title or listed.label or found.title)[:LONGEST_TITLE],
            published=published,
            dated=dated,
            text=page.text[:LONGEST_TEXT],
            author=page.author,
            language=page.language or listed.language,
        )

    def _published(self, candidate: _ListedArticle, on_page: datetime | None) -> tuple[datetime, bool]:
        """When it was published, by the list, else by its page, no later than first seen; and whether that is known."""
        moment = candidate.moment
        if on_page and not candidate.listed.published:
            moment = not_ahead(day_here(end_of_day(on_page), now=self.now), now=self.now)
        dated = candidate.dated or on_page is not None
        return min(moment, candidate.first_seen or moment), dated

    def _article_by_headline(self, candidate: _ListedArticle, source: Source) -> Article | None:
        """The article by its headline alone; None where the list has none."""
        found = self._without_page(candidate, source)
        return found if found.title else None

    def _without_page(self, candidate: _ListedArticle, source: Source) -> Article:
        listed = candidate.listed
        label = listed.label if len(listed.label.split()) >= _HEADLINE_WORDS else ""
        host = shown_host(listed.url) if listed.pinned else ""
        return new_article(
            source,
            canonical=candidate.canonical,
            publisher=source.name or publisher_of(listed.publisher, link=listed.url),
            title=listed.title or label or host,
            url=untracked_url(listed.url),
            published=candidate.moment,
            dated=candidate.dated,
            language=listed.language,
            categories=listed.categories,
            pinned=listed.pinned,
            note=listed.note,
        )


def _is_home(url: str) -> bool:
    """Whether it is a site's front page, which changes every day and is no article."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def _notes(fetched: Sequence[_PageResult], unread: Sequence[_PageResult], most: int) -> tuple[str, ...]:
    notes = []
    failed = [outcome.problem for outcome in fetched if outcome.problem]
    if failed:
        notes.append(f"{number(len(failed), 'page')} could not be read: the first {failed[0]}")
    wordless = sum(outcome.article is None and not outcome.problem for outcome in fetched)
    if wordless:
        notes.append(f"{number(wordless, 'page')} in the window left out: no article there")
    if unread:
        titled = sum(outcome.article is not None for outcome in unread)
        fate = f"{titled} of the others count by their headlines" if titled else "the others are left out"
        notes.append(
            f"{number(len(fetched) + len(unread), 'page')} in the window: the newest {most} are read, {fate}"
            " (collect.max_pages)"
        )
    return tuple(notes)
