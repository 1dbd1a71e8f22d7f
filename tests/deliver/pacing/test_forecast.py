"""When the last one will be sent."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.pacing.calendar import quiet_until
from digest.deliver.pacing.forecast import ALWAYS, Allowance, Forecast, open_stretches

HOUR = 3600.0
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = (time(22), time(7))


def a_second(rate: float) -> Allowance:
    return Allowance(per_second=rate)


def an_hour(most: int, room: int | None = None) -> Allowance:
    return Allowance(windows=((most if room is None else room, most, HOUR),))


@pytest.mark.parametrize(
    ("forecast", "seconds"),
    [
        (Forecast(remaining={}), 0),
        (Forecast(remaining={"google": 100}), 0),
        (Forecast(remaining={"google": 100}, everybody=[a_second(10)]), 10),
        # What a window holds goes at once; the rest waits for the next.
        (Forecast(remaining={"google": 100}, everybody=[an_hour(100)]), 0),
        (Forecast(remaining={"google": 100}, everybody=[an_hour(40)]), 2 * HOUR),
        (Forecast(remaining={"google": 100}, everybody=[an_hour(40, room=0)]), 3 * HOUR),
        # The slowest provider is the last; a limit that nobody meets does not count.
        (Forecast(remaining={"google": 100, "yahoo": 30}, providers={"yahoo": a_second(0.1)}), 300),
        (Forecast(remaining={"google": 100}, providers={"yahoo": a_second(0.1)}), 0),
        # Two servers together; and where one has no limit there is none.
        (Forecast(remaining={"google": 100}, servers=[a_second(2), a_second(3)]), 20),
        (Forecast(remaining={"google": 100}, servers=[a_second(2), Allowance()]), 0),
        (Forecast(remaining={"google": 100}, servers=[an_hour(30), an_hour(20)]), HOUR),
    ],
)
def test_the_slowest_of_the_limits_decides(forecast: Forecast, seconds: float) -> None:
    told = forecast.seconds()
    assert told is not None
    assert abs(told - seconds) <= max(0.5, seconds / 500)


def test_the_run_itself_is_a_limit() -> None:
    forecast = Forecast(remaining={"google": 100}, everybody=[a_second(10)])
    assert forecast.seconds(measured=2) == pytest.approx(50, abs=0.6)
    assert forecast.seconds(measured=200, done=50) == pytest.approx(5, abs=0.6)
    assert forecast.seconds(done=100) == 0


def test_what_never_ends_has_no_end() -> None:
    assert Forecast(remaining={"google": 1}, everybody=[an_hour(0)]).seconds() is None


@given(
    counts=st.dictionaries(st.sampled_from("abc"), st.integers(0, 5000)),
    most=st.integers(1, 500),
    rate=st.floats(0.1, 100),
    done=st.integers(0, 5000),
)
def test_the_more_is_done_the_sooner_it_ends(counts: dict[str, int], most: int, rate: float, done: int) -> None:
    forecast = Forecast(remaining=counts, everybody=[a_second(rate)], providers={"a": an_hour(most)})
    whole, rest = forecast.seconds(), forecast.seconds(done=done)
    assert whole is not None
    assert rest is not None
    assert rest <= whole * 1.01 + 1


# --- quiet hours ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "quiet", "hours"),
    [
        ("2026-02-16T06:00+01:00", NIGHT, [(1, 16), (25, 40)]),
        ("2026-02-16T12:00+01:00", NIGHT, [(0, 10), (19, 34)]),
        ("2026-02-16T23:00+01:00", NIGHT, [(8, 23), (32, 47)]),
        ("2026-02-16T12:00+01:00", (time(9), time(17)), [(5, 21), (29, 45)]),
        ("2026-02-16T08:00+01:00", (time(9), time(17)), [(0, 1), (9, 25)]),
        # The night of 28 March is an hour shorter, that of 24 October an hour longer.
        ("2026-03-28T21:00+01:00", NIGHT, [(0, 1), (9, 24)]),
        ("2026-10-24T21:00+02:00", NIGHT, [(0, 1), (11, 26)]),
    ],
)
def test_quiet_hours_are_those_of_the_clock_on_the_wall(
    now: str, quiet: tuple[time, time], hours: list[tuple[int, int]]
) -> None:
    stretches = open_stretches(datetime.fromisoformat(now).astimezone(UTC), quiet, BERLIN)
    assert [(begin / HOUR, end / HOUR) for begin, end in stretches[:2]] == hours


@pytest.mark.parametrize("quiet", [None, (time(7), time(7))])
def test_without_quiet_hours_mail_may_always_go(quiet: tuple[time, time] | None) -> None:
    assert open_stretches(datetime(2026, 2, 16, tzinfo=UTC), quiet, BERLIN) == ALWAYS


@given(
    minute=st.integers(0, 365 * 24 * 60),
    begin=st.times(),
    end=st.times(),
    after=st.floats(0, 30 * 86400),
)
def test_mail_may_go_whenever_the_sender_finds_no_quiet_hour(minute: int, begin: time, end: time, after: float) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    moment = now + timedelta(seconds=after)
    stretches = open_stretches(now, (begin, end), BERLIN)
    at = (moment - now).total_seconds()
    assert any(a <= at < b for a, b in stretches) == (quiet_until(moment, begin, end, BERLIN) is None)


@pytest.mark.parametrize(
    ("forecast", "hours"),
    [
        # Nobody is held back but by the hour.
        (Forecast(remaining={"x": 100}, open=[(HOUR, 16 * HOUR)]), 1),
        (Forecast(remaining={}, open=[(HOUR, 16 * HOUR)]), 0),
        # Half of it goes before the night, half in the morning after.
        (Forecast(remaining={"x": 7200}, everybody=[a_second(1)], open=[(0, HOUR), (10 * HOUR, 25 * HOUR)]), 11),
        # What an hourly window allows at night nobody can use; in the morning it is fresh.
        (Forecast(remaining={"x": 40}, everybody=[an_hour(10)], open=[(0, HOUR), (10 * HOUR, 25 * HOUR)]), 11),
        # A window of a day goes on over the night.
        (
            Forecast(
                remaining={"x": 200},
                everybody=[Allowance(windows=((100, 100, 24 * HOUR),))],
                open=[(0, 10 * HOUR), (19 * HOUR, 34 * HOUR)],
            ),
            24,
        ),
    ],
)
def test_the_forecast_knows_the_quiet_hours(forecast: Forecast, hours: float) -> None:
    told = forecast.seconds()
    assert told is not None
    assert told / HOUR == pytest.approx(hours, rel=0.003)


def test_a_forecast_made_on_the_way_counts_from_then() -> None:
    forecast = Forecast(remaining={"x": 7200}, open=[(0, 2 * HOUR), (10 * HOUR, 25 * HOUR)])
    assert forecast.seconds(done=3600, measured=1, elapsed=1.5 * HOUR) == pytest.approx(9 * HOUR, rel=0.003)


# --- a number for each day --------------------------------------------------------------------------------------

GROWN = ((-math.inf, 200), (8 * HOUR, 300), (32 * HOUR, 450), (56 * HOUR, 675))


@pytest.mark.parametrize(
    ("people", "days", "hours"),
    [
        (200, GROWN, 0),
        (201, GROWN, 8),
        (500, GROWN, 8),
        (950, GROWN, 32),
        (951, GROWN, 56),
        # Numbers one by one; behind the last of them the sender is warm.
        (1_000_000, ((-math.inf, 50), (8 * HOUR, 100), (32 * HOUR, math.inf)), 32),
        # It begins in two days.
        (200, ((-math.inf, 0), (8 * HOUR, 0), (32 * HOUR, 200)), 32),
    ],
)
def test_a_number_for_each_day_is_counted_day_by_day(people: int, days: tuple, hours: float) -> None:
    told = Forecast(remaining={"x": people}, everybody=[Allowance(days=days)]).seconds()
    assert told is not None
    assert told / HOUR == pytest.approx(hours, rel=0.003, abs=0.001)


def test_what_a_day_allows_goes_when_its_quiet_hours_end() -> None:
    night = [(0, 2 * HOUR), (15 * HOUR, 26 * HOUR)]
    told = Forecast(remaining={"x": 300}, everybody=[Allowance(days=GROWN)], open=night).seconds()
    assert told is not None
    assert told / HOUR == pytest.approx(15, rel=0.003)
