"""Where an entry leads its readers: to its own page, else to one that it names. Nothing is guessed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from digest.collect.feeds.entries import Entry, Feed
from digest.text.urls import canonical_url, http_url, is_web, shown_host, untracked_url

_HREF = re.compile(r"<a\s[^<>]{0,500}?\bhref\s*=\s*[\"']?([^\"'\s<>]{1,2000})", re.IGNORECASE)
#: "&amp;" as it is left where an address was escaped too often; other entities in one are parameters without a value.
_AMPERSAND = re.compile(r"&(?:amp|#0{0,5}38|#x0{0,5}26);", re.IGNORECASE)
#: Most addresses are as they should be; nothing of these would be changed below.
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[A-Za-z0-9._~/?=%+,;:-]{0,1000}")
_BROKEN_LINE = re.compile(r"\s*[\t\r\n]\s*")
_SCHEME_ALONE = re.compile(r"https?:/*", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"www\.[\w-]+\.\w", re.IGNORECASE)
#: What makes no difference between addresses of a front page.
_AROUND = re.compile(r"^https?://(?:www\.)?|(?:/index\.\w{3,5})?[/?#]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLinks:
    """What an entry names: absolute http(s) addresses, the likeliest first of each kind, each read once."""

    #: Its link, as it was before a service that counts clicks put itself in between.
    origin: Iterable[str] = ()
    #: Its links: pages before other forms of them (RFC 4287 §4.2.7.2 lets an entry name several).
    pages: Iterable[str] = ()
    #: What the feed says is the entry's own page beside that: a permanent link of RSS, in Atom a related one.
    permanent: Iterable[str] = ()
    #: Identifiers that look like addresses.
    names: Iterable[str] = ()
    recordings: Iterable[str] = ()
    #: Where it is discussed.
    comments: Iterable[str] = ()


def own_link(links: EntryLinks, *, home: str) -> str:
    """The address that an entry has as its own, "" where it has none.

    Its link; where that leads to another site (a link blog, a service that counts clicks), to the feed's own page or to
    the comments, rather the permanent one of the feed's site. Else an identifier that is an address of that site; else
    the recording that it encloses. A picture is no article.

    Args:
        home: the feed's page.
    """
    if origin := next(iter(links.origin), ""):
        return origin
    link = next(iter(links.pages), "")
    if not same_site(link, home):
        # A redirect whose target stands in it leads there.
        link = untracked_url(link)
    if not link:
        return next(chain(links.permanent, links.names, links.recordings), "")
    if not home or (_is_page_of(link, home) and link not in links.comments):
        return link
    own = chain(links.permanent, links.names if _is_same_page(link, home) else ())
    pages = [url for url in own if _is_page_of(url, home)]
    played = set(links.recordings) if pages else set()
    return next((url for url in pages if url not in played), link)


def _is_page_of(url: str, home: str) -> bool:
    return same_site(url, home) and not _is_same_page(url, home)


def _is_same_page(url: str, home: str) -> bool:
    return _without_www_and_index(url) == _without_www_and_index(home)


def _without_www_and_index(url: str) -> str:
    return _AROUND.sub("", url)


def address(written: str, base: str) -> str:
    """An address as feeds write it, as an absolute one of the web; "" of what is none.

    Args:
        written: perhaps broken over lines, escaped too often or without "https://".
        base: what it is relative to.
    """
    if _PLAIN.fullmatch(written) and "/." not in written:
        return written
    link = _BROKEN_LINE.sub("", written.strip())
    for _ in range(3):
        link = _AMPERSAND.sub("&", link)
    if _WITHOUT_SCHEME.match(link):
        link = f"https://{link}"
    return http_url(link, base) or "" if link and not _SCHEME_ALONE.fullmatch(link) else ""


def identifying(written: str, base: str) -> str:
    """An identifier that is a page's address, "" of any other.

    RSS has it so unless it says otherwise, JSON Feed wants it, RDF and Atom allow it. Others' addresses are namespaces.
    """
    name = written.strip()
    return address(name, base) if is_web(name) and same_site(name, base) else ""


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
    named = {canonical_url(url): url for href in _HREF.findall(markup) if is_web(href) and (url := address(href, home))}
    own = [url for key, url in named.items() if key != canonical_url(home) and same_site(url, home)]
    return own[0] if len(own) == 1 else ""


def all_of(written: Iterable[str], base: str) -> Iterator[str]:
    """Those that are addresses."""
    return (found for one in written if (found := address(one, base)))
