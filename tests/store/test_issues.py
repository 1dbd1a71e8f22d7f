"""The book of issues: drafts, mailings and what they carried."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from digest.model import DeliveryState, Outcome, SentArticle, Subscriber
from digest.store.deliveries import mail_written
from digest.store.issues import OUTBOX, IssueBook, IssueRecord, Mailing
from digest.store.ledger import Ledger

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)


@pytest.fixture
def book(engine: Engine) -> IssueBook:
    return IssueBook(engine)


def record(number: int, day: date = date(2026, 2, 19), period: str = "2026-W08") -> IssueRecord:
    key = f"{number:04d}-{day}"
    return IssueRecord(
        key=key, number=number, date=day, period=period, subject="News", until=NOW, created_at=NOW + timedelta(hours=1)
    )


def mailing(issue: IssueRecord, list_name: str = "weekly") -> Mailing:
    return Mailing(issue=issue.key, list=list_name, started_at=NOW)


def carried(issue: IssueRecord, article: str = "a" * 16) -> SentArticle:
    return SentArticle(
        id=article,
        canonical="https://example.org/1",
        title="T",
        lead="L",
        issue=issue.key,
        sent_on=issue.date,
        story="d" * 16,
        headline="H",
        url="https://example.org/1?a",
    )


def test_the_newest_issue_is_a_draft_until_it_is_mailed(book: IssueBook) -> None:
    book.save(record(1))
    assert book.draft() == record(1)

    book.begin(mailing(record(1)), [])

    assert book.draft() is None
    assert book.last_mailed() == record(1)


def test_an_issue_that_went_to_somebody_cannot_be_discarded(book: IssueBook) -> None:
    book.save(record(1))
    book.begin(mailing(record(1)), [])
    book.save(record(2))

    book.discard(record(1).key)
    book.discard(record(2).key)

    assert book.recent(10) == [record(1)]


def test_numbers_go_on_from_the_highest(book: IssueBook) -> None:
    assert book.next_number() == 1
    book.save(record(41))

    assert book.next_number() == 42


def test_a_mailing_is_unfinished_until_nobody_is_left_to_be_tried(book: IssueBook) -> None:
    book.save(record(1))
    book.begin(mailing(record(1)), [])
    assert book.unfinished() == [mailing(record(1))]

    book.finish(record(1).key, "weekly", now=NOW)

    assert book.unfinished() == []
    assert [done.finished_at for done in book.mailings(record(1).key)] == [NOW]


def test_a_mailing_begun_again_keeps_its_first_time(book: IssueBook) -> None:
    book.save(record(1))
    book.begin(mailing(record(1)), [carried(record(1))])

    book.begin(Mailing(issue=record(1).key, list="weekly", started_at=NOW + timedelta(days=1)), [])

    assert book.mailings(record(1).key) == [mailing(record(1))]
    assert book.sent_articles() == (carried(record(1)),)


def test_what_was_mailed_lately_is_told_by_when_it_began(book: IssueBook) -> None:
    old, this = record(1), record(2)
    book.save(old)
    book.save(this)
    book.begin(replace(mailing(old), started_at=NOW - timedelta(seconds=1)), [])
    book.begin(mailing(this, "board"), [])
    book.begin(replace(mailing(this), started_at=NOW + timedelta(hours=1)), [])

    assert [(one.issue, one.list) for one in book.mailed(since=NOW)] == [(this.key, "board"), (this.key, "weekly")]


def test_of_articles_mailed_before_a_day_the_words_are_forgotten_and_the_names_kept(book: IssueBook) -> None:
    old, new = record(1, date(2025, 1, 2), "2025-W01"), record(2)
    for issue, article in ((old, "b" * 16), (new, "c" * 16)):
        book.save(issue)
        book.begin(mailing(issue), [carried(issue, article)])

    assert book.forget_texts(before=date(2026, 1, 1)) == 1

    assert book.sent_articles() == (replace(carried(old, "b" * 16), lead=""), carried(new, "c" * 16))
    assert book.forget_texts(before=date(2026, 1, 1)) == 0


def test_a_persons_word_stands_with_the_issue_until_they_take_it_back(book: IssueBook) -> None:
    book.save(record(1))

    book.pause(record(1).key, now=NOW)
    assert book.get(record(1).key) == replace(record(1), paused_at=NOW)
    book.go_on(record(1).key)
    assert book.get(record(1).key) == record(1)
    book.cancel(record(1).key, now=NOW)
    assert book.get(record(1).key) == replace(record(1), cancelled_at=NOW)


def test_an_issue_cancelled_before_anybody_had_it_was_not_read(book: IssueBook, engine: Engine) -> None:
    for issue in (record(1), record(2)):
        book.save(issue)
        book.begin(mailing(issue), [carried(issue)])
        Ledger(engine).freeze(issue.key, [("ada@example.org", Subscriber(email="ada@example.org"))])
    assert book.last_read() == record(2)

    book.cancel(record(2).key, now=NOW)
    book.take_back(record(2).key)

    assert book.last_read() == record(1)
    assert book.sent_articles() == (carried(record(1)),)


def test_a_mailing_keeps_the_day_it_is_for(book: IssueBook) -> None:
    book.save(record(1))
    sunday = replace(mailing(record(1)), day=date(2026, 2, 22))

    book.begin(sunday, [])

    assert book.mailings(record(1).key) == [sunday]


def went_out(engine: Engine, book: IssueBook, issue: IssueRecord, taken_by: str) -> Ledger:
    """An issue that went to one person."""
    book.save(issue)
    book.begin(mailing(issue), [])
    book.note_taker(issue.key, taken_by)
    ledger = Ledger(engine)
    ledger.freeze(issue.key, [("ada@example.org", Subscriber(email="ada@example.org"))])
    [ada] = ledger.claim(issue.key, limit=9, now=NOW)
    ledger.record(issue.key, [Outcome(recipient=ada, state=DeliveryState.SENT)], now=NOW)
    book.finish(issue.key, "weekly", now=NOW)
    return ledger


def test_what_was_only_written_is_planned_again_and_begins_anew(engine: Engine, book: IssueBook) -> None:
    ledger = went_out(engine, book, record(1), OUTBOX)
    assert book.mailings(record(1).key)[0].only_written

    assert mail_written(engine, record(1).key, now=NOW, started_at=NOW + timedelta(days=1)) == 1

    [begun] = book.mailings(record(1).key)
    assert (begun.taken_by, begun.finished_at, begun.started_at) == ("", None, NOW + timedelta(days=1))
    assert list(ledger.left(record(1).key)) == ["ada@example.org"]


def test_what_a_server_took_is_never_planned_again(engine: Engine, book: IssueBook) -> None:
    ledger = went_out(engine, book, record(1), "mail.example.org")

    assert mail_written(engine, record(1).key, now=NOW) == 0
    assert ledger.tally(record(1).key)[DeliveryState.SENT] == 1


def test_the_last_mailing_by_a_server_is_one_that_took_something(engine: Engine, book: IssueBook) -> None:
    assert book.last_by_server() is None
    went_out(engine, book, record(1), OUTBOX)
    book.save(record(2))
    book.begin(mailing(record(2)), [])
    book.note_taker(record(2).key, "dead.example.org")
    assert book.last_by_server() is None

    went_out(engine, book, record(3), "mail.example.org")

    last = book.last_by_server()
    assert last is not None
    assert (last.issue, last.taken_by) == (record(3).key, "mail.example.org")


def test_an_adopted_issue_is_known_as_sent(book: IssueBook) -> None:
    adopted = replace(mailing(record(4)), taken_by="a mail server")

    book.adopt(record(4), [adopted, replace(adopted, list="board")], [carried(record(4))])

    assert book.mailed_keys() == {record(4).key}
    assert book.lists() in (["board", "weekly"], ["weekly", "board"])
    assert [one.finished_at for one in book.mailings(record(4).key)] == [NOW, NOW]
    assert book.unfinished() == []
    assert book.draft() is None
    assert [one.issue for one in book.sent_articles()] == [record(4).key]
