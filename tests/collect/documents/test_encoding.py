"""Bytes that say one thing about their encoding and are another."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.documents.encoding import to_text

WORDS = "<rss>Привет, Zoë</rss>"


def declared(encoding: str, text: str = WORDS) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_unicode_is_read_with_a_byte_order_mark_and_without(encoding: str) -> None:
    text, oddity = to_text(WORDS.encode(encoding))
    assert (text, oddity) == (WORDS, "")


@pytest.mark.parametrize("encoding", ["koi8-r", "windows-1251", "iso-8859-5"])
def test_a_declared_encoding_is_used(encoding: str) -> None:
    document = declared(encoding, "<rss>Привет</rss>")
    assert to_text(document.encode(encoding)) == (document, "")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis", "東京タワー"),
        ("euc-jp", "東京"),
        ("gb2312", "北京"),
        ("big5", "臺北"),
        ("iso-2022-jp", "東京"),
        ("euc-kr", "서울"),
    ],
)
def test_the_encodings_of_east_asia_are_read(encoding: str, text: str) -> None:
    assert text in to_text(declared(encoding, text).encode(encoding))[0]


def test_the_servers_charset_is_used_where_the_document_declares_none() -> None:
    assert to_text("<rss>Привет</rss>".encode("koi8-r"), 'text/xml; charset="KOI8-R"')[0] == "<rss>Привет</rss>"


def test_what_is_utf_8_is_read_as_utf_8_whatever_is_declared() -> None:
    text, oddity = to_text(declared("iso-8859-1").encode())
    assert "Привет, Zoë" in text
    assert oddity == "declares the encoding cp1252 but is in utf-8"


def test_a_document_in_ascii_is_never_odd() -> None:
    assert to_text(declared("iso-8859-1", "<rss/>").encode())[1] == ""


def test_a_document_that_declares_utf_16_and_is_not_is_read() -> None:
    assert "Привет" in to_text(declared("utf-16").encode())[0]


def test_latin_1_means_windows_1252_as_it_does_on_the_web() -> None:
    assert "“Zoë”" in to_text(declared("iso-8859-1", "“Zoë”").encode("cp1252"))[0]


def test_bytes_of_windows_in_utf_8_are_read_one_by_one() -> None:
    text, oddity = to_text("Zoë said ".encode() + "“no”".encode("cp1252"))
    assert text == "Zoë said “no”"
    assert "Windows-1252" in oddity


@pytest.mark.parametrize("name", ["punycode", "idna", "unicode_escape", "zip", "rot13", "nonsense", "utf-16"])
def test_encodings_that_no_feed_is_in_are_not_tried(name: str) -> None:
    text, oddity = to_text(declared(name, "Zoë").encode("cp1252"))
    assert "Zoë" in text
    assert oddity


@given(
    st.binary(),
    st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b'<?xml encoding="shift_jis"?>']),
    st.text(),
)
def test_any_bytes_give_some_text(body: bytes, start: bytes, content_type: str) -> None:
    assert isinstance(to_text(start + body, content_type)[0], str)
