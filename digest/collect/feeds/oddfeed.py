"""Feeds of forms that only feedparser knows → `Feed`. It gets bytes only, so it can't fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.collect.article.labels import author_name, category_names, primary_tag
from digest.collect.article.timestamps import read_timestamp
from digest.collect.feeds.entries import Entry, Feed
from digest.collect.feeds.links import EntryLinks, address, all_of, identifying, own_link
from digest.collect.feeds.recordings import medium_of
from digest.text.clean import clean_line
from digest.text.html import html_to_line

#: It takes up to 12 s for a million characters made to hurt it; what only it can read is small.
_LONGEST = 1_000_000
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)


def parse_odd_feed(text: str, *, url: str, notes: tuple[str, ...]) -> Feed | None:
    """The feed, None where feedparser knows no such form either."""
    if len(text) > _LONGEST or not _ENTRY.search(text):
        return None
    import feedparser  # noqa: PLC0415  # 40 ms, which no other feed must pay

    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            text.encode("utf-8", "replace"),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            sanitize_html=False,
        )
    except Exception:  # noqa: BLE001  # whatever a hostile document makes a parser raise, it is no feed
        return None
    if not parsed["entries"] and not parsed.get("version"):
        return None
    about = parsed["feed"]
    link = address(_text(about.get("link")), url)
    return Feed(
        title=html_to_line(_text(about.get("title"))),
        link=link,
        language=primary_tag(_text(about.get("language"))),
        entries=tuple(_entry(raw, link, link or url) for raw in parsed["entries"]),
        updated=read_timestamp(_text(about.get("updated"))),
        notes=notes,
    )


def _entry(raw: Mapping[str, Any], home: str, base: str) -> Entry:
    summary = _text(raw.get("summary"))
    contents = (_text(content.get("value")) for content in raw.get("content") or ())
    links = EntryLinks(
        pages=all_of([_text(raw.get("link"))], base),
        names=filter(None, [identifying(_text(raw.get("id")), base)]),
        recordings=all_of(_recordings(raw), base),
    )
    dates = (read_timestamp(_text(raw.get(name))) for name in ("published", "updated", "created"))
    return Entry(
        title=html_to_line(_text(raw.get("title"))),
        link=own_link(links, home=home),
        page=address(_text(raw.get("comments")), base),
        guid=clean_line(_text(raw.get("id"))),
        published=next(filter(None, dates), None),
        content=max(contents, key=len, default="") or summary,
        summary=summary,
        author=author_name(_text(raw.get("author"))),
        categories=category_names(_text(tag.get("label") or tag.get("term")) for tag in raw.get("tags") or ()),
    )


def _recordings(raw: Mapping[str, Any]) -> Iterator[str]:
    for part in raw.get("enclosures") or ():
        if medium_of(_text(part.get("type"))) != "text":
            yield _text(part.get("href"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
