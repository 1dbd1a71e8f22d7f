"""When a sender may send, and how much in its first days. Pure: the caller has the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

#: Places of the earth whose days differ are less than a day apart.
_DAY = timedelta(days=1)


def moment_at(day: date, clock: time, zone: tzinfo, *, last: bool = False) -> datetime:
    """When the clock on the wall shows a time, in UTC: differences of times in one zone would be those on the wall.

    A time that is left out as clocks go forward is the moment at which they do; of one that is shown twice as they go
    back it is the first, or the last.
    """
    wall = datetime.combine(day, clock, tzinfo=zone).replace(fold=int(last))
    moment = wall.astimezone(UTC)
    if _shown(moment, zone) == wall.replace(tzinfo=None):
        return moment
    # Of a time that is left out, fold tells by which of the two offsets it is read (PEP 495): the change lies between.
    before, after = (wall.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        before, after = (middle, after) if _shown(middle, zone) < wall.replace(tzinfo=None) else (before, middle)
    return after.replace(microsecond=0)


def _shown(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def quiet_hours(day: date, begin: time, end: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """From when to when the quiet hours of a day last, in UTC; never less than the clock on the wall says."""
    return moment_at(day, begin, zone), moment_at(day + _DAY if end < begin else day, end, zone, last=True)


def quiet_until(now: datetime, begin: time, end: time, zone: tzinfo) -> datetime | None:
    """When the quiet hours end that it is now, by the clock of `zone`; None where it is not.

    Args:
        begin, end: by the clock on the wall in `zone`; an end before the begin is of the next day. Where both are the
            same there are none.
    """
    if begin == end:
        return None
    today = now.astimezone(zone).date()
    spans = (quiet_hours(day, begin, end, zone) for day in (today - _DAY, today, today + _DAY))
    return next((ends.astimezone(zone) for begins, ends in spans if begins <= now < ends), None)


def warm_up_limit(today: date, since: date, *, start: int, factor: float, days: Sequence[int] = ()) -> int | None:
    """How many messages a new sender may send on a day; None where it is warm.

    Providers trust a sender by its history: one that nobody knows and that sends a hundred thousand is a spammer.

    Args:
        since: the first day.
        start, factor: so many on the first day, each day so many times more.
        days: the days' numbers one by one, instead; behind the last one the sender is warm.
    """
    day = (today - since).days
    if day < 0:
        return 0
    if days:
        return days[day] if day < len(days) else None
    if not start:
        return None
    # Behind a million a day nobody counts any more; and no power of a large number is ever computed.
    grown = start * factor ** min(day, 60)
    return int(grown) if grown < 1_000_000 else None
