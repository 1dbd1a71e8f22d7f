"""Newsletters as they lie in a mailbox, and what of them may be shown to others."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.mail.newsletter import Newsletter, public_link, read_newsletter

RECEIVED = datetime(2026, 2, 17, 6, 30, tzinfo=UTC)
PROSE = "The council voted nine to four for a second ferry line, which is to open in spring with two boats."
HTML = f"""<html><head><style>p {{ color: red }}</style></head><body>
<div style="display:none">Preview text that nobody should see</div>
<table><tr><td>
<a href="https://signal.example/p/the-ferry-that-waited?e=KEY123&u=rosa">View in your browser</a></td></tr>
<tr><td><h1>The ferry that waited</h1><p>Hi Rosa,</p><p>{PROSE}</p>
<p>Rosa, this one is for you.</p><p>Written for Rosa Engelby alone.</p>
<p>More at <a href="https://click.signal.example/f/a/Zx81kQ">https://click.signal.example/f/a/Zx81kQ</a>.</p>
<p>{PROSE[:-1]} at last.</p></td></tr>
<tr><td><p>You are receiving this email because rosa@reader.example signed up at our website.</p>
<p><a href="https://signal.example/unsubscribe?u=KEY123">Unsubscribe</a> |
<a href="https://signal.example/prefs?u=KEY123">Manage preferences</a></p>
<p>Signal Ltd, 1 Example Street, Exampletown</p></td></tr></table>
<img src="https://track.signal.example/open.gif?u=KEY123" width="1" height="1"></body></html>"""


def mail(
    *,
    subject: str = "The ferry that waited",
    html: str = "",
    plain: str = "",
    bulk: bool = True,
    **headers: str,
) -> bytes:
    message = EmailMessage()
    known = {
        "From": "The Signal <news@mail.signal.example>",
        "To": "Rosa Engelby <rosa@reader.example>",
        "Subject": subject,
        "Date": "Tue, 17 Feb 2026 07:00:00 +0100",
        "Message-ID": "<17-rosa@signal.example>",
    }
    if bulk:
        known["List-Unsubscribe"] = "<https://signal.example/unsubscribe?u=KEY123>"
    for name, value in (known | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value:
            message[name] = value
    message.set_content(plain or "See the other part.")
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def newsletter(body: bytes) -> Newsletter:
    found = read_newsletter(body, received=RECEIVED)
    assert found is not None
    return found


def test_a_newsletter_is_read_without_what_is_its_receivers() -> None:
    read = newsletter(mail(html=HTML))
    assert read.text == f"The ferry that waited\n\n{PROSE}\n\n{PROSE[:-1]} at last."
    assert (read.subject, read.sender, read.domain) == ("The ferry that waited", "The Signal", "mail.signal.example")
    assert read.published == datetime(2026, 2, 17, 6, tzinfo=UTC)
    assert read.link == "https://signal.example/p/the-ferry-that-waited"


def test_nothing_of_a_newsletter_names_its_receiver() -> None:
    shown = repr(newsletter(mail(html=HTML, subject="Rosa, the ferry waited")))
    for secret in ("KEY123", "osa", "Engelby", "reader.example", "Zx81kQ", "track", "http://", "unsubscribe"):
        assert secret not in shown


def test_a_newsletter_in_plain_text_is_read_without_its_addresses() -> None:
    plain = f"""Hello Rosa,\n\n{PROSE} (https://click.example/x?u=KEY)\n
Read on: <https://click.example/y>\n\nUnsubscribe: https://x.example/KEY\n"""
    assert newsletter(mail(plain=plain)).text == PROSE


def test_a_list_in_a_newsletter_of_plain_text_keeps_its_items() -> None:
    wrapped = "\n".join(textwrap.wrap(PROSE, 72))
    items = ["Items of the council", "A second ferry", "Two new piers", "The fish market"]
    text = "\n".join([*items, "", wrapped, "- in spring", "- if it rains"])
    assert newsletter(mail(plain=text)).text == "\n\n".join([*items, PROSE, "- in spring", "- if it rains"])


@pytest.mark.parametrize(
    "body",
    [
        mail(bulk=False),
        mail(bulk=False, Precedence="first-class"),
        mail(subject="Please confirm your subscription"),
        mail(subject="Bitte bestätigen Sie Ihre Anmeldung"),
        mail(subject="Your login code is 123456"),
        mail(Auto_Submitted="auto-replied"),
    ],
)
def test_private_messages_and_those_about_a_subscription_are_none(body: bytes) -> None:
    assert read_newsletter(body, received=RECEIVED) is None


@pytest.mark.parametrize("header", [{"List_Id": "<signal.example>"}, {"Precedence": "bulk"}])
def test_mail_to_many_is_told_by_its_headers(header: dict[str, str]) -> None:
    assert read_newsletter(mail(bulk=False, **header), received=RECEIVED) is not None


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://signal.example/p/the-ferry-that-waited", "https://signal.example/p/the-ferry-that-waited"),
        ("https://signal.example/2026/02/the-ferry.html?e=KEY#top", "https://signal.example/2026/02/the-ferry.html"),
        ("https://signal.example/archive/issue-12/", "https://signal.example/archive/issue-12/"),
        ("https://signal.example/view/8f14e45fceea167a5a36dedd4bea2543", ""),
        ("https://signal.example/the-ferry/8f14e45fceea", ""),
        ("https://signal.example/the-ferry-8f14e45fceea", ""),
        ("https://signal.example/the-ferry-4711234", ""),
        ("https://signal.example/u/48213993/the-ferry", ""),
        ("https://signal.example/?u=1&id=2", ""),
        ("https://signal.example/view", ""),
        ("https://click.signal.example/f/a/Zx81kQ~~/AAQ", ""),
        ("https://rosa@signal.example/p/the-ferry", ""),
        ("https://signal.example/p/rosa%40reader-example", ""),
        ("http://signal.example/p/the-ferry", ""),
        ("javascript:the-ferry", ""),
        ("", ""),
    ],
)
def test_only_a_link_that_is_everybodys_is_kept(url: str, link: str) -> None:
    assert public_link(url) == link


