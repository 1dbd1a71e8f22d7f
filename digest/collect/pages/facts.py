"""What a page says of itself in its head and in JSON-LD: title, time, author, language, picture, address. Pure.

Pages say it in several places and not always the same; the most specific place wins: JSON-LD on an article
(https://schema.org/Article), then Open Graph (https://ogp.me), then what else is in use, then what can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from urllib.parse import urlsplit

from digest.collect.article.dates import read_date
from digest.collect.article.moments import day_in_link
from digest.collect.pages.blocks import Block, Element
from digest.collect.pages.linked import LinkedFacts, PageTitles, linked_facts, says_the_same
from digest.collect.pages.own import OwnElements
from digest.collect.prose.furniture import Furniture, author_in, furniture_of
from digest.collect.prose.segment import main_title
from digest.languages.tables import either, merged
from digest.text.clean import clean_line
from digest.text.urls import http_url


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
    "dc.date.created",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
    "article:published",
    "cxenseparse:recs:publishtime",
    "og:article:published_time",
    "og:pubdate",
    "citation_publication_date",
    "citation_online_date",
    "article.published",
    "article.created",
    "pub_date",
    "publish_date",
)
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "og:article:author",
    "twitter:creator",
)
#: Lines below the main heading among which a byline or a date is looked for.
_BYLINE_BLOCKS = 15
_LONGEST_NAME = 100
_LONGEST_DATE = 200
#: Names of accounts and of nothing.
_NOBODY = frozenset(
    "admin administrator root user guest editor webmaster wordpress unknown none null undefined".split()  # noqa: SIM905  # words as words
)
_SEPARATOR = re.compile(r"(\s+[|»–—·-]\s+|\s*\|\s*)")


def read_facts(tree: Element, blocks: Sequence[Block], *, url: str = "", zone: tzinfo = UTC) -> PageFacts:
    """Collect what a page says of itself.

    Args:
        blocks: the blocks of the same tree.
        url: where the page came from; relative addresses are resolved against it.
        zone: where a time without a zone was written.
    """
    own = OwnElements(tree)
    meta = _meta(tree, own)
    canonical = _canonical(tree, meta, url)
    language = _language(tree, meta)
    shown = tuple(filter(None, (*_headings(tree), clean_line(meta.get("og:title", "")))))
    called = PageTitles(shown=shown, in_head=_in_head(tree), language=language)
    linked = linked_facts(tree, addresses=(url, canonical), titles=called)
    site = clean_line(meta.get("og:site_name", "")) or linked.publisher
    titles = _titles(tree, meta, linked.headline, site)
    below = [block for block in _below_heading(blocks) if own.holds(block.element, byline=True)]
    written = (read_date(text, zone=zone) for text in _dates(tree, meta, linked, own, below))
    return PageFacts(
        title=titles[0] if titles else "",
        titles=titles,
        published=next(filter(None, written), None) or day_in_link(url, zone=zone) or day_in_link(canonical, zone=zone),
        author=_author(meta, linked, below, site),
        language=language,
        canonical=canonical,
        site=site,
    )


def _meta(tree: Element, own: OwnElements) -> dict[str, str]:
    """The first value of each name; `name`, `property` and `itemprop` are used alike, also in one element."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        names = [element.get("property"), element.get("name")]
        # In the body, it says something of the thing around it.
        if element.get("itemprop") and own.holds(element):
            names.append(element.get("itemprop"))
        for name in filter(None, names):
            if content:
                found.setdefault(name.strip().lower().removeprefix("schema:"), content)
    return found


# --- each fact --------------------------------------------------------------------------------------------------


def _headings(tree: Element) -> list[str]:
    return [clean_line("".join(heading.itertext())) for heading in tree.iter("h1")]


def _in_head(tree: Element) -> str:
    return next((clean_line("".join(title.itertext()))[:500] for title in tree.iter("title")), "")


