"""Finds what a site can be read by: asks at every place where `places` says a feed may be, and reads what comes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from digest.collect.discovery.places import (
    PossibleFeed,
    feeds_by_address,
    feeds_of_page,
    sitemaps_of_robots,
    usual_places,
    usual_sitemaps,
)
from digest.collect.documents.fetch import Fetcher, FetchError
from digest.collect.feeds.entries import Entry, NotAFeedError
from digest.collect.feeds.feed import parse_feed
from digest.collect.feeds.opml import NotOpmlError, parse_opml
from digest.model import Remembered, SourceKind
from digest.text.urls import canonical_url

_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b")
_HEAD = 3_000
#: Articles by which two addresses are known to give the same feed.
_SAMPLE = 5


def is_sitemap(body: bytes) -> bool:
    return _SITEMAP.search(body[:_HEAD]) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source that a site has, read to see that it is one."""

    kind: SourceKind
    location: str
    title: str = ""
    #: How it was found: "the page names it".
    how: str = ""
    entries: int = 0
    newest: datetime | None = None
    #: What readers write below articles, not the articles.
    comments: bool = False
    #: Equal for two addresses of the same articles.
    sample: tuple[str, ...] = ()


async def find_sources(url: str, *, fetcher: Fetcher) -> tuple[Found, ...]:
    """What can be read at an address or at its site: itself, else feeds, else a sitemap; the main one first.

    Raises:
        FetchError: there is nothing to be had at this address; the message goes on after it.
    """
    found = await _feeds_among(feeds_by_address(url), fetcher)
    if found:
        return found
    answer = await fetcher.fetch(url)
    itself = await asyncio.to_thread(_source_in, answer, PossibleFeed(url=url, how=""))
    if itself:
        return (itself,)
    page = feeds_of_page(answer.body, url=answer.final_url, content_type=answer.content_type)
    found = await _feeds_among(page, fetcher)
    if all(one.comments for one in found):
        found = (*await _feeds_among(usual_places(answer.final_url), fetcher), *found)
    if all(one.comments for one in found):
        found = (*await _sitemaps(answer.final_url, fetcher), *found)
    return found


async def _feeds_among(candidates: Iterable[PossibleFeed], fetcher: Fetcher) -> tuple[Found, ...]:
    """Those of the candidates that are feeds, each once; feeds with articles first, feeds of comments last."""
    outcomes = await asyncio.gather(*(_feed_at(candidate, fetcher) for candidate in candidates))
    once: dict[object, Found] = {}
    for found in outcomes:
        if found:
            # Comments link to the articles that they are on.
            once.setdefault((found.comments, found.sample or canonical_url(found.location)), found)
    return tuple(sorted(once.values(), key=lambda found: (found.comments, not found.entries)))


async def _feed_at(candidate: PossibleFeed, fetcher: Fetcher) -> Found | None:
    try:
        answer = await fetcher.fetch(candidate.url)
    except FetchError:
        return None
    found = await asyncio.to_thread(_source_in, answer, candidate)
    return found if found and found.kind == "feed" else None


async def _sitemaps(url: str, fetcher: Fetcher) -> tuple[Found, ...]:
    """The first sitemap of a site, if it has one."""
    try:
        robots = await fetcher.fetch(urljoin(url, "/robots.txt"))
        named: Sequence[str] = sitemaps_of_robots(robots.body, url=robots.final_url)
    except FetchError:
        named = ()
    for address in (*named, *usual_sitemaps(url)):
        try:
            answer = await fetcher.fetch(address)
        except FetchError:
            continue
        if is_sitemap(answer.body):
            how = "robots.txt names it" if address in named else "it is at a usual place"
            return (Found(kind="sitemap", location=address, how=how),)
    return ()


def _source_in(answer: Remembered, candidate: PossibleFeed) -> Found | None:
    """What a document is as a source, None where it is none."""
    # Who moved for good wants to be asked at the new place.
    location = answer.final_url if answer.moved else candidate.url
    found = Found(kind="feed", location=location, how=candidate.how, comments=candidate.comments)
    try:
        feed = parse_feed(answer.body, url=answer.final_url, content_type=answer.content_type)
    except NotAFeedError:
        return _list_in(answer, found)
    return replace(
        found,
        title=feed.title or candidate.title,
        entries=len(feed.entries),
        newest=max((entry.published for entry in feed.entries if entry.published), default=None),
        comments=candidate.comments or replace(candidate, title=feed.title).comments,
        sample=_sample_links(feed.entries),
    )


def _sample_links(entries: Sequence[Entry]) -> tuple[str, ...]:
    links = sorted({canonical_url(entry.link) for entry in entries if entry.link})
    return tuple(links[:_SAMPLE])


def _list_in(answer: Remembered, found: Found) -> Found | None:
    if is_sitemap(answer.body):
        return replace(found, kind="sitemap")
    try:
        feeds = parse_opml(answer.body, answer.content_type)
    except NotOpmlError:
        return None
    return replace(found, kind="opml", entries=len(feeds)) if feeds else None
