"""The words of messages, however they are packed."""

from __future__ import annotations

import base64
import quopri
from email import message_from_bytes, policy
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.mail.parts import words_of

TEXT = "Der Zähler steht am Hafen, und die Fähre wartet. " * 6
BASE64 = base64.encodebytes(TEXT.encode())
QUOTED = quopri.encodestring(TEXT.encode())
PLAIN = "Content-Type: text/plain; charset=utf-8"


def plain(head: str, body: bytes | str) -> str:
    raw = body.encode() if isinstance(body, str) else body
    _, text = words_of(message_from_bytes(head.encode() + b"\n\n" + raw, policy=policy.compat32))
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("base64", BASE64),
        ("BASE64 (as ever)", BASE64),
        ("base64", BASE64.replace(b"\n", b"!\n", 1)),
        ("base64", BASE64.rstrip(b"=\n")),
        ("base64", BASE64.replace(b"\n", b"")),
        ("base64", TEXT),
        ("7bit", BASE64),
        ("8bit", TEXT),
        ("7bit", TEXT.encode("latin-1")),
        ("binary", TEXT),
        ("unheard-of", TEXT),
        ("quoted-printable", QUOTED),
        ("Quoted-Printable;", QUOTED),
        ("quoted-printable", TEXT),
        ("", TEXT),
    ],
)
def test_a_body_is_unpacked_as_it_was_packed_whatever_is_said_of_it(packing: str, body: bytes | str) -> None:
    assert plain(f"{PLAIN}\nContent-Transfer-Encoding: {packing}", body) == TEXT.strip()


def test_what_a_list_adds_below_base64_is_left_out() -> None:
    for end in (".", "..", "..."):
        packed = base64.encodebytes((TEXT + end).encode()) + b"\n____\nThe list\nof us\n"
        assert plain(f"{PLAIN}\nContent-Transfer-Encoding: base64", packed) == TEXT + end


def test_an_escape_that_is_none_stays_as_it_is() -> None:
    head = f"{PLAIN}\nContent-Transfer-Encoding: quoted-printable"
    assert plain(head, b"caf=C3=A9 =ZZ 2=3") == "café =ZZ 2=3"


def test_markup_that_was_quoted_in_secret_is_unpacked() -> None:
    markup = f'<p class="a" id="b">{TEXT}</p><p class="c">{TEXT}</p>'
    raw = b"Content-Type: text/html; charset=utf-8\n\n" + quopri.encodestring(markup.encode())
    assert words_of(message_from_bytes(raw, policy=policy.compat32)) == (markup, "")


@pytest.mark.parametrize(
    "charset", ["", "; charset=utf-8", "; charset=nonsense", "; charset=us-ascii", "; charset=koi8-r"]
)
def test_a_body_of_utf_8_is_read_whatever_charset_is_said(charset: str) -> None:
    assert plain(f"Content-Type: text/plain{charset}", "Мост открыт") == "Мост открыт"


def test_a_charset_may_be_named_in_the_way_of_rfc_2231() -> None:
    assert plain("Content-Type: text/plain; charset*=us-ascii'en'koi8-r", "Мост".encode("koi8-r")) == "Мост"


@pytest.mark.parametrize("boundary", ["; boundary=other", "", '; boundary=""'])
def test_parts_are_told_apart_though_the_header_names_another_boundary(boundary: str) -> None:
    body = f"For old programs.\n--mine\n{PLAIN}\n\n{TEXT}\n--mine--\n"
    assert plain(f"Content-Type: multipart/alternative{boundary}", body) == TEXT.strip()


def test_a_message_within_a_message_is_read() -> None:
    assert plain("Content-Type: message/rfc822", f"Subject: x\n{PLAIN}\n\n{TEXT}") == TEXT.strip()


@pytest.mark.parametrize(("parameters", "text"), [("", "one two"), ("; delsp=yes", "onetwo")])
def test_lines_that_flow_are_one(parameters: str, text: str) -> None:
    assert plain(f"{PLAIN}; format=flowed{parameters}", "one \ntwo\n-- \nme") == f"{text} -- me"


@given(
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["utf-8", "utf-16", "gb18030"]),
)
def test_what_the_standard_library_packs_comes_out_again(text: str, charset: str) -> None:
    raw = MIMEText(text, "plain", charset).as_bytes()
    _, read = words_of(message_from_bytes(raw, policy=policy.compat32))
    assert read.rstrip("\n") == text


@given(
    st.sampled_from(["base64", "quoted-printable", "x-uuencode", "7bit", ""]),
    st.sampled_from(["text/plain", "text/html", "multipart/mixed", "multipart/mixed; boundary=b", "message/rfc822"]),
    st.binary() | st.text(alphabet="-bContent-Type: text/plain=\n").map(str.encode),
)
def test_no_body_breaks_it(packing: str, kind: str, body: bytes) -> None:
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: {packing}\n\n"
    assert all(isinstance(text, str) for text in words_of(message_from_bytes(head.encode() + body)))
