"""Header lines, read back by the standard library's parser."""

from __future__ import annotations

import email
import email.policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.deliver.messages.headers import address_header, links_header, one_line, text_header, token_header

#: Line ends of every kind, controls, quotes, encoded words, right-to-left marks, emoji, halves of surrogate pairs.
hostile = st.text(
    st.one_of(st.characters(), st.sampled_from('\r\n\0\t\v\f\x85\u2028\u202e\ud800"\\<>@,;:()=?_ .\U0001f5de')),
    max_size=300,
)


def parsed(header: bytes) -> EmailMessage:
    return cast("EmailMessage", email.message_from_bytes(header + b"\r\n", policy=email.policy.default))


def assert_well_formed(header: bytes) -> None:
    lines = header.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 998 and not set(line) & {0, 10, 13} for line in lines)
    # Folded lines begin with a blank, and none is blank: that would end the headers.
    assert all(line[:1] == b" " and line.strip() for line in lines[1:])


@given(text=hostile)
@example("Grüße aus Köln: 12 Nachrichten, die man kennen sollte – und eine, die man vergessen darf")
@example("x" * 400)
@example("=?utf-8?B?QmNjOiBldmlsQGV4YW1wbGUub3Jn?=")
@example("News\r\nBcc: everybody@example.org")
def test_any_subject_comes_back_as_one_line(text: str) -> None:
    header = text_header("Subject", text)
    assert_well_formed(header)
    assert header.isascii()
    message = parsed(header)
    assert message.keys() == ["Subject"]
    assert message["Subject"] == one_line(text)


@given(text=hostile)
def test_no_line_with_an_encoded_word_is_over_76_characters(text: str) -> None:
    for line in text_header("Subject", text).split(b"\r\n"):
        assert len(line) <= 76 or b"=?" not in line


@given(name=hostile)
@example('Ada "The Countess" Lovelace, PhD')
@example("Ada (the first)")
@example("Jürgen\r\nBcc: everybody@example.org\r\n")
@example("x@example.net>, <y@example.net")
@example("\\")
@example("a" * 80 + '"')
def test_any_name_comes_back_with_its_address(name: str) -> None:
    header = address_header("To", name, "ada@example.org")
    assert_well_formed(header)
    message = parsed(header)
    assert message.keys() == ["To"]
    [mailbox] = message["To"].addresses
    assert mailbox.addr_spec == "ada@example.org"
    # The parser above leaves a blank between two encoded words of a name; RFC 2047 §6.2 wants none.
    [(phrase, address)] = getaddresses([header.decode().removeprefix("To: ").replace("\r\n", "")])
    assert (str(make_header(decode_header(phrase))), address) == (one_line(name), "ada@example.org")


def test_a_plain_name_is_written_plainly() -> None:
    assert address_header("To", "Ada Lovelace", "ada@example.org") == b"To: Ada Lovelace <ada@example.org>\r\n"
    assert address_header("To", "Lovelace, Ada", "a@example.org") == b'To: "Lovelace, Ada" <a@example.org>\r\n'
    assert address_header("To", "", "ada@example.org") == b"To: <ada@example.org>\r\n"


def test_an_address_with_other_letters_than_ascii_is_written_in_utf_8() -> None:
    assert address_header("To", "", "jürgen@example.org") == "To: <jürgen@example.org>\r\n".encode()


def test_an_address_can_not_end_its_header() -> None:
    assert address_header("To", "", "a@b.c>\r\nBcc: <x@y.z") == b"To: <a@b.cBcc:x@y.z>\r\n"


@given(text=hostile)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([], [line])
    assert line.isprintable() or not set(line) & set(map(chr, [*range(32), *range(127, 160), 0x2028, 0x2029]))
    assert one_line(line) == line
    line.encode()


def test_a_long_link_is_neither_encoded_nor_folded() -> None:
    # What the standard library's policies do to it: https://github.com/python/cpython/issues/85725.
    url = "https://example.org/unsubscribe/" + "t" * 300
    assert links_header("List-Unsubscribe", (url,)) == f"List-Unsubscribe: <{url}>\r\n".encode()


def test_two_links_are_folded_between_them() -> None:
    urls = ("https://example.org/" + "t" * 60, "mailto:news@example.org?subject=unsubscribe")
    expected = f"List-Unsubscribe: <{urls[0]}>,\r\n <{urls[1]}>\r\n"
    assert links_header("List-Unsubscribe", urls) == expected.encode()


@pytest.mark.parametrize(
    "link", ["https://a.b/\r\nBcc: x", "https://a.b/ c", "https://a.b/>", "https://ä.b/", "", "h" * 1000]
)
def test_a_link_that_would_break_the_header_is_refused(link: str) -> None:
    with pytest.raises(ValueError, match="a link in List-Unsubscribe"):
        links_header("List-Unsubscribe", (link,))


def test_a_token_stays_on_its_line() -> None:
    assert token_header("Message-ID", "<a@b>\r\nX: y") == b"Message-ID: <a@b>X: y\r\n"
