"""Reads the dates that people and programs write into lines: bylines, front matter, meta tags, file names.

Only dates with a year are read, and only those that mean one day: "09/11/2023" is the ninth of November or the eleventh
of September, so it is left alone unless one of the numbers cannot be a month. Relative dates ("2 hours ago") say
nothing without the moment they were written at and are left alone, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from digest.collect.article.months import any_month, month_number, prefixes
from digest.languages.tables import either, merged

#: Short names of zones that news pages print; IST is India's there.
_ZONES = {
    name: zone
    for zone, names in {
        "America/New_York": "ET EST EDT",
        "America/Chicago": "CT CST CDT",
        "America/Denver": "MT MST MDT",
        "America/Los_Angeles": "PT PST PDT",
        "Europe/London": "BST",
        "Europe/Paris": "CET CEST MEZ MESZ",
        "Europe/Athens": "EET EEST",
        "Europe/Moscow": "MSK",
        "Asia/Kolkata": "IST",
        "Asia/Singapore": "SGT",
        "Asia/Hong_Kong": "HKT",
        "Asia/Tokyo": "JST",
        "Asia/Seoul": "KST",
        "Australia/Sydney": "AEST AEDT",
    }.items()
    for name in names.split()
}
_ZONE = "(?:Z|UTC|GMT|" + "|".join(_ZONES) + ")"

#: "5:30 PM ET, Sep 11, 2023": a time that comes first.
_TIME_BEFORE = re.compile(
    rf"(?P<hour>\d{{1,2}})[:.h](?P<minute>\d{{2}})\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>{_ZONE}\b)?"
    r"(?:[\s,;|·•@–—-]+[^\W\d]{2,10}\.?)?[\s,;|·•@–—-]*$",
    re.IGNORECASE,
)

#: The day before is the start of the calendar of programs, which write it where they know no date.
_FIRST_DAY, _LAST_DAY = date(1970, 1, 2), date(2199, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A date as it stands in a line."""

    #: Aware; midnight in the given zone where no time is written.
    moment: datetime
    #: False where only the day is written.
    timed: bool
    #: Where it stands in the line, its time included.
    start: int
    end: int


def find_date(line: str, *, zone: tzinfo = UTC) -> WrittenDate | None:
    """The first date in a line; a time without a zone of its own is read in `zone`."""
    found = sorted(_dates(line), key=lambda pair: pair[1].start())
    if not found:
        return None
    day, match = found[0]
    return _with_time(line, day, match.start(), match.end(), zone)


def read_date(text: str, *, zone: tzinfo = UTC) -> datetime | None:
    """The moment that a meta tag or a front matter value names, None where it names none."""
    found = find_date(text, zone=zone)
    return found.moment if found else None


def _dates(line: str) -> Iterator[tuple[date, re.Match[str]]]:
    for pattern in _patterns():
        for match in pattern.finditer(line):
            day = _day(match)
            if day is not None:
                yield day, match
                break


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if parts.get("first"):
        month, day = _month_and_day(int(parts["first"]), int(parts["second"]))
    else:
        month, day = _month(parts), int(parts["day"])
    year = int(parts["year"])
    try:
        named = date(year, month, day)
    except ValueError:
        return None
    return named if _FIRST_DAY <= named <= _LAST_DAY else None


def _month(parts: dict[str, str]) -> int:
    # 0, which is no month, for what only looks like a name: without regard to case, "ı" is an "i".
    return int(parts["number"]) if parts.get("number") else month_number(parts["month"])


def _month_and_day(first: int, second: int) -> tuple[int, int]:
    """Which of two numbers is the month; (0, 0), which is no date, where both could be."""
    if first == second or (first <= 12 < second):
        return first, second
    return (second, first) if second <= 12 < first else (0, 0)


def _with_time(line: str, day: date, start: int, end: int, zone: tzinfo) -> WrittenDate:
    after, before = _time().match(line, end), _TIME_BEFORE.search(line[:start])
    for match in (after, before):
        clock = _clock(match) if match else None
        if match and clock is not None:
            moment = datetime.combine(day, clock, _zone(match["zone"]) or zone)
            span = (start, match.start() + len(match[0].rstrip(" ("))) if match is after else (match.start(), end)
            return WrittenDate(moment=moment, timed=True, start=span[0], end=span[1])
    return WrittenDate(moment=datetime.combine(day, time(), zone), timed=False, start=start, end=end)


def _clock(match: re.Match[str]) -> time | None:
    parts = match.groupdict()
    if parts.get("minute") is None and parts["half"] is None:
        return None
    hour, minute, second = int(parts["hour"]), int(parts["minute"] or 0), int(parts.get("second") or 0)
    if parts["half"] and hour <= 12:
        hour = hour % 12 + (12 if parts["half"].lower().startswith("p") else 0)
    try:
        return time(hour, minute, min(second, 59))
    except ValueError:
        return None


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    name = name.upper().replace(" ", "")
    if name in {"Z", "UTC", "GMT"}:
        return UTC
    offset = re.search(r"([+-])(\d{2}):?(\d{2})$", name)
    if offset:
        span = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-span if offset[1] == "-" else span) if span < timedelta(hours=24) else None
    return ZoneInfo(_ZONES[name]) if name in _ZONES else None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = merged("dates")
    before = f"[{prefixes()}]?" if prefixes() else ""
    month = f"{before}(?P<month>{any_month()})"
    of_month, of_year = either(words["of_month"]), either(words["of_year"])
    ordinals, behind_month = either(words["ordinals"]), either(words["ordinals_behind_month"])
    patterns = (
        r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})\s*[年년]\s*(?P<number>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]",
        # 11 September 2023, 11. Sept. 2023, 1er mars 2023, 11 de septiembre de 2023, 11th of September, 2023
        (
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:{ordinals}|\.)?[\s-]*(?:{of_month}\s+)?\b{month}\b\.?,?[\s-]*"
            rf"(?:{of_year}\s+)?(?P<year>\d{{4}})(?!\d)"
        ),
        # September 11, 2023; Sep. 11th 2023
        # The first bracket only looks for a word before a number: most words of a line have none, and 500 names cost.
        rf"\b(?=[^\s\d]{{2,20}}[\s-]*\d){month}\b\.?[\s-]*(?P<day>\d{{1,2}}){behind_month}?,?[\s-]+(?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})[./](?P<number>\d{1,2})[./](?P<day>\d{1,2})(?!\d)",
        r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)",
        r"(?<![\d/-])(?P<first>\d{1,2})(?P<mark>[/-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@cache
def _time() -> re.Pattern[str]:
    """Behind a date its time: "Sep 11, 2023 - 17:30", "2023-09-11T17:30", "le 11 mars 2023 à 17h30"."""
    words = merged("dates")
    before, units = either(words["before_time"]), either((*words["hours"], *words["units"]))
    return re.compile(
        rf"[\s,;|·•@T()–—-]*{before}?\s*"
        rf"(?P<hour>\d{{1,2}})(?:[:.h时時](?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,]\d+)?)?)?(?!\d)"
        rf"\s*(?P<half>[ap]\.?m\b\.?)?"
        rf"\s*(?:{units}\b)?\s*\(?(?P<zone>(?:UTC|GMT)?\s?[+-]\d{{2}}:?\d{{2}}|{_ZONE}\b)?",
        re.IGNORECASE,
    )
