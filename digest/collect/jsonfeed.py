"""JSON Feed (https://www.jsonfeed.org/version/1.1/) → `Feed`, whatever types its values turn out to have."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from digest.collect.feeds import Entry, Feed, NotAFeedError
from digest.model import Image
from digest.text.clean import clean_line
from digest.urls import http_url


def parse_json_feed(text: str, *, url: str) -> Feed:
    """Read a JSON Feed.

    Raises:
        NotAFeedError: it is no JSON, or JSON of another kind.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAFeedError("starts like JSON but is not valid JSON") from None
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise NotAFeedError("is JSON, but no JSON Feed: it has no items")
    home = http_url(_text(document, "home_page_url"), url) or ""
    language = _language(document)
    entries = tuple(_entry(item, base=home or url) for item in items if isinstance(item, dict))
    odd = len(items) - len(entries)
    return Feed(
        title=clean_line(_text(document, "title")),
        link=home,
        language=language,
        entries=entries,
        notes=(f"has {odd} items that are no objects: left out",) if odd else (),
    )


def _entry(item: Mapping[str, Any], *, base: str) -> Entry:
    plain = _text(item, "content_text")
    summary = html.escape(_text(item, "summary"), quote=False)
    # A plain text is written as HTML would have it, so that all entries are read by one rule.
    content = _text(item, "content_html") or "".join(
        f"<p>{html.escape(part, quote=False)}</p>" for part in re.split(r"\n\s*\n", plain)
    )
    return Entry(
        title=clean_line(_text(item, "title")),
        link=http_url(_text(item, "url") or _text(item, "external_url"), base) or "",
        guid=clean_line(_text(item, "id")),
        published=_moment(_text(item, "date_published")) or _moment(_text(item, "date_modified")),
        content=content or summary,
        summary=summary,
        author=_author(item),
        categories=tuple(clean_line(tag) for tag in _list(item, "tags") if isinstance(tag, str)),
        image=_image(item, base),
    )


def _author(item: Mapping[str, Any]) -> str:
    authors = [*_list(item, "authors"), item.get("author")]
    names = (author if isinstance(author, str) else _text(author, "name") for author in authors if author)
    return next((clean_line(name) for name in names if name), "")


def _image(item: Mapping[str, Any], base: str) -> Image | None:
    address = http_url(_text(item, "image") or _text(item, "banner_image"), base)
    return Image(url=address) if address else None


def _language(document: Mapping[str, Any]) -> str:
    match = re.match(r"[A-Za-z]{2,3}\b", _text(document, "language"))
    return match[0].lower() if match else ""


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _text(table: Any, key: str) -> str:
    value = table.get(key) if isinstance(table, dict) else None
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _list(table: Mapping[str, Any], key: str) -> list[Any]:
    value = table.get(key)
    return value if isinstance(value, list) else []
