"""OPML, the lists of feeds that readers exchange (http://opml.org/spec2.opml) ↔ sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from lxml import etree

from digest.collect.documents.encoding import to_text
from digest.collect.documents.mend import REFUSED, declares_entities_of_entities, mend
from digest.collect.documents.trees import XmlTree, xml_tree
from digest.model import Source
from digest.text.clean import clean_line
from digest.text.urls import is_web, without_feed_scheme

#: Faults of a broken document that are reported, since the first explains the others.
_MOST_FAULTS = 3


class NotOpmlError(Exception):
    """The document is no OPML; the message goes on after the source's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed that a list names, or a line of it that can't be used."""

    #: Counted from 1.
    line: int
    #: "" where there is a problem.
    location: str = ""
    name: str = ""
    #: The innermost folder that it stands in.
    folder: str = ""
    #: Why it can't be used.
    problem: str = ""


def parse_opml(body: bytes, content_type: str = "") -> tuple[Source, ...]:
    """The feeds of an OPML document in its order, each location once; locations are as written.

    Raises:
        NotOpmlError: it cannot be read.
    """
    found: dict[str, Source] = {}
    for outline in read_outlines(body, content_type):
        if outline.location:
            found.setdefault(outline.location, Source(kind="feed", location=outline.location, name=outline.name))
    return tuple(found.values())


def read_outlines(body: bytes, content_type: str = "") -> tuple[Outline, ...]:
    """Every feed of an OPML document with its folder, and what in it could not be read.

    Raises:
        NotOpmlError: it cannot be read.
    """
    text, _ = to_text(body, content_type)
    if declares_entities_of_entities(text):
        raise NotOpmlError(REFUSED)
    mended, _ = mend(text)
    tree = xml_tree(mended)
    if tree.root is None or str(tree.root.tag).lower() != "opml":
        raise NotOpmlError("is no list of feeds (OPML)")
    # Mending takes away the XML declaration, mostly a line of its own.
    above = text.count("\n") - mended.count("\n")
    return (*_outlines(tree.root, "", above), *_faults(tree, above))


def _outlines(element: Any, folder: str, above: int) -> Iterator[Outline]:
    # A stack of our own: nothing keeps a stranger from nesting folders deeper than Python calls go.
    waiting = [(element, folder)]
    while waiting:
        here, folder = waiting.pop()
        inside = folder
        if str(here.tag).lower() == "outline":
            # Exporters differ in the case of names; the specification says xmlUrl.
            attributes = {str(name).lower(): clean_line(value) for name, value in here.attrib.items()}
            inside = _name(attributes) or folder
            if len(here) == 0 or "xmlurl" in attributes:
                yield _outline(attributes, folder, line=(here.sourceline or 0) + above)
        waiting += [(child, inside) for child in reversed(here)]


def _outline(attributes: dict[str, str], folder: str, *, line: int) -> Outline:
    written = attributes.get("xmlurl", "")
    location = without_feed_scheme(written)
    if location:
        # "feed://" stands for "http://", as older readers write it.
        location = location if location == written or is_web(location) else f"http://{location}"
        # Where a feed has no name its address stands there, since `text` is required.
        name = "" if _name(attributes) == location else _name(attributes)
        return Outline(line=line, location=location, name=name, folder=folder)
    named = f'"{_name(attributes)}"' if _name(attributes) else "an outline"
    return Outline(line=line, problem=f"{named} names no feed: it has no xmlUrl")


def _name(attributes: dict[str, str]) -> str:
    return attributes.get("title") or attributes.get("text") or ""


def _faults(tree: XmlTree, above: int) -> Iterator[Outline]:
    for line, fault in tree.faults[:_MOST_FAULTS]:
        yield Outline(line=line + above, problem=f"is not well-formed: {clean_line(fault)[:120]}")


def write_opml(sources: Iterable[Source], *, title: str, made: datetime) -> bytes:
    """The feeds among the sources as OPML 2.0, those of one section in a folder of its name.

    Feeds that are no address of the web are left out, as is everything but feeds: OPML has no way to say them.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = clean_line(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(made)
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {"": body}
    for source in sources:
        if can_be_listed(source):
            name = clean_line(source.section or "")
            folder = folders.get(name)
            if folder is None:
                folder = folders[name] = etree.SubElement(body, "outline", text=name, title=name)
            _add_feed(folder, source)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def can_be_listed(source: Source) -> bool:
    """Whether OPML can say this source: other programs can't read the files of this project."""
    return source.kind == "feed" and is_web(source.location)


def _add_feed(folder: Any, source: Source) -> None:
    location = clean_line(source.location)
    # `text` is required; readers show it.
    name = clean_line(source.name) or location
    etree.SubElement(folder, "outline", type="rss", text=name, title=name, xmlUrl=location)
