"""What is said of each source."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, Collection, Dropped, Picked, Source, SourceReport, Story, Why, Window
from digest.store.sources import SourceHistory
from digest.work.sourcehealth import Checkup, examine, matching, weekly

NOW = datetime(2026, 2, 19, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = 7 * DAY
WINDOW = Window(since=NOW - WEEK, until=NOW)
GAZETTE = Source(kind="feed", location="https://gazette.example/feed", name="The Gazette")
HERALD = Source(kind="feed", location="https://herald.example/feed")


def article(number: int, source: Source, *, ago: timedelta = DAY, dated: bool = True) -> Article:
    return Article(
        id=f"{number:016x}",
        source=source.location,
        publisher=source.name,
        title=f"Title {number}",
        url=None,
        canonical=f"file:{number}",
        published=NOW - ago,
        dated=dated,
    )


def story(*articles: Article) -> Story:
    return Story(articles=articles, section="World", score=1.0)


def examined(
    *reports: SourceReport,
    articles: tuple[Article, ...] = (),
    dropped: tuple[Dropped, ...] = (),
    stories: tuple[Story, ...] = (),
    histories: tuple[SourceHistory, ...] = (),
    moved: dict[str, str] | None = None,
) -> tuple[Checkup, ...]:
    return examine(
        Collection(window=WINDOW, articles=articles, sources=reports, dropped=dropped),
        Picked(stories=stories, dropped=()),
        histories={history.location: history for history in histories},
        moved=moved or {},
        now=NOW,
    )


def test_a_source_is_shown_with_its_last_article_and_its_share() -> None:
    one, two, three = article(1, GAZETTE), article(2, HERALD), article(3, GAZETTE, ago=2 * DAY)
    gazette, herald = examined(
        SourceReport(source=GAZETTE, articles=2, newest=one.published),
        SourceReport(source=HERALD, articles=1, newest=two.published),
        articles=(one, two, three),
        stories=(story(one, three), story(two, three)),
    )
    assert (gazette.newest, gazette.newest_title) == (NOW - DAY, "Title 1")
    assert (gazette.articles, gazette.leads, gazette.joins) == (2, 1, 2)
    assert (herald.articles, herald.leads, herald.joins) == (1, 1, 0)
    assert not gazette.failed
    assert not gazette.hint


def test_the_last_article_may_be_older_than_the_window() -> None:
    old = article(1, GAZETTE, ago=2 * WEEK)
    [one] = examined(
        SourceReport(source=GAZETTE, newest=old.published), dropped=(Dropped(article=old, why=Why.OUTSIDE_WINDOW),)
    )
    assert one.newest_title == "Title 1"


def test_the_last_article_is_remembered_where_the_source_is_gone() -> None:
    history = SourceHistory(location=GAZETTE.location, newest=NOW - WEEK, failures=1, failing_since=NOW)
    [one] = examined(
        SourceReport(source=GAZETTE, problem="answered 503", failed=True, newest=None), histories=(history,)
    )
    assert (one.newest, one.newest_title, one.failed) == (NOW - WEEK, "", True)


def test_articles_without_a_date_do_not_count_for_the_rate() -> None:
    undated = article(1, GAZETTE, dated=False)
    [one] = examined(SourceReport(source=GAZETTE, newest=undated.published), articles=(undated,))
    assert one.rate is None
    assert one.newest_title == "Title 1"


@pytest.mark.parametrize(
    ("days_ago", "rate"),
    [
        ([], None),
        ([0], None),
        ([2, 100], 0.25),
        ([1, 8, 15, 22, 29, 36], 1.0),
        ([0, 0.5, 1, 1.5, 2], 14.0),
        ([100, 200], 0.0),
    ],
)
def test_a_rate_is_of_four_weeks_or_of_what_the_feed_holds(days_ago: list[float], rate: float | None) -> None:
    assert weekly([NOW - ago * DAY for ago in days_ago], now=NOW) == rate


@given(st.sets(st.floats(0, 1000), min_size=2).map(sorted))
def test_a_rate_is_never_negative(days_ago: list[float]) -> None:
    rate = weekly([NOW - ago * DAY for ago in days_ago], now=NOW)
    assert rate is not None
    assert 0 <= rate <= 7 * len(days_ago)


GONE = SourceReport(source=GAZETTE, problem="answered 404 Not Found", failed=True)
SLOW = SourceReport(source=GAZETTE, problem="took longer than 20 seconds", failed=True)


@pytest.mark.parametrize(
    ("report", "days", "hint"),
    [
        (GONE, 0, "There is nothing at this address"),
        (GONE, 20, "It has been gone for 20 days"),
        (SLOW, 0, ""),
        (SLOW, 20, "It has not been read for 20 days"),
    ],
)
def test_what_to_do_about_a_source_that_fails_depends_on_how_long(report: SourceReport, days: int, hint: str) -> None:
    history = SourceHistory(location=GAZETTE.location, failures=3, failing_since=NOW - days * DAY)
    [one] = examined(report, histories=(history,))
    assert one.hint.startswith(hint)
    assert bool(one.hint) == bool(hint)


def test_a_source_that_moved_is_to_be_written_anew() -> None:
    [one] = examined(SourceReport(source=GAZETTE), moved={GAZETTE.location: "https://new.example/feed"})
    assert one.hint == 'It moved for good: write feed = "https://new.example/feed" in digest.toml.'


@pytest.mark.parametrize(("days", "silent"), [(89, False), (90, True)])
def test_a_source_without_an_article_for_three_months_is_silent(days: int, silent: bool) -> None:
    [one] = examined(SourceReport(source=GAZETTE, newest=NOW - days * DAY))
    assert one.hint.startswith("It has been silent for 90 days") == silent


def test_a_source_without_a_name_is_called_as_its_articles_say() -> None:
    one = replace(article(1, HERALD), publisher="The Herald")
    assert [checkup.called for checkup in examined(SourceReport(source=HERALD), articles=(one,))] == ["The Herald"]
    assert [checkup.called for checkup in examined(SourceReport(source=HERALD))] == [""]


def test_sources_are_found_by_a_piece_of_name_or_address() -> None:
    checkups = examined(SourceReport(source=GAZETTE), SourceReport(source=HERALD))
    assert matching(checkups, "the gazette") == checkups[:1]
    assert matching(checkups, "HERALD.example") == checkups[1:]
    assert matching(checkups, "") == checkups
    assert matching(checkups, "unicorn") == ()


def test_a_source_whose_only_article_has_no_words_is_empty() -> None:
    blank = replace(article(1, GAZETTE), title="", text="")
    report = SourceReport(source=GAZETTE, entries=1, newest=blank.published, problem="has no words")
    [one] = examined(report, dropped=(Dropped(article=blank, why=Why.NO_CONTENT),))
    assert (one.empty, one.newest, one.problem) == (True, None, "has no words")


def test_a_source_without_news_this_week_is_not_empty() -> None:
    report = SourceReport(source=GAZETTE, entries=1, newest=NOW - 2 * WEEK, problem="newest article is of 5 February")
    [one] = examined(report)
    assert (one.empty, one.problem) == (False, "")


def test_a_list_of_feeds_is_not_empty_because_articles_come_from_its_feeds() -> None:
    [one] = examined(SourceReport(source=replace(GAZETTE, kind="opml"), entries=2, notes=("one of them is a path",)))
    assert not one.empty
