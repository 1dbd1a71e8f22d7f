"""Text constructs (RFC 4287 §3.1): what a feed says in words, as text or as markup, as it declares. Pure.

Atom declares a type, and text where it names none (RFC 4287 §3.1.1.1); JSON Feed has a field for each. RSS says nothing
about it, and both are found; there the rule of `html_to_line` and `html_to_text` decides.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Literal

from digest.text.html import html_to_line, markup_to_line, text_to_line, without_tags_in_text

_LINE_END = re.compile(r"\r\n?|\n")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_OPENED = re.compile(r"<!\[CDATA\[")
_ESCAPED_CDATA = re.compile(r"\s*&(?:amp;)*lt;!\[CDATA\[")
_NESTED_CDATA = re.compile(r"<!\[CDATA\[\s*+<!\[CDATA\[((?:(?!\]\]>).)*+)\]\]>\s*+\]\]>", re.DOTALL)
#: How often a section is escaped, at most.
_TOO_OFTEN = 3
#: Elements that are closed, which text that only talks of them has seldom.
_MARKUP = re.compile(r"</(?:p|div|a|span|li|h[1-6])\s*>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextConstruct:
    """Words of a feed, and what they are."""

    text: str = ""
    #: "text of atom" is what Atom takes for text since nothing is declared.
    kind: Literal["text", "html", "text of atom", "unsaid"] = "unsaid"


def as_line(construct: TextConstruct) -> str:
    """A title or a name as one line of text."""
    if construct.kind == "unsaid":
        return html_to_line(construct.text)
    return markup_to_line(construct.text) if construct.kind == "html" else text_to_line(construct.text)


def as_html(construct: TextConstruct) -> str:
    """A summary or an article as HTML, so that all are read by one rule."""
    if construct.kind == "text":
        return escaped_text(construct.text)
    # Of 120 feeds two have articles in markup without saying so (an older Blogger), none has text that looks like it.
    if construct.kind == "text of atom" and not _MARKUP.search(construct.text):
        return escaped_text(construct.text)
    return construct.text.strip()


def escaped_text(plain: str) -> str:
    """Plain text as HTML would have it; what looks like a tag in it is what it is about."""
    if "<" not in plain and "&" not in plain and "\n" not in plain:
        return plain
    paragraphs = re.split(r"\n\s*\n", without_tags_in_text(plain))
    escaped = (html.escape(paragraph.strip(), quote=False) for paragraph in paragraphs)
    return "".join(f"<p>{_LINE_END.sub('<br>', paragraph)}</p>" for paragraph in escaped if paragraph)


def without_nested_cdata(document: str) -> str:
    """A document without CDATA sections inside others: XML ends both at the end of the inner one."""
    for _ in range(_TOO_OFTEN):
        document, times = _NESTED_CDATA.subn(r"<![CDATA[\1]]>", document)
        if not times:
            break
    return document


def without_cdata(text: str) -> str:
    """Text without the marks of CDATA sections that were escaped or nested, so that no parser took them off.

    Unescaped ones would be a comment to a reader of HTML, which drops what is inside.
    """
    if "CDATA[" not in text:
        return text
    for _ in range(_TOO_OFTEN):
        if not _ESCAPED_CDATA.match(text):
            break
        text = html.unescape(text)
    return _CDATA.sub("", text) if _OPENED.search(text) else text
