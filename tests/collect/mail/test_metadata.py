"""The headers of newsletters."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.mail.metadata import Metadata, read_metadata

RECEIVED = datetime(2026, 2, 17, 6, 30, tzinfo=UTC)


def read(headers: str) -> Metadata | None:
    message = message_from_bytes(f"{headers}\n\nText.".encode("utf-8", "replace"), policy=policy.compat32)
    return read_metadata(message, received=RECEIVED)


def metadata(headers: str) -> Metadata:
    found = read(f"List-Id: <signal.example>\n{headers}")
    assert found is not None
    return found


def test_headers_say_whose_letter_it_is_and_to_whom() -> None:
    found = metadata(
        "From: The Signal <news@Mail.signal.example>\nTo: Rosa Engelby <rosa.e@reader.example>\nContent-Language: de-AT"
    )
    assert (found.sender, found.domain, found.language) == ("The Signal", "mail.signal.example", "de")
    assert found.receiver.first == {"rosa"}
    assert found.receiver.whole == {"rosa engelby"}
    assert found.receiver.parts == {"rosa", "engelby", "rosa.e"}


def test_a_name_of_two_letters_is_in_too_many_words_to_be_told() -> None:
    assert metadata("To: Al <al@reader.example>").receiver.first == frozenset()


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("Fwd: Re: The ferry", "The ferry"),
        ("Rosa, the ferry waited", "The ferry waited"),
        ("Rosa Engelby: the ferry waited", "The ferry waited"),
        ("The ferry waited, Rosa!", "The ferry waited!"),
        ("News for rosa@reader.example", "News for"),
        ("=?utf-8?q?Die_F=C3=A4hre?=", "Die Fähre"),
        ("Die F\u00e4hre <b>", "Die Fähre ‹b›"),
        ("Line one\r\n two", "Line one two"),
    ],
)
def test_a_subject_is_a_headline(subject: str, shown: str) -> None:
    found = metadata(f"To: Rosa Engelby <rosa@reader.example>\nSubject: {subject}")
    assert found.subject == shown


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Tue, 17 Feb 2026 07:00:00 +0100", datetime(2026, 2, 17, 6, tzinfo=UTC)),
        ("Tue, 17 Feb 2026 07:00:00 -0000", datetime(2026, 2, 17, 7, tzinfo=UTC)),
        ("Sat, 17 Feb 2126 07:00:00 +0100", RECEIVED),
        ("", RECEIVED),
        ("yesterday", RECEIVED),
        ("Tue, 17 Feb 99999 07:00:00 +0100", RECEIVED),
    ],
)
def test_a_date_that_cannot_be_is_the_mailboxes(written: str, moment: datetime) -> None:
    assert metadata(f"Date: {written}").published == moment


@pytest.mark.parametrize(
    ("headers", "to_many"),
    [
        ("", False),
        ("Precedence: first-class", False),
        ("Precedence: bulk", True),
        ("list-unsubscribe: <https://signal.example/u>", True),
        ("List-Id: <l>\nAuto-Submitted: auto-replied (vacation)", False),
        ("List-Id: <l>\nSubject: Your login code is 123456", False),
    ],
)
def test_mail_to_many_says_so_and_is_not_about_the_subscription(headers: str, to_many: bool) -> None:
    assert (read(headers) is not None) is to_many


def test_a_letter_without_an_id_is_known_by_its_sender_date_and_subject() -> None:
    first, second = (metadata(f"From: a@b.example\nSubject: {name}") for name in ("One", "Two"))
    assert len({first.key, second.key, metadata("From: a@b.example\nSubject: One").key}) == 2


@given(st.text())
def test_no_headers_break_it(text: str) -> None:
    found = read(f"List-Id: <l>\n{text}")
    assert found is None or "\n" not in found.subject
