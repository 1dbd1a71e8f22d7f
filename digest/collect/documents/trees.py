"""Markup → a tree of elements: HTML as browsers would read it, XML as far as it goes. Never from the net or a file."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from lxml.html import HTMLParser

from digest.collect.documents.encoding import to_text


def page_tree(html: str | bytes, content_type: str = "") -> etree._Element | None:
    """The elements of a page; None where it has none.

    Args:
        html: bytes are decoded by what the server says of them, then by what they say about themselves.
        content_type: the server's.
    """
    text = html if isinstance(html, str) else to_text(html, content_type)[0]
    # Bytes, since lxml refuses a string with an encoding declaration; nulls would end the page.
    body = text.replace("\0", "").encode("utf-8", "replace")
    if not body.strip():
        return None
    return etree.fromstring(body, parser=HTMLParser(encoding="utf-8", no_network=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlTree:
    """The elements of an XML document, without its comments."""

    #: None where nothing of it can be read.
    root: etree._Element | None
    #: Where it is not well-formed: (line counted from 1, what is wrong).
    faults: tuple[tuple[int, str], ...] = ()


def xml_tree(text: str) -> XmlTree:
    """Read XML as far as it goes; entities that it declares stay unread.

    Args:
        text: best mended (`mend`), since what libxml2 does not understand it drops.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    return XmlTree(root=root, faults=tuple((entry.line, entry.message) for entry in parser.error_log))


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace, which is often declared wrongly or not at all; "" of what is none."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
