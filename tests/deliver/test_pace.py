"""Permits and waits, by arithmetic alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.pace import TokenBucket, reconnect_after, retry_after


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


def test_a_message_waits_longer_each_time() -> None:
    waits = [retry_after(attempts, 0.5) for attempts in range(1, 7)]
    assert waits[:4] == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2)]
    assert waits == sorted(waits)


@pytest.mark.parametrize(("chance", "factor"), [(0.0, 0.5), (0.5, 1.0), (1.0, 1.5)])
def test_those_deferred_together_do_not_come_back_together(chance: float, factor: float) -> None:
    assert retry_after(1, chance) == timedelta(minutes=1) * factor


def test_a_server_that_is_away_is_asked_less_and_less() -> None:
    waits = [reconnect_after(failures, 0.5) for failures in range(1, 8)]
    assert waits == sorted(waits)
    assert waits[0] < 1 < waits[-1] < 60
