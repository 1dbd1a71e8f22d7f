"""When the last one will be sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.estimate import Allowance, Outlook

HOUR = 3600.0


def a_second(rate: float) -> Allowance:
    return Allowance(per_second=rate)


def an_hour(most: int, room: int | None = None) -> Allowance:
    return Allowance(windows=((most if room is None else room, most, HOUR),))


@pytest.mark.parametrize(
    ("outlook", "seconds"),
    [
        (Outlook(remaining={}), 0),
        (Outlook(remaining={"google": 100}), 0),
        (Outlook(remaining={"google": 100}, everybody=[a_second(10)]), 10),
        # What a window holds goes at once; the rest waits for the next.
        (Outlook(remaining={"google": 100}, everybody=[an_hour(100)]), 0),
        (Outlook(remaining={"google": 100}, everybody=[an_hour(40)]), 2 * HOUR),
        (Outlook(remaining={"google": 100}, everybody=[an_hour(40, room=0)]), 3 * HOUR),
        # The slowest provider is the last; a limit that nobody meets does not count.
        (Outlook(remaining={"google": 100, "yahoo": 30}, providers={"yahoo": a_second(0.1)}), 300),
        (Outlook(remaining={"google": 100}, providers={"yahoo": a_second(0.1)}), 0),
        # Two servers together; and where one has no limit there is none.
        (Outlook(remaining={"google": 100}, servers=[a_second(2), a_second(3)]), 20),
        (Outlook(remaining={"google": 100}, servers=[a_second(2), Allowance()]), 0),
        (Outlook(remaining={"google": 100}, servers=[an_hour(30), an_hour(20)]), HOUR),
    ],
)
def test_the_slowest_of_the_limits_decides(outlook: Outlook, seconds: float) -> None:
    told = outlook.seconds()
    assert told is not None
    assert abs(told - seconds) <= max(0.5, seconds / 500)


def test_the_run_itself_is_a_limit() -> None:
    outlook = Outlook(remaining={"google": 100}, everybody=[a_second(10)])
    assert outlook.seconds(measured=2) == pytest.approx(50, abs=0.6)
    assert outlook.seconds(measured=200, done=50) == pytest.approx(5, abs=0.6)
    assert outlook.seconds(done=100) == 0


def test_what_never_ends_has_no_end() -> None:
    assert Outlook(remaining={"google": 1}, everybody=[an_hour(0)]).seconds() is None


@given(
    counts=st.dictionaries(st.sampled_from("abc"), st.integers(0, 5000)),
    most=st.integers(1, 500),
    rate=st.floats(0.1, 100),
    done=st.integers(0, 5000),
)
def test_the_more_is_done_the_sooner_it_ends(counts: dict[str, int], most: int, rate: float, done: int) -> None:
    outlook = Outlook(remaining=counts, everybody=[a_second(rate)], providers={"a": an_hour(most)})
    whole, rest = outlook.seconds(), outlook.seconds(done=done)
    assert whole is not None
    assert rest is not None
    assert rest <= whole * 1.01 + 1
