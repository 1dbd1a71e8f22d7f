"""How long is waited, by arithmetic alone, and how a provider that complained is treated."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.pacing.backoff import Slowdown, asked_for, reconnect_after, retry_after
from digest.deliver.wire.verdicts import Verdict


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


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("450 4.2.0 Greylisted, try again in 300 seconds", 300),
        ("451 4.7.1 Please try again after 5 minutes", 300),
        ("451 Greylisting in action, please come back in 00:04:56", 296),
        ("450 Retry in 10m", 600),
        ("450 wait at least 1 hour", 3600),
        ("450 4.2.0 Try again in 90s", 90),
        ("450 try again in 99999 hours", 12 * 3600),
        ("450 4.2.0 Greylisted", 0),
        ("452 4.2.2 Mailbox full since 3 days", 0),
        ("450 see https://mx.example/help?in=5", 0),
    ],
)
def test_a_server_may_say_how_long(words: str, seconds: int) -> None:
    assert asked_for(words) == timedelta(seconds=seconds)


def test_what_a_server_asks_for_is_kept_to_and_not_much_exceeded() -> None:
    words = "450 4.2.0 Greylisted, try again in 300 seconds"
    for chance in (0.0, 1.0):
        assert timedelta(minutes=5) < retry_after(1, chance, Verdict.GREYLISTED, words) < timedelta(minutes=6)
    # Later, and where it is our rate, it is only the least.
    assert retry_after(3, 0.5, Verdict.GREYLISTED, words) == timedelta(hours=1)
    assert retry_after(1, 0.5, Verdict.SLOW_DOWN, words) == timedelta(minutes=15)


@given(words=st.text(max_size=200), attempts=st.integers(1, 9), chance=st.floats(0, 1))
def test_no_words_make_a_message_wait_for_days_or_not_at_all(words: str, attempts: int, chance: float) -> None:
    assert timedelta(0) < retry_after(attempts, chance, Verdict.GREYLISTED, words) < timedelta(hours=14)


def sent_in(slowdown: Slowdown, begin: float, seconds: float) -> int:
    at, count = begin, 0
    while (at := at + slowdown.wait(at)) < begin + seconds:
        slowdown.take(at)
        count += 1
    return count


def test_it_rests_then_gets_half_and_in_minutes_all_again() -> None:
    slowdown = Slowdown(10.0, 0.0)
    assert slowdown.wait(0.0) == 60
    assert abs(sent_in(slowdown, 60, 60) - 300) < 5
    assert 300 < sent_in(slowdown, 120, 60) < 400
    sent_in(slowdown, 180, 300)
    assert slowdown.rate == 10
    assert not slowdown.over(480)
    assert slowdown.over(1000)


def test_complaints_about_one_burst_are_one() -> None:
    slowdown = Slowdown(10.0, 0.0)
    for at in (0.1, 1.0, 4.0, 30.0):
        slowdown.complain(at)
    assert (slowdown.rate, slowdown.wait(0.0)) == (5, 60)


def test_who_complains_again_rests_longer_and_gets_less() -> None:
    slowdown, at = Slowdown(16.0, 0.0), 0.0
    rests = []
    for _ in range(5):
        rests.append(slowdown.wait(at))
        at += rests[-1]
        slowdown.take(at)
        slowdown.complain(at)
    assert rests == [60, 300, 900, 3600, 3600]
    assert slowdown.rate == 16 / 2**6


@given(rate=st.floats(0, 1e4), gaps=st.lists(st.floats(0, 500), max_size=40))
def test_whatever_is_said_something_goes_in_the_end(rate: float, gaps: list[float]) -> None:
    slowdown, at = Slowdown(rate, 0.0), 0.0
    for gap in gaps:
        at += gap
        slowdown.complain(at)
    assert slowdown.wait(at) < 3601
    assert slowdown.rate >= 0.1
