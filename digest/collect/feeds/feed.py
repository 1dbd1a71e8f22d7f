"""A feed document → `Feed`: RSS, Atom, RDF and JSON Feed as they are found in the wild. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from digest.collect.article.article import newest
from digest.collect.documents.encoding import to_text
from digest.collect.documents.mend import REFUSED, declares_entities_of_entities
from digest.collect.feeds.entries import Feed, NotAFeedError, date_of
from digest.collect.feeds.jsonfeed import parse_json_feed
from digest.collect.feeds.links import with_pages
from digest.collect.feeds.posts import with_posts
from digest.collect.feeds.xmlfeed import parse_xml_feed
from digest.text.html import html_to_line
from digest.text.urls import http_url

#: Far more than any feed offers (the largest of 200 real ones: 1,046); a bound on what a hostile one can cost.
_MOST_ENTRIES = 10_000
_HEAD = 20_000
# Possessive repetition: this is matched against hostile text.
_HTML = re.compile(
    r"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_OPML = re.compile(r"<opml\b", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^<>]{0,1000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"\btype\s*=\s*[\"']?application/(?:rss|atom|feed)\+(?:xml|json)", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


def parse_feed(body: bytes, *, url: str, content_type: str = "") -> Feed:
    """Read a feed.

    Args:
        body: as it was served, decompressed.
        url: where it came from, to resolve relative links; "" for a file.
        content_type: the server's, for its charset.

    Raises:
        NotAFeedError: it is something else; the message says what.
    """
    text, oddity = to_text(body, content_type)
    _refuse_what_is_no_feed(text, url)
    read = parse_json_feed if text.lstrip()[:1] == "{" else parse_xml_feed
    feed = with_pages(with_posts(read(text, url=url)))
    notes = (*([oddity] if oddity else []), *feed.notes)
    if len(feed.entries) > _MOST_ENTRIES:
        notes = (*notes, f"has {len(feed.entries):,} entries: only the newest {_MOST_ENTRIES:,} were read")
    entries = newest(feed.entries, _MOST_ENTRIES, moment=date_of)
    return replace(feed, entries=entries, notes=notes)


def _refuse_what_is_no_feed(text: str, url: str) -> None:
    if not text.strip():
        raise NotAFeedError("is empty")
    head = text[:_HEAD]
    if _HTML.match(head):
        raise NotAFeedError(f"is HTML, not a feed{_hint_of_feed(head, url)}")
    if _OPML.search(head[:2000]):
        raise NotAFeedError("is a list of feeds (OPML): write opml = instead of feed =")
    if declares_entities_of_entities(text):
        raise NotAFeedError(REFUSED)


def _hint_of_feed(head: str, url: str) -> str:
    """The feed that a page names as its own (https://www.rssboard.org/rss-autodiscovery)."""
    link = next((link[0] for link in _LINK.finditer(head) if _FEED_TYPE.search(link[0])), "")
    href = _HREF.search(link)
    address = http_url(html_to_line(href[1]), url) if href else None
    return f": the page names {address} as its feed" if address else ""