def test_a_link_that_names_the_receiver_is_not_kept() -> None:
    html = '<p>Text.</p><a href="https://signal.example/rosa/the-ferry-that-waited">View online</a>'
    assert newsletter(mail(html=html)).link == ""


def test_a_message_is_the_same_in_every_run_and_its_id_is_not_shown() -> None:
    first, second = newsletter(mail(plain="One")), newsletter(mail(plain="Two"))
    assert first.key == second.key
    assert "rosa" not in first.key
    assert newsletter(mail(Message_ID="<18@signal.example>")).key != first.key


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "cp1252"])
def test_a_newsletter_is_read_in_its_own_encoding(charset: str) -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["List-Id"] = "a@b.example", "S", "<l>"
    message.set_content("Die Fähre über die Förde.", charset=charset)
    assert newsletter(message.as_bytes()).text == "Die Fähre über die Förde."


def test_attachments_are_not_read() -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["List-Id"] = "a@b.example", "S", "<l>"
    message.set_content("The newsletter.")
    message.add_attachment("A secret.", filename="notes.txt")
    assert newsletter(message.as_bytes()).text == "The newsletter."


def test_parts_within_parts_without_end_are_refused() -> None:
    head = "List-Id: <x>\nMIME-Version: 1.0\n"
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000))
    try:
        found = read_newsletter((head + nested).encode(), received=RECEIVED)
    except RecursionError:
        return
    assert found is None or found.text == ""


HEADERS = st.sampled_from(["Subject", "From", "To", "Date", "Content-Type", "Content-Transfer-Encoding", "Message-ID"])
VALUES = st.text(max_size=60) | st.sampled_from(
    [
        "=?utf-8?b?x?=",
        "=?x?q?=",
        "multipart/mixed; boundary=x",
        "text/html; charset=nonsense",
        "base64",
        "a <b@c>, d",
        '"',
    ]
)


@given(st.lists(st.tuples(HEADERS, VALUES), max_size=6), st.binary(max_size=200))
def test_no_message_breaks_it(headers: list[tuple[str, str]], body: bytes) -> None:
    lines = [f"{name}: {value.replace(chr(10), ' ').replace(chr(13), ' ')}" for name, value in headers]
    raw = "\n".join(["List-Id: <x>", *lines, "", ""]).encode("utf-8", "replace") + body
    found = read_newsletter(raw, received=RECEIVED)
    assert found is None or "<script" not in found.text
    if found and found.published:
        assert abs(found.published - RECEIVED) <= timedelta(days=3)


@given(st.from_regex(r"https://[a-z]{1,9}\.example(/[A-Za-z0-9_.~-]{0,24}){0,4}(\?[a-z=0-9]{1,9})?", fullmatch=True))
def test_a_link_that_is_kept_holds_no_query_and_no_long_number(url: str) -> None:
    link = public_link(url)
    assert "?" not in link
    assert not any(part.isdigit() and len(part) > 4 for part in link.replace("/", "-").split("-"))
