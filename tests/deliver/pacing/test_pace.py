"""Waits, by arithmetic alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.deliver.pacing.pace import reconnect_after, retry_after
from digest.deliver.wire.replies import Verdict


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


def test_who_is_greylisted_is_not_asked_before_five_minutes() -> None:
    assert retry_after(1, 0.0, Verdict.GREYLISTED) == timedelta(minutes=5)
    waits = [retry_after(attempts, 0.5, Verdict.GREYLISTED) for attempts in range(1, 7)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)


def test_who_finds_us_too_fast_gets_a_quarter_of_an_hour() -> None:
    assert {retry_after(attempts, 0.5, Verdict.SLOW_DOWN) for attempts in range(1, 9)} == {timedelta(minutes=15)}
