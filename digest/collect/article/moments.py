"""When an article was published, as far as what is said of it can be believed. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

#: What is older gets this date: later arithmetic in other zones must not leave the calendar.
EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_LAST_YEAR = 9000
_REST_OF_DAY = timedelta(days=1) - timedelta(seconds=1)
_LAST_SECOND = time(23, 59, 59)
#: A clock in another zone, taken for UTC, is at most 14 hours ahead; what is further in the future is only announced.
_CLOCK_ERROR = timedelta(hours=14)
_DAY_IN_LINK = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905  # words as words
)


def day_in_link(link: str, *, zone: tzinfo = UTC) -> datetime | None:
    """The midnight of the day that an address names: /2026/02/17/."""
    day = _DAY_IN_LINK.search(link)
    try:
        return datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=zone) if day else None
    except ValueError:
        return None


def end_of_day(moment: datetime) -> datetime:
    """The last second of a day of which only the date is known; any other moment as it is."""
    return moment + _REST_OF_DAY if moment.time() == time() and moment.year <= _LAST_YEAR else moment


def is_announced(moment: datetime, *, now: datetime) -> bool:
    """Whether a time is ahead by more than clocks are set wrong."""
    return moment - now > _CLOCK_ERROR


def not_ahead(moment: datetime, *, now: datetime) -> datetime:
    """A time ahead by no more than clocks are set wrong is now; what is only announced keeps its time."""
    return moment if is_announced(moment, now=now) else min(moment, now)


def day_here(moment: datetime, *, now: datetime) -> datetime:
    """A day without a time, which is its end in UTC, as its end in the zone of `now`; other moments as they are.

    East of Greenwich readers would else see the day after. Today is not over yet: it becomes now.
    """
    named = moment.tzinfo in {UTC, now.tzinfo} and moment.time() == _LAST_SECOND and moment.year <= _LAST_YEAR
    if not named:
        return moment
    ends = moment.replace(tzinfo=now.tzinfo)
    return min(ends, now) if ends.date() == now.date() else ends


def long_date(moment: date) -> str:
    """ "3 May 2024", whatever the locale."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
