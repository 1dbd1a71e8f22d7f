"""RSS, Atom and RDF → `Feed`.

Read from the tree of elements, since what a feed declares of its texts, and what its addresses are relative to, is in
attributes of elements and of those around them. What has no entry for us may have some for feedparser (`oddfeed`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from lxml import etree

from digest.collect.article.labels import author_name, category_names, primary_tag
from digest.collect.article.timestamps import read_timestamp
from digest.collect.documents.mend import mend
from digest.collect.documents.trees import local_name, xml_tree
from digest.collect.feeds.elements import Children, base_of, entries_of, text_of
from digest.collect.feeds.entries import Entry, Feed, NotAFeedError
from digest.collect.feeds.links import EntryLinks, address, all_of, identifying, own_link
from digest.collect.feeds.oddfeed import parse_odd_feed
from digest.collect.feeds.recordings import medium_of, with_recordings
from digest.collect.feeds.textconstructs import as_html, as_line, without_nested_cdata
from digest.text.clean import clean_line

_HEAD = 20_000
_FIRST_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"<(?:dc:)?language>(?:\s|<!\[CDATA\[){0,9}([A-Za-z]{2,3})\b")
_ROOT = re.compile(r"<(?:\w+:)?(?:feed|rss|RDF|channel)\b[^<>]{0,4000}", re.IGNORECASE)
_XML_LANG = re.compile(r"\sxml:lang\s*=\s*[\"']([A-Za-z]{2,3})\b")
_BARE_VALUE = re.compile(
    r"(<[\w:]{1,40} (?:[\w:]{1,40}=\"[^<>\"]{0,200}\" ){0,9}[\w:]{1,40}=)([^\s\"'<>]{1,200})(?=[\s>])"
)
_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

_PUBLISHED = (
    *("pubdate", "published", "issued", "dcterms:issued", "dc:date", "date", "atom:published", "atom:issued"),
    *("created", "dcterms:created", "dc:created"),
)
_UPDATED = ("updated", "modified", "atom:updated", "dcterms:modified", "lastbuilddate")
#: Not `pubDate`: many feeds write it once and for all.
_CHANGED = ("lastbuilddate", "updated", "modified", "atom:updated", "dcterms:modified", "dc:date")
_CONTENTS = ("content:encoded", "content", "atom:content", "xhtml:body", "xhtml:div", "body", "fulltext", "full-text")
_SUMMARIES = ("description", "summary", "atom:summary", "dc:description", "tagline")
_AUTHORS = ("author", "dc:creator", "creator", "atom:author", "dc:author", "itunes:author", "managingeditor")
_ORIGINS = ("feedburner:origlink", "pheedo:origlink")


def parse_xml_feed(text: str, *, url: str) -> Feed:
    """Read RSS, Atom or RDF.

    Raises:
        NotAFeedError: it is none of them.
    """
    mended, oddity = mend(without_nested_cdata(text))
    notes = (oddity,) if oddity else ()
    root, items = _tree(mended)
    if not items and (begins := _ROOT.search(mended)):
        # Warnings of programs, comments and second declarations stand before it; values of attributes stand bare.
        root, items = _tree(_BARE_VALUE.sub(r'\1"\2"', mended[begins.start() :]))
    if root is None or not items:
        odd = parse_odd_feed(mended, url=url, notes=notes)
        if odd is not None:
            return odd
    if root is None or (local_name(root).lower() not in _ROOTS and not items):
        raise NotAFeedError("could not be read as a feed: neither RSS, Atom nor JSON Feed")
    return _feed(root, items, mended, url=url, notes=notes)


def _tree(text: str) -> tuple[etree._Element | None, list[etree._Element]]:
    root = xml_tree(text).root
    return root, entries_of(root) if root is not None else []


def _feed(root: etree._Element, items: list[etree._Element], text: str, *, url: str, notes: tuple[str, ...]) -> Feed:
    about = Children(_channel(root))
    based = "xml:base" in text
    link = _home(about, lambda element: base_of(element, address=url, default=url) if based else url)
    head = _before_entries(text)
    language = _language(head) or primary_tag(about.text("language", "dc:language"))

    def base(element: etree._Element) -> str:
        # RFC 3986 §5.1 for Atom. RSS says nothing: its relative links are those of its site.
        default = (url or link) if local_name(root).lower() == "feed" else (link or url)
        return base_of(element, address=url or link, default=default) if based else default

    read = _Reader(home=link, language=language, base=base)
    return Feed(
        title=as_line(about.text_construct("title", "atom:title", "dc:title")),
        link=link,
        language=language,
        entries=with_recordings([read.entry(item) for item in items], items, root=root, text=text),
        updated=_moment(about, _CHANGED),
        notes=notes,
    )


def _channel(root: etree._Element) -> etree._Element:
    return next((child for child in root if local_name(child).lower() == "channel"), root)


def _home(about: Children, base: Callable[[etree._Element], str]) -> str:
    """The page that it is the feed of: RSS's link, Atom's alternate one."""
    links = [*about.all("link", "atom:link")]
    pages = [(link.get("href") or text_of(link), base(link)) for link in links if _is_page(link)]
    return next((found for written, place in pages if (found := address(written, place))), "")


def _before_entries(text: str) -> str:
    first = _FIRST_ENTRY.search(text)
    return text[: min(first.start() if first else _HEAD, _HEAD)]


def _language(head: str) -> str:
    root = _ROOT.search(head)
    match = _LANGUAGE.search(head) or (_XML_LANG.search(root[0]) if root else None)
    return match[1].lower() if match else ""


def _moment(named: Children, names: tuple[str, ...]) -> datetime | None:
    """The first of these dates that is one."""
    return next((moment for written in named.texts(*names) if (moment := read_timestamp(written))), None)


class _Reader:
    """Reads the entries of one feed."""

    def __init__(self, *, home: str, language: str, base: Callable[[etree._Element], str]) -> None:
        self._home = home
        self._language = language
        self._base = base

    def entry(self, item: etree._Element) -> Entry:
        named = Children(item)
        summary = as_html(named.text_construct(*_SUMMARIES)) or _media_text(item)
        contents = map(as_html, named.text_constructs(*_CONTENTS))
        return Entry(
            title=as_line(named.text_construct("title", "atom:title", "dc:title", "media:title", "itunes:title")),
            link=own_link(self._addresses(named, item), home=self._home),
            page=address(named.text("comments"), self._base(item)),
            guid=clean_line(named.text("guid", "id", "atom:id") or item.get(_RDF_ABOUT) or ""),
            published=_moment(named, _PUBLISHED) or _moment(named, _UPDATED),
            content=max(contents, key=len, default="") or summary,
            summary=summary,
            author=author_name(next(_authors(named), "")),
            categories=category_names(_categories(named)),
        )

    def _addresses(self, named: Children, item: etree._Element) -> EntryLinks:
        base = self._base(item)
        links = sorted(named.all("link", "atom:link"), key=self._in_other_language)
        alternates = [link for link in links if _rel(link) == "alternate"]
        return EntryLinks(
            origin=all_of(named.texts(*_ORIGINS), base),
            pages=self._resolved([*filter(_is_page, alternates), *alternates]),
            permanent=chain(
                _permalinks(named, base),
                self._resolved([link for link in links if _rel(link) in {"related", "canonical"} and _is_html(link)]),
            ),
            names=(found for name in _names(named, item) if (found := identifying(name, self._home or base))),
            recordings=all_of(_recordings(named), base),
            comments=all_of(named.texts("comments"), base),
        )

    def _in_other_language(self, link: etree._Element) -> bool:
        return primary_tag(link.get("hreflang") or "") not in {"", self._language}

    def _resolved(self, links: Sequence[etree._Element]) -> Iterator[str]:
        found = (address(link.get("href") or text_of(link), self._base(link)) for link in links)
        return filter(None, found)


def _rel(link: etree._Element) -> str:
    return (link.get("rel") or "alternate").strip().lower()


def _is_html(link: etree._Element) -> bool:
    return "html" in (link.get("type") or "html").lower()


def _is_page(link: etree._Element) -> bool:
    return _rel(link) == "alternate" and _is_html(link)


def _permalinks(named: Children, base: str) -> Iterator[str]:
    """RSS's guid is the address of the item unless it says otherwise."""
    for guid in named.all("guid"):
        if _attribute(guid, "ispermalink").lower() != "false" and (found := identifying(text_of(guid), base)):
            yield found


