"""What the HTML of an edition must have so that everybody can read it, whatever they read mail with.

The rules are those that the Email Markup Consortium counts in its yearly report (https://emailmarkup.org), and those
whose breach makes a mail program cut or refuse the message. The packaged theme keeps them all; an edited one is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from digest.model import Finding
from digest.text.urls import is_safe_url

#: Elements that mail programs remove, or refuse the mail for.
_ACTIVE = ("script", "iframe", "object", "embed", "form", "input", "link", "base", "meta[@http-equiv='refresh']")


def read_document(markup: str) -> HtmlElement:
    """Parse HTML as mail programs do: whatever it is, something comes out."""
    # Bytes, as lxml refuses text with an encoding declaration; NUL ends its reading.
    octets = markup.encode("utf-8", "replace").replace(b"\0", b"")
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        return lxml.html.document_fromstring(octets, parser=parser)
    except lxml.etree.ParserError:
        return lxml.html.document_fromstring(b"<html><body></body></html>")


def check_document(markup: str, *, own_links: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Check a document.

    Args:
        own_links: addresses that are not there yet: the sentinels of links that are each subscriber's own.
    """
    if not markup.startswith("<!DOCTYPE html>"):
        yield warning("doctype", "The HTML does not begin with <!DOCTYPE html>.")
    document = read_document(markup)
    yield from _language(document)
    yield from _title(document)
    yield from _headings(document)
    yield from _tables(document)
    yield from _pictures(document)
    yield from _links(document, own_links)
    yield from _ids(document)
    yield from _zoom(document)
    yield from _active(document)


def _language(document: HtmlElement) -> Iterator[Finding]:
    outermost = [document, *_elements(document, "/html/body/*")]
    for attribute in ("lang", "dir"):
        # Webmail drops <html> and <body>: what is inside must say it again.
        if not all(element.get(attribute, "").strip() for element in outermost):
            yield warning(attribute, f"<html> and the elements in <body> need the attribute {attribute}.")


def _title(document: HtmlElement) -> Iterator[Finding]:
    if not (document.findtext("head/title") or "").strip():
        yield warning("title", "The <title> is missing or empty.")


def _headings(document: HtmlElement) -> Iterator[Finding]:
    headings = _elements(document, "//h1|//h2|//h3|//h4|//h5|//h6")
    levels = [int(str(heading.tag)[1]) for heading in headings]
    if levels.count(1) != 1:
        yield warning("h1", f"There are {levels.count(1)} <h1> headings instead of one.")
    for before, after in pairwise(levels):
        if after > before + 1:
            yield warning("heading-order", f"A heading <h{after}> follows <h{before}>.")
            break
    if any(not _accessible_name(heading) for heading in headings):
        yield warning("empty-heading", "A heading is empty.")


def _tables(document: HtmlElement) -> Iterator[Finding]:
    tables = _elements(document, "//table[not(@role='presentation' or @role='none' or .//th)]")
    if tables:
        yield warning("table-role", f'{len(tables)} <table> without role="presentation" are read out as data.')


def _pictures(document: HtmlElement) -> Iterator[Finding]:
    for picture in _elements(document, "//img"):
        if picture.get("alt") is None:
            yield error("alt", f"The picture {picture.get('src', '')} has no alt text.", 'Add alt="...".')
        elif not picture.get("alt", "").strip():
            yield warning("alt", f"The picture {picture.get('src', '')} has an empty alt text: right for an ornament.")


def _links(document: HtmlElement, own_links: tuple[str, ...]) -> Iterator[Finding]:
    links = _elements(document, "//a")
    for link in links:
        address = link.get("href", "").strip()
        if not any(own in address for own in own_links):
            yield from _address(address)
        if not _accessible_name(link):
            yield error("link-text", f"The link to {address} has no text.", "Write what it leads to.")
    plain = [link for link in links if urlsplit(link.get("href", "")).scheme == "http"]
    if plain:
        count = f"{len(plain)} links are" if len(plain) > 1 else "A link is"
        yield warning("http-link", f"{count} not encrypted (http:), such as {plain[0].get('href')}.")


def _address(address: str) -> Iterator[Finding]:
    if not address:
        yield error("link", "A link has no address.", "Give it one or take it out.")
    elif not is_safe_url(address):
        yield error("unsafe-link", f"The link {address[:100]} is not http, https or mailto.", "Take it out.")


def _ids(document: HtmlElement) -> Iterator[Finding]:
    counts = Counter(element.get("id", "") for element in _elements(document, "//*[@id]"))
    for name, count in counts.items():
        if count > 1:
            yield warning("duplicate-id", f'The id "{name}" is there {count} times.')


def _zoom(document: HtmlElement) -> Iterator[Finding]:
    content = " ".join(meta.get("content", "") for meta in _elements(document, "//meta[@name='viewport']"))
    if re.search(r"user-scalable\s*=\s*(?:no|0)|maximum-scale", content):
        yield warning("zoom", "The viewport keeps readers from enlarging the text.")


def _active(document: HtmlElement) -> Iterator[Finding]:
    for name in _ACTIVE:
        if _elements(document, f"//{name}"):
            shown = name.partition("[")[0]
            yield error("active-content", f"Mail programs refuse <{shown}>.", "Take it out of the template.")
    if document.xpath("//@*[starts-with(name(), 'on')]"):
        yield error("active-content", "Mail programs refuse event attributes (on...=).", "Take them out.")


def _elements(document: HtmlElement, path: str) -> list[HtmlElement]:
    return [element for element in document.xpath(path) if isinstance(element, HtmlElement)]


def _accessible_name(element: HtmlElement) -> str:
    """What a screen reader says for an element."""
    pictures = [picture.get("alt", "") for picture in element.xpath(".//img")]
    return " ".join([element.get("aria-label", ""), str(element.text_content()), *pictures]).strip()


def warning(code: str, message: str, hint: str = "") -> Finding:
    return Finding(level="warning", code=code, message=message, hint=hint)


def error(code: str, message: str, hint: str) -> Finding:
    return Finding(level="error", code=code, message=message, hint=hint)
