"""Where an entry leads its readers: to its own page, else to one that it names. Nothing is guessed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from digest.collect.feeds.entries import Entry, Feed
from digest.text.html import html_to_line
from digest.urls import canonical_url, http_url, is_web, shown_host

_HREF = re.compile(r"<a\s[^<>]{0,500}?\bhref\s*=\s*[\"']?([^\"'\s<>]{1,2000})", re.IGNORECASE)
_PLAYED = ("audio/", "video/")


def link_of(raw: Mapping[str, Any], base: str) -> str:
    """The address that an entry of RSS or Atom has as its own, "" where it has none.

    Its link, a page before other forms of it (RFC 4287 §4.2.7.2 lets an entry name several); an identifier that is an
    address of the same site; the recording that it encloses. A picture is no article.

    Args:
        raw: as fastfeedparser and feedparser give it.
        base: what relative links are resolved against.
    """
    pages = (link.get("href") for link in raw.get("links") or () if _is_page(link))
    return _first((*pages, raw.get("link"), identifying(raw.get("id"), base), *_recordings(raw)), base)


def discussed_at(raw: Mapping[str, Any], base: str) -> str:
    """The page where an entry is discussed (RSS's `comments`), "" where it names none."""
    return _first((raw.get("comments"),), base)


def identifying(written: Any, base: str) -> str:
    """An identifier that is a page's address, "" of any other.

    RSS has it so unless it says otherwise, JSON Feed wants it, RDF and Atom allow it. Others' addresses are namespaces.
    """
    address = written.strip() if isinstance(written, str) else ""
    return address if is_web(address) and same_site(address, base) else ""


def same_site(url: str, other: str) -> bool:
    """Whether two addresses have the same host, or one a host below the other's."""
    one, two = shown_host(url), shown_host(other)
    return bool(one and two) and (one == two or one.endswith(f".{two}") or two.endswith(f".{one}"))


def with_pages(feed: Feed) -> Feed:
    """The feed with a page for those of its entries without a link whose words lead to one page of its site."""
    if not feed.link or all(entry.link or entry.page for entry in feed.entries):
        return feed
    return replace(feed, entries=tuple(_with_page(entry, feed.link) for entry in feed.entries))


def _with_page(entry: Entry, home: str) -> Entry:
    return entry if entry.link or entry.page else replace(entry, page=_page_in(entry.content, home))


def _page_in(markup: str, home: str) -> str:
    """The page of a site that a text leads to; of several, none is the one."""
    # Relative ones are often none: programs write "null" and "undefined" where they know no address.
    named = {
        canonical_url(url): url for href in _HREF.findall(markup) if is_web(href) and (url := _first((href,), home))
    }
    own = [url for key, url in named.items() if key != canonical_url(home) and same_site(url, home)]
    return own[0] if len(own) == 1 else ""


def _is_page(link: Mapping[str, Any]) -> bool:
    return link.get("rel") in {None, "", "alternate"} and "html" in (link.get("type") or "html")


def _recordings(raw: Mapping[str, Any]) -> Iterator[Any]:
    for part in (*(raw.get("enclosures") or ()), *(raw.get("media_content") or ())):
        if str(part.get("type") or "").lower().startswith(_PLAYED):
            yield part.get("url") or part.get("href")


def _first(written: Iterable[Any], base: str) -> str:
    """The first that is an address of the web."""
    found = (http_url(html_to_line(one), base) for one in written if isinstance(one, str) and one)
    return next(filter(None, found), "")
