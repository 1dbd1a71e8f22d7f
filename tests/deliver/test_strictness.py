"""Messages as the strictest reader wants them: RFC 5322, 2045, 2047, 2369, 2919 and 8058, checked by hand."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.deliver.messages.template import message_template
from digest.model import Edition, Placeholders, Recipient
from digest.settings import NewsletterSettings

EDITION = Edition(
    issue="0001-2026-02-19",
    subject="Grüße: what happened this week",
    html='<p>GREETx1x</p><p><a href="UNSUBx1x">Unsubscribe EMAILx1x</a></p>',
    text="GREETx1x\n\nUnsubscribe EMAILx1x: UNSUBx1x\n",
    placeholders=Placeholders(greeting="GREETx1x", email="EMAILx1x", unsubscribe_url="UNSUBx1x"),
)
ADA = Recipient(key="ada@example.org", email="ada@example.org", name="Ada")
ONCE = ["Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type", "List-Id", "List-Unsubscribe"]
#: A token of ours in an address of usual length: the header must not be folded, and fits a line of 78.
URL = f"https://news.example.org/u/{'a' * 24}"

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def message(edition: Edition = EDITION, to: Recipient = ADA, **options: str) -> bytes:
    newsletter = NewsletterSettings.model_validate(
        {"title": "The Weekly Signal", "sender": "news@example.org", **options}
    )
    date = datetime(2026, 2, 19, 6, tzinfo=UTC)
    return message_template(
        edition, newsletter=newsletter, date=date, secret=b"s" * 32, unsubscribe_url=lambda _: URL
    ).message(to)


def complaints(octets: bytes, *, utf8: bool = False) -> list[str]:
    """What is wrong with a message."""
    head, _, body = octets.partition(b"\r\n\r\n")
    found = []
    if re.search(rb"(?<!\r)\n|\r(?!\n)|\0", octets):
        found.append("a line end that is not CRLF, or NUL")
    found += [f"{len(line)} octets on a line" for line in octets.split(b"\r\n") if len(line) > 998]
    found += [f"a header of {len(line)}" for line in head.split(b"\r\n") if len(line) > 78 and b" " in line[1:].strip()]
    found += ["a blank line within the head" for line in head.split(b"\r\n") if not line.strip()]
    if not utf8 and not head.isascii():
        found.append("other than ASCII in a header")
    if not body.isascii():
        found.append("other than ASCII in a body of 7 bits")
    names = re.findall(rb"^([!-9;-~]+):", head, re.MULTILINE)
    found += [f"{name} {names.count(name.encode())} times" for name in ONCE if names.count(name.encode()) != 1]
    found += [f"not a header: {line!r}" for line in head.split(b"\r\n") if not re.match(rb"[!-9;-~]+: |[ \t]+\S", line)]
    found += [f"an encoded word of {len(word)}" for word in re.findall(rb"=\?[^ ]*\?=", head) if len(word) > 75]
    return found + _structure(octets)


def _structure(octets: bytes) -> list[str]:
    parsed = email.message_from_bytes(octets, policy=email.policy.default)
    boundary = parsed.get_boundary() or ""
    parts = [part for part in parsed.walk() if not part.is_multipart()]
    found = [str(defect) for part in parsed.walk() for defect in part.defects]
    if octets.count(f"--{boundary}".encode()) != len(parts) + 1 or not octets.endswith(f"--{boundary}--\r\n".encode()):
        found.append("the boundary stands where it should not, or does not where it should")
    found += [f"{name}" for name, value in parsed.items() for _ in getattr(value, "defects", ())]
    if re.search(r"=\?", parsed["List-Unsubscribe"]) or not re.fullmatch(r"<\S+>", parsed["List-Unsubscribe"]):
        found.append("a List-Unsubscribe that no button is made of")
    return found


def test_a_message_is_as_the_strict_want_it() -> None:
    assert complaints(message()) == []


@pytest.mark.parametrize("name", ["", "Ünal, Zoë", 'A "B" C', "a" * 300, "新聞" * 50, "x\r\nBcc: y@z", "=?utf-8?q?x?="])
def test_no_name_makes_a_message_that_the_strict_refuse(name: str) -> None:
    assert complaints(message(to=replace(ADA, name=name), title=name or "T")) == []


@given(name=anything, subject=anything, text=anything, html=anything)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_it_holds_a_message_is_as_the_strict_want_it(name: str, subject: str, text: str, html: str) -> None:
    edition = replace(EDITION, subject=subject, text=f"{text}GREETx1x{text}", html=f"{html}<p>GREETx1x</p>{html}")
    assert complaints(message(edition, replace(ADA, name=name))) == []


def test_an_address_in_other_letters_is_the_only_reason_for_other_than_ascii() -> None:
    found = complaints(message(to=replace(ADA, email="jürgen@example.org")), utf8=True)
    # Python's parser knows no RFC 6532: it takes the header for one in an unknown encoding.
    assert set(found) == {"To"}


def test_the_usual_link_to_unsubscribe_stands_on_one_short_line() -> None:
    [line] = [line for line in message().split(b"\r\n") if line.startswith(b"List-Unsubscribe:")]
    assert len(line) <= 78


def test_the_checks_see_what_is_wrong() -> None:
    good = message()
    assert complaints(good.replace(b"\r\n", b"\n", 1))
    assert complaints(good.replace(b"To: ", b"Subject: twice\r\nTo: "))
    assert complaints(good.replace(b"Ada", "Adä".encode(), 1))
    assert complaints(good.replace(b"Date: ", b"Date: x" + b" x" * 60))
