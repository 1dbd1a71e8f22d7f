"""From a sitemap's address to all pages that it and the sitemaps below it name."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.collect.article.article import newest
from digest.collect.article.moments import day_in_link, end_of_day
from digest.collect.documents.document import Documents
from digest.collect.documents.fetch import FetchError
from digest.collect.lists.listed import Listed, when_listed
from digest.collect.lists.sitemap import ChildSitemap, NotASitemapError, Sitemap, parse_sitemap
from digest.model import Window

#: Of a list of sitemaps so many are read, the likeliest first; a newspaper has one for each day since 1851.
_MOST_SITEMAPS = 50
#: The protocol has lists of sitemaps, not lists of lists; some sites have these, too.
_DEEPEST = 3
#: Pages of all of them; what is more is a shop's, not a newsletter's source.
_MOST_PAGES = 100_000
#: What WordPress's plugins and shops name beside articles: they change whenever an article does.
_NO_ARTICLES = re.compile(
    r"(?:^|[/_-])(?:categor(?:y|ies)|(?:post_)?tags?|authors?|users?|images?|videos?|products?|attachments?"
    r"|topics?|taxonom\w+)(?:[_-]sitemap|[_-]?\d*\.xml)",
    re.IGNORECASE,
)
_NEWS = re.compile(r"news", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Walk:
    """What was found on the way."""

    pages: list[Listed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


async def walk(location: str, *, documents: Documents, window: Window) -> Walk:
    """All pages below a sitemap that may lie in the window.

    Raises:
        FetchError, NotASitemapError: the sitemap itself cannot be read; one below it that can't is a note.
    """
    found = Walk()
    top = await _read_sitemap(location, documents)
    found.notes += top.notes
    found.pages += top.pages
    visited, level = {location}, _likeliest(top.sitemaps, window)
    for _ in range(_DEEPEST - 1):
        fresh = [child for child in level if child.url not in visited]
        room = _MOST_SITEMAPS - len(visited) + 1
        if len(fresh) > room:
            found.notes.append(f"names {len(fresh)} sitemaps that may be new: the likeliest {room} are read")
        visited.update(child.url for child in fresh[:room])
        below = await _read_sitemaps(fresh[:room], documents, found)
        level = _likeliest([child for sitemap in below for child in sitemap.sitemaps], window)
    if len(found.pages) > _MOST_PAGES:
        found.notes.append(f"names {len(found.pages):,} pages: only the newest {_MOST_PAGES:,} were looked at")
        found.pages = [*newest(found.pages, _MOST_PAGES, moment=when_listed)]
    return found


async def _read_sitemap(location: str, documents: Documents) -> Sitemap:
    document = await documents.get(location)
    sitemap = await asyncio.to_thread(
        parse_sitemap, document.body, url=document.url, content_type=document.content_type
    )
    documents.keep(document)
    return sitemap


async def _read_sitemaps(children: Sequence[ChildSitemap], documents: Documents, found: Walk) -> list[Sitemap]:
    outcomes = await asyncio.gather(
        *(_read_sitemap(child.url, documents) for child in children), return_exceptions=True
    )
    sitemaps = []
    for child, outcome in zip(children, outcomes, strict=True):
        if isinstance(outcome, FetchError | NotASitemapError):
            found.notes.append(f"its part {child.url} {outcome}")
        elif isinstance(outcome, BaseException):
            raise outcome
        else:
            found.pages += outcome.pages
            sitemaps.append(outcome)
    return sitemaps


def _likeliest(children: Sequence[ChildSitemap], window: Window) -> list[ChildSitemap]:
    """Those that may name something new, those for news first, then the last changed, then by the day in the name."""
    alive = [child for child in children if child.changed is None or child.changed > window.since]
    articles = [child for child in alive if not _NO_ARTICLES.search(child.url)] or alive
    return sorted(articles, key=_rank, reverse=True)


def _rank(child: ChildSitemap) -> tuple[bool, float]:
    day = day_in_link(child.url)
    moment = child.changed or (end_of_day(day) if day else None)
    return (_NEWS.search(child.url) is not None, moment.timestamp() if moment else 0.0)
