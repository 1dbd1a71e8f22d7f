"""When an issue is due: the newsletter's periods, and what the next run has to do. Pure; the clock is an argument."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from digest.model import Window
from digest.settings import Cadence

#: How far back a first issue looks, where `pick.window` does not say.
FIRST_WINDOW: dict[Cadence, timedelta] = {
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=31),
}

#: An issue looks this much further back than the end of the last one: feeds show an article some hours after the time
#: it carries (caches, scheduled posts). What was sent before is not picked again in any case.
LATE_ARRIVALS = timedelta(hours=12)


#: The least that two times differ by.
_MOMENT = timedelta(microseconds=1)

#: No period is longer: the month.
LONGEST_PERIOD = timedelta(days=31)

#: Beyond these years a date is a slip of the keyboard; near the ends of the calendar no span can be taken off it.
FIRST_YEAR, LAST_YEAR = 1900, 2200


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


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRequest:
    """What the user asked the issue to be about; None where the schedule decides."""

    since: datetime | None = None
    until: datetime | None = None
    span: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a run of `digest send` has to do, and why."""

    action: Literal["send draft", "build", "send to this list too", "mail what was written", "nothing"]
    #: The key of the issue it is about; "" where one is still to be built.
    issue: str = ""
    why: str


def next_step(
    *,
    period: str,
    list_name: str,
    mailed: Mapping[str, str],
    held: Mapping[str, str] = MappingProxyType({}),
    written: Container[str] = (),
    by_mail: bool = True,
    draft: str = "",
    draft_period: str = "",
    edited: bool = False,
) -> Step:
    """What to do for a period and a list, once interrupted mailings have been seen to.

    Args:
        mailed: the lists that got an issue in this period, each with the issue's key, whenever its draft was built.
        held: issues that a person wants no more of to be mailed, each with the word for it: "was cancelled".
        draft: the key of the draft that waits, "" where none does.
        written: the issues of which messages were only written into a folder.
        by_mail: whether this run has a server to send by.
        edited: whether a person changed it.
    """
    if mailed:
        name = list_name if list_name in mailed else next(iter(mailed))
        issue, this = mailed[name], f"the issue of {period}"
        if issue in held:
            return Step(action="nothing", issue=issue, why=f"{this} {held[issue]}")
        if issue in written and by_mail:
            return Step(action="mail what was written", issue=issue, why=f"{this} was only written into outbox/ so far")
        went = f"{this} was {'written into outbox/ for' if issue in written else 'sent to'} {name}"
        return Step(action="nothing" if name == list_name else "send to this list too", issue=issue, why=went)
    return _by_draft(period, draft=draft, draft_period=draft_period, edited=edited)


def _by_draft(period: str, *, draft: str, draft_period: str, edited: bool) -> Step:
    """What there is to do for a period of which nobody has got an issue."""
    if draft and edited:
        return Step(action="send draft", issue=draft, why="its draft was edited and waits")
    if draft and draft_period == period:
        return Step(action="send draft", issue=draft, why="its draft waits")
    if draft:
        return Step(action="build", why=f"the draft that waits is of {draft_period} and nobody edited it")
    return Step(action="build", why=f"there is no issue of {period} yet")


def window_of(
    *,
    now: datetime,
    cadence: Cadence,
    last_until: datetime | None,
    waiting_since: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    span: timedelta | None = None,
    first_span: timedelta | None = None,
) -> Window:
    """The span of time the next issue is about.

    Args:
        last_until: the end of the last issue's window; the next begins there.
        waiting_since: where there was none yet, the begin of the first window that had too little news.
        since, until, span: what the user asked for on the command line; they win.
        first_span: `pick.window`, for a first issue.
    """
    end = until or now
    if since is not None:
        return Window(since=since, until=end)
    if span is not None:
        return Window(since=end - span, until=end)
    if last_until is not None and last_until < end:
        return Window(since=last_until - LATE_ARRIVALS, until=end, seen_until=last_until)
    first = end - (first_span or FIRST_WINDOW[cadence])
    return Window(since=min(first, waiting_since or first), until=end)


def moment(text: str, *, zone: ZoneInfo, end_of_day: bool) -> datetime:
    """Read a date or time of the command line, in the newsletter's zone.

    A day alone means all of it: "--until 2026-02-19" takes what was published on the 19th, and so does "--since", from
    its midnight on, which is when an article is from that names only the day.

    Raises:
        ValueError: it is neither a date nor a time.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        try:
            given = datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f'"{text}" is neither a day nor a time') from None
        return _known_year(given if given.tzinfo else given.replace(tzinfo=zone))
    # A window begins behind its first moment and ends with its last: midnight is the first one of its day.
    begins = _known_year(datetime.combine(day, time(), zone))
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    # In UTC: where a day's last hour comes twice, the time before midnight on the wall is of the first.
    return ((ends if end_of_day else begins).astimezone(UTC) - _MOMENT).astimezone(zone)


def _known_year(moment: datetime) -> datetime:
    """The moment. Raises ValueError where its year is none that a newsletter was written in."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f'"{moment.date()}" is out of the years {FIRST_YEAR} to {LAST_YEAR}')
    return moment
