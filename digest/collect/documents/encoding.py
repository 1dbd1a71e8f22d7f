"""Bytes of a feed → text, whatever encoding they claim to be in."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it starts with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: The first characters of XML or JSON without a byte order mark (XML 1.0, appendix F).
_NULL_PATTERNS = (
    (re.compile(rb"[<{\s]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{\s]"), "utf-32-be"),
    (re.compile(rb"[<{\s]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{\s]\0[^\0]"), "utf-16-be"),
)
_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{1,40})""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
#: Encodings that feeds are written in. Python knows others, and some of them (punycode, idna) take quadratic time.
_KNOWN = re.compile(r"ascii|utf|iso8859|cp\d|koi8|mac|tis|big5|gb|euc|shift|iso2022|hz|johab|ptcp|kz")
#: What these names mean on the web (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
#: Their text is ASCII bytes, so it would pass for UTF-8.
_ESCAPE_BASED = ("iso2022", "hz", "utf-7")
_ESCAPED_BYTES = re.compile("[\udc80-\udcff]+")


def to_text(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The body as text, and a phrase on what was odd about its encoding ("" where nothing was).

    A byte order mark decides; else what is valid UTF-8 is UTF-8 whatever is declared, since no other encoding looks
    like it; else the document's own declaration, then the server's. What fits none is UTF-8 in which a careless hand
    has left bytes of Windows-1252.
    """
    marked = _marked(body)
    if marked:
        name, skip = marked
        return body[skip:].decode(name, "replace"), ""
    declared = [name for name in (_declared(body), _served(content_type)) if name]
    for name in [n for n in declared if n.startswith(_ESCAPE_BASED)] + ["utf-8", *declared]:
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        return text, _oddity(name, declared, text)
    return _with_windows_bytes(body), "is not in the encoding it declares: its odd bytes were read as Windows-1252"


def _marked(body: bytes) -> tuple[str, int] | None:
    for bom, name in _BOMS:
        if body.startswith(bom):
            return name, len(bom)
    return next(((name, 0) for pattern, name in _NULL_PATTERNS if pattern.match(body)), None)


def _declared(body: bytes) -> str:
    match = _DECLARATION.search(body[:1000])
    return _codec(match[1].decode("ascii")) if match else ""


def _served(content_type: str) -> str:
    match = _CHARSET.search(content_type)
    return _codec(match[1]) if match else ""


def _codec(label: str) -> str:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    # UTF-16 and UTF-32 are told by their nulls; a document that declares one and has none is not in it.
    if not _KNOWN.match(name) or name.startswith(("utf-16", "utf-32")):
        return ""
    return _MEANT.get(name, name)


def _oddity(name: str, declared: list[str], text: str) -> str:
    if not declared or name == declared[0] or text.isascii():
        return ""
    return f"declares the encoding {declared[0]} but is in {name}"


def _with_windows_bytes(body: bytes) -> str:
    text = body.decode("utf-8", "surrogateescape")
    return _ESCAPED_BYTES.sub(lambda odd: odd[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"), text)
