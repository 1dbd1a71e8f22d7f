"""How a provider that complained is treated."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.pacing.slowdown import Slowdown


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
