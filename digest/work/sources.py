"""Sources people have: finding what a site can be read by, trying it, and how all of them are."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from digest.collect.collection import collect, expanded
from digest.collect.discovery.places import web_address
from digest.collect.discovery.search import Found, find_sources, is_sitemap
from digest.collect.documents.document import Documents
from digest.collect.documents.fetch import FetchError, HttpFetcher
from digest.collect.feeds.entries import NotAFeedError
from digest.collect.feeds.feed import parse_feed
from digest.collect.feeds.opml import NotOpmlError, can_be_listed, parse_opml
from digest.errors import UsageError
from digest.model import Article, Progress, Source, SourceKind, SourceReport, Window
from digest.pick.picking import pick
from digest.settings import CollectSettings
from digest.work.build import mailboxes, next_window
from digest.work.schedule import IssueRequest
from digest.work.sourcehealth import Checkup, examine
from digest.workspace import Workspace

#: As far back as a source is looked at when it is tried.
_EVER = timedelta(days=3650)
#: Pages that are fetched to try a source whose articles are pages of their own.
_PAGES_TRIED = 5
_MAILBOX_SCHEMES = ("imap://", "imaps://")
#: What a name without a protocol can only be a file or a folder for, though it may look like a site's.
_OF_FILES = frozenset({"folder", "picks", "opml"})
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


# --- what to add ------------------------------------------------------------------------------------------------


def find(workspace: Workspace, written: str) -> tuple[Found, ...]:
    """What can be added for an address, a file or a folder that a person named: the main one first; () for nothing.

    Raises:
        UsageError: there is no such place, or it can't be reached.
    """
    if written.lower().startswith(_MAILBOX_SCHEMES):
        return (Found(kind="mailbox", location=written),)
    path = _path_meant(workspace.project.folder, written)
    if path is not None:
        return (_local(path, workspace.project.folder),)
    url = web_address(written)
    if url is None:
        raise _no_place(written)
    # Who writes no protocol leaves it to us: some old sites have no other than this.
    others = () if _has_protocol(written) else (f"http{url.removeprefix('https')}",)
    try:
        return asyncio.run(_found_at(url, *others, settings=workspace.settings.collect))
    except FetchError as error:
        # A private address is no server's mood: its message says which setting allows it.
        private = "allow_private" in str(error)
        again = "Set that" if private else "See that the address is right, try again later,"
        raise UsageError(
            f"{url} {error}.", hint=f"Nothing was added. {again} or add it as it is with --no-check."
        ) from error


def _has_protocol(written: str) -> bool:
    return "://" in written.partition("?")[0]


async def _found_at(url: str, *others: str, settings: CollectSettings) -> tuple[Found, ...]:
    async with HttpFetcher(settings) as fetcher:
        for other in others:
            with suppress(FetchError):
                return await find_sources(url, fetcher=fetcher)
            url = other
        return await find_sources(url, fetcher=fetcher)


def _path_meant(folder: Path, written: str) -> Path | None:
    """The file or folder that a person named from where they are, or from the project's folder."""
    try:
        return next((path for path in (Path(written), folder / written) if written and path.exists()), None)
    except (OSError, ValueError):
        return None


def _local(path: Path, project: Path) -> Found:
    location = location_of(path, project)
    if path.is_dir():
        return Found(kind="folder", location=location)
    kind = kind_of_file(path)
    if kind is None:
        raise UsageError(
            f"{path} is neither a feed, nor a list of feeds (OPML), nor a sitemap, nor a page.",
            hint="Articles of your own go into a folder: add that folder. Your own picks are added with: --as picks",
        )
    return Found(kind=kind, location=location)


def place_as_written(folder: Path, written: str, *, kind: str) -> tuple[str, str]:
    """The kind and location of a source that is added without a look at it: a feed, if nothing is said of its kind.

    Raises:
        UsageError: it is neither an address nor a file or folder.
    """
    if written.lower().startswith(_MAILBOX_SCHEMES):
        return kind or "mailbox", written
    path = _path_meant(folder, written)
    if path is not None:
        kinds = "folder" if path.is_dir() else kind_of_file(path) or "feed"
        return kind or kinds, location_of(path, folder)
    if kind in _OF_FILES and not _has_protocol(written):
        return kind, written
    url = web_address(written)
    if url is None and not kind:
        raise _no_place(written)
    return kind or "feed", url or written


def _no_place(written: str) -> UsageError:
    return UsageError(
        f'"{written}" is neither an address nor a file or folder.',
        hint="Write an address such as https://example.org, or a path that exists.",
    )


