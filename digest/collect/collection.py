"""Sources → articles: what was found, and of every source what became of it.

Nothing that one source does stops the others: what goes wrong with it is a sentence in its `SourceReport`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from digest.collect.article.moments import long_date
from digest.collect.documents.document import Documents
from digest.collect.documents.fetch import Fetcher, FetchError, Shelf
from digest.collect.feeds.entries import NotAFeedError
from digest.collect.feeds.opml import NotOpmlError, parse_opml
from digest.collect.lists.sitemap import NotASitemapError
from digest.collect.mail.mailbox import NO_MAILBOXES, MailboxError, Mailboxes
from digest.collect.reading import Reading
from digest.collect.sources import SourceError, SourceReader
from digest.model import Article, Collection, Source, SourceReport, Window
from digest.settings import CollectSettings
from digest.text.clean import clean_line
from digest.text.urls import is_web, resolved, without_user

_log = logging.getLogger(__name__)


def quiet(done: int, total: int) -> None:
    """Report no progress."""


async def collect(
    sources: Sequence[Source],
    *,
    window: Window,
    now: datetime,
    root: Path,
    settings: CollectSettings,
    fetcher: Fetcher,
    shelf: Shelf,
    mailboxes: Mailboxes = NO_MAILBOXES,
    progress: Callable[[int, int], None] = quiet,
) -> Collection:
    """Read all sources at once and take the articles of the window, newest first.

    No source can make it raise: see `SourceReport.problem`.

    Args:
        root: the project's folder, which paths are relative to.
        now: an article without any date was published now, if it was not seen before.
        progress: told how many sources are done, of how many.
    """
    documents = Documents(root=root, settings=settings, fetcher=fetcher, shelf=shelf)
    opened = await asyncio.gather(*(_expanded(source, documents) for source in sources))
    wanted = _each_once(source for found, _ in opened for source in found)
    reader = SourceReader(window=window, now=now, documents=documents, mailboxes=mailboxes)
    # Documents in memory at once: as many as can arrive, and as many again that are being read.
    slots = asyncio.Semaphore(2 * settings.connections)
    done = 0

    async def read(source: Source) -> tuple[SourceReport, Reading]:
        nonlocal done
        async with slots:
            outcome = await _read_and_report(source, reader)
        done += 1
        progress(done, len(wanted))
        return outcome

    outcomes = await asyncio.gather(*(read(source) for source in wanted))
    return Collection(
        window=window,
        articles=_newest_first(article for _, reading in outcomes for article in reading.articles),
        sources=(
            *(report for report, _ in outcomes),
            *(report for _, report in opened if report is not None),
        ),
        dropped=tuple(dropped for _, reading in outcomes for dropped in reading.dropped),
    )


async def _expanded(source: Source, documents: Documents) -> tuple[tuple[Source, ...], SourceReport | None]:
    try:
        return await expanded(source, documents)
    except Exception as error:  # noqa: BLE001  # see _program_error
        return (), _program_error(source, error)


async def expanded(source: Source, documents: Documents) -> tuple[tuple[Source, ...], SourceReport | None]:
    """The feeds of an OPML source, with a report where something is wrong with it; any other source itself."""
    if source.kind != "opml":
        return (source,), None
    try:
        document = await documents.get(source.location)
        listed = parse_opml(document.body, document.content_type)
    except (FetchError, NotOpmlError) as error:
        return (), SourceReport(source=source, problem=str(error), failed=True)
    documents.keep(document)
    feeds = tuple(_inherited(feed, source, base=document.url) for feed in listed)
    # A list from the web may not read the files of this machine; one in the project may name feeds beside it.
    allowed = tuple(
        feed for feed in feeds if is_web(feed.location) or _is_inside(feed.location, source, documents.root)
    )
    refused = [feed.location for feed in feeds if feed not in allowed]
    if not feeds:
        return (), SourceReport(source=source, problem="names no feeds")
    if refused:
        note = f"{len(refused)} of its {len(feeds)} feeds left out: no web address, the first {refused[0][:200]}"
        return allowed, SourceReport(source=source, entries=len(feeds), notes=(note,))
    return allowed, None


def _inherited(feed: Source, opml: Source, *, base: str) -> Source:
    return replace(
        feed, location=resolved(feed.location, base), section=opml.section, weight=opml.weight, full_text=opml.full_text
    )


def _is_inside(location: str, opml: Source, root: Path) -> bool:
    return not is_web(opml.location) and (root / location).resolve().is_relative_to(root.resolve())


def _each_once(sources: Iterable[Source]) -> list[Source]:
    """Each location once; where several sources have the same one, the first that the owner wrote counts."""
    found: dict[tuple[str, str], Source] = {}
    for source in sources:
        # A page may have two lists.
        found.setdefault((source.location, source.links), source)
    return [*found.values()]


async def _read_and_report(source: Source, reader: SourceReader) -> tuple[SourceReport, Reading]:
    try:
        reading = await reader.read(source)
    except (FetchError, NotAFeedError, NotASitemapError, MailboxError, SourceError) as error:
        return SourceReport(source=source, problem=str(error), failed=True), Reading(entries=0)
    except Exception as error:  # noqa: BLE001  # see _program_error
        return _program_error(source, error), Reading(entries=0)
    report = SourceReport(
        source=source,
        entries=reading.entries,
        articles=len(reading.articles),
        newest=reading.newest,
        problem="" if reading.articles else _why_nothing(reading, reader.window),
        notes=reading.notes,
    )
    return report, reading


def _program_error(source: Source, error: Exception) -> SourceReport:
    """Report a mistake of this program, or of a parser; it is in the log, too, and does not stop the issue."""
    _log.error("reading %s failed", without_user(source.location), exc_info=error)
    problem = f"could not be read because of a mistake in this program ({type(error).__name__}: {error})"
    return SourceReport(source=source, problem=clean_line(problem)[:300], failed=True)


def _why_nothing(reading: Reading, window: Window) -> str:
    if reading.newest is None:
        return "has no new articles among its entries" if reading.entries else "has no entries"
    if window.holds(reading.newest) and not window.holds_sighting(reading.newest):
        return "has no articles that the last issue did not see"
    if window.holds(reading.newest):
        return "has entries in the window, but without any title or text"
    side = "after" if reading.newest > window.until else "before"
    return f"newest article is of {long_date(reading.newest)}, {side} the window"


def _newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda article: (article.published, article.id), reverse=True))
