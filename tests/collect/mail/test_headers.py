"""Headers as they come over the wire."""

from __future__ import annotations

import base64
from email import message_from_bytes, policy
from email.header import Header
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.mail.headers import charset_of, header_addresses, header_text
from digest.text.clean import clean_line

BRIDGE = "Мост через гавань снова открыт"


def message(subject: str | bytes, content_type: str = "") -> Message:
    raw = subject.encode() if isinstance(subject, str) else subject
    head = b"Subject: " + raw + b"\nFrom: " + raw + f"\nContent-Type: {content_type}\n\ntext".encode()
    return message_from_bytes(head, policy=policy.compat32)


def subject(raw: str | bytes, content_type: str = "") -> str:
    return header_text(message(raw, content_type), "subject")


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "utf-8", "iso-8859-5"])
def test_raw_bytes_are_in_the_charset_of_the_message(charset: str) -> None:
    assert subject(BRIDGE.encode(charset), f"text/plain; charset={charset}") == BRIDGE


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "text/plain; charset=koi8-r", "text/html; charset=nonsense"]
)
def test_raw_bytes_of_utf_8_are_read_whatever_is_said(content_type: str) -> None:
    assert subject(BRIDGE.encode(), content_type) == BRIDGE


def test_raw_bytes_are_in_the_charset_of_the_first_part_that_has_one() -> None:
    raw = (
        b"Subject: "
        + BRIDGE.encode("koi8-r")
        + b"""
Content-Type: multipart/alternative; boundary=b

--b

--b
Content-Type: text/plain; charset=koi8-r

--b--
"""
    )
    letter = message_from_bytes(raw, policy=policy.compat32)
    assert charset_of(letter) == "koi8-r"
    assert header_text(letter, "Subject") == BRIDGE


def test_raw_japanese_between_escapes_is_read() -> None:
    assert subject("港の橋".encode("iso-2022-jp"), "text/plain; charset=iso-2022-jp") == "港の橋"


def test_raw_bytes_beside_an_encoded_word_are_both_read() -> None:
    raw = b"=?utf-8?q?caf=C3=A9?= " + "мост".encode("koi8-r")
    assert subject(raw, "text/plain; charset=koi8-r") == "café мост"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?UTF-8?Q?kr=C4?=\n =?UTF-8?Q?=97ta?=", "krėta"),
        ("=?utf-8?b?w6nDqcM=?=\n =?utf-8?b?qcOp?=", "éééé"),
        ("=?utf-8?b?w6nDqcOpw?=\n =?utf-8?b?6nDqQ==?=", "ééééé"),
        ("=?utf-8?q?caf=C3=A9?==?utf-8?q?_ol=C3=A9?=", "café olé"),
        ("=?utf-8?q?caf=C3=A9?= =?iso-8859-1?q?_ol=E9?=", "café olé"),
        ("Re: =?utf-8?Q?caf=C3=A9?= and more", "Re: café and more"),
        ("an=?utf-8?Q?caf=C3=A9?=more", "ancafémore"),
        ("=?utf-8?q?caf=c3=a9 au lait?=", "café au lait"),
        ("=? UTF-8 ? Q ?caf=C3=A9?=", "café"),
        ("=?utf-8*fr-FR?Q?caf=C3=A9?=", "café"),
        ("=?UTF-8?B?Y2Fmw6k?=", "café"),
        ("=?UTF-8?B?Y2Fm*w6k=?=", "café"),
        ("=?UTF-8?B?Y2Fmw6k=IGFtw6k=?=", "café amé"),
        ("=?UTF-8?B?Y2Fmw6k", "café"),
        ("=?utf-8?q?100=_sure=ZZ_=3F?=", "100= sure=ZZ ?"),
        ("=?ISO-8859-1?Q?We=92re_back_=96_again?=", "We’re back – again"),
        ("=?us-ascii?Q?caf=E9?=", "café"),
        ("=?iso-8859-1?Q?caf=C3=A9?=", "café"),
        ("=?unknown-8bit?Q?caf=C3=A9?=", "café"),
        ("=?utf-7?Q?Caf+AOk-?=", "Café"),
        ("=?ISO-2022-JP?B?GyRCOUEkTjY2GyhC?=", "港の橋"),
        ("=?utf-8?q??= x", "x"),
        ("=?no word", "=?no word"),
    ],
)
def test_an_encoded_word_is_read_as_mail_programs_read_it(written: str, read: str) -> None:
    assert subject(written) == read


def test_what_is_called_gb2312_may_be_of_its_larger_sisters() -> None:
    written = base64.b64encode("鎔基".encode("gb18030")).decode()
    assert subject(f"=?GB2312?B?{written}?=") == "鎔基"


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("=?utf-8?q?Engelby=2C_Zo=C3=AB?= <a@b.example>", [("Engelby, Zoë", "a@b.example")]),
        ('"=?utf-8?q?Zo=C3=AB?=" <a@b.example>', [("Zoë", "a@b.example")]),
        (
            "=?utf-8?q?Zo=C3=AB_(News)?= <a@b.example>, c@d.example",
            [("Zoë (News)", "a@b.example"), ("", "c@d.example")],
        ),
        ("=?utf-8?q?x=40evil=2Eexample?= <a@b.example>", [("x@evil.example", "a@b.example")]),
        ("Zoë <a@b.example>", [("Zoë", "a@b.example")]),
        ("=?utf-8?q?Zo=C3=AB_=3Ca=40b=2Eexample=3E?=", [("Zoë", "a@b.example")]),
    ],
)
def test_people_are_told_apart_before_their_names_are_decoded(written: str, people: list[tuple[str, str]]) -> None:
    assert header_addresses(message(written), "From") == people


def test_a_header_that_is_not_there_says_nothing() -> None:
    assert header_text(message("x"), "X-None") == ""


@given(
    st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1), st.sampled_from(["utf-8", "utf-16", "gb18030"])
)
def test_what_the_standard_library_encodes_comes_out_again(text: str, charset: str) -> None:
    assert subject(Header(text, charset).encode()) == clean_line(text)


@given(
    st.text(st.characters(whitelist_categories=["L", "N"]), min_size=1, max_size=40),
    st.integers(1, 30),
    st.sampled_from("bq"),
)
def test_words_may_be_cut_anywhere(text: str, size: int, how: str) -> None:
    body = text.encode()
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    texts = [base64.b64encode(p).decode() if how == "b" else "".join(f"={byte:02X}" for byte in p) for p in pieces]
    assert subject("\n ".join(f"=?utf-8?{how}?{text}?=" for text in texts)) == clean_line(text)


@given(
    st.one_of(st.binary(), st.text(alphabet='=?utf-8?bqQB_ \n<>",;()@A')),
    st.sampled_from(["", "text/plain; charset=koi8-r"]),
)
def test_no_header_breaks_it(raw: bytes | str, content_type: str) -> None:
    letter = message(raw, content_type)
    assert isinstance(header_text(letter, "Subject"), str)
    assert all(isinstance(name, str) for name, _ in header_addresses(letter, "From"))
