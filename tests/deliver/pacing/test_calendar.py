"""Quiet hours and the first days of a sender, by the wall's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.pacing.calendar import moment_at, quiet_until, warm_up_limit

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


#: Changes by an hour, by half an hour, at midnight, in the other half of the year, by a whole day, and none.
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "America/Havana",
            "Africa/Cairo",
            "Asia/Beirut",
            "Atlantic/Azores",
            "Africa/Casablanca",
            "Pacific/Apia",
            "Asia/Kolkata",
            "UTC",
        )
    ]
)
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
CHANGES = st.sampled_from([datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])


def near_a_change() -> st.SearchStrategy[datetime]:
    return st.builds(lambda day, minutes: day + timedelta(minutes=minutes), CHANGES, st.integers(-600, 1200))


def says_quiet(moment: datetime, begin: time, end: time, zone: ZoneInfo) -> bool:
    """What the clock on the wall says, and nothing else."""
    clock = moment.astimezone(zone).time()
    return begin <= clock < end if begin <= end else clock >= begin or clock < end


@given(now=MOMENTS | near_a_change(), begin=st.times(), end=st.times(), zone=ZONES)
def test_nothing_is_sent_while_the_clock_on_the_wall_says_quiet(
    now: datetime, begin: time, end: time, zone: ZoneInfo
) -> None:
    ends = quiet_until(now, begin, end, zone)
    if says_quiet(now, begin, end, zone):
        assert ends is not None
    offsets = {(now + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-50, 51)}
    if len(offsets) == 1:
        assert (ends is not None) == says_quiet(now, begin, end, zone)


@given(now=MOMENTS | near_a_change(), begin=st.times(), end=st.times(), zone=ZONES, part=st.floats(0, 0.999))
def test_the_end_of_quiet_hours_stays_the_same_until_it_comes_and_is_a_time_that_the_clock_shows(
    now: datetime, begin: time, end: time, zone: ZoneInfo, part: float
) -> None:
    ends = quiet_until(now, begin, end, zone)
    if ends is None:
        return
    length = ends.astimezone(UTC) - now
    assert timedelta() < length
    assert quiet_until(now + length * part, begin, end, zone) == ends
    assert f"{ends}" == f"{ends.astimezone(UTC).astimezone(zone)}"


@given(now=MOMENTS | near_a_change(), clock=st.times(), zone=ZONES, last=st.booleans())
def test_a_time_of_the_clock_is_the_moment_at_which_it_is_reached(
    now: datetime, clock: time, zone: ZoneInfo, last: bool
) -> None:
    day = now.astimezone(zone).date()
    moment = moment_at(day, clock, zone, last=last)
    shown, before = (at.astimezone(zone).replace(tzinfo=None) for at in (moment, moment - timedelta(microseconds=1)))
    wall = datetime.combine(day, clock)
    assert shown >= wall
    assert shown == wall or before < wall


@pytest.mark.parametrize(
    ("now", "quiet", "zone", "told"),
    [
        # Clocks go forward over the end: 02:30 is never shown.
        ("2026-03-29T00:30", ("22:00", "02:30"), "Europe/Berlin", "29 Mar 03:00 CEST"),
        # They go back over it: 02:30 comes twice, and it is quiet until the second.
        ("2026-10-25T00:15", ("22:00", "02:30"), "Europe/Berlin", "25 Oct 02:30 CET"),
        ("2026-10-25T00:45", ("22:00", "02:30"), "Europe/Berlin", "25 Oct 02:30 CET"),
        # It begins in the hour that comes twice, and at a time that is never shown.
        ("2026-10-25T01:15", ("02:30", "07:00"), "Europe/Berlin", "25 Oct 07:00 CET"),
        ("2026-03-29T01:00", ("02:30", "07:00"), "Europe/Berlin", "29 Mar 07:00 CEST"),
        # Half an hour on Lord Howe.
        ("2026-04-04T14:45", ("22:00", "01:45"), "Australia/Lord_Howe", "05 Apr 01:45 +1030"),
        # Midnight is left out in Beirut, and comes twice in Havana.
        ("2026-03-28T21:59", ("22:00", "00:00"), "Asia/Beirut", "29 Mar 01:00 EEST"),
        ("2026-11-01T04:30", ("22:00", "00:45"), "America/Havana", "01 Nov 00:45 CST"),
        # Apia left out a whole day when it moved over the date line.
        ("2011-12-30T09:00", ("22:00", "07:00"), "Pacific/Apia", "31 Dec 00:00 +14"),
    ],
)
def test_the_end_is_told_in_the_hours_it_comes_in(now: str, quiet: tuple[str, str], zone: str, told: str) -> None:
    begin, end = map(time.fromisoformat, quiet)
    ends = quiet_until(datetime.fromisoformat(now).replace(tzinfo=UTC), begin, end, ZoneInfo(zone))
    assert ends is not None
    assert f"{ends:%d %b %H:%M %Z}" == told


def test_quiet_hours_that_the_change_leaves_out_are_none() -> None:
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    for seconds in (-1, 0, 1):
        assert quiet_until(change + timedelta(seconds=seconds), time(2, 10), time(2, 50), BERLIN) is None


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
