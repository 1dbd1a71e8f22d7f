"""Messages as a mail program reads them."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from digest.deliver.messages.encoding import Slot
from digest.deliver.messages.headers import one_line
from digest.deliver.messages.template import MessageTemplate, list_id, message_template, split
from digest.model import Edition, Placeholders, Recipient
from digest.settings import NewsletterSettings

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
PLACEHOLDERS = Placeholders(greeting="GREETx1x", email="EMAILx1x", unsubscribe_url="UNSUBx1x")
NEWSLETTER = NewsletterSettings(title="The Weekly Signal", sender="The Weekly Signal <news@example.org>")
EDITION = Edition(
    issue="0001-2026-02-19",
    subject="Grüße: what happened this week",
    html='<p>GREETx1x</p><p>Written to EMAILx1x.</p><p><a href="UNSUBx1x">Unsubscribe</a></p>',
    text="GREETx1x\n\nWritten to EMAILx1x.\n\nUnsubscribe: UNSUBx1x\n",
    placeholders=PLACEHOLDERS,
)
ADA = Recipient(key="ada@example.org", email="Ada@example.org", name="Ada")
URL = "https://example.org/u/0123456789abcdef"

anything = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\r\n<>&\"'= ")), max_size=120)


def template_of(edition: Edition = EDITION, *, url: str = URL, **options: Any) -> MessageTemplate:
    newsletter = NewsletterSettings.model_validate({**dict(NEWSLETTER), **options})
    return message_template(edition, newsletter=newsletter, date=NOW, secret=b"s" * 32, unsubscribe_url=lambda _: url)


def read(message: bytes) -> EmailMessage:
    parsed = cast("EmailMessage", email.message_from_bytes(message, policy=email.policy.default))
    for part in parsed.walk():
        assert part.defects == []
    return parsed


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def test_a_message_has_the_headers_that_bulk_mail_needs() -> None:
    message = read(template_of().message(ADA))
    assert dict(message.items()) == {
        "Date": "Thu, 19 Feb 2026 06:00:00 +0000",
        "From": "The Weekly Signal <news@example.org>",
        "Subject": "Grüße: what happened this week",
        "List-Id": "The Weekly Signal <subscribers.example.org>",
        "Precedence": "bulk",
        "Feedback-ID": "0001-2026-02-19:subscribers:weekly:example-org",
        "MIME-Version": "1.0",
        "Content-Type": message["Content-Type"],
        "To": "Ada <Ada@example.org>",
        "Message-ID": message["Message-ID"],
        "List-Unsubscribe": f"<{URL}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert re.fullmatch(r"<0001-2026-02-19\.[0-9a-f]{32}@example\.org>", message["Message-ID"])


def test_a_message_has_both_parts_the_better_one_last() -> None:
    message = read(template_of().message(ADA))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert body(message, "plain").rstrip("\n") == f"Ada\n\nWritten to Ada@example.org.\n\nUnsubscribe: {URL}"
    assert f'<a href="{URL}">' in body(message, "html")


def test_unsubscribing_by_mail_offers_no_click() -> None:
    message = read(template_of(url="mailto:news@example.org?subject=unsubscribe").message(ADA))
    assert message["List-Unsubscribe"] == "<mailto:news@example.org?subject=unsubscribe>"
    assert "List-Unsubscribe-Post" not in message


def test_a_long_link_for_unsubscribing_stays_whole() -> None:
    url = f"https://example.org/u/{'t' * 400}"
    message = template_of(url=url).message(ADA)
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in message
    assert url in body(read(message), "plain")


def test_an_address_for_replies_is_named() -> None:
    message = read(template_of(reply_to="Editors <editors@example.org>").message(ADA))
    assert message["Reply-To"] == "Editors <editors@example.org>"


def test_a_sender_without_a_name_goes_by_the_newsletters_title() -> None:
    message = read(template_of(sender="news@example.org").message(ADA))
    assert message["From"] == "The Weekly Signal <news@example.org>"


def test_a_sender_of_an_international_domain_is_written_in_ascii() -> None:
    template = template_of(sender="Neues <news@grüße.example>")
    assert template.sender == "news@xn--gre-6ka8l.example"
    assert template.message(ADA).isascii()


@pytest.mark.parametrize(
    "mailbox",
    ["Harbour: Notes <notes@example.org>", "Müller, Anna <notes@example.org>", "Notes@Harbour <n@e.org>"],
)
def test_a_name_that_a_header_would_cut_up_arrives_whole(mailbox: str) -> None:
    message = read(template_of(sender=mailbox, reply_to=mailbox).message(ADA))
    name, _, address = mailbox.rstrip(">").rpartition(" <")
    for header in (message["From"], message["Reply-To"]):
        [read_back] = header.addresses
        assert (read_back.display_name, read_back.addr_spec) == (name, address)


def test_a_message_is_the_same_whenever_it_is_made() -> None:
    assert template_of().message(ADA) == template_of().message(ADA)


def test_no_two_messages_share_an_id_and_none_tells_its_address() -> None:
    template, other = template_of(), template_of(replace(EDITION, issue="0002-2026-02-26"))
    ids = {one.message_id(replace(ADA, key=key)) for one in (template, other) for key in ("ada@example.org", "b@c.de")}
    assert len(ids) == 4
    assert not any("ada" in one for one in ids)


def test_the_text_of_an_article_is_never_taken_for_a_value() -> None:
    text = "{{ greeting }} {greeting} %(greeting)s GREETx2x"
    message = read(template_of(replace(EDITION, text=text, html=text)).message(ADA))
    assert body(message, "plain").rstrip() == text


@given(name=anything, subject=anything, text=anything, html=anything)
@example(name="Bobby\r\nBcc: x@example.org", subject="a\r\n\r\nb", text=".\r\n.\r\n", html="\r\n--=_")
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_whatever_it_holds_a_message_is_well_formed_and_decodes(name: str, subject: str, text: str, html: str) -> None:
    edition = replace(EDITION, subject=subject, text=text + "GREETx1x" + text, html=html + "<p>GREETx1x</p>" + html)
    written = template_of(edition).message(replace(ADA, name=name))
    assert written.endswith(b"--\r\n")
    for line in written.split(b"\r\n"):
        assert len(line) <= 998
        assert not set(line) & {0, 10, 13}
        assert not line.startswith(b".")
    message = read(written)
    assert len(message.keys()) == 12
    assert message["Subject"] == one_line(subject)
    [to] = message["To"].addresses
    assert to.addr_spec == "Ada@example.org"
    assert len(list(message.iter_parts())) == 2


@pytest.mark.parametrize(
    ("markup", "context"),
    [
        ("<p>EMAILx1x</p>", "html"),
        ('<a href="EMAILx1x">', "html"),
        ('<a title="for EMAILx1x">', "html"),
        ('<a href="mailto:a@b.c?body=EMAILx1x">', "url"),
        ("<a href='https://a.b/?to=EMAILx1x'>", "url"),
        ('<a class="x"\n  HREF = "https://a.b/EMAILx1x">', "url"),
        ('<a href="https://a.b/">EMAILx1x</a>', "html"),
        ('<img alt="" src="https://a.b/EMAILx1x.png">', "url"),
    ],
)
def test_what_surrounds_a_value_says_how_it_is_escaped(markup: str, context: str) -> None:
    [slot] = [piece for piece in split(markup, PLACEHOLDERS, markup=True) if isinstance(piece, Slot)]
    assert slot.context == context


def test_a_name_is_escaped_for_where_it_stands() -> None:
    html = '<p>GREETx1x</p><a href="mailto:a@b.c?body=GREETx1x" title="GREETx1x">x</a>'
    message = read(template_of(replace(EDITION, html=html)).message(replace(ADA, name='<b>"A" & B</b>')))
    escaped = "&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;"
    quoted = "%3Cb%3E%22A%22%20%26%20B%3C%2Fb%3E"
    expected = f'<p>{escaped}</p><a href="mailto:a@b.c?body={quoted}" title="{escaped}">x</a>'
    assert body(message, "html").rstrip() == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("weekly", "weekly.example.org"), ("Die Woche!", "die-woche.example.org"), ("新聞", "newsletter.example.org")],
)
def test_a_list_has_an_id_like_a_domain(name: str, expected: str) -> None:
    assert list_id(name, "example.org") == expected
