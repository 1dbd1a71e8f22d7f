"""The names of months, in the languages that feeds and pages write dates in.

A name that means different months in different languages ("listopad" is October in Croatian, November in Polish and
Czech) is in the file of one of them; the others lack it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from digest.languages.tables import merged


def plain(text: str) -> str:
    """Text as names are compared in: composed, without case; "İ" is an "i", as in Turkish."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).replace("İ", "i").casefold())


def numbered(rows: Iterable[str]) -> dict[str, int]:
    """Plain names → 1 to 12, of rows of twelve names with blanks between them and "_" for a blank in one."""
    return {plain(name.replace("_", " ")): number for row in rows for number, name in enumerate(row.split(), start=1)}


@lru_cache(maxsize=4096)
def month_number(name: str) -> int:
    """1 to 12; 0, which is no month, of what is no name of one."""
    return _numbers().get(plain(name), 0)


@cache
def any_month() -> str:
    """For a pattern: any name, the longest first."""
    return "|".join(sorted(map(re.escape, _numbers()), key=len, reverse=True))


@cache
def prefixes() -> str:
    """The letters that are written in front of a month: "in" in Hebrew."""
    return "".join(merged("months")["prefixes"])


@cache
def _numbers() -> dict[str, int]:
    return numbered(merged("months")["names"])
