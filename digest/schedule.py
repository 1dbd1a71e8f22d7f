"""When an issue is due: the newsletter's periods, and what the next run has to do. Pure; the clock is an argument."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.config import Cadence
from digest.model import Window

#: How far back a first issue looks, where `pick.window` does not say.
FIRST_WINDOW: dict[Cadence, timedelta] = {
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=31),
}

#: An issue looks this much further back than the end of the last one: feeds show an article some hours after the time
#: it carries (caches, scheduled posts). What was sent before is not picked again in any case.
LATE_ARRIVALS = timedelta(hours=12)


def period_of(day: date, cadence: Cadence) -> str:
    """The period that a day falls into, for which there is one issue: "2026-02-19", "2026-W08" or "2026-02"."""
    match cadence:
        case "daily":
            return day.isoformat()
        case "weekly":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02d}"
        case "monthly":
            return f"{day:%Y-%m}"


def window_of(
    *,
    now: datetime,
    cadence: Cadence,
    last_until: datetime | None,
    since: datetime | None = None,
    until: datetime | None = None,
    span: timedelta | None = None,
    first_span: timedelta | None = None,
) -> Window:
    """The span of time the next issue is about.

    Args:
        last_until: the end of the last issue's window; the next begins there.
        since, until, span: what the user asked for on the command line; they win.
        first_span: `pick.window`, for a first issue.
    """
    end = until or now
    if since is not None:
        return Window(since=since, until=end)
    if span is not None:
        return Window(since=end - span, until=end)
    if last_until is not None and last_until < end:
        return Window(since=last_until - LATE_ARRIVALS, until=end)
    return Window(since=end - (first_span or FIRST_WINDOW[cadence]), until=end)


def moment(text: str, *, zone: ZoneInfo, end_of_day: bool) -> datetime:
    """Read a date or time of the command line, in the newsletter's zone.

    A day alone means all of it: "--until 2026-02-19" takes what was published on the 19th.

    Raises:
        ValueError: it is neither a date nor a time.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        given = datetime.fromisoformat(text)
        return given if given.tzinfo else given.replace(tzinfo=zone)
    start = datetime.combine(day, time(), zone)
    return datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(seconds=1) if end_of_day else start
