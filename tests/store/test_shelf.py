"""What earlier runs got from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from digest.model import Remembered, SentArticle
from digest.store.database import open_database
from digest.store.issues import IssueBook, IssueRecord, Mailing
from digest.store.shelf import Answers, Shelf

NOW = datetime(2026, 2, 19, 6, 30, 15, 123456, tzinfo=UTC)
FEED = Remembered(
    url="https://example.org/feed",
    final_url="https://example.org/feed.xml",
    moved=True,
    etag='"abc"',
    last_modified="Thu, 19 Feb 2026 06:00:00 GMT",
    content_type="application/rss+xml",
    body=b"<rss/>" * 1000,
    fetched_at=NOW,
)


@pytest.fixture
def shelf(engine: Engine) -> Shelf:
    return Shelf(engine)


def test_what_was_never_fetched_is_not_remembered(shelf: Shelf) -> None:
    assert shelf.recall("https://example.org/feed") is None


def test_a_response_comes_back_as_it_was(shelf: Shelf) -> None:
    shelf.remember(FEED)
    assert shelf.recall(FEED.url) == FEED


def test_the_newest_response_replaces_the_one_before(shelf: Shelf) -> None:
    shelf.remember(FEED)
    newer = replace(FEED, body=b"", etag="", fetched_at=NOW + timedelta(days=1))
    shelf.remember(newer)
    assert shelf.recall(FEED.url) == newer


def test_a_body_takes_less_room_than_it_has(shelf: Shelf, engine: Engine) -> None:
    shelf.remember(FEED)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT length(body) FROM fetches")).scalar() < len(FEED.body) / 10


def test_a_time_of_another_zone_comes_back_as_the_same_moment(shelf: Shelf) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=-9, minutes=-30)))
    shelf.remember(replace(FEED, fetched_at=there))
    assert shelf.recall(FEED.url) == FEED


def test_a_time_without_a_zone_is_refused(shelf: Shelf) -> None:
    with pytest.raises(Exception, match="aware times"):
        shelf.remember(replace(FEED, fetched_at=NOW.replace(tzinfo=None)))


def test_old_responses_are_forgotten(shelf: Shelf) -> None:
    shelf.remember(FEED)
    shelf.remember(replace(FEED, url="https://example.net/", fetched_at=NOW + timedelta(days=1)))
    assert shelf.forget(before=NOW + timedelta(hours=1)) == 1
    assert shelf.recall(FEED.url) is None
    assert shelf.recall("https://example.net/")


@given(body=st.binary(max_size=300), url=st.text(min_size=1).filter(lambda url: url.isprintable()))
def test_any_body_and_any_address_survive(body: bytes, url: str) -> None:
    engine = open_database("sqlite://")
    shelf = Shelf(engine)
    shelf.remember(replace(FEED, body=body, url=url))
    assert shelf.recall(url) == replace(FEED, body=body, url=url)
    engine.dispose()


def test_an_article_is_first_seen_once(shelf: Shelf) -> None:
    later = NOW + timedelta(days=7)
    assert shelf.first_seen(["a", "b"], now=NOW) == {"a": NOW, "b": NOW}
    assert shelf.first_seen(["b", "c"], now=later) == {"b": NOW, "c": later}


def test_an_article_is_known_since_the_earliest_moment_ever_told(shelf: Shelf) -> None:
    before, later = NOW - timedelta(days=7), NOW + timedelta(days=7)
    assert shelf.known_since({"a": NOW, "b": NOW}) == {"a": NOW, "b": NOW}
    assert shelf.known_since({"a": later, "b": before, "c": later}) == {"a": NOW, "b": before, "c": later}
    assert shelf.known_since({"a": later, "b": later, "c": before}) == {"a": NOW, "b": before, "c": before}


def test_thousands_of_articles_without_a_date_are_no_problem(shelf: Shelf) -> None:
    ids = [f"{number:016x}" for number in range(2_500)]
    shelf.first_seen(ids, now=NOW)
    assert set(shelf.first_seen(ids, now=NOW + timedelta(days=1)).values()) == {NOW}


def test_when_an_article_was_first_seen_is_forgotten_once_no_source_names_it(engine: Engine) -> None:
    Shelf(engine).first_seen([f"{number:016x}" for number in range(1_200)] + ["named", "gone"], now=NOW)
    later = NOW + timedelta(days=800)
    shelf = Shelf(engine)
    shelf.first_seen(["named", "new"], now=later)

    assert shelf.forget_sightings(before=NOW) == 0
    assert shelf.forget_sightings(before=NOW + timedelta(days=1)) == 1_201

    assert shelf.first_seen(["named", "gone", "new"], now=later) == {"named": NOW, "gone": later, "new": later}


def test_what_an_issue_carried_is_known_by_its_id() -> None:
    engine = open_database("sqlite://")
    book = IssueBook(engine)
    book.save(
        IssueRecord(
            key="0007-2026-02-19", number=7, date=NOW.date(), period="2026-W08", subject="S", until=NOW, created_at=NOW
        )
    )
    article = SentArticle(id="a", canonical="c", title="T", lead="L", issue="0007-2026-02-19", sent_on=NOW.date())
    book.begin(Mailing(issue="0007-2026-02-19", list="weekly", started_at=NOW), [article])
    assert Shelf(engine).sent(["a", "b"]) == {"a": "0007-2026-02-19"}
    engine.dispose()


# --- answers of a model, which are not paid for twice -----------------------------------------------------------------


@pytest.fixture
def answers(engine: Engine) -> Answers:
    return Answers(engine)


def test_what_was_never_asked_has_no_answer(answers: Answers) -> None:
    assert answers.recall("a" * 64) is None


def test_an_answer_comes_back_as_it_was(answers: Answers) -> None:
    answers.remember("a" * 64, '{"sentences": ["Ľ – 你好"]}', now=NOW)
    answers.remember("b" * 64, "another", now=NOW)

    assert answers.recall("a" * 64) == '{"sentences": ["Ľ – 你好"]}'


def test_a_newer_answer_replaces_the_one_before(answers: Answers) -> None:
    answers.remember("a" * 64, "first", now=NOW)
    answers.remember("a" * 64, "second", now=NOW + timedelta(days=1))

    assert answers.recall("a" * 64) == "second"


def test_old_answers_are_forgotten(answers: Answers) -> None:
    answers.remember("a" * 64, "old", now=NOW - timedelta(days=200))
    answers.remember("b" * 64, "new", now=NOW)

    assert answers.forget(before=NOW - timedelta(days=120)) == 1
    assert (answers.recall("a" * 64), answers.recall("b" * 64)) == (None, "new")
