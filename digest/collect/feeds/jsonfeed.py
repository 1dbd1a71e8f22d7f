"""JSON Feed (https://www.jsonfeed.org/version/1.1/) → `Feed`, whatever types its values turn out to have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from digest.collect.article.labels import author_name, category_names, primary_tag
from digest.collect.article.timestamps import read_timestamp
from digest.collect.feeds.entries import Entry, Feed, NotAFeedError
from digest.collect.feeds.links import address, identifying
from digest.collect.feeds.recordings import medium_of, playing_time
from digest.collect.feeds.textconstructs import escaped_text
from digest.model import Medium
from digest.text.clean import clean_line
from digest.text.html import text_to_line


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
    home = address(_text(document, "home_page_url"), url)
    entries = tuple(_entry(item, base=home or url) for item in items if isinstance(item, dict))
    odd = len(items) - len(entries)
    return Feed(
        title=text_to_line(_text(document, "title")),
        link=home,
        language=primary_tag(_text(document, "language")),
        entries=entries,
        notes=(f"{odd} of its items left out: no objects",) if odd else (),
    )


def _entry(item: Mapping[str, Any], *, base: str) -> Entry:
    summary = escaped_text(_text(item, "summary"))
    recording = _recording(item)
    identifier = identifying(_text(item, "id"), base)
    link = _text(item, "url") or _text(item, "external_url") or identifier or _text(recording, "url")
    return Entry(
        title=text_to_line(_text(item, "title")),
        link=address(link, base),
        guid=clean_line(_text(item, "id")),
        published=read_timestamp(_text(item, "date_published")) or read_timestamp(_text(item, "date_modified")),
        content=_text(item, "content_html") or escaped_text(_text(item, "content_text")) or summary,
        summary=summary,
        author=_author(item),
        categories=category_names(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        medium=_medium(recording),
        duration=playing_time(_text(recording, "duration_in_seconds")),
    )


def _author(item: Mapping[str, Any]) -> str:
    authors = [*_list(item, "authors"), item.get("author")]
    names = (author if isinstance(author, str) else _text(author, "name") for author in authors if author)
    return next((author_name(name) for name in names if name), "")


def _recording(item: Mapping[str, Any]) -> Any:
    """The first attachment that can be heard or watched."""
    return next((part for part in _list(item, "attachments") if _medium(part) != "text"), {})


def _medium(attachment: Any) -> Medium:
    return medium_of(_text(attachment, "mime_type"))


def _text(table: Any, key: str) -> str:
    value = table.get(key) if isinstance(table, dict) else None
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _list(table: Mapping[str, Any], key: str) -> list[Any]:
    value = table.get(key)
    return value if isinstance(value, list) else []
