"""What came of a source."""

from datetime import UTC, datetime, timedelta

from digest.collect.reading import reading_of
from digest.model import Article, Why, Window

NOW = datetime(2026, 2, 19, tzinfo=UTC)
WEEK = Window(since=NOW - timedelta(days=7), until=NOW)


def article(name: str, *, days: int) -> Article:
    published = NOW - timedelta(days=days)
    return Article(
        id=name,
        source="feed",
        publisher="P",
        title=name,
        url=None,
        canonical=name,
        published=published,
    )


def test_articles_are_parted_by_the_window_and_none_is_lost() -> None:
    reading = reading_of([article("new", days=1), article("old", days=30)], window=WEEK, notes=["odd"])
    assert [one.id for one in reading.articles] == ["new"]
    assert [(one.article.id, one.why, one.detail) for one in reading.dropped] == [
        ("old", Why.OUTSIDE_WINDOW, "published on 20 January 2026")
    ]
    assert (reading.entries, reading.newest, reading.notes) == (2, NOW - timedelta(days=1), ("odd",))


def test_a_source_may_hold_more_than_articles() -> None:
    reading = reading_of([], window=WEEK, entries=3)
    assert (reading.entries, reading.newest) == (3, None)
