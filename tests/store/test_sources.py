"""What is remembered of each source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from digest.model import Source, SourceReport
from digest.store.sources import SourceBook, SourceHistory

MONDAY = datetime(2026, 2, 16, 7, tzinfo=UTC)
DAY = timedelta(days=1)
FEED = Source(kind="feed", location="https://example.org/feed")


@pytest.fixture
def book(engine: Engine) -> SourceBook:
    return SourceBook(engine)


def read(newest: datetime | None = None) -> SourceReport:
    return SourceReport(source=FEED, entries=3, newest=newest)


def broken(problem: str = "answered 404 Not Found") -> SourceReport:
    return SourceReport(source=FEED, problem=problem, failed=True)


def test_nothing_is_known_of_a_source_never_read(book: SourceBook) -> None:
    assert book.histories() == {}


def test_a_source_that_was_read_is_known_with_its_newest_article(book: SourceBook) -> None:
    book.record([read(MONDAY - DAY)], now=MONDAY)

    expected = SourceHistory(location=FEED.location, read_at=MONDAY, newest=MONDAY - DAY)
    assert book.histories() == {FEED.location: expected}


def test_failures_are_counted_from_the_first_of_them(book: SourceBook) -> None:
    book.record([read(MONDAY - DAY)], now=MONDAY)
    book.record([broken("took longer than 20 seconds")], now=MONDAY + DAY)
    book.record([broken()], now=MONDAY + 2 * DAY)

    history = book.histories()[FEED.location]
    assert (history.failures, history.failing_since, history.problem) == (2, MONDAY + DAY, "answered 404 Not Found")
    assert (history.read_at, history.newest) == (MONDAY, MONDAY - DAY)


def test_a_source_that_is_back_has_no_failures(book: SourceBook) -> None:
    book.record([read(MONDAY)], now=MONDAY)
    book.record([broken()], now=MONDAY + DAY)
    noted = book.record([read()], now=MONDAY + 2 * DAY)

    assert noted == book.histories()
    assert noted[FEED.location] == SourceHistory(location=FEED.location, read_at=MONDAY + 2 * DAY, newest=MONDAY)


def test_an_article_seen_once_is_not_forgotten_where_a_feed_is_emptied(book: SourceBook) -> None:
    book.record([read(MONDAY)], now=MONDAY)
    book.record([read(MONDAY - 9 * DAY)], now=MONDAY + DAY)

    assert book.histories()[FEED.location].newest == MONDAY
