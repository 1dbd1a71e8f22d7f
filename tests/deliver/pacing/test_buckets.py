"""Permits, by arithmetic alone."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.deliver.pacing.buckets import CalendarDays, SlidingWindow, TokenBucket

BERLIN = ZoneInfo("Europe/Berlin")
DAY = 86400.0


@given(
    rate=st.floats(0.1, 5000),
    gaps=st.lists(st.floats(0, 3), min_size=1, max_size=60),
    begin=st.floats(0, 1e6),
)
def test_no_second_has_more_permits_than_the_rate_and_a_tenth(rate: float, gaps: list[float], begin: float) -> None:
    bucket, now, held = TokenBucket(rate), begin, []
    for gap in gaps:
        now += gap
        held.append(now + bucket.reserve(now))
    for first in held:
        in_second = sum(first <= at < first + 1 for at in held)
        assert in_second <= 1.1 * rate + 1 + 1e-6


def test_who_asks_late_catches_up_and_no_more() -> None:
    bucket = TokenBucket(100)
    bucket.reserve(0.0)
    assert [bucket.reserve(10.0) for _ in range(12)].count(0.0) == 10


def test_no_rate_is_no_limit() -> None:
    bucket = TokenBucket(0)
    assert all(bucket.try_take(0.0) for _ in range(1000))
    assert bucket.reserve(0.0) == 0


def test_a_permit_is_taken_at_once_or_not_at_all() -> None:
    bucket = TokenBucket(1)
    assert bucket.try_take(0.0)
    assert not bucket.try_take(0.9)
    assert bucket.try_take(1.0)


# --- so many in any span ----------------------------------------------------------------------------------------


@given(
    most=st.integers(0, 40),
    span=st.sampled_from([60.0, 3600.0, 86400.0]),
    steps=st.lists(st.tuples(st.floats(0, 1.2), st.integers(1, 15), st.booleans()), min_size=1, max_size=60),
    begin=st.floats(1e9, 2e9),
)
def test_no_stretch_of_time_has_more_than_the_limit_over_however_many_runs(
    most: int, span: float, steps: list[tuple[float, int, bool]], begin: float
) -> None:
    window, now, taken = SlidingWindow(most, span), begin, []
    for step, wanted, ends in steps:
        now += step * span / 4
        if ends:
            # The next run knows what the last one wrote down.
            window = SlidingWindow(most, span, window.kept())
        count = min(wanted, window.room(now))
        window.take(now, count)
        taken += [now] * count
    for last in taken:
        assert sum(last - span < at <= last for at in taken) <= most


@given(jumps=st.lists(st.floats(-1e5, 50), min_size=1, max_size=40))
def test_a_clock_that_goes_back_gives_nothing_away(jumps: list[float]) -> None:
    """Real time goes on by 10 seconds each step; the clock shows that, and goes back now and then."""
    window, shown, taken = SlidingWindow(5, 600.0), 1e9, []
    for step, jump in enumerate(jumps):
        shown += min(jump, 10.0)
        if window.room(shown):
            window.take(shown)
            taken.append(step * 10.0)
    for last in taken:
        assert sum(last - 600 < at <= last for at in taken) <= 5


@given(at=st.floats(1e9, 2e9), counts=st.lists(st.integers(1, 3), min_size=1, max_size=20))
def test_who_waits_as_long_as_told_finds_room(at: float, counts: list[int]) -> None:
    window = SlidingWindow(10, 3600.0)
    for count in counts:
        at += 200
        window.take(at, min(count, window.room(at)))
    wait = window.wait(at)
    assert wait <= 3600 + 0.001
    assert window.room(at + wait + 0.001) > 0


@given(begin=st.integers(10**9, 2 * 10**9), pace=st.floats(0, 5), most=st.integers(1, 600))
@settings(deadline=None, max_examples=30)
def test_a_run_each_24_hours_sends_all_of_its_day_each_time(begin: int, pace: float, most: int) -> None:
    kept: list[tuple[int, int]] = []
    for day in range(6):
        window, now = SlidingWindow(most, DAY, kept), float(begin + day * DAY)
        for _ in range(most):
            # What a run waits for, see `deliver.sender`
            wait = window.wait(now)
            assert wait < 120
            now += wait + 0.001
            window.take(now)
            now += pace
        kept = window.kept()


def test_a_run_that_takes_all_at_once_finds_all_of_it_at_the_same_time_of_the_next_day() -> None:
    window = SlidingWindow(500, DAY)
    for day in range(4):
        assert window.room(1e9 + day * DAY - 1) == (500 if day == 0 else 0)
        assert window.room(1e9 + day * DAY) == 500
        window.take(1e9 + day * DAY, 500)


@given(gaps=st.lists(st.floats(0, 200), min_size=1, max_size=1000))
@settings(deadline=None)
def test_what_is_kept_of_a_window_stays_small(gaps: list[float]) -> None:
    window, now = SlidingWindow(60_000, 3600.0), 1e9
    for gap in gaps:
        now += gap
        window.take(now, min(10, window.room(now)))
    assert len(window.kept()) <= 660


def test_a_limit_of_none_is_never_waited_for() -> None:
    assert SlidingWindow(0, 60.0).wait(1e9) == math.inf


def test_permits_that_were_not_used_come_back() -> None:
    window = SlidingWindow(10, 60.0)
    window.take(1e9, 6)
    window.take(1e9 + 30, 4)
    window.give_back(7)
    assert window.room(1e9 + 30) == 7
    window.give_back(100)
    assert window.kept() == []


# --- so many on each day ----------------------------------------------------------------------------------------


def by_the_day(day: date) -> int | None:
    return {15: 0, 16: 3, 17: 5}.get(day.day)


def moment(day: int, hour: int, minute: int = 0) -> float:
    return datetime(2026, 2, day, hour, minute, tzinfo=BERLIN).timestamp()


def test_a_day_of_the_calendar_ends_at_midnight_on_the_wall() -> None:
    days = CalendarDays(by_the_day, BERLIN)
    assert (days.room(moment(15, 23)), days.wait(moment(15, 23))) == (0, 3600)
    days.take(moment(16, 23, 50), 3)
    assert (days.room(moment(16, 23, 59)), days.wait(moment(16, 23, 59))) == (0, 60)
    days = CalendarDays(by_the_day, BERLIN, days.kept())
    assert days.room(moment(17, 0)) == 5
    assert (days.room(moment(18, 0)), days.wait(moment(18, 0))) == (math.inf, 0)


def test_permits_of_a_day_come_back_and_a_clock_that_goes_back_gives_none_away() -> None:
    days = CalendarDays(lambda _: 3, UTC)
    days.take(moment(17, 12), 3)
    assert days.room(moment(16, 12)) == 0
    days.give_back(2)
    assert days.room(moment(16, 12)) == 2


def test_the_days_ahead_are_told_up_to_the_one_that_has_no_limit() -> None:
    days = CalendarDays(by_the_day, BERLIN)
    days.take(moment(16, 22), 1)
    assert days.ahead(moment(16, 22)) == ((-math.inf, 2), (7200, 5), (26 * 3600, math.inf))
    assert CalendarDays(lambda _: 0, UTC).wait(moment(16, 22)) == math.inf
