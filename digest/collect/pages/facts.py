"""What a page says of itself in its head and in JSON-LD: title, time, author, language, picture, address. Pure.

Pages say it in several places and not always the same; the most specific place wins: JSON-LD on an article
(https://schema.org/Article), then Open Graph (https://ogp.me), then what else is in use, then what can be seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from digest.collect.article.dates import read_date
from digest.collect.article.moments import day_in_link
from digest.collect.pages.blocks import Block, Element
from digest.collect.prose.furniture import Furniture, author_in, furniture_of
from digest.collect.prose.segment import main_title
from digest.text.clean import clean_line
from digest.urls import http_url


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What a page says of itself; "" or None where it says nothing."""

    title: str
    #: All that the page calls itself, with and without the site's name.
    titles: tuple[str, ...]
    published: datetime | None
    author: str
    language: str
    canonical: str
    site: str


_DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publication_date",
    "pubdate",
    "dc.date.issued",
    "dc.date",
    "date",
    "article:published",
    "cxenseparse:recs:publishtime",
)
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "twitter:creator",
)
#: Lines below the main heading among which a byline or a date is looked for.
_BYLINE_BLOCKS = 15
_LONGEST_NAME = 100
_LONGEST_SCRIPT = 1_000_000


def read_facts(tree: Element, blocks: Sequence[Block], *, url: str = "", zone: tzinfo = UTC) -> PageFacts:
    """Collect what a page says of itself.

    Args:
        blocks: the blocks of the same tree.
        url: where the page came from; relative addresses are resolved against it.
        zone: where a time without a zone was written.
    """
    meta = _meta(tree)
    linked = _linked_data(tree)
    site = clean_line(meta.get("og:site_name", "") or _name_of(linked.get("publisher")))
    titles = _titles(tree, meta, linked, site)
    below = _below_heading(blocks)
    canonical = _canonical(tree, meta, url)
    written = (read_date(text, zone=zone) for text in _dates(tree, meta, linked, below))
    return PageFacts(
        title=titles[0] if titles else "",
        titles=titles,
        published=next(filter(None, written), None) or day_in_link(canonical or url, zone=zone),
        author=_author(meta, linked, below),
        language=_language(tree, meta),
        canonical=canonical,
        site=site,
    )


def _meta(tree: Element) -> dict[str, str]:
    """The first value of each name; `name`, `property` and `itemprop` are used alike."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


# --- JSON-LD ----------------------------------------------------------------------------------------------------

_ARTICLE_TYPES = re.compile(
    r"(?:News|Blog|Scholarly|Report|Review|Opinion|Analysis|Reportage|Tech)?\w*(?:Article|Posting|Report)"
)


def _linked_data(tree: Element) -> Mapping[str, Any]:
    """The JSON-LD object on the page's article, {} where there is none."""
    return next((thing for script in _scripts(tree) for thing in _objects(script) if _is_article(thing)), {})


def _scripts(tree: Element) -> Iterator[Any]:
    for element in tree.iter("script"):
        text = element.text or ""
        if "ld+json" in (element.get("type") or "") and len(text) <= _LONGEST_SCRIPT:
            try:
                yield json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [value]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, dict):
            yield thing
            waiting += [
                v for k, v in thing.items() if k in {"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"}
            ]
        elif isinstance(thing, list):
            waiting += thing


def _is_article(thing: Mapping[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE_TYPES.fullmatch(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _name_of(value: Any) -> str:
    """The name of a person or an organization, however it is nested; several are joined by commas."""
    if isinstance(value, dict):
        return _name_of(value.get("name"))
    if isinstance(value, list):
        return ", ".join(name for name in map(_name_of, value[:5]) if name)
    return clean_line(value) if isinstance(value, str) else ""


def _text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


# --- each fact --------------------------------------------------------------------------------------------------


def _titles(tree: Element, meta: Mapping[str, str], linked: Mapping[str, Any], site: str) -> tuple[str, ...]:
    """What the page calls itself, the best first."""
    headings = [clean_line("".join(heading.itertext())) for heading in tree.iter("h1")]
    heading = headings[0] if len(headings) == 1 else ""
    in_head = next((clean_line("".join(title.itertext()))[:500] for title in tree.iter("title")), "")
    named = (meta.get("og:title", ""), _text_of(linked.get("headline")), heading, meta.get("twitter:title", ""))
    best = [_without_site(clean_line(title), site) for title in named if title.strip()]
    found = [*best, main_title(in_head), in_head, *headings]
    return tuple(dict.fromkeys(title for title in found if title))


def _without_site(title: str, site: str) -> str:
    """The title without the site's name at its end; what else readers can do without is the headline's matter."""
    parts = re.split(r"(\s+[|»–—·-]\s+|\s*\|\s*)", title)
    return "".join(parts[:-2]) if len(parts) > 2 and parts[-1].casefold() == site.casefold() else title


def _below_heading(blocks: Sequence[Block]) -> Sequence[Block]:
    at = next((i for i, block in enumerate(blocks) if any(e.tag == "h1" for e in block.ancestors())), None)
    return blocks[at + 1 : at + 1 + _BYLINE_BLOCKS] if at is not None else ()


def _dates(
    tree: Element, meta: Mapping[str, str], linked: Mapping[str, Any], below: Sequence[Block]
) -> tuple[str, ...]:
    """Where the page may name the time it was published at, the best first."""
    written = [_text_of(linked.get("datePublished")), _text_of(linked.get("dateCreated"))]
    written += [meta.get(name, "") for name in _DATE_NAMES]
    written += [element.get("datetime") or "" for element in tree.iter("time") if _is_publication(element)]
    written += [block.text for block in below if furniture_of(block.text) in {Furniture.DATE, Furniture.BYLINE}]
    return tuple(text[:200] for text in written)


def _is_publication(element: Element) -> bool:
    """Whether a `time` element says that it is the article's; others are those of teasers and comments."""
    return "pubdate" in element.attrib or "publish" in f"{element.get('itemprop')} {element.get('class')}".lower()


def _author(meta: Mapping[str, str], linked: Mapping[str, Any], below: Sequence[Block]) -> str:
    named = [_name_of(linked.get("author")), *(meta.get(name, "") for name in _AUTHOR_NAMES)]
    named += [author_in(block.text) for block in below]
    return next((name for text in named if (name := _cleaned_name(text))), "")


def _cleaned_name(text: str) -> str:
    name = re.sub(r"^by\s+", "", clean_line(text), flags=re.IGNORECASE)
    is_name = name and len(name) <= _LONGEST_NAME and not re.search(r"://|@|^www\.|^\W*$", name)
    return name if is_name else ""


def _language(tree: Element, meta: Mapping[str, str]) -> str:
    root = next(tree.iter("html"), tree)
    for tag in (root.get("lang"), meta.get("og:locale"), meta.get("content-language"), meta.get("language")):
        primary = re.match(r"[a-z]{2,3}(?![a-z])", (tag or "").strip().lower())
        if primary:
            return primary[0]
    return ""


def _canonical(tree: Element, meta: Mapping[str, str], url: str) -> str:
    links = (link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower())
    return next((found for text in (*links, meta.get("og:url", "")) if (found := http_url(text, url))), "")
