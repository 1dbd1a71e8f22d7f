"""Senders as owners write them: read as they are meant, or refused."""

from __future__ import annotations

import re
import tomllib
from email.header import decode_header, make_header
from email.headerregistry import HeaderRegistry
from email.utils import getaddresses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.deliver.messages.headers import address_header
from digest.text.mailbox import Mailbox, read_mailbox

#: What owners write between letters: everything that means something in a header.
SPECIAL = "\"\\<>()[]:;@,.'=?_ \t\r\n\0\u202e\u200b\u00a0"
written = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(SPECIAL)), max_size=80)
addresses = st.sampled_from(["notes@example.org", "Notes+list@mail.example.org", "a@xn--gre-6ka8l.example"])


def parsed(line: bytes) -> tuple[str, str]:
    """The one mailbox that the standard library's parsers find in a header line."""
    value = line.decode().replace("\r\n", "").removeprefix("From: ")
    header = HeaderRegistry()("From", value)
    assert [group.display_name for group in header.groups] == [None]
    [one] = header.addresses
    # That parser leaves a blank between two encoded words of a name; RFC 2047 §6.2 wants none.
    [(phrase, address)] = getaddresses([value])
    assert one.addr_spec == address
    return str(make_header(decode_header(phrase))), address


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("notes@example.org", ""),
        ("<notes@example.org>", ""),
        ('"" <notes@example.org>', ""),
        ("Harbour Notes <notes@example.org>", "Harbour Notes"),
        ("Harbour Notes<notes@example.org>", "Harbour Notes"),
        ("Harbour: Notes <notes@example.org>", "Harbour: Notes"),
        ("Notes @ Harbour <notes@example.org>", "Notes @ Harbour"),
        ("Notes@Harbour <notes@example.org>", "Notes@Harbour"),
        ("@harbour <notes@example.org>", "@harbour"),
        ("Müller, Anna <notes@example.org>", "Müller, Anna"),
        ("Harbour Notes (weekly) <notes@example.org>", "Harbour Notes (weekly)"),
        ("St. Mary's; Notes <notes@example.org>", "St. Mary's; Notes"),
        ('"Harbour: Notes" <notes@example.org>', "Harbour: Notes"),
        (r'"Anna \"Ann\" Lee" <notes@example.org>', 'Anna "Ann" Lee'),
        ('"Anna <Ann> Lee" <notes@example.org>', "Anna <Ann> Lee"),
        ("=?utf-8?Q?M=C3=BCller?= <notes@example.org>", "Müller"),
        ("notes@example.org <notes@example.org>", "notes@example.org"),
        ('"editor@example.net" <notes@example.org>', "editor@example.net"),
    ],
)
def test_a_mailbox_is_read_as_it_is_meant(text: str, name: str) -> None:
    assert read_mailbox(text) == Mailbox(name=name, address="notes@example.org")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Anna",
        "Anna <>",
        "Anna <anna at example.org>",
        "Anna <an na@example.org>",
        "Anna <anna@example.org.>",
        "Anna <anna@[192.0.2.1]>",
        "Anna <anna@localhost>",
        "Anna <anna@example.org>, Ben <ben@example.org>",
        "anna@example.org, ben@example.org",
        "Harbour: anna@example.org, ben@example.org;",
        "ben@example.net <anna@example.org>",
        "Anna\r\nBcc: ben@example.net <anna@example.org>",
        "Anna\0 <anna@example.org>",
        "An\u202ena <anna@example.org>",
        "=?utf-8?Q?Anna=0D=0ABcc:_ben?= <anna@example.org>",
        "=?unknown-8?Q?Anna?= <anna@example.org>",
        f"{'Anna ' * 50}<anna@example.org>",
    ],
)
def test_what_names_nobody_or_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write it|the most"):
        read_mailbox(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Anna <anna@example.org", "Anna <anna@example.org>"),
        ("Anna anna@example.org", "Anna <anna@example.org>"),
        ("anna@example.org (Anna)", "Anna <anna@example.org>"),
        ("Anna <<anna@example.org>>", "Anna <anna@example.org>"),
        ("Anna <Ann> Lee <anna@example.org>", "Anna Ann Lee <anna@example.org>"),
        ('"Anna": Notes <anna@example.org>', '"Anna: Notes" <anna@example.org>'),
        ("mailto:anna@example.org", "anna@example.org"),
        ("Harbour: anna@example.org;", "Harbour <anna@example.org>"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_a_line_to_paste(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match="if this is meant, write: ") as caught:
        read_mailbox(text)
    line = str(caught.value).partition("write: ")[2]
    assert tomllib.loads(f"sender = {line}")["sender"] == meant
    assert str(read_mailbox(meant)) == meant


@given(written, addresses)
@example('Harbour "x" y', "notes@example.org")
@example("=?utf-8?Q?x?=", "notes@example.org")
@example('"=?utf-8?Q?x?="', "notes@example.org")
@example("a" * 150, "notes@example.org")
def test_what_is_accepted_is_what_a_header_says(name: str, address: str) -> None:
    try:
        mailbox = read_mailbox(f"{name} <{address}>")
    except ValueError:
        return
    assert mailbox.address == address
    if '"' not in name and "=?" not in name:
        assert mailbox.name == " ".join(name.split())
    assert parsed(address_header("From", mailbox.name, mailbox.address)) == (mailbox.name, address)


@given(written)
@example("a@example.org b")
def test_any_text_is_read_or_refused_with_words(text: str) -> None:
    try:
        assert read_mailbox(str(read_mailbox(text))) == read_mailbox(text)
        return
    except ValueError as error:
        told = str(error)
    assert told
    assert "\n" not in told
    pasted = re.search(r"if this is meant, write: (.*)\Z", told)
    assert pasted is None or read_mailbox(tomllib.loads(f"sender = {pasted[1]}")["sender"])


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60))
def test_a_name_in_quotes_is_taken_letter_by_letter(name: str) -> None:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    try:
        mailbox = read_mailbox(f'"{quoted}" <notes@example.org>')
    except ValueError:
        # Controls of direction, and encoded words, which mean nothing in quotes.
        return
    assert mailbox.name == " ".join(name.split())
