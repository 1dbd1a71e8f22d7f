"""Permits, by arithmetic alone."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.buckets import TokenBucket, Window


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
    window, now, taken = Window(most, span), begin, []
    for step, wanted, ends in steps:
        now += step * span / 4
        if ends:
            # The next run knows what the last one wrote down.
            window = Window(most, span, window.kept())
        count = min(wanted, window.room(now))
        window.take(now, count)
        taken += [now] * count
    for last in taken:
        assert sum(last - span < at <= last for at in taken) <= most


@given(jumps=st.lists(st.floats(-1e5, 50), min_size=1, max_size=40))
def test_a_clock_that_goes_back_gives_nothing_away(jumps: list[float]) -> None:
    """Real time goes on by 10 seconds each step; the clock shows that, and goes back now and then."""
    window, shown, taken = Window(5, 600.0), 1e9, []
    for step, jump in enumerate(jumps):
        shown += min(jump, 10.0)
        if window.room(shown):
            window.take(shown)
            taken.append(step * 10.0)
    for last in taken:
        assert sum(last - 600 < at <= last for at in taken) <= 5


@given(at=st.floats(1e9, 2e9), counts=st.lists(st.integers(1, 3), min_size=1, max_size=20))
def test_who_waits_as_long_as_told_finds_room(at: float, counts: list[int]) -> None:
    window = Window(10, 3600.0)
    for count in counts:
        at += 200
        window.take(at, min(count, window.room(at)))
    wait = window.wait(at)
    assert wait <= 3600 + 60
    assert window.room(at + wait + 0.001) > 0


def test_a_limit_of_none_is_never_waited_for() -> None:
    assert Window(0, 60.0).wait(1e9) == math.inf


def test_permits_that_were_not_used_come_back() -> None:
    window = Window(10, 60.0)
    window.take(1e9, 6)
    window.take(1e9 + 30, 4)
    window.give_back(7)
    assert window.room(1e9 + 30) == 7
    window.give_back(100)
    assert window.kept() == []
