"""A page with a list of links → the articles that it names. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from digest.collect.documents.trees import page_tree
from digest.collect.lists.listed import Listed, listed_moment
from digest.text.clean import clean_line
from digest.text.urls import canonical_url, http_url

#: A page that a person can look through has fewer.
_MOST_LINKS = 2_000
_LONGEST_LABEL = 300
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """The links of a page, in its order, and phrases on what was odd that go on after its name."""

    links: tuple[Listed, ...]
    notes: tuple[str, ...] = ()


def read_links(body: bytes, *, url: str, selector: str, content_type: str = "") -> LinkPage:
    """The links that a CSS selector finds: of each element itself, else the first one in it, else the one around it.

    Args:
        body: the page.
        url: where it came from, to resolve relative addresses; "" for a file.
        selector: one that `settings.sources.SourceSettings` has let pass.
        content_type: the server's, for the page's charset.
    """
    from lxml.cssselect import CSSSelector  # noqa: PLC0415  # with cssselect, for pages of links only

    tree = page_tree(body, content_type)
    elements = [] if tree is None else CSSSelector(selector, translator="html")(tree)
    if not elements:
        return LinkPage(links=(), notes=(_nothing_found(selector),))
    base = _base(tree, url)
    found: dict[str, Listed] = {}
    for element in elements[:_MOST_LINKS]:
        listed = _listed(element, base)
        # An article is often linked twice, by its picture and by its headline: the words count.
        if listed and listed.canonical != canonical_url(url) and not _says_more(found.get(listed.canonical), listed):
            found[listed.canonical] = listed
    return LinkPage(links=tuple(found.values()), notes=() if found else (_no_links_found(selector, len(elements)),))


def _nothing_found(selector: str) -> str:
    return (
        f'links = "{selector}" finds nothing on the page: look for the element of a headline with your browser '
        "(right click, Inspect); a list that only a script draws can't be read"
    )


def _no_links_found(selector: str, elements: int) -> str:
    return f'links = "{selector}" finds {elements} elements on the page, but no link to another page in or around them'


def _says_more(known: Listed | None, than: Listed) -> bool:
    return known is not None and (len(known.label), known.published is not None) >= (
        len(than.label),
        than.published is not None,
    )


def _base(tree: etree._Element, url: str) -> str:
    base = tree.find(".//base[@href]")
    return (http_url(base.get("href"), url) or url) if base is not None else url


def _listed(element: etree._Element, base: str) -> Listed | None:
    link = _link(element)
    address = http_url(link.get("href") or "", base) if link is not None else None
    if link is None or address is None:
        return None
    label = clean_line(" ".join(link.itertext())) or clean_line(" ".join(element.itertext()))
    return Listed(url=address, label=label[:_LONGEST_LABEL], published=_moment(element))


def _link(element: etree._Element) -> etree._Element | None:
    """The link that an element is; else of those in it one in a heading, or that of the most words; else around it."""
    if element.tag == "a":
        return element
    inside = element.findall(".//a[@href]")
    if inside:
        return max(inside, key=lambda link: (_in_heading(link, element), len("".join(link.itertext()).split())))
    return next(element.iterancestors("a"), None)


def _in_heading(link: etree._Element, within: etree._Element) -> bool:
    tags = {child.tag for child in link}
    for parent in link.iterancestors():
        tags.add(parent.tag)
        if parent is within:
            break
    return not _HEADINGS.isdisjoint(tags)


def _moment(element: etree._Element) -> datetime | None:
    """The time that stands in the element, or in the teaser that it is part of."""
    teaser = next(element.iterancestors("article", "li"), element)
    for place in (element, teaser):
        times = place.findall(".//time[@datetime]")
        if len(times) == 1:
            return listed_moment(times[0].get("datetime"))
    return None
