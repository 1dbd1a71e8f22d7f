"""Reads the dates of feeds: a string that is a date as a whole, by whatever program wrote it. Pure.

Feeds must date by RFC 822 (RSS) or RFC 3339 (Atom), and do so with all the oddities of the programs behind them, or by
the words of a language. Where `dates` finds a date in a line of prose, this one may take every part of the string for
a part of a date: first the time, with its half of the day and its zone, then the day from what is left.

A number that could be the month or the day (09/11/2026) names none. What programs write that know no date (year 0 or 1,
the start of their own calendar, its end) is none, either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

from digest.collect.article.calendars import day_of, without_eras
from digest.collect.article.days import written_day
from digest.collect.article.months import month_number
from digest.collect.article.zones import zone_of
from digest.languages.tables import either, merged
from digest.text.clean import clean_line

_LONGEST = 200
_MINUS = str.maketrans("\u2010\u2011\u2012\u2013\u2212،", "-----,")
_YEARS = range(1000, 2200)
#: What programs that know no date write, in any zone: the starts of the calendars of Windows, SQL Server, spreadsheets,
#: the old Macintosh and Unix; and the last second that 32 bits hold.
_NO_DATES = tuple(
    datetime(*day, tzinfo=UTC)
    for day in ((1601, 1, 1), (1753, 1, 1), (1899, 12, 30), (1900, 1, 1), (1904, 1, 1), (1970, 1, 1))
)
#: How much earlier and later they are in other zones, or as days without a time.
_EARLIER, _LATER = timedelta(days=1), timedelta(hours=14)
_LAST_OF_32_BITS = datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: "1764411300", in seconds to nanoseconds by its digits; ASP.NET's "/Date(1764411300000+0200)/" is in milliseconds.
_COUNT = re.compile(r"(?P<count>\d{9,10}|\d{13}|\d{16}|\d{19})(?:\.\d{1,9})?")
_ASP_NET = re.compile(r"\\?/Date\((?P<count>\d{1,14})(?:[+-]\d{4})?\)\\?/", re.IGNORECASE)
_PER_SECOND = {9: 1, 10: 1, 13: 10**3, 16: 10**6, 19: 10**9}
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_XML_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
#: RFC 822 as it should be, which is most of what is read: the long way takes ten times as long.
_RFC_822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) ([+-]\d{4}|[A-Z]{1,5})"
)

_COMMENT = re.compile(r"\(([^()]*)\)")
_SECONDS = r"(?P<second>\d{1,2})(?:[.,:](?P<fraction>\d{1,9})(?!\d))?"
_CLOCKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 20261129T101500, 2026-11-29T10Z
        rf"(?<=\d)[T_](?P<hour>\d\d)(?P<minute>\d\d)(?:{_SECONDS})?(?![\d:])",
        r"(?<=\d)T(?P<hour>\d\d)(?=\s*(?:Z|[+-]|$))",
        # 10:15, 10:15:00.123, 10h15, 10時15分30秒, 10시 15분
        (
            r"(?<![\d+])(?P<hour>\d{1,2})(?:\s?:\s?|\s?h\s?|\s?[時时点點시]\s?)(?P<minute>\d{1,2})"
            rf"(?:(?:\s?:\s?|\s?[分분]\s?|\s?m(?:in)?\s?){_SECONDS})?(?!\d)\s?[分분秒초]?"
        ),
    )
)
_OFFSET = r"(?:Z|UTC?|GMT)?\s?[+-]\s?\d{1,2}(?::?[0-5]\d)?(?::?[0-5]\d)?(?!\d)"
_PLACE = r"[A-Za-z]+(?:[_-][A-Za-z]+)*/[A-Za-z0-9_+/-]+"
_ZONE = rf"(?P<zone>{_OFFSET}|{_PLACE}|[A-Za-z]+(?: [A-Za-z]+){{1,2}} Time\b|[A-Za-z]{{1,5}}\b)"
_ZONE_AFTER = re.compile(rf"[\s,;\[]*{_ZONE}", re.IGNORECASE)
_ZONE_AT_END = re.compile(rf"[\s,;]{_ZONE}[\s\]]*$", re.IGNORECASE)
#: "0530" behind a date that needs no more numbers: an offset whose sign was lost, as "+" is in forms of the web.
_LOST_SIGN = re.compile(r"(?:^|\s)(\d\d[0-5]\d)\s*$")


@cache
def _late_clocks() -> tuple[re.Pattern[str], ...]:
    """Times that are looked for once the day is found: 10.15, 10 Uhr, 10 AM, 10時."""
    hours = either(merged("dates")["hours"])
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            r"(?<![\d.+])(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?:\.(?P<second>\d{2}))?(?![\d.])",
            (
                r"(?<![\d.+:])(?P<hour>\d{1,2})(?=\s?[ap]\.?\s?m\b)"
                rf"|(?<![\d.+:])(?P<whole>\d{{1,2}})\s?(?:{hours}\b|[時时点點시])"
            ),
        )
    )


@cache
def _unit() -> re.Pattern[str]:
    words = merged("dates")
    return re.compile(rf"\s*{either((*words['hours'], *words['units'], *words['feed_units']))}(?!\w)\.?", re.IGNORECASE)


@cache
def _half_of_day() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The half of the day behind a time, and before one."""
    words = merged("dates")
    half = rf"(?:(?P<forenoon>{either(words['forenoon'])})|(?P<afternoon>{either(words['afternoon'])}))"
    return re.compile(rf"\s*{half}", re.IGNORECASE), re.compile(rf"{half}\s*$", re.IGNORECASE)


