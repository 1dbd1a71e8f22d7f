"""Since when entries are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.collect.feeds.articles import identified_entries, read_entries
from digest.collect.feeds.entries import Entry, Feed
from digest.collect.feeds.sightings import first_sightings
from digest.collect.reading import Reading
from digest.model import Source, Window

SOURCE = Source(kind="feed", location="https://gazette.example/feed")
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
WEEK = timedelta(days=7)
CLOCK = Entry(
    title="Town clock strikes thirteen",
    link="https://gazette.example/clock",
    guid="7",
    published=MONDAY,
    content="<p>It does so at noon.</p>",
    summary="",
)
OTHERS = [
    replace(CLOCK, title=f"Report {letter}", link=f"https://gazette.example/{letter}", guid=letter) for letter in "abcd"
]


def read(*entries: Entry, shelf, now: datetime, since: datetime | None = None) -> Reading:
    feed = Feed(title="Gazette", link="https://gazette.example/", language="en", entries=entries)
    named = identified_entries(feed, source=SOURCE)
    seen = first_sightings(named, source=SOURCE, shelf=shelf, now=now)
    # As of an issue a week ago: half a day further back for late arrivals.
    window = Window(since=since or now - WEEK - timedelta(hours=12), until=now, seen_until=now - WEEK)
    return read_entries(named, feed=feed, source=SOURCE, window=window, now=now, seen=seen)


@pytest.mark.parametrize(
    "changed",
    [
        replace(CLOCK, published=MONDAY + WEEK),
        replace(CLOCK, published=MONDAY + WEEK + timedelta(hours=3)),
        replace(CLOCK, published=None),
        replace(CLOCK, published=MONDAY + WEEK, guid="8"),
        replace(CLOCK, published=MONDAY + WEEK, link="https://gazette.example/story/clock"),
        replace(CLOCK, published=MONDAY + WEEK, title="Clock strikes 13", content="<p>It still does.</p>"),
    ],
)
def test_a_new_date_makes_no_old_article_new(changed: Entry, shelf) -> None:
    assert len(read(CLOCK, shelf=shelf, now=MONDAY).articles) == 1
    reading = read(changed, shelf=shelf, now=MONDAY + WEEK)
    assert reading.articles == ()
    assert reading.dropped[0].article.published == MONDAY


def test_an_article_is_as_old_as_the_earliest_date_it_ever_had(shelf) -> None:
    ever = MONDAY - timedelta(days=3_000)
    read(replace(CLOCK, published=MONDAY - timedelta(days=20)), shelf=shelf, now=MONDAY)
    [dropped] = read(CLOCK, shelf=shelf, now=MONDAY + WEEK, since=MONDAY - WEEK).dropped
    assert dropped.article.published == MONDAY - timedelta(days=20)
    [dropped] = read(replace(CLOCK, published=ever), shelf=shelf, now=MONDAY + WEEK).dropped
    assert dropped.article.published == ever


def test_what_came_late_with_its_own_date_is_news(shelf) -> None:
    late = replace(CLOCK, published=MONDAY - timedelta(hours=3))
    assert len(read(late, shelf=shelf, now=MONDAY + WEEK).articles) == 1


def test_what_was_announced_is_news_when_its_time_comes(shelf) -> None:
    announced = replace(CLOCK, published=MONDAY + timedelta(days=3))
    assert read(announced, shelf=shelf, now=MONDAY).articles == ()
    assert len(read(announced, shelf=shelf, now=MONDAY + WEEK).articles) == 1


def test_a_guid_that_is_a_place_in_the_list_makes_no_new_article_old(shelf) -> None:
    read(CLOCK, shelf=shelf, now=MONDAY)
    other = replace(OTHERS[0], guid=CLOCK.guid, published=MONDAY + WEEK)
    assert len(read(other, shelf=shelf, now=MONDAY + WEEK).articles) == 1


def test_an_article_stays_known_while_its_link_and_its_guid_change_in_turn(shelf) -> None:
    moved = replace(CLOCK, link="https://gazette.example/story/clock", published=MONDAY + WEEK)
    again = replace(moved, guid="urn:new", published=MONDAY + 2 * WEEK)
    read(CLOCK, shelf=shelf, now=MONDAY)
    read(moved, shelf=shelf, now=MONDAY + WEEK)
    assert read(again, shelf=shelf, now=MONDAY + 2 * WEEK).dropped[0].article.published == MONDAY


NOTE = "dates its entries by its own making: an article that was seen before keeps the time it had"


def test_a_feed_that_dates_all_entries_by_its_making_is_told(shelf) -> None:
    assert NOTE in read(*OTHERS, shelf=shelf, now=MONDAY + timedelta(minutes=5)).notes
    anew = [replace(entry, published=MONDAY + timedelta(days=index)) for index, entry in enumerate(OTHERS)]
    assert NOTE in read(*anew, shelf=shelf, now=MONDAY + WEEK).notes


def test_entries_of_one_moment_long_ago_and_of_many_moments_are_not_told(shelf) -> None:
    old = [replace(entry, published=MONDAY - timedelta(days=3)) for entry in OTHERS]
    spread = [replace(entry, published=MONDAY - timedelta(hours=index)) for index, entry in enumerate(OTHERS)]
    assert NOTE not in read(*spread, shelf=shelf, now=MONDAY).notes
    assert NOTE not in read(*old, shelf=shelf, now=MONDAY).notes
