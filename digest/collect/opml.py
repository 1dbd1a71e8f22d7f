"""OPML, the lists of feeds that readers export → sources."""

from __future__ import annotations

from lxml import etree

from digest.collect.encoding import to_text
from digest.collect.mend import declares_entities_of_entities, mend
from digest.model import Source
from digest.text.clean import clean_line


class NotOpmlError(Exception):
    """The document is no OPML; the message goes on after the source's name."""


def parse_opml(body: bytes) -> tuple[Source, ...]:
    """The feeds of an OPML document in its order, each location once; locations are as written.

    Raises:
        NotOpmlError: it cannot be read.
    """
    text, _ = to_text(body)
    if declares_entities_of_entities(text):
        raise NotOpmlError("declares XML entities made of other entities, as an attack does: refused")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(mend(text)[0].encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or str(root.tag).lower() != "opml":
        raise NotOpmlError("is no list of feeds (OPML)")
    found: dict[str, Source] = {}
    for outline in root.iter("outline"):
        # Exporters differ in the case of names; the specification says xmlUrl.
        said = {str(name).lower(): clean_line(value) for name, value in outline.attrib.items()}
        location = said.get("xmlurl", "")
        if location:
            name = said.get("title") or said.get("text") or ""
            found.setdefault(location, Source(kind="feed", location=location, name=name))
    return tuple(found.values())
