"""Articles as all sources make them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digest.collect.article.article import article_id, newest

NOW = datetime(2026, 2, 19, tzinfo=UTC)


def test_the_newest_are_kept_in_their_order_and_what_has_no_time_gives_way() -> None:
    times = [NOW - timedelta(days=3), None, NOW - timedelta(days=2), None, NOW]
    assert newest(times, 3, moment=lambda at: at) == (NOW - timedelta(days=3), NOW - timedelta(days=2), NOW)
    assert newest(times, 4, moment=lambda at: at) == (NOW - timedelta(days=3), None, NOW - timedelta(days=2), NOW)
    assert newest(times, 5, moment=lambda at: at) == tuple(times)


def test_an_id_is_sixteen_hexadecimal_digits_and_never_changes() -> None:
    # Pinned: ids are in the databases of people's projects.
    assert article_id("https://example.org/a") == "b5b10dd0429e69ac"
