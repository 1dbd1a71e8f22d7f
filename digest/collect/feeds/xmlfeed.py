"""RSS, Atom and RDF → `Feed`.

fastfeedparser reads first (0.5 s for 120 feeds against 16 s: benchmarks/feeds.py); feedparser, which knows more odd
formats, where it errs or finds nothing. Both get bytes only, so neither can fetch. What they return is markup still;
`articles` makes text of it.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from digest.collect.article.labels import author_name, category_names, primary_tag
from digest.collect.article.moments import iso_moment
from digest.collect.documents.mend import mend
from digest.collect.feeds.entries import Entry, Feed, NotAFeedError
from digest.collect.feeds.links import discussed_at, link_of
from digest.collect.feeds.recordings import with_recordings
from digest.text.clean import clean_line
from digest.text.html import html_to_line
from digest.urls import http_url

#: feedparser takes up to 12 s for a million characters made to hurt it; what only it can read is small.
_MOST_FOR_FEEDPARSER = 1_000_000
_HEAD = 20_000
_FIRST_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"<(?:dc:)?language>(?:\s|<!\[CDATA\[){0,9}([A-Za-z]{2,3})\b")
_ROOT = re.compile(r"<(?:\w+:)?(?:feed|rss|RDF|channel)\b[^<>]{0,4000}", re.IGNORECASE)
_XML_LANG = re.compile(r"\sxml:lang\s*=\s*[\"']([A-Za-z]{2,3})\b")
_XML_BASE = re.compile(r"\sxml:base\s*=\s*[\"']([^\"']+)")
#: fastfeedparser takes the text of an XHTML title only as far as its first element.
_XHTML_TITLE = re.compile(r"<title[^<>]{0,200}\stype=[\"']xhtml")


def parse_xml_feed(text: str, *, url: str) -> Feed:
    """Read RSS, Atom or RDF.

    Raises:
        NotAFeedError: it is none of them.
    """
    mended, oddity = mend(text)
    parsed = _fast(mended)
    if parsed is None or not parsed["entries"] or _XHTML_TITLE.search(mended):
        parsed = _thorough(mended, url) or parsed
    if parsed is None:
        raise NotAFeedError("could not be read as a feed: neither RSS, Atom nor JSON Feed")
    about = parsed["feed"]
    head = _before_entries(text)
    link = http_url(html_to_line(_text(about.get("link"))), url) or ""
    base = http_url(_base(head), url or link) or link or url
    return Feed(
        title=html_to_line(_text(about.get("title"))),
        link=link,
        language=_language(head) or primary_tag(_text(about.get("language"))),
        entries=with_recordings([_entry(raw, base) for raw in parsed["entries"]], mended),
        updated=_moment(about.get("updated_parsed")) or _moment(about.get("updated")),
        notes=(oddity,) if oddity else (),
    )


def _before_entries(text: str) -> str:
    first = _FIRST_ENTRY.search(text)
    return text[: min(first.start() if first else _HEAD, _HEAD)]


def _language(head: str) -> str:
    root = _ROOT.search(head)
    match = _LANGUAGE.search(head) or (_XML_LANG.search(root[0]) if root else None)
    return match[1].lower() if match else ""


def _base(head: str) -> str:
    root = _ROOT.search(head)
    match = _XML_BASE.search(root[0]) if root else None
    return html_to_line(match[1]) if match else ""


def _fast(text: str) -> Mapping[str, Any] | None:
    import fastfeedparser  # noqa: PLC0415  # with feedparser 60 ms, which `digest --help` must not pay

    try:
        # Bytes, never text: text that starts with "http" would be fetched.
        parsed: Mapping[str, Any] = fastfeedparser.parse(text.encode("utf-8", "replace"))
    except Exception:  # noqa: BLE001  # whatever a hostile document makes a parser raise, the other one gets its turn
        return None
    return parsed


def _thorough(text: str, url: str) -> Mapping[str, Any] | None:
    if len(text) > _MOST_FOR_FEEDPARSER or not _FIRST_ENTRY.search(text):
        return None
    import feedparser  # noqa: PLC0415  # see _fast

    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            text.encode("utf-8", "replace"),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            sanitize_html=False,
        )
    except Exception:  # noqa: BLE001  # see _fast
        return None
    return parsed if parsed["entries"] or parsed.get("version") else None


def _entry(raw: Mapping[str, Any], base: str) -> Entry:
    contents = raw.get("content") or ()
    summary = _text(raw.get("summary") or raw.get("description"))
    content = max((_text(content.get("value")) for content in contents), key=len, default="")
    return Entry(
        title=html_to_line(_text(raw.get("title"))),
        link=link_of(raw, base),
        page=discussed_at(raw, base),
        guid=clean_line(_text(raw.get("id"))),
        published=_published(raw),
        content=content or summary or _media_text(raw),
        summary=summary or _media_text(raw),
        author=author_name(_text(raw.get("author"))),
        categories=category_names(_text(tag.get("label") or tag.get("term")) for tag in raw.get("tags") or ()),
    )


def _published(raw: Mapping[str, Any]) -> datetime | None:
    names = ("published_parsed", "published", "updated_parsed", "updated", "created_parsed")
    return next((moment for moment in map(_moment, map(raw.get, names)) if moment), None)


def _moment(value: Any) -> datetime | None:
    """What a parser made of a date (ISO text, a time tuple) or left of it (as RSS writes it), as a moment in UTC."""
    try:
        if isinstance(value, str):
            return iso_moment(value) or parsedate_to_datetime(value).astimezone(UTC)
        return datetime.fromtimestamp(timegm(value), UTC) if value else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _media_text(raw: Mapping[str, Any]) -> str:
    """YouTube tells what a video is about only here."""
    return next((text for part in raw.get("media_content") or () if (text := _text(part.get("description")))), "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
