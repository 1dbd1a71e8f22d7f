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
    assert oddity == "declares the encoding Windows-1252 but is in utf-8"


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


PAGE = "<html><head>{}<title>Мост через гавань</title></head><body><p>Снова открыт.</p></body></html>"
META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


@pytest.mark.parametrize("declaration", ["", "<meta charset=utf-8>", "<meta charset=iso-8859-1>"])
def test_the_servers_charset_goes_before_the_documents(declaration: str) -> None:
    page = PAGE.format(declaration)
    assert to_text(page.encode("cp1251"), "text/html; charset=Windows-1251")[0] == page


@pytest.mark.parametrize(
    "declaration",
    [
        "<meta charset=koi8-r>",
        "<META CHARSET = 'KOI8-R' />",
        META.format("koi8-r"),
        '<meta http-equiv=Content-Type content="charset=koi8-r">',
        "<!-- <meta charset=big5> --><meta charset=koi8-r>",
        f"{'<!-- blank -->' * 80}<meta charset=koi8-r>",
    ],
)
def test_a_page_is_in_the_charset_of_its_meta_element(declaration: str) -> None:
    page = PAGE.format(declaration)
    assert to_text(page.encode("koi8-r"), "text/html")[0] == page


def test_a_meta_element_in_the_text_of_a_feed_says_nothing_of_the_feed() -> None:
    feed = "<rss><description><![CDATA[<meta charset=koi8-r>déjà]]></description></rss>"
    assert to_text(feed.encode("cp1252"))[0] == feed


@pytest.mark.parametrize("charset", ["nonsense", "none", "utf-16", '"utf-8"', "x-user-defined", ""])
def test_a_charset_of_the_server_that_says_nothing_leaves_it_to_the_document(charset: str) -> None:
    document = declared("windows-1251", "<rss>Привет</rss>")
    assert to_text(document.encode("cp1251"), f"text/xml; charset={charset}")[0] == document


def test_a_charset_that_the_bytes_do_not_fit_yields_to_one_that_they_fit() -> None:
    document = declared("shift_jis", "<rss>港の橋が再び開通した</rss>")
    assert to_text(document.encode("cp932"), "text/xml; charset=euc-jp")[0] == document


@pytest.mark.parametrize(
    ("charset", "text", "byte", "costs"),
    [
        ("windows-1251", "Мост через гавань снова открыт", b"\x98", "\ufffd"),
        ("shift_jis", "港の橋が再び開通した", b"\x81", "\ufffd"),
        ("gb2312", "海港大桥重新开放", b"\xff", "\ufffd"),
        ("euc-jp", "港の橋が再び開通した", b"\xff", "\ufffd"),
        ("big5", "海港大橋重新開放", b"\xff", "\ufffd"),
        ("iso-2022-jp", "港の橋が再び開通した", b"\xff", "\ufffd"),
        ("utf-8", "Мост через гавань", b"\x97", "—"),
        ("koi8-r", "Мост через гавань", b"", ""),
    ],
)
def test_a_bad_byte_costs_one_character(charset: str, text: str, byte: bytes, costs: str) -> None:
    body = f"<p>{text}</p>".encode(charset) + byte + f"<p>{text}</p>".encode(charset)
    assert to_text(body, f"text/html; charset={charset}")[0] == f"<p>{text}</p>{costs}<p>{text}</p>"


def test_a_bad_byte_makes_no_utf_8_of_another_encoding_by_the_servers_word() -> None:
    body = "Мост через гавань".encode() + b"\xab" + " снова открыт".encode()
    assert to_text(body, "text/html; charset=windows-1251")[0] == "Мост через гавань« снова открыт"


def test_a_character_of_utf_8_that_was_cut_off_is_one_bad_character() -> None:
    body = "Мост — через гавань “снова".encode() + "…".encode()[:2] + b"</p>" + "”".encode()[:2]
    assert to_text(body)[0] == "Мост — через гавань “снова\ufffd</p>\ufffd"


def test_latin_words_beside_words_of_utf_8_are_both_read() -> None:
    body = "<p>Zoë</p>".encode() + b"<p>caf\xe9, d\xe9j\xe0, na\xefve</p>"
    assert to_text(body, "text/html; charset=iso-8859-1")[0] == "<p>Zoë</p><p>café, déjà, naïve</p>"


def test_a_few_words_that_are_valid_in_both_are_in_the_declared_encoding_of_east_asia() -> None:
    words = b"\xc4\xa3\xc4\xa3"
    assert to_text(words, "text/plain; charset=gb2312")[0] == "模模"
    assert to_text("模".encode(), "text/plain; charset=gb2312")[0] == "模"
    assert to_text(words, "text/plain; charset=iso-8859-1")[0] == "ģģ"


@pytest.mark.parametrize("charset", ["utf-16", "utf-16le", "UTF-16LE"])
def test_utf_16_of_the_server_is_believed_where_there_are_nulls(charset: str) -> None:
    text = "Привет, мир"
    assert to_text(text.encode("utf-16-le"), f"text/plain; charset={charset}")[0] == text
    assert to_text(text.encode(), f"text/plain; charset={charset}")[0] == text


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r"])
def test_russian_that_declares_nothing_is_told_by_its_words(encoding: str) -> None:
    page = "<p>Мост через гавань снова открыт, и корабли идут.</p>"
    assert to_text(page.encode(encoding))[0] == page


@pytest.mark.parametrize("text", ["<p>Le pont était fermé, où qu’il fût.</p>", "<p>ÄÖÜ äöü ß</p>", "«Où?»"])
def test_what_declares_nothing_else_is_windows_1252(text: str) -> None:
    assert to_text(text.encode("cp1252"))[0] == text


def test_controls_are_the_characters_that_windows_has_at_their_place() -> None:
    assert to_text("It\x92s\x85 over\x81".encode())[0] == "It’s… over"


@given(st.text(), st.sampled_from(["", "text/html; charset=iso-8859-1", "text/xml; charset=koi8-r"]))
def test_what_is_utf_8_is_never_lost(text: str, content_type: str) -> None:
    text = "<p>" + "".join(c for c in text if not ("\x7f" < c < "\xa0" or "\ud800" <= c <= "\udfff" or c == "\0"))
    assert to_text(text.encode(), content_type)[0] == text


@given(st.text("абвгдежзиклмноп ", min_size=30), st.integers(0, 29), st.sampled_from([b"\xff", b"\xc0", b"\x80"]))
def test_a_bad_byte_anywhere_leaves_all_other_characters(text: str, at: int, byte: bytes) -> None:
    body = text[:at].encode() + byte + text[at:].encode()
    read = to_text("Ж".encode() * 3 + body)[0]
    assert read.startswith("ЖЖЖ" + text[:at])
    assert read.endswith(text[at:])
    assert len(read) == len(text) + 4


@given(
    st.binary(),
    st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b'<?xml encoding="shift_jis"?>']),
    st.text(),
)
def test_any_bytes_give_some_text(body: bytes, start: bytes, content_type: str) -> None:
    assert isinstance(to_text(start + body, content_type)[0], str)
