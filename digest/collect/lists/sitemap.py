"""Sitemaps (https://www.sitemaps.org/protocol.html), lists of them, and news sitemaps → what they name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from digest.collect.article.article import LONGEST_TITLE, newest
from digest.collect.article.labels import category_names, primary_tag
from digest.collect.documents.encoding import to_text
from digest.collect.documents.mend import REFUSED, declares_entities_of_entities, mend
from digest.collect.documents.trees import local_name, xml_tree
from digest.collect.lists.listed import Listed, listed_moment, when_listed
from digest.text.html import html_to_line
from digest.text.urls import http_url

#: What the protocol allows in one document.
_MOST_ENTRIES = 50_000
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)


class NotASitemapError(Exception):
    """The document is no sitemap; the message goes on after the source's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSitemap:
    """A sitemap that a list of sitemaps names."""

    url: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """Pages, or other sitemaps, in the document's order."""

    pages: tuple[Listed, ...] = ()
    sitemaps: tuple[ChildSitemap, ...] = ()
    #: What was odd: phrases that go on after the sitemap's name.
    notes: tuple[str, ...] = ()


def parse_sitemap(body: bytes, *, url: str, content_type: str = "") -> Sitemap:
    """Read a sitemap, a list of sitemaps, or a text file of addresses.

    Args:
        body: decompressed.
        url: where it came from, to resolve relative addresses; "" for a file.

    Raises:
        NotASitemapError: it is something else; the message says what.
    """
    text, oddity = to_text(body, content_type)
    notes = (oddity,) if oddity else ()
    if not text.lstrip().startswith("<"):
        return _addresses(text)
    root = _root(text)
    match local_name(root):
        case "urlset":
            elements = [child for child in root if local_name(child) == "url"]
            found = [page for element in elements if (page := _page(element, url))]
            pages = newest(found, _MOST_ENTRIES, moment=when_listed)
            return Sitemap(pages=pages, notes=(*notes, *_left_out(len(elements), len(found))))
        case "sitemapindex":
            return Sitemap(sitemaps=tuple(_children(root, url)), notes=notes)
        case name:
            raise NotASitemapError(f"is XML that begins with <{name[:40]}>, not a sitemap")


def _addresses(text: str) -> Sitemap:
    """The protocol's plain form: an address on each line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [Listed(url=link) for line in lines if (link := http_url(line))]
    pages = newest(found, _MOST_ENTRIES, moment=when_listed)
    if not pages:
        raise NotASitemapError("is no sitemap: neither XML nor a list of addresses" if lines else "is empty")
    return Sitemap(pages=pages, notes=_left_out(len(lines), len(found)))


def _left_out(found: int, kept: int) -> tuple[str, ...]:
    odd = found - kept
    cut = (f"has {found:,} entries: only the newest {_MOST_ENTRIES:,} were read",) if found > _MOST_ENTRIES else ()
    return (*cut, *((f"{odd} of its entries left out: no web address",) if odd else ()))


def _root(text: str) -> etree._Element:
    head = text[:2000]
    if _HTML.search(head):
        raise NotASitemapError("is HTML, not a sitemap: robots.txt of the site names the right address")
    if _FEED.search(head):
        raise NotASitemapError("is a feed: write feed = instead of sitemap =")
    if declares_entities_of_entities(text):
        raise NotASitemapError(REFUSED)
    root = xml_tree(mend(text)[0]).root
    if root is None:
        raise NotASitemapError("is XML that cannot be read")
    return root


def _children(root: etree._Element, base: str) -> Iterator[ChildSitemap]:
    for element in root:
        link = http_url(_text(element, "loc"), base) if local_name(element) == "sitemap" else None
        if link:
            yield ChildSitemap(url=link, changed=listed_moment(_text(element, "lastmod")))


def _page(element: etree._Element, base: str) -> Listed | None:
    link = http_url(_text(element, "loc"), base)
    if link is None:
        return None
    changed = listed_moment(_text(element, "lastmod"))
    news = _child(element, "news")
    if news is None:
        return Listed(url=link, changed=changed)
    publication = _child(news, "publication")
    return Listed(
        url=link,
        title=_text(news, "title")[:LONGEST_TITLE],
        published=listed_moment(_text(news, "publication_date")),
        changed=changed,
        publisher="" if publication is None else _text(publication, "name")[:LONGEST_TITLE],
        language="" if publication is None else primary_tag(_text(publication, "language")),
        categories=category_names(_text(news, "keywords").split(",")),
    )


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _text(element: etree._Element, name: str) -> str:
    child = _child(element, name)
    # As a title would be read: news sitemaps carry the markup and the entities of their headlines.
    return html_to_line("".join(child.itertext())) if child is not None else ""
