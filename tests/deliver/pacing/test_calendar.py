"""Quiet hours and the first days of a sender, by the wall's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.pacing.calendar import quiet_until, warm_up_limit

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = (time(22), time(7))


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-02-19T20:59", None),
        ("2026-02-19T21:00", "2026-02-20T07:00+01:00"),
        ("2026-02-20T05:59", "2026-02-20T07:00+01:00"),
        ("2026-02-20T06:00", None),
        # The night in which summer time begins
        ("2026-03-28T23:00", "2026-03-29T07:00+02:00"),
    ],
)
def test_the_night_is_quiet_by_the_newsletters_clock(now: str, until: str | None) -> None:
    ends = quiet_until(datetime.fromisoformat(now).replace(tzinfo=UTC), *NIGHT, BERLIN)
    assert ends == (datetime.fromisoformat(until) if until else None)


def test_the_noon_may_be_quiet_too() -> None:
    noon = datetime(2026, 2, 19, 12, 30, tzinfo=UTC)
    assert quiet_until(noon, time(12), time(13), UTC) == datetime(2026, 2, 19, 13, tzinfo=UTC)
    assert quiet_until(noon, time(12, 30), time(12, 30), UTC) is None


@given(now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), begin=st.times(), end=st.times())  # noqa: DTZ001
def test_when_quiet_hours_end_it_is_no_longer_quiet(now: datetime, begin: time, end: time) -> None:
    moment = now.replace(tzinfo=UTC)
    ends = quiet_until(moment, begin, end, BERLIN)
    if ends is not None:
        assert moment < ends + timedelta(hours=1)
        assert quiet_until(ends + timedelta(hours=1), begin, end, BERLIN) is None or begin != end


def test_a_sender_warms_up_by_a_factor_a_day() -> None:
    first = date(2026, 11, 1)
    days = [warm_up_limit(first + timedelta(days=day), first, start=200, factor=2) for day in range(4)]
    assert days == [200, 400, 800, 1600]
    assert warm_up_limit(first + timedelta(days=10_000), first, start=200, factor=1.5) is None
    assert warm_up_limit(first - timedelta(days=1), first, start=200, factor=2) == 0
    assert warm_up_limit(first + timedelta(days=10_000), first, start=200, factor=1) == 200


def test_or_by_numbers_given_for_each_day() -> None:
    first = date(2026, 11, 1)
    days = [warm_up_limit(first + timedelta(days=day), first, start=9, factor=2, days=[50, 500]) for day in range(3)]
    assert days == [50, 500, None]
