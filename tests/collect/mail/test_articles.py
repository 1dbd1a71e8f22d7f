"""The messages of a mailbox as articles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digest.collect.mail.articles import read_mail
from digest.collect.mail.mailbox import Mail, RawMessage
from digest.model import Source

NOW = datetime(2026, 2, 18, tzinfo=UTC)
SOURCE = Source(kind="mailbox", location="imaps://rosa@mail.example/News", section="Letters", weight=2.0)


def message(subject: str, *headers: str, text: str = "The council voted for a second ferry line.") -> RawMessage:
    lines = ["From: The Signal <news@signal.example>", f"Subject: {subject}", "List-Id: <l>", *headers, "", text]
    return RawMessage(body="\n".join(lines).encode(), received=NOW - timedelta(hours=1))


def test_a_newsletter_is_an_article_of_its_sender() -> None:
    [article] = read_mail(Mail(messages=(message("The ferry"),)), source=SOURCE, now=NOW).articles
    assert (article.title, article.publisher, article.language) == ("The ferry", "The Signal", "en")
    assert (article.section, article.weight, article.url) == ("Letters", 2.0, None)
    assert (article.published, article.dated) == (NOW - timedelta(hours=1), True)


def test_a_newsletter_that_came_twice_is_one_article() -> None:
    twice = message("The ferry", "Message-ID: <17@signal.example>")
    [article] = read_mail(Mail(messages=(twice, twice)), source=SOURCE, now=NOW).articles
    assert article.canonical.startswith("mail:")
    assert "17@" not in article.canonical


def test_without_a_subject_the_first_sentence_stands_in() -> None:
    [article] = read_mail(Mail(messages=(message("", text="It rained. It snowed."),)), source=SOURCE, now=NOW).articles
    assert article.title == "It rained."


def test_a_date_ahead_is_now() -> None:
    raw = RawMessage(body=message("A", "Date: Fri, 20 Feb 2026 00:00:00 +0000").body, received=None)
    [article] = read_mail(Mail(messages=(raw,)), source=SOURCE, now=NOW).articles
    assert article.published == NOW


def test_what_becomes_no_article_is_counted_by_its_reason() -> None:
    private = RawMessage(body=b"From: a@b.example\nSubject: Lunch\n\nOn Friday?", received=NOW)
    found = read_mail(Mail(messages=(private, private, message("", text=""))), source=SOURCE, now=NOW)
    assert found.articles == ()
    assert [note.partition(" of its messages ")[0] for note in found.notes] == ["2", "1"]
    assert ": no newsletters" in found.notes[0]
    assert found.notes[1] == "1 of its messages left out: neither a subject nor a text"


@given(st.lists(st.binary(max_size=300), max_size=4))
def test_no_message_stops_the_others(bodies: list[bytes]) -> None:
    messages = tuple(RawMessage(body=b"List-Id: <l>\n" + body, received=NOW) for body in bodies)
    found = read_mail(Mail(messages=(*messages, message("The ferry"))), source=SOURCE, now=NOW)
    assert "The ferry" in {article.title for article in found.articles}
