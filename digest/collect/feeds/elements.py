"""The elements of a feed's XML, whatever their namespaces are called: their names, texts, addresses' bases. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from digest.collect.documents.trees import local_name
from digest.collect.feeds.textconstructs import TextConstruct, without_cdata
from digest.text.urls import http_url

_ENTRIES = frozenset({"item", "entry"})
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
#: By how a namespace's address goes on; feeds misspell the rest of it.
_PREFIXES = (
    (re.compile(r"modules/content"), "content"),
    (re.compile(r"purl\.org/dc/elements"), "dc"),
    (re.compile(r"purl\.org/dc/terms"), "dcterms"),
    (re.compile(r"search\.yahoo\.com/mrss|/media-rss"), "media"),
    (re.compile(r"itunes\.com/dtds"), "itunes"),
    (re.compile(r"w3\.org/2005/atom|purl\.org/atom"), "atom"),
    (re.compile(r"feedburner"), "feedburner"),
    (re.compile(r"pheedo"), "pheedo"),
    (re.compile(r"rdf-syntax"), "rdf"),
    (re.compile(r"w3\.org/1999/xhtml"), "xhtml"),
    (re.compile(r"purl\.org/rss/(?:0\.9|1\.0)/?$|my\.netscape\.com/rdf|userland\.com|rssboard|harvard\.edu/rss"), ""),
)
#: Those of the elements around it, which are repeated on each.
_XMLNS = re.compile(r"""\sxmlns(?::[\w.-]+)?=(?:"[^"<>]*"|'[^'<>]*')""")
_ATOM = frozenset({"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"})


class Children:
    """The children of an element by their names: "title", "dc:date", "atom:link", in lower case."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self._children: dict[str, list[etree._Element]] = {}
        own = _namespace(element.tag)
        for child in element:
            if isinstance(child.tag, str):
                self._children.setdefault(_name(child.tag, own), []).append(child)

    def all(self, *names: str) -> Iterator[etree._Element]:
        """All children of these names, name by name."""
        for name in names:
            yield from self._children.get(name, ())

    def texts(self, *names: str) -> Iterator[str]:
        """Their texts, the empty ones left out."""
        yield from filter(None, map(text_of, self.all(*names)))

    def text(self, *names: str) -> str:
        """The first of their texts, "" for none."""
        return next(self.texts(*names), "")

    def text_constructs(self, *names: str) -> Iterator[TextConstruct]:
        """What they say, as their feed declares it; those that say nothing left out."""
        found = (text_construct_of(child, of_atom=_is_atom(child, self.element)) for child in self.all(*names))
        return (text_construct for text_construct in found if text_construct.text.strip())

    def text_construct(self, *names: str) -> TextConstruct:
        """The first of these."""
        return next(self.text_constructs(*names), TextConstruct())


def entries_of(root: etree._Element) -> list[etree._Element]:
    """The entries of a document, in its order, wherever they stand."""
    # Most feeds name them as they should, which libxml2 finds ten times as fast.
    return [*root.iter("{*}item", "{*}entry")] or [one for one in root.iter() if local_name(one).lower() in _ENTRIES]


def text_of(element: etree._Element) -> str:
    """All text of an element, however deep CDATA sections are nested in it, without white space around."""
    return without_cdata(_characters(element)).strip()


def text_construct_of(element: etree._Element, *, of_atom: bool) -> TextConstruct:
    """What an element says, as its feed declares it: a type of Atom (RFC 4287 §3.1.1) or of Media RSS, else unsaid."""
    declared = (element.get("type") or "").strip().lower()
    if declared in {"xhtml", "application/xhtml+xml"} or (element.get("mode") == "xml" and len(element)):
        return TextConstruct(_inner_markup(element), "html")
    if any(isinstance(child.tag, str) for child in element):
        markup = without_cdata(_inner_markup(element))
        # Markup that is escaped in part only is escaped text beside elements.
        return TextConstruct(html.unescape(markup), "html") if "html" in declared else TextConstruct(markup, "unsaid")
    text = without_cdata(_characters(element))
    if "html" in declared:
        return TextConstruct(text, "html")
    if declared in {"text", "plain", "text/plain"}:
        return TextConstruct(text, "text")
    return TextConstruct(text, "text of atom" if of_atom and not declared else "unsaid")


def base_of(element: etree._Element, *, address: str, default: str) -> str:
    """What addresses in an element are relative to: each `xml:base` above it, resolved against the one above that.

    Args:
        address: the document's.
        default: what they are relative to without any.
    """
    written = [base for one in (element, *element.iterancestors()) if (base := one.get(_XML_BASE))]
    base = address or default
    for step in reversed(written):
        base = http_url(html.unescape(step), base) or base
    return base if written else default


def _is_atom(child: etree._Element, parent: etree._Element) -> bool:
    return _namespace(child.tag) in _ATOM or (
        local_name(parent).lower() in {"entry", "feed"} and _namespace(child.tag) == _namespace(parent.tag)
    )


def _characters(element: etree._Element) -> str:
    if not len(element):
        return element.text or ""
    parts: list[str] = [element.text or ""]
    for child in element.iter():
        if child is element:
            continue
        # Entities that a document type may declare elsewhere stay unread; those of HTML are known.
        parts.append(html.unescape(child.text or "") if child.tag is etree.Entity else _own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _own_text(element: etree._Element) -> str:
    return element.text or "" if isinstance(element.tag, str) else ""


def _inner_markup(element: etree._Element) -> str:
    """What is inside an element as HTML, its elements without namespaces."""
    for one in element.iter():
        if one is not element and isinstance(one.tag, str):
            one.tag = local_name(one)
    markup = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return html.escape(element.text or "", quote=False) + _XMLNS.sub("", markup)


def _namespace(tag: object) -> str:
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


@lru_cache(maxsize=4096)
def _name(tag: str, own: str) -> str:
    namespace = _namespace(tag)
    name = tag.rpartition("}")[2].lower().removeprefix("rss:")
    if not namespace or namespace == own:
        return name
    prefix = next((prefix for pattern, prefix in _PREFIXES if pattern.search(namespace.lower())), "other")
    return f"{prefix}:{name}" if prefix else name