def read_timestamp(written: str, *, zone: tzinfo = UTC) -> datetime | None:
    """The moment that a date of a feed names, in UTC; None where it names none.

    Args:
        zone: for a time without a zone of its own.
    """
    text = _normalized(written)
    if not text or not any(map(str.isdigit, text)):
        return None
    moment = _from_count(text) or _rfc_822(text) or _iso(text, zone) or _in_words(without_eras(text), zone)
    return moment if moment and not _is_placeholder(moment) else None


def _normalized(written: str) -> str:
    text = unicodedata.normalize("NFKC", clean_line(written[:_LONGEST])).translate(_MINUS).strip("\"' ")
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _is_placeholder(moment: datetime) -> bool:
    return (
        moment.year not in _YEARS
        or moment == _LAST_OF_32_BITS
        or any(-_EARLIER <= moment - start <= _LATER for start in _NO_DATES)
    )


def _from_count(text: str) -> datetime | None:
    """A number of seconds since 1970."""
    if asp_net := _ASP_NET.fullmatch(text):
        return _since_epoch(int(asp_net["count"]), 1_000)
    count = _COUNT.fullmatch(text)
    return _since_epoch(int(count["count"]), _PER_SECOND[len(count["count"])]) if count else None


def _since_epoch(count: int, per_second: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(seconds=count // per_second)
    except OverflowError:
        return None


def _rfc_822(text: str) -> datetime | None:
    parts = _RFC_822.fullmatch(text)
    zone = zone_of(parts[7]) if parts else None
    day = day_of(int(parts[3]), month_number(parts[2]), int(parts[1])) if parts and zone else None
    if not (parts and zone and day):
        return None
    return _moment(day, timedelta(hours=int(parts[4]), minutes=int(parts[5]), seconds=int(parts[6])), zone)


def _iso(text: str, zone: tzinfo) -> datetime | None:
    """What is ISO 8601 as the standard library reads it; digits alone are a date and a time without marks."""
    if digits := _DIGITS.fullmatch(text):
        text = f"{digits[1]}-{digits[2]}-{digits[3]}T{digits[4] or '00'}:{digits[5] or '00'}:{digits[6] or '00'}"
    if xml := _XML_DAY.fullmatch(text):
        text = f"{xml[1]}T00:00:00{xml[2]}"
    try:
        moment = datetime.fromisoformat(text.upper())
        if not 1500 <= moment.year < 2500:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _in_words(text: str, zone: tzinfo) -> datetime | None:
    comments = _COMMENT.findall(text)
    bare = _COMMENT.sub(" ", text).replace("(", " ").replace(")", " ")
    clock = next((found for pattern in _CLOCKS if (found := pattern.search(bare))), None)
    if clock is None:
        return _with_late_clock(bare, comments, zone)
    since_midnight, named, before, after = _split_at_clock(bare, clock)
    day, left = written_day(f"{before} {after}")
    if day is None:
        return None
    if named is None and (lost := _LOST_SIGN.search(left)):
        named = zone_of(f"+{lost[1]}")
    named = named or _zone_at_end(f"{before} {after}") or next(filter(None, map(zone_of, comments)), None)
    return _moment(day, since_midnight, named or zone)


def _with_late_clock(text: str, comments: list[str], zone: tzinfo) -> datetime | None:
    """A day, and then a time in a form that looks like a part of a day until that is taken out."""
    day, left = written_day(text)
    if day is None:
        return None
    clock = next((found for pattern in _late_clocks() if (found := pattern.search(left))), None)
    if clock is None:
        return _moment(day, timedelta(), next(_zones(left, comments), None) or zone)
    since_midnight, named, before, after = _split_at_clock(left, clock)
    return _moment(day, since_midnight, named or next(_zones(f"{before} {after}", comments), None) or zone)


def _zones(text: str, comments: list[str]) -> Iterator[tzinfo]:
    yield from filter(None, (_zone_at_end(text), *map(zone_of, comments)))


def _split_at_clock(text: str, clock: re.Match[str]) -> tuple[timedelta, tzinfo | None, str, str]:
    """How long after midnight, in which zone, and what stands before and after that."""
    before, after = text[: clock.start()], text[clock.end() :]
    if unit := _unit().match(after):
        after = after[unit.end() :]
    half_after, half_before = _half_of_day()
    half = half_after.match(after)
    if half:
        after = after[half.end() :]
    elif half := half_before.search(before):
        before = before[: half.start()]
    zone = _ZONE_AFTER.match(after)
    named = zone_of(zone["zone"]) if zone else None
    if zone and named:
        after = after[zone.end() :]
    return _since_midnight(clock, half), named, before, after


def _since_midnight(clock: re.Match[str], half: re.Match[str] | None) -> timedelta:
    """None of the time where it is no time of a day: then only the day is known."""
    parts = clock.groupdict()
    hour, minute = int(parts["hour"] or parts["whole"]), int(parts.get("minute") or 0)
    # A leap second has no moment of its own in most calendars of programs.
    second = min(int(parts.get("second") or 0), 60)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half["afternoon"] else 0)
    if hour > 24 or minute > 59:
        return timedelta()
    fraction = (parts.get("fraction") or "")[:6].ljust(6, "0")
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59), microseconds=int(fraction))


def _zone_at_end(text: str) -> tzinfo | None:
    zone = _ZONE_AT_END.search(text)
    return zone_of(zone["zone"]) if zone else None


def _moment(day: date, since_midnight: timedelta, zone: tzinfo) -> datetime | None:
    try:
        return (datetime.combine(day, time(), zone) + since_midnight).astimezone(UTC)
    except OverflowError:
        return None
