"""The book of issues: drafts, mailings and what they carried."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from digest.model import SentArticle, Subscriber
from digest.store.issues import IssueBook, IssueRecord, Mailing
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
