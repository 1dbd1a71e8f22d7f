"""A web page → its title, clean text and time, and the article of a page that is a source of its own. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache

from digest.collect.article.article import article_id, new_article
from digest.collect.article.labels import publisher_of
from digest.collect.documents.trees import page_tree
from digest.collect.pages.blocks import read_blocks
from digest.collect.pages.body import article_body
from digest.collect.pages.facts import read_facts
from digest.collect.pages.layout import unwrap_layout
from digest.languages.tables import either, merged
from digest.model import Article, Source
from digest.text.language import detect_language
from digest.text.urls import canonical_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a web page says about its article; "" or None where it says nothing."""

    title: str
    #: Clean text, paragraphs separated by one blank line; "" where the page has no article.
    text: str
    #: Aware; midnight where the page names only the day.
    published: datetime | None = None
    author: str = ""
    #: BCP 47 primary tag.
    language: str = ""
    #: The address that the page calls its own.
    canonical: str = ""
    site: str = ""


#: Of shorter texts the language is a guess.
_ENOUGH_TO_TELL = 300


def extract_page(html: str | bytes, *, url: str = "", content_type: str = "", zone: tzinfo = UTC) -> Page:
    """Read the article of a page; a page without one gives an empty text, one to log in to no title, either.

    Args:
        html: the page as it was served.
        url: where it came from, to resolve relative addresses.
        content_type: the server's, for the charset of bytes.
        zone: where a time was written that names no zone.
    """
    tree = page_tree(html, content_type)
    if tree is None:
        return Page(title="", text="")
    unwrap_layout(tree)
    blocks = read_blocks(tree)
    facts = read_facts(tree, blocks, url=url, zone=zone)
    if is_wall(facts.title):
        return Page(title="", text="")
    text = "\n\n".join(article_body(tree, blocks, titles=facts.titles))
    return Page(
        title=facts.title,
        text=text,
        published=facts.published,
        author=facts.author,
        language=_language(text, facts.language),
        canonical=facts.canonical,
        site=facts.site,
    )


def page_article(page: Page, *, source: Source, url: str, first_seen: Callable[[str], datetime]) -> Article:
    """The article of a page.

    Args:
        url: where it came from, "" for a file.
        first_seen: when the article of an id was first seen; asked only for a page that names no time.
    """
    canonical = canonical_url(url) if url else f"file:{source.location}"
    return new_article(
        source,
        canonical=canonical,
        publisher=source.name or publisher_of(page.site, link=url or source.location),
        title=page.title,
        url=url,
        published=page.published or first_seen(article_id(canonical)),
        dated=page.published is not None,
        text=page.text,
        author=page.author,
        language=page.language or detect_language(page.text),
    )


def _language(text: str, declared: str) -> str:
    """The language of the text; what the page declares is that of its template, which is often another one."""
    return (len(text) >= _ENOUGH_TO_TELL and detect_language(text)) or declared


# --- pages served in an article's place: to log in, to consent, to say that it is gone --------------------------------

_HTTP_STATUS = r"(?:error )?40[34](?: error)?(?:\W+.{,30})?"
#: Between a page's title and the name of its site.
_BEFORE_SITE = re.compile(r"\s+[|»–—·-]\s+|\s*\|\s*|\s*::\s*")
_MARKS_AT_END = " .!?…"


def is_wall(title: str) -> bool:
    """Whether a page of this title tells its reader to do something first, or that there is nothing."""
    parts = _BEFORE_SITE.split(title.strip())
    return any(_wall_title().fullmatch(part.strip(_MARKS_AT_END)) for part in (parts[0], parts[-1]))


@cache
def _wall_title() -> re.Pattern[str]:
    return re.compile(either((*merged("walls")["titles"], _HTTP_STATUS)), re.IGNORECASE)