def location_of(path: Path, project: Path) -> str:
    """A path as digest.toml says it: from the project's folder where it is in there."""
    whole = path.resolve()
    return str(whole.relative_to(project.resolve()) if whole.is_relative_to(project.resolve()) else whole)


def kind_of_file(path: Path) -> SourceKind | None:
    """What a file is as a source."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    try:
        parse_feed(body, url="")
    except NotAFeedError:
        pass
    else:
        return "feed"
    if is_sitemap(body):
        return "sitemap"
    try:
        return "opml" if parse_opml(body) else None
    except NotOpmlError:
        return "page" if path.suffix.lower() in _PAGE_SUFFIXES else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a source would give."""

    reports: tuple[SourceReport, ...]
    #: Of all times, newest first.
    articles: tuple[Article, ...]
    #: The window of the next issue.
    window: Window

    @property
    def problem(self) -> str:
        """Why nothing can be read; "" where something can."""
        # The one source of links that was tried: what its selector finds is a matter of the selector, not of the day.
        selectors = [report.notes[0] for report in self.reports if report.source.links and report.notes]
        if selectors and not any(report.entries for report in self.reports):
            return selectors[0]
        problems = [report.problem for report in self.reports if report.failed]
        return problems[0] if problems and len(problems) == len(self.reports) else ""


def try_out(workspace: Workspace, source: Source, *, progress: Progress) -> Trial:
    """Read a source that is not in digest.toml yet."""
    return asyncio.run(_trial_of(workspace, source, progress))


async def _trial_of(workspace: Workspace, source: Source, progress: Progress) -> Trial:
    now, settings = workspace.today, workspace.settings.collect
    quick = settings.model_copy(update={"full_text": False, "max_pages": _PAGES_TRIED})
    async with HttpFetcher(quick) as fetcher:
        collection = await collect(
            [source],
            window=Window(since=now - _EVER, until=now),
            now=now,
            root=workspace.project.folder,
            settings=quick,
            fetcher=fetcher,
            shelf=workspace.shelf,
            mailboxes=mailboxes(workspace),
            progress=progress,
        )
    return Trial(
        reports=collection.sources, articles=collection.articles, window=next_window(workspace, IssueRequest())
    )


# --- how they are -----------------------------------------------------------------------------------------------


def check_sources(workspace: Workspace, *, progress: Progress) -> tuple[Checkup, ...]:
    """Read all sources as for the next issue, and say how each is; nothing is made of it."""
    return asyncio.run(_checkups_of(workspace, progress))


async def _checkups_of(workspace: Workspace, progress: Progress) -> tuple[Checkup, ...]:
    settings, now, window = workspace.settings, workspace.today, next_window(workspace, IssueRequest())
    async with HttpFetcher(settings.collect) as fetcher:
        collection = await collect(
            settings.source_list(),
            window=window,
            now=now,
            root=workspace.project.folder,
            settings=settings.collect,
            fetcher=fetcher,
            shelf=workspace.shelf,
            mailboxes=mailboxes(workspace),
            progress=progress,
        )
    sent = workspace.book.sent_articles()
    picked = pick(collection.articles, window=window, settings=settings.pick, sections=settings.sections, sent=sent)
    histories = {**workspace.sources.histories(), **workspace.sources.record(collection.sources, now=now)}
    moved = _moved(workspace, [report.source for report in collection.sources])
    return examine(collection, picked, histories=histories, moved=moved, now=now)


def _moved(workspace: Workspace, sources: Sequence[Source]) -> Mapping[str, str]:
    """Where sources have moved for good, by location."""
    known = ((source.location, workspace.shelf.recall(source.location)) for source in sources)
    return {location: answer.final_url for location, answer in known if answer and answer.moved}


def listable(workspace: Workspace) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """The feeds of all sources, those of OPML sources among them, and the sources that OPML can't say.

    Raises:
        UsageError: a list can't be read.
    """
    everything = asyncio.run(_with_lists_opened(workspace))
    feeds = tuple(source for source in everything if can_be_listed(source))
    return feeds, tuple(source for source in everything if source not in feeds)


async def _with_lists_opened(workspace: Workspace) -> tuple[Source, ...]:
    settings = workspace.settings
    async with HttpFetcher(settings.collect) as fetcher:
        documents = Documents(
            root=workspace.project.folder, settings=settings.collect, fetcher=fetcher, shelf=workspace.shelf
        )
        opened = await asyncio.gather(*(expanded(source, documents) for source in settings.source_list()))
    for _, report in opened:
        if report and report.failed:
            raise UsageError(f"{report.source.location} {report.problem}.", hint="Mend or remove this source.")
    return tuple(source for found, _ in opened for source in found)
