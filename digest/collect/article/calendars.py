"""Years of other calendars that programs write into dates as if they were ours. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache, lru_cache

from digest.collect.article.months import numbered, plain
from digest.languages.tables import merged

_BUDDHIST_AHEAD = 543
#: Buddhist years of 1970 to 2100, Persian ones of 1991 to 2041. Nothing in a feed is of 1405 or 2569 by our calendar.
#: Years of the Islamic calendar are above the latter; they name no day without tables of the moon.
_BUDDHIST, _PERSIAN, _UNKNOWN = range(2513, 2644), range(1370, 1421), range(1000, 1500)
_LONG_MONTHS, _LONG, _SHORT = 6, 31, 30


def without_eras(text: str) -> str:
    """The text with years of an era as years of ours: "令和8年" is "2026年"."""
    eras = _eras()
    pattern = rf"({'|'.join(eras)})\s?(\d{{1,3}}|元)\s?年"
    return re.sub(pattern, lambda era: f"{eras[era[1]] + (1 if era[2] == '元' else int(era[2]))}年", text)


@cache
def _eras() -> dict[str, int]:
    """What a year of an era adds to the count (令和8年 is 2026, 民國115年 too)."""
    return {name: int(years) for name, years in map(str.split, merged("dates")["eras"])}


@lru_cache(maxsize=4096)
def persian_month(name: str) -> int:
    """1 to 12; 0 of what is no month of the Persian calendar."""
    return _persian_numbers().get(plain(name), 0)


@cache
def _persian_numbers() -> dict[str, int]:
    return numbered(merged("months")["persian"])


def day_of(year: int, month: int, day: int, *, persian: bool = False) -> date | None:
    """The day that three numbers mean, whatever the calendar of the year is; None where there is no such day."""
    try:
        if persian or year in _PERSIAN:
            return _persian(year, month, day)
        if year in _UNKNOWN:
            return None
        return date(year - _BUDDHIST_AHEAD if year in _BUDDHIST else year, month, day)
    except (ValueError, OverflowError):
        return None


def _persian(year: int, month: int, day: int) -> date | None:
    """By the 33-year rule, which is right from 1206 to 1497 (Borkowski, "The Persian calendar for 3000 years")."""
    length = _LONG if month <= _LONG_MONTHS else _SHORT
    if not (1206 <= year <= 1497 and 1 <= month <= 12 and 1 <= day <= length):
        return None
    before = 31 * (month - 1) - max(0, month - 1 - _LONG_MONTHS)
    # The first day of 1206 was 22 March 1827; of 33 years, 8 have a day more.
    leaps = sum((25 * earlier + 11) % 33 < 8 for earlier in range(1206, year))
    return date(1827, 3, 22) + timedelta(days=365 * (year - 1206) + leaps + before + day - 1)
