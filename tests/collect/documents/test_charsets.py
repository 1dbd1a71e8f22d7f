"""Names of encodings."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.documents.charsets import codec_of, escapes, is_east_asian, is_wide


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("utf8", "utf-8"),
        ("unicode-1-1-utf-8", "utf-8"),
        (' "UTF-8" ', "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("iso-8859-9", "cp1254"),
        ("iso-8859-8-i", "iso8859-8"),
        ("x-sjis", "cp932"),
        ("Shift_JIS", "cp932"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("ks_c_5601-1987", "cp949"),
        ("big5-hkscs", "big5hkscs"),
        ("koi8-u", "koi8-u"),
        ("macintosh", "mac-roman"),
        ("x-mac-cyrillic", "mac-cyrillic"),
        ("win-1251", "cp1251"),
        ("windows-1251", "cp1251"),
        ("tis-620", "cp874"),
        ("euc-jp", "euc_jis_2004"),
    ],
)
def test_a_label_is_what_it_means_on_the_web(label: str, codec: str) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize("label", ["", "none", "8bit", "binary", "unknown-8bit", "punycode", "idna", "rot13", "zip"])
def test_what_names_no_encoding_of_documents_is_none(label: str) -> None:
    assert codec_of(label) == ""


def test_the_circled_digits_of_japanese_pages_are_read() -> None:
    assert b"\xad\xa1".decode(codec_of("euc-jp")) == "①"


def test_encodings_are_told_apart_by_what_shows_them() -> None:
    assert is_wide("utf-16-le")
    assert not is_wide("utf-8")
    assert is_east_asian(codec_of("gb2312"))
    assert not is_east_asian(codec_of("koi8-r"))
    assert escapes(codec_of("iso-2022-jp"), "港".encode("iso-2022-jp"))
    assert not escapes(codec_of("iso-2022-jp"), b"port")


@given(st.text())
def test_any_label_gives_a_codec_or_none(label: str) -> None:
    name = codec_of(label)
    assert not name or codecs.lookup(name)
