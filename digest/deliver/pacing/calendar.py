"""When a sender may send, and how much in its first days. Pure: the caller has the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo


def quiet_until(now: datetime, begin: time, end: time, zone: tzinfo) -> datetime | None:
    """When the quiet hours end that it is now; None where it is not.

    Args:
        begin, end: by the clock on the wall in `zone`; an end before the begin is of the next day. Where both are the
            same there are none.
    """
    local = now.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    over_night = end < begin
    quiet = (clock >= begin or clock < end) if over_night else begin <= clock < end
    if not quiet:
        return None
    day = local.date() + timedelta(days=int(over_night and clock >= begin))
    return datetime.combine(day, end, tzinfo=zone)


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
