"""The names that encodings go by → codecs of Python, as https://encoding.spec.whatwg.org/#names-and-labels has them."""

from __future__ import annotations

import codecs
import re

#: Codec → its labels where they mean something else than Python takes them for, or nothing at all to it.
_LABELS = {
    "utf-8": "unicode11utf8 unicode20utf8 xunicode20utf8 utf8mb4",
    "cp1252": "ansix341968 ascii cp819 csisolatin1 ibm819 iso88591 isoir100 l1 latin1 usascii xcp1252 ansi western",
    "iso8859-2": "csisolatin2 isoir101",
    "iso8859-3": "csisolatin3 isoir109",
    "iso8859-4": "csisolatin4 isoir110",
    "iso8859-5": "csisolatincyrillic isoir144",
    "iso8859-6": "asmo708 csiso88596e csiso88596i csisolatinarabic ecma114 iso88596e iso88596i isoir127",
    "iso8859-7": "csisolatingreek ecma118 elot928 greek8 isoir126 suneugreek",
    "iso8859-8": "csiso88598e csiso88598i csisolatinhebrew iso88598e iso88598i isoir138 logical visual",
    "cp1254": "iso88599 csisolatin5 isoir148 l5 latin5 xcp1254",
    "iso8859-10": "csisolatin6 isoir157",
    "iso8859-15": "csisolatin9 l9 latin9",
    "cp874": "dos874 iso885911 tis620 windows874",
    "cp866": "csibm866",
    "koi8-r": "cskoi8r koi koi8",
    "koi8-u": "koi8ru",
    "mac-roman": "csmacintosh xmacroman",
    "mac-cyrillic": "xmaccyrillic xmacukrainian",
    "cp1250": "xcp1250 win1250",
    "cp1251": "xcp1251 win1251 cyrillic1251",
    "cp1253": "xcp1253 win1253",
    "cp1255": "xcp1255 win1255",
    "cp1256": "xcp1256 win1256",
    "cp1257": "xcp1257 win1257",
    "cp1258": "xcp1258 win1258",
    "gb18030": "gbk gb2312 chinese csgb2312 csiso58gb231280 gb231280 isoir58 xgbk cp936 ms936 euccn",
    "big5hkscs": "big5 cnbig5 csbig5 xxbig5 big5tw cp950",
    # The row of circled digits, which the older standard lacks and Japanese pages use, is in the newer one.
    "euc_jis_2004": "eucjp cseucpkdfmtjapanese xeucjp ujis",
    "cp932": "shiftjis sjis csshiftjis mskanji ms932 windows31j xsjis cp943",
    "cp949": "euckr cseuckr csksc56011987 isoir149 korean ksc5601 ksc56011987 ksc56011989 windows949 ksx1001",
    "iso2022_jp_ext": "iso2022jp csiso2022jp",
    "hz": "hzgb2312",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
#: Encodings that documents are written in. Python knows others, and some of them (punycode, idna) take quadratic time.
_KNOWN = re.compile(r"ascii|utf|iso8859|cp\d|koi8|mac|tis|big5|gb|euc|shift|iso2022|hz|johab|ptcp|kz")
#: Their text is ASCII bytes, so it would pass for UTF-8; each with what begins a character of it.
_ESCAPES = {"iso2022": b"\x1b", "hz": b"~{", "utf-7": b"+"}
_EAST_ASIAN = re.compile(r"gb|big5|euc|cp9(?:32|49)|johab|shift")


def codec_of(label: str) -> str:
    """The codec for a label, "" for one that is no encoding of documents.

    Marks, blanks and the case of letters make no difference: "ISO_8859-1" and "iso8859-1" are one.
    """
    folded = re.sub(r"[^a-z0-9]", "", label.lower())
    if folded in _CODECS:
        return _CODECS[folded]
    for spelled in (label.strip(" \t'\""), label.strip(" \t'\"").lower().removeprefix("x-"), folded):
        try:
            name = codecs.lookup(spelled).name
        except (LookupError, ValueError):
            continue
        if _KNOWN.match(name):
            return _CODECS.get(re.sub(r"[^a-z0-9]", "", name), name)
    return ""


def is_wide(codec: str) -> bool:
    """Whether its characters have nulls in them: UTF-16 and UTF-32."""
    return codec.startswith(("utf-16", "utf-32"))


def is_east_asian(codec: str) -> bool:
    """Whether it writes a character of Chinese, Japanese or Korean as two bytes, of which neither is ASCII's."""
    return _EAST_ASIAN.match(codec) is not None


def escapes(codec: str, body: bytes) -> bool:
    """Whether it writes its characters in ASCII, as ISO-2022-JP does, and the body has some."""
    return any(codec.startswith(family) and mark in body for family, mark in _ESCAPES.items())
