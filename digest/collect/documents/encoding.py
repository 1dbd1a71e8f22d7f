"""Bytes of a document → text, whatever encoding they claim to be in."""

from __future__ import annotations

import codecs
import re

from digest.collect.documents.charsets import codec_of, escapes, is_east_asian, is_wide
from digest.text.clean import read_as_windows

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
#: `<meta charset=...>` and its older form; a page may name it later than in the 1,024 bytes that browsers look through.
_META = re.compile(rb"""<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_HEAD = 4_096
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
#: What is markup in such a document is an article's, and says nothing of the document.
_NO_PAGE = re.compile(rb"(?:<\?xml[^>]*>|<![^>]*>|\s)*(?:<(?:rss|feed|[\w.-]+:RDF|urlset|sitemapindex|opml)\b|[{\[])")
_CHARSET = re.compile(r"""\bcharset\*?\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_ODD_BYTES = re.compile("[\udc80-\udcff]+")
_CHARACTER = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
#: A character of UTF-8 that was cut off, as programs do that count bytes.
_CUT_CHARACTER = re.compile(
    "[\udce0-\udcef][\udc80-\udcbf](?![\udc80-\udcbf])|[\udcf0-\udcf4][\udc80-\udcbf]{1,2}(?![\udc80-\udcbf])"
)
#: A word of bytes at which the encodings of Russian have its letters; those of Western Europe stand among ASCII's.
_FOREIGN_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[\xc0-\xff]{3,}(?![A-Za-z\x80-\xff])")
_FEWEST_LETTERS = 12
_BAD = "\ufffd"
#: UTF-8 in which bytes went wrong has so many whole characters of several bytes for each byte that is none; text of
#: another encoding has one by chance for several that are none.
_WHOLE_FOR_ODD = 3
#: A document may be in an encoding if so few of its characters beyond ASCII are bad in it.
_FEW = 0.05


def to_text(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The body as text, and a phrase on what was odd about its encoding ("" where nothing was).

    A byte order mark decides; else what is valid UTF-8 is UTF-8 whatever is declared, since no other encoding looks
    like it; else what the server says, then what the document does (RFC 7303 §3 for XML,
    https://html.spec.whatwg.org/#encoding-sniffing-algorithm for pages); else it is Windows-1252, unless its words look
    like Russian. A byte that does not fit costs its own character, and never changes how the others are read.

    Args:
        content_type: the server's or the mail's, for its charset.
    """
    marked = _marked_codec(body)
    if marked:
        name, skip = marked
        return read_as_windows(body[skip:].decode(name, "replace")), ""
    text, oddity = _text_and_oddity(
        body, [name for name in (_codec_of_header(content_type), _codec_of_document(body)) if name]
    )
    return read_as_windows(text), oddity


def _text_and_oddity(body: bytes, declared: list[str]) -> tuple[str, str]:
    special = next((name for name in declared if _has_signs_of(name, body)), "")
    if special:
        return body.decode(special, "replace"), _oddity(special, declared)
    # A document in UTF-16 or UTF-32 has nulls: one that has none and declares one of them is not in it.
    likely = [name for name in declared if not is_wide(name)]
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _not_quite_utf_8(body, likely)
    if likely and is_east_asian(likely[0]) and _fits_as_well(likely[0], body, text):
        return body.decode(likely[0]), ""
    return text, "" if text.isascii() else _oddity("utf-8", declared)


def _has_signs_of(codec: str, body: bytes) -> bool:
    """Whether the body has what only this encoding leaves in it: nulls, or its escape sequences."""
    return b"\0" in body if is_wide(codec) else escapes(codec, body)


def _fits_as_well(codec: str, body: bytes, as_utf_8: str) -> bool:
    """Whether a few words are valid in both: in UTF-8, a character of East Asia has three bytes."""
    if as_utf_8.isascii() or max(as_utf_8) > "\u07ff":
        return False
    try:
        return bool(body.decode(codec))
    except UnicodeDecodeError:
        return False


def _not_quite_utf_8(body: bytes, declared: list[str]) -> tuple[str, str]:
    """Text in another encoding, or in UTF-8 that was damaged or got words of another encoding pasted in."""
    text = body.decode("utf-8", "surrogateescape")
    odd = sum(map(len, _ODD_BYTES.findall(text)))
    whole = len(_CHARACTER.findall(text))
    others = [name for name in declared if name != "utf-8"]
    if whole >= _WHOLE_FOR_ODD * odd:
        text = _CUT_CHARACTER.sub(_BAD, text)
    else:
        best = _likeliest_codec(body, others) or ("" if whole else _russian_codec(body))
        if best not in {"", "cp1252"}:
            read = body.decode(best, "replace")
            return read, _oddity(best, declared) or ("has bytes that are no characters" if _BAD in read else "")
        if best and not whole:
            return _with_odd_bytes(text, "cp1252"), _oddity(best, declared)
    codec = next((name for name in others if not is_east_asian(name)), "cp1252")
    oddity = f"is not in the encoding it declares: its odd bytes were read as {_shown_codec(codec)}"
    return _with_odd_bytes(text, codec), oddity


def _likeliest_codec(body: bytes, codecs_declared: list[str]) -> str:
    """The first encoding that the body may be in, else the one in which it has the fewest bad characters."""
    bad = {}
    for name in codecs_declared:
        text = body.decode(name, "replace")
        bad[name] = text.count(_BAD)
        if bad[name] <= max(1, _FEW * len(_CHARACTER.findall(text))):
            return name
    return min(bad, key=lambda name: bad[name], default="")


def _russian_codec(body: bytes) -> str:
    """The encoding of Russian text that declares none, "" for other text: whole words beyond ASCII, mostly small."""
    letters = b"".join(_FOREIGN_WORD.findall(body))
    beyond = sum(byte >= 0x80 for byte in body)
    if len(letters) < _FEWEST_LETTERS or len(letters) < 0.9 * beyond:
        return ""
    small = sum(byte >= 0xE0 for byte in letters) / len(letters)
    return "cp1251" if small > 0.7 else "koi8-r" if small < 0.3 else ""


def _with_odd_bytes(text: str, codec: str) -> str:
    return _ODD_BYTES.sub(lambda odd: odd[0].encode("utf-8", "surrogateescape").decode(codec, "replace"), text)


def _marked_codec(body: bytes) -> tuple[str, int] | None:
    for bom, name in _BOMS:
        if body.startswith(bom):
            return name, len(bom)
    return next(((name, 0) for pattern, name in _NULL_PATTERNS if pattern.match(body)), None)


def _codec_of_header(content_type: str) -> str:
    match = _CHARSET.search(content_type)
    return codec_of(match[1]) if match else ""


def _codec_of_document(body: bytes) -> str:
    """What an XML declaration or a page's `meta` says."""
    head = body[:_HEAD]
    match = _DECLARATION.search(head[:1_000])
    if not match and not _NO_PAGE.match(head):
        match = _META.search(_COMMENT.sub(b"", head))
    return codec_of(match[1].decode("ascii")) if match else ""


def _oddity(name: str, declared: list[str]) -> str:
    if not declared or name == declared[0]:
        return ""
    return f"declares the encoding {_shown_codec(declared[0])} but is in {_shown_codec(name)}"


def _shown_codec(codec: str) -> str:
    return {"cp1252": "Windows-1252"}.get(codec, codec)
