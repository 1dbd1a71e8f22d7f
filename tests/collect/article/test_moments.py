"""Times as documents tell them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from digest.collect.article.moments import day_here, day_in_link, end_of_day, long_date, not_ahead

DAY = datetime(2026, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "day"),
    [
        ("https://example.org/2026/02/17/story", DAY),
        ("https://example.org/2026-2-17", DAY),
        ("https://example.org/2026/02/31/story", None),
        ("https://example.org/2026/02/171", None),
        ("https://example.org/story", None),
    ],
)
def test_a_link_may_name_its_day(link: str, day: datetime | None) -> None:
    assert day_in_link(link) == day


def test_the_day_in_a_link_is_one_where_its_page_was_written() -> None:
    east = timezone(timedelta(hours=3))
    assert day_in_link("https://example.org/2026/02/17/", zone=east) == DAY - timedelta(hours=3)


def test_a_day_counts_until_its_end() -> None:
    assert end_of_day(DAY) == datetime(2026, 2, 17, 23, 59, 59, tzinfo=UTC)
    assert end_of_day(DAY.replace(hour=9)) == DAY.replace(hour=9)
    assert end_of_day(datetime.max.replace(tzinfo=UTC, hour=0, minute=0, second=0, microsecond=0)).year == 9999


@pytest.mark.parametrize(("ahead", "kept"), [(-30, -30), (0, 0), (14, 0), (15, 15)])
def test_a_clock_in_another_zone_is_now_and_what_is_announced_keeps_its_time(ahead: int, kept: int) -> None:
    assert not_ahead(DAY + timedelta(hours=ahead), now=DAY) == DAY + timedelta(hours=kept)


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Asia/Tokyo"])
def test_a_day_alone_is_that_day_where_the_newsletter_is_at_home(zone: str) -> None:
    now = datetime(2026, 2, 18, 7, tzinfo=ZoneInfo(zone))
    assert day_here(end_of_day(DAY), now=now) == datetime(2026, 2, 17, 23, 59, 59, tzinfo=ZoneInfo(zone))
    assert day_here(end_of_day(DAY + timedelta(days=1)), now=now) == now
    assert day_here(end_of_day(DAY + timedelta(days=2)), now=now) > now


def test_a_time_is_no_day_alone() -> None:
    now = datetime(2026, 2, 18, 7, tzinfo=ZoneInfo("Asia/Tokyo"))
    for moment in (DAY, DAY.replace(hour=9), datetime.max.replace(tzinfo=UTC, microsecond=0)):
        assert day_here(moment, now=now) == moment


def test_a_date_is_written_the_same_everywhere() -> None:
    assert long_date(datetime(2024, 5, 3, tzinfo=UTC)) == "3 May 2024"
