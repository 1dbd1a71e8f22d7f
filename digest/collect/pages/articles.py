"""A page that is a source of its own → its article. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from digest.collect.article.identity import article_id
from digest.collect.article.limits import LONGEST_TEXT, LONGEST_TITLE
from digest.collect.article.publisher import publisher_of
from digest.collect.pages.page import Page
from digest.model import Article, Source
from digest.text.language import detect_language
from digest.text.urls import canonical_url


def page_article(page: Page, *, source: Source, url: str, first_seen: Callable[[str], datetime]) -> Article:
    """The article of a page.

    Args:
        url: where it came from, "" for a file.
        first_seen: when the article of an id was first seen; asked only for a page that names no time.
    """
    canonical = canonical_url(url) if url else f"file:{source.location}"
    name = article_id(canonical)
    return Article(
        id=name,
        source=source.location,
        publisher=source.name or publisher_of(page.site, link=url or source.location),
        title=page.title[:LONGEST_TITLE],
        url=url or None,
        canonical=canonical,
        published=page.published or first_seen(name),
        dated=page.published is not None,
        text=page.text[:LONGEST_TEXT],
        author=page.author,
        language=page.language or detect_language(page.text),
        section=source.section,
        weight=source.weight,
    )
