"""Sources → articles: what was found, and of every source what became of it.

Nothing that one source does stops the others: what goes wrong with it is a sentence in its `SourceReport`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

from digest.collect.articles import Reading, is_teaser, long_date, read_entries
from digest.collect.feeds import NotAFeedError, parse_feed
from digest.collect.fetch import Fetcher, FetchError, Shelf, inflated
from digest.collect.identity import article_id
from digest.collect.opml import NotOpmlError, parse_opml
from digest.collect.publisher import publisher_of
from digest.config import CollectSettings
from digest.model import Article, Collection, Dropped, Remembered, Source, SourceReport, Why, Window
from digest.urls import canonical_url

_WEB = ("http://", "https://")


def quiet(done: int, total: int) -> None:
    """Tell nobody."""


class _SourceError(Exception):
    """A source gives nothing; the message goes on after its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    body: bytes
    #: The address that answered, "" for a file.
    url: str
    content_type: str = ""
    #: The same document in the last run, and when that was.
    before: Remembered | None = None
    fetched: Remembered | None = None


async def collect(
    sources: Sequence[Source],
    *,
    window: Window,
    now: datetime,
    root: Path,
    settings: CollectSettings,
    fetcher: Fetcher,
    shelf: Shelf,
    progress: Callable[[int, int], None] = quiet,
) -> Collection:
    """Read all sources at once and take the articles of the window, newest first.

    Args:
        root: the project's folder, which paths are relative to.
        now: an article without any date was published now, if it was not in the feed before.
        progress: told how many sources are done, of how many.

    Raises:
        Nothing that a source could cause: see `SourceReport.problem`.
    """
    run = _Run(window=window, now=now, root=root, settings=settings, fetcher=fetcher, shelf=shelf)
    expanded = await asyncio.gather(*(run.expand(source) for source in sources))
    reports = [report for _, failed in expanded for report in failed]
    wanted = list(dict.fromkeys(source for found, _ in expanded for source in found))
    done = 0

    async def read(source: Source) -> tuple[SourceReport, Reading]:
        nonlocal done
        outcome = await run.read(source)
        done += 1
        progress(done, len(wanted))
        return outcome

    outcomes = await asyncio.gather(*(read(source) for source in wanted))
    articles = [article for _, reading in outcomes for article in reading.articles]
    return Collection(
        window=window,
        articles=tuple(sorted(articles, key=lambda article: (article.published, article.id), reverse=True)),
        sources=(*(report for report, _ in outcomes), *reports),
        dropped=tuple(dropped for _, reading in outcomes for dropped in reading.dropped),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    window: Window
    now: datetime
    root: Path
    settings: CollectSettings
    fetcher: Fetcher
    shelf: Shelf

    async def expand(self, source: Source) -> tuple[tuple[Source, ...], tuple[SourceReport, ...]]:
        """The feeds of an OPML source, any other source itself."""
        if source.kind != "opml":
            return (source,), ()
        try:
            document = await self._document(source.location)
            found = parse_opml(document.body)
        except (FetchError, NotOpmlError, _SourceError) as error:
            return (), (SourceReport(source=source, problem=str(error), failed=True),)
        if not found:
            return (), (SourceReport(source=source, problem="names no feeds"),)
        self._keep(document)
        return tuple(_inherited(feed, source, base=document.url) for feed in found), ()

    async def read(self, source: Source) -> tuple[SourceReport, Reading]:
        readers = {"feed": self._read_feed, "page": self._read_page, "folder": self._read_folder}
        try:
            reading = await readers[source.kind](source)
        except (FetchError, NotAFeedError, _SourceError) as error:
            return SourceReport(source=source, problem=str(error), failed=True), Reading(entries=0)
        report = SourceReport(
            source=source,
            entries=reading.entries,
            articles=len(reading.articles),
            newest=reading.newest,
            problem="" if reading.articles else _why_nothing(reading, self.window),
            notes=reading.notes,
        )
        return report, reading

    async def _read_feed(self, source: Source) -> Reading:
        document = await self._document(source.location)
        reading = await asyncio.to_thread(self._entries, document, source)
        self._keep(document)
        return await self._with_full_texts(reading) if source.full_text else reading

    def _entries(self, document: _Document, source: Source) -> Reading:
        feed = parse_feed(document.body, url=document.url, content_type=document.content_type)
        return read_entries(feed, source=source, window=self.window, now=self.now, seen={})

    async def _with_full_texts(self, reading: Reading) -> Reading:
        outcomes = await asyncio.gather(*(self._with_full_text(article) for article in reading.articles))
        problems = [problem for _, problem in outcomes if problem]
        note = (
            (f"{len(problems)} pages could not be read for their full text: the first {problems[0]}",)
            if problems
            else ()
        )
        return replace(reading, articles=tuple(article for article, _ in outcomes), notes=(*reading.notes, *note))

    async def _with_full_text(self, article: Article) -> tuple[Article, str]:
        from digest.collect.pages import extract_page  # noqa: PLC0415  # trafilatura takes 0.3 s to import

        if article.url is None or not is_teaser(article):
            return article, ""
        try:
            answer = await self.fetcher.fetch(article.url)
        except FetchError as error:
            return article, str(error)
        page = await asyncio.to_thread(extract_page, answer.body, url=answer.final_url)
        return (replace(article, text=page.text) if len(page.text) > len(article.text) else article), ""

    async def _read_page(self, source: Source) -> Reading:
        from digest.collect.pages import extract_page  # noqa: PLC0415  # see above

        document = await self._document(source.location)
        page = await asyncio.to_thread(extract_page, document.body, url=document.url)
        self._keep(document)
        if not page.text:
            raise _SourceError("has no article that could be told from the page around it")
        canonical = canonical_url(document.url) if document.url else f"file:{source.location}"
        article = Article(
            id=article_id(canonical),
            source=source.location,
            publisher=source.name or publisher_of(page.site, link=document.url or source.location),
            title=page.title,
            url=document.url or None,
            canonical=canonical,
            published=page.published or self.now,
            dated=page.published is not None,
            text=page.text,
            author=page.author,
            language=page.language,
            section=source.section,
            weight=source.weight,
            image=page.image,
        )
        return self._in_window((article,))

    async def _read_folder(self, source: Source) -> Reading:
        from digest.collect.folder import read_folder  # noqa: PLC0415  # see above

        if not (self.root / source.location).is_dir():
            raise _SourceError(f"is no folder in {self.root}")
        articles, notes = await asyncio.to_thread(read_folder, source, root=self.root, now=self.now)
        return replace(self._in_window(articles), notes=notes)

    def _in_window(self, articles: Sequence[Article]) -> Reading:
        return Reading(
            entries=len(articles),
            articles=tuple(article for article in articles if self.window.holds(article.published)),
            dropped=tuple(
                Dropped(article=article, why=Why.OUTSIDE_WINDOW, detail=f"published on {long_date(article.published)}")
                for article in articles
                if not self.window.holds(article.published)
            ),
            newest=max((article.published for article in articles), default=None),
        )

    async def _document(self, location: str) -> _Document:
        if location.startswith(_WEB):
            known = self.shelf.recall(location)
            answer = await self.fetcher.fetch(location, known)
            return _Document(
                body=answer.body, url=answer.final_url, content_type=answer.content_type, before=known, fetched=answer
            )
        return _Document(body=await asyncio.to_thread(self._file, location), url="")

    def _file(self, location: str) -> bytes:
        path = self.root / location
        limit = int(self.settings.max_megabytes * 1_000_000)
        try:
            if path.is_dir():
                raise _SourceError("is a folder: write folder = instead")
            if path.stat().st_size > limit:
                raise _SourceError(f"is larger than {limit / 1_000_000:g} MB, the limit of collect.max_megabytes")
            return inflated(path.read_bytes(), limit=limit)
        except FileNotFoundError:
            raise _SourceError(f"is no file in {self.root}") from None
        except OSError as error:
            raise _SourceError(f"cannot be read: {error.strerror}") from error

    def _keep(self, document: _Document) -> None:
        """Remember what could be read; what could not must not replace what once could."""
        if document.fetched is not None and document.fetched is not document.before:
            self.shelf.remember(document.fetched)


def _inherited(feed: Source, opml: Source, *, base: str) -> Source:
    location = urljoin(base, feed.location) if base else feed.location
    return replace(feed, location=location, section=opml.section, weight=opml.weight, full_text=opml.full_text)


def _why_nothing(reading: Reading, window: Window) -> str:
    if not reading.entries or reading.newest is None:
        return "has no entries"
    if reading.newest > window.until:
        return f"newest article is of {long_date(reading.newest)}, after the window"
    return f"newest article is of {long_date(reading.newest)}, before the window"