def _names(named: Children, item: etree._Element) -> Iterator[str]:
    yield from named.texts("guid", "id", "atom:id")
    yield item.get(_RDF_ABOUT) or ""


def _attribute(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.items() if key.lower() == name), "")


def _recordings(named: Children) -> Iterator[str]:
    enclosed = (link for link in named.all("link", "atom:link") if (link.get("rel") or "").lower() == "enclosure")
    groups = (part for group in named.all("media:group") for part in Children(group).all("media:content", "content"))
    for part in (*named.all("enclosure"), *enclosed, *named.all("media:content"), *groups):
        if medium_of(part.get("type") or "") != "text":
            yield part.get("url") or part.get("href") or ""


def _authors(named: Children) -> Iterator[str]:
    for author in named.all(*_AUTHORS):
        inside = Children(author)
        if name := inside.text("name", "atom:name") or (text_of(author) if not len(author) else ""):
            yield name


def _categories(named: Children) -> Iterator[str]:
    for category in named.all("category", "atom:category", "dc:subject", "subject"):
        yield category.get("label") or category.get("term") or text_of(category)


def _media_text(item: etree._Element) -> str:
    """YouTube tells what a video is about only here."""
    found = (text_of(part) for part in item.iter() if isinstance(part.tag, str) and _is_media_description(part))
    return next(filter(None, found), "")


def _is_media_description(element: etree._Element) -> bool:
    tag: str = element.tag
    return local_name(element) == "description" and ("mrss" in tag or tag.startswith("media:"))
