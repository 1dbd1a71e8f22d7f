"""A feed document → `Feed`: RSS, Atom, RDF and JSON Feed as they are found in the wild. Pure.

fastfeedparser reads first (0.3 s for 120 feeds against 14 s); feedparser, which knows more odd formats, where it errs
or finds nothing. Both get bytes only, so neither can fetch. What they return is markup still; `articles` makes text
of it.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from digest.collect.encoding import to_text
from digest.collect.mend import declares_entities_of_entities, mend
from digest.model import Image
from digest.text.clean import clean_line
from digest.text.html import html_to_line
from digest.urls import http_url

#: feedparser takes some 10 s for each 10 MB, and what only it can read is small.
_MOST_FOR_FEEDPARSER = 5_000_000
_HEAD = 20_000
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_OPML = re.compile(r"<opml\b", re.IGNORECASE)
_ALTERNATE = re.compile(
    r"<link\b[^>]*\btype\s*=\s*[\"']?application/(?:rss|atom|feed)\+(?:xml|json)[^>]*>", re.IGNORECASE
)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_FIRST_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"<(?:dc:)?language>(?:\s|<!\[CDATA\[)*([A-Za-z]{2,3})\b|<(?:\w+:)?(?:feed|rss|RDF)\b[^>]*?\sxml:lang=[\"']([A-Za-z]{2,3})\b"
)
_XML_BASE = re.compile(r"<(?:\w+:)?(?:feed|rss|RDF|channel)\b[^>]*?\sxml:base=[\"']([^\"']+)")
_XHTML_TITLE = re.compile(r"<title[^>]*\stype=[\"']xhtml")


class NotAFeedError(Exception):
    """The document is no feed; the message goes on after the source's name: "is HTML, not a feed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A raw item of a feed; "" and None where it says nothing."""

    title: str
    #: Absolute http(s) address.
    link: str
    guid: str
    #: Aware, UTC.
    published: datetime | None
    #: The article as far as the feed carries it: HTML or text.
    content: str
    #: The feed's own short description of it: HTML or text.
    summary: str
    author: str = ""
    categories: tuple[str, ...] = ()
    image: Image | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A source document."""

    title: str
    #: The page that it is the feed of, "" where it names none.
    link: str
    #: BCP 47 primary tag.
    language: str
    #: In the document's order.
    entries: tuple[Entry, ...]
    #: When the document says that it last changed.
    updated: datetime | None = None
    #: What was odd: phrases that go on after the feed's name.
    notes: tuple[str, ...] = ()


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
    feed = _parse_json(text, url) if text.lstrip()[:1] == "{" else _parse_xml(text, url)
    return replace(feed, notes=(oddity, *feed.notes)) if oddity else feed


def _refuse_what_is_no_feed(text: str, url: str) -> None:
    if not text.strip():
        raise NotAFeedError("is empty")
    head = text[:_HEAD]
    if _HTML.match(head):
        raise NotAFeedError(f"is HTML, not a feed{_hint_of_feed(head, url)}")
    if _OPML.search(head[:2000]):
        raise NotAFeedError("is a list of feeds (OPML): write opml = instead of feed =")
    if declares_entities_of_entities(text):
        raise NotAFeedError("declares XML entities made of other entities, as an attack does: refused")


def _hint_of_feed(head: str, url: str) -> str:
    link = _ALTERNATE.search(head)
    href = _HREF.search(link[0]) if link else None
    address = http_url(html_to_line(href[1]), url) if href else None
    return f": the page names {address} as its feed" if address else ""


def _parse_json(text: str, url: str) -> Feed:
    from digest.collect.jsonfeed import parse_json_feed  # noqa: PLC0415  # circular: it makes this module's values

    return parse_json_feed(text, url=url)


def _parse_xml(text: str, url: str) -> Feed:
    mended = mend(text)
    head = _before_entries(text)
    parsed = _fast(mended)
    if parsed is None or not parsed["entries"] or _XHTML_TITLE.search(mended):
        parsed = _thorough(mended, url) or parsed
    if parsed is None:
        raise NotAFeedError("could not be read as a feed: neither RSS, Atom nor JSON Feed")
    about = parsed["feed"]
    link = http_url(html_to_line(_text(about.get("link"))), url) or ""
    base = http_url(_base(head), url or link) or link or url
    return Feed(
        title=html_to_line(_text(about.get("title"))),
        link=link,
        language=_language(head) or _primary_tag(_text(about.get("language"))),
        entries=tuple(_entry(raw, base) for raw in parsed["entries"]),
        updated=_moment(about.get("updated_parsed")) or _moment(about.get("updated")),
    )


def _before_entries(text: str) -> str:
    first = _FIRST_ENTRY.search(text)
    return text[: min(first.start() if first else _HEAD, _HEAD)]


def _language(head: str) -> str:
    match = _LANGUAGE.search(head)
    return (match[1] or match[2]).lower() if match else ""


def _primary_tag(language: str) -> str:
    match = re.match(r"[A-Za-z]{2,3}\b", language)
    return match[0].lower() if match else ""


def _base(head: str) -> str:
    match = _XML_BASE.search(head)
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
    if len(text) > _MOST_FOR_FEEDPARSER:
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
    return Entry(
        title=html_to_line(_text(raw.get("title"))),
        link=_link(raw, base),
        guid=clean_line(_text(raw.get("id"))),
        published=_published(raw),
        content=max((_text(content.get("value")) for content in contents), key=len, default="") or summary,
        summary=summary,
        author=html_to_line(_text(raw.get("author"))),
        categories=_categories(tag.get("label") or tag.get("term") for tag in raw.get("tags") or ()),
        image=_image(raw, base),
    )


def _link(raw: Mapping[str, Any], base: str) -> str:
    candidates = [raw.get("link"), *(part.get("url") or part.get("href") for part in raw.get("enclosures") or ())]
    written = next((_text(candidate) for candidate in candidates if candidate), "")
    return http_url(html_to_line(written), base) or "" if written else ""


def _published(raw: Mapping[str, Any]) -> datetime | None:
    names = ("published_parsed", "published", "updated_parsed", "updated", "created_parsed")
    return next((moment for moment in map(_moment, map(raw.get, names)) if moment), None)


def _moment(value: Any) -> datetime | None:
    """fastfeedparser's ISO text or feedparser's time tuple as a moment in UTC."""
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        return datetime.fromtimestamp(timegm(value), UTC) if value else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _categories(names: Iterable[Any]) -> tuple[str, ...]:
    lines = (html_to_line(_text(name)) for name in names)
    return tuple(dict.fromkeys(line for line in lines if line and len(line) <= _LONGEST_CATEGORY))[:_MOST_CATEGORIES]


_LONGEST_CATEGORY = 80
_MOST_CATEGORIES = 30


def _image(raw: Mapping[str, Any], base: str) -> Image | None:
    for part in (*(raw.get("media_content") or ()), *(raw.get("enclosures") or ())):
        kind = f"{part.get('type') or ''} {part.get('medium') or ''}"
        url = http_url(_text(part.get("url") or part.get("href")), base)
        if url and "image" in kind:
            return Image(
                url=url,
                alt=html_to_line(_text(part.get("description"))),
                credit=html_to_line(_text(part.get("credit"))),
            )
    return None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
