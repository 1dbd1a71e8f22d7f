"""Finds the day in a string that is a date as a whole, its time already taken out. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from digest.collect.article.calendars import day_of, persian_month
from digest.collect.article.months import month_number, prefixes
from digest.languages.tables import either, merged

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/._年년]\s?(\d{1,2})\s?[-/._月월]\s?(\d{1,2})(?!\d)\s?[日일号號]?")
_DIGITS = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)")
_WEEK = re.compile(r"(?<!\d)(\d{4})-?W(\d\d)(?:-?([1-7]))?(?!\d)", re.IGNORECASE)
_DAY_OF_YEAR = re.compile(r"(?<!\d)(\d{4})-?(\d{3})(?!\d)")
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)(?!\d)")
_EITHER_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?([/-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)")
_MONTH_ALONE = re.compile(r"\s*(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[月월]?\s*")
_WORD = re.compile(r"\d+|[^\W\d_][^\s\d,;:/()_-]*")
#: Of a year in two digits those below it are of this century (RFC 5322 §4.3).
_THIS_CENTURY = 50


def written_day(text: str) -> tuple[date | None, str]:
    """The day that a string names, None where it names none or could mean two; and what of the string is left."""
    for pattern, read in _forms():
        for match in pattern.finditer(text):
            if day := read(match):
                return day, f"{text[: match.start()]} {text[match.end() :]}"
    return _in_words(text)


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(group) for group in match.groups() if group and group.isdigit()]


def _year_first(match: re.Match[str]) -> date | None:
    year, month, day = _numbers(match)
    return day_of(year, month, day)


def _day_first(match: re.Match[str]) -> date | None:
    day, month, _ = _numbers(match)
    return day_of(_whole_year(match[3]), month, day)


def _either_first(match: re.Match[str]) -> date | None:
    first, second, _ = _numbers(match)
    if len(match[4]) == 2 and match[2] == "-":
        # 26-11-29 may begin with the year as well.
        return None
    month, day = (first, second) if second > 12 else (second, first)
    ambiguous = first != second and max(first, second) <= 12
    return None if ambiguous else day_of(_whole_year(match[4]), month, day)


def _of_week(match: re.Match[str]) -> date | None:
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None


def _of_year(match: re.Match[str]) -> date | None:
    year, count = _numbers(match)
    first = day_of(year, 1, 1)
    day = date.fromordinal(first.toordinal() + count - 1) if first and 1 <= count <= 366 else None
    return day if day and first and day.year == first.year else None


def _month_alone(match: re.Match[str]) -> date | None:
    year, month = _numbers(match)
    return day_of(year, month, 1)


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]], ...]:
    return (
        (_YEAR_FIRST, _year_first),
        (_DAY_FIRST, _day_first),
        (_EITHER_FIRST, _either_first),
        (_with_words(), _day_first),
        (_WEEK, _of_week),
        (_DIGITS, _year_first),
        (_DAY_OF_YEAR, _of_year),
        (re.compile(rf"\A{_MONTH_ALONE.pattern}\Z"), _month_alone),
    )


def _with_words() -> re.Pattern[str]:
    """ "29 tháng 11 năm 2026" is "29 month 11 year 2026"."""
    words = merged("dates")
    month, year = either(words["before_month"]), either(words["before_year"])
    return re.compile(
        rf"(?<!\d)(\d{{1,2}})\s*{month}\s*(\d{{1,2}})\s*,?\s*(?:{year}\s*)?(\d{{4}})(?!\d)", re.IGNORECASE
    )


def _in_words(text: str) -> tuple[date | None, str]:
    """A date with the name of its month: "Sun, 29 Nov 2026", "Nov 29, 26", "29 de noviembre de 2026", "Nov 2026"."""
    words = list(_WORD.finditer(text))
    months = [(position, number, persian) for position, number, persian in _months(words) if number]
    # "Mar, 29 Nov 2026" is a Tuesday: of two names the one between numbers is the month's.
    months.sort(key=lambda month: _beside_numbers(words, month[0]))
    if not months:
        return None, text
    position, month, persian = months[-1]
    numbers = sorted(
        (word for word in words if word[0].isdigit()),
        key=lambda word: abs(words.index(word) - position),
    )[:2]
    numbers.sort(key=lambda word: word.start())
    day = _day_and_year([word[0] for word in numbers], month, persian=persian)
    left = text
    for word in sorted((*numbers, words[position]), key=lambda word: -word.start()):
        left = f"{left[: word.start()]} {left[word.end() :]}"
    return day, " ".join(left.split(",")).strip()


def _months(words: list[re.Match[str]]) -> list[tuple[int, int, bool]]:
    found = []
    for position, word in enumerate(words):
        name = word[0].strip(".")
        two = f"{name} {words[position + 1][0].strip('.')}" if position + 1 < len(words) else name
        number = month_number(two) or month_number(name) or month_number(name.lstrip(prefixes()))
        found.append((position, number or persian_month(name), not number))
    return found


def _beside_numbers(words: list[re.Match[str]], position: int) -> int:
    beside = words[max(0, position - 1) : position + 2]
    return sum(word[0].isdigit() for word in beside)


def _day_and_year(numbers: list[str], month: int, *, persian: bool) -> date | None:
    """By the two numbers that are nearest to the month, in their order."""
    if len(numbers) == 1 and len(numbers[0]) == 4:
        return day_of(int(numbers[0]), month, 1, persian=persian)
    if len(numbers) != 2 or max(map(len, numbers)) > 4:
        return None
    day, year = (numbers[1], numbers[0]) if len(numbers[0]) > 2 else (numbers[0], numbers[1])
    return day_of(_whole_year(year), month, int(day), persian=persian) if len(day) <= 2 else None


def _whole_year(written: str) -> int:
    """ "26" is 2026, "99" 1999, and "126" what programs write that count from 1900; "0001" is the year 1."""
    year = int(written)
    if len(written) > 3:
        return year
    return year + 2000 if year < _THIS_CENTURY else year + 1900
