"""Feeds that only feedparser reads."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.collect.feeds.oddfeed import parse_odd_feed

URL = "https://gazette.example/feed"


def test_an_odd_feed_is_read_by_the_rules_of_the_others() -> None:
    feed = parse_odd_feed(
        "<channel><title>Gazette</title><link>https://gazette.example/</link><item><title>A</title><link>/a</link>"
        "<pubDate>Sun Nov 29 2026 12:15:00 GMT+0200</pubDate><description>Words</description></item></channel>",
        url=URL,
        notes=("is odd",),
    )
    assert feed is not None
    [entry] = feed.entries
    assert (feed.title, feed.link, feed.notes) == ("Gazette", "https://gazette.example/", ("is odd",))
    assert (entry.title, entry.link, entry.content) == ("A", "https://gazette.example/a", "Words")
    assert entry.published == datetime(2026, 11, 29, 10, 15, tzinfo=UTC)


def test_what_has_no_entries_and_what_is_too_large_is_not_read() -> None:
    assert parse_odd_feed("<html><p>Hello</p></html>", url=URL, notes=()) is None
    assert parse_odd_feed("<rss><item/>" + " " * 1_000_001, url=URL, notes=()) is None
