"""Reads one source of any kind: its document, its entries, its articles."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from digest.collect.documents.document import Document, Documents
from digest.collect.feeds.articles import IdentifiedEntry, identified_entries, in_their_language, read_entries
from digest.collect.feeds.entries import Feed
from digest.collect.feeds.feed import parse_feed
from digest.collect.feeds.sightings import first_sightings
from digest.collect.feeds.supplements import with_full_texts, with_lengths
from digest.collect.files.folder import read_folder
from digest.collect.files.textfile import NotATextError, decode
from digest.collect.lists.linkpage import read_links
from digest.collect.lists.listed import Listed
from digest.collect.lists.listedpages import ListedPages
from digest.collect.lists.picks import parse_picks
from digest.collect.lists.pickstable import parse_table
from digest.collect.lists.sitemapwalk import walk
from digest.collect.mail.articles import read_mail
from digest.collect.mail.mailbox import NO_MAILBOXES, Mailboxes
from digest.collect.pages.page import extract_page, page_article
from digest.collect.reading import Reading, reading_of
from digest.model import Source, Window


class SourceError(Exception):
    """A source gives nothing; the message goes on after its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReader:
    """Reads sources for one run."""

    window: Window
    now: datetime
    documents: Documents
    mailboxes: Mailboxes = NO_MAILBOXES

    async def read(self, source: Source) -> Reading:
        """What a source holds.

        Raises:
            FetchError, NotAFeedError, NotASitemapError, MailboxError, SourceError: it cannot be read; the message goes
                on after its name.
        """
        readers = {
            "feed": self._feed,
            "folder": self._folder,
            "mailbox": self._mailbox,
            "page": self._links if source.links else self._page,
            "picks": self._picks,
            "sitemap": self._sitemap,
        }
        return await readers[source.kind](source)

    async def _feed(self, source: Source) -> Reading:
        document = await self.documents.get(source.location)
        # Parsing is up to a second of work: in a thread, it does not hold up the other sources' answers.
        feed, entries = await asyncio.to_thread(_parsed_feed, document, source)
        self.documents.keep(document)
        seen = first_sightings(entries, source=source, shelf=self.documents.shelf, now=self.now)
        reading = await asyncio.to_thread(
            read_entries, entries, feed=feed, source=source, window=self.window, now=self.now, seen=seen
        )
        reading = replace(reading, articles=in_their_language(reading.articles))
        fetcher, most = self.documents.fetcher, self.documents.settings.max_pages
        reading = await with_lengths(reading, fetcher=fetcher, most=most)
        return await with_full_texts(reading, fetcher=fetcher) if source.full_text else reading

    async def _page(self, source: Source) -> Reading:
        document = await self.documents.get(source.location)
        page = await asyncio.to_thread(
            extract_page,
            document.body,
            url=document.url,
            content_type=document.content_type,
            zone=self.now.tzinfo or UTC,
        )
        if not page.text:
            raise SourceError("has no article that could be told from the page around it")
        self.documents.keep(document)
        article = page_article(page, source=source, url=document.url, first_seen=self._first_seen)
        return reading_of((article,), window=self.window)

    def _first_seen(self, name: str) -> datetime:
        return self.documents.shelf.first_seen([name], now=self.now)[name]

    async def _sitemap(self, source: Source) -> Reading:
        found = await walk(source.location, documents=self.documents, window=self.window)
        return await self._listed(found.pages, source, notes=found.notes)

    async def _links(self, source: Source) -> Reading:
        document = await self.documents.get(source.location)
        found = await asyncio.to_thread(
            read_links,
            document.body,
            url=document.url,
            content_type=document.content_type,
            selector=source.links,
        )
        if found.links:
            self.documents.keep(document)
        return await self._listed(found.links, source, notes=found.notes)

    async def _mailbox(self, source: Source) -> Reading:
        mail = await self.mailboxes.read(source.location, since=self.window.since)
        found = await asyncio.to_thread(read_mail, mail, source=source, now=self.now)
        notes = (*mail.notes, *found.notes)
        return reading_of(found.articles, window=self.window, entries=len(mail.messages), notes=notes)

    async def _picks(self, source: Source) -> Reading:
        document = await self.documents.get(source.location)
        text = _text_of(document)
        found = parse_table(text) or parse_picks(text)
        self.documents.keep(document)
        picks = [Listed(url=pick.url, title=pick.title, note=pick.note, pinned=True) for pick in found.picks]
        pages = ListedPages(window=self.window, now=self.now, documents=self.documents)
        reading = await pages.read_picks(picks, source=source)
        problems = (f"{source.location}:{line}: {problem}" for line, problem in found.problems)
        return replace(reading, notes=(*problems, *reading.notes))

    async def _listed(self, listed: Sequence[Listed], source: Source, *, notes: Sequence[str]) -> Reading:
        pages = ListedPages(window=self.window, now=self.now, documents=self.documents)
        reading = await pages.read(listed, source=source)
        return replace(reading, notes=(*notes, *reading.notes))

    async def _folder(self, source: Source) -> Reading:
        root = self.documents.root
        if not (root / source.location).is_dir():
            raise SourceError(f"is no folder in {root.resolve()}")
        articles, notes = await asyncio.to_thread(read_folder, source, root=root, now=self.now)
        return reading_of(articles, window=self.window, notes=notes)


def _text_of(document: Document) -> str:
    try:
        return decode(document.body).text
    except NotATextError as error:
        raise SourceError(str(error)) from error


def _parsed_feed(document: Document, source: Source) -> tuple[Feed, tuple[IdentifiedEntry, ...]]:
    feed = parse_feed(document.body, url=document.url, content_type=document.content_type)
    return feed, identified_entries(feed, source=source)