def _titles(tree: Element, meta: Mapping[str, str], headline: str, site: str) -> tuple[str, ...]:
    """What the page calls itself, the best first."""
    headings, in_head = _headings(tree), _in_head(tree)
    heading = headings[0] if len(headings) == 1 else ""
    named = (meta.get("og:title", ""), headline, heading, meta.get("twitter:title", ""))
    best = [_without_site(clean_line(title), site) for title in named if title.strip()]
    best.sort(key=lambda title: _is_of_the_site(title, site, in_head, heading))
    found = [*best, main_title(in_head), in_head, *headings]
    return tuple(dict.fromkeys(title for title in found if title))


def _is_of_the_site(title: str, site: str, in_head: str, heading: str) -> bool:
    """Whether a title is the same on all pages of the site: its name, while the page is headed otherwise."""
    if title.casefold() == site.casefold():
        return True
    headed = heading and says_the_same(heading, in_head) and not says_the_same(title, heading)
    parts = [part.casefold() for part in _SEPARATOR.split(in_head)]
    return bool(headed) and (title.casefold() in (parts[0], parts[-1]) or not says_the_same(title, in_head))


def _without_site(title: str, site: str) -> str:
    """The title without the site's name at its end; what else readers can do without is the headline's matter."""
    parts = _SEPARATOR.split(title)
    return "".join(parts[:-2]) if len(parts) > 2 and parts[-1].casefold() == site.casefold() else title


def _below_heading(blocks: Sequence[Block]) -> Sequence[Block]:
    at = next((i for i, block in enumerate(blocks) if any(e.tag == "h1" for e in block.ancestors())), None)
    return blocks[at + 1 : at + 1 + _BYLINE_BLOCKS] if at is not None else ()


def _dates(
    tree: Element, meta: Mapping[str, str], linked: LinkedFacts, own: OwnElements, below: Sequence[Block]
) -> Iterator[str]:
    """Where the page may name the time it was published at, the best first."""
    yield from (linked.published, linked.created)
    yield from (meta.get(name, "")[:_LONGEST_DATE] for name in _DATE_NAMES)
    yield from map(_moment_of, own.named(tree, "datepublished"))
    yield from (_moment_of(element) for element in tree.iter("time", "abbr") if _is_publication(element, own))
    furniture = [block for block in below if furniture_of(block.text) in {Furniture.DATE, Furniture.BYLINE}]
    for block in furniture:
        times = [] if _changed().search(block.text) else list(block.element.iter("time"))
        yield from (_moment_of(element) for element in times[:1])
        yield block.text[:_LONGEST_DATE]


def _moment_of(element: Element) -> str:
    """A moment as an element writes it for machines, else as it shows it."""
    written = (element.get(name) for name in ("content", "datetime", "title"))
    return (next(filter(None, written), "") or "".join(element.itertext()))[:_LONGEST_DATE]


def _is_publication(element: Element, own: OwnElements) -> bool:
    """Whether an element says when the article was published; others are those of changes, teasers and comments."""
    names = f"{element.get('itemprop')} {element.get('class')}".lower()
    return ("pubdate" in element.attrib or "publish" in names) and own.holds(element)


def _author(meta: Mapping[str, str], linked: LinkedFacts, below: Sequence[Block], site: str) -> str:
    named = [linked.author, *(meta.get(name, "") for name in _AUTHOR_NAMES)]
    named += [author_in(block.text) for block in below]
    nobody = {site.casefold(), linked.publisher.casefold(), *_NOBODY}
    names = (_cleaned_name(text) for text in named)
    return next((name for name in names if name and name.casefold() not in nobody), "")


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
    """The page's own address; the site's front page is none, though some give it to every page."""
    links = (link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower())
    base = next((found for link in tree.iter("base") if (found := http_url(link.get("href") or "", url))), url)
    named = (http_url(text, base) for text in (*links, meta.get("og:url", "")))
    return next((found for found in named if found and not _is_front_page(found, url)), "")


def _is_front_page(address: str, url: str) -> bool:
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query and urlsplit(url).path not in {"", "/"}


@cache
def _changed() -> re.Pattern[str]:
    """Beside a time that says when the page was changed."""
    return re.compile(rf"\b{either(merged('dates')['changed'])}\b", re.IGNORECASE)
