"""How numbers, money, months and days are spelled.

All of it is folded as `text.words.fold` does: small letters, no accents. What a language's table lacks is not taken for
a number; the word must then be found in the source like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from digest.languages.tables import merged, table_of, words
from digest.text.words import fold

#: A currency's name in the tables → its signs, of which the first names it here.
_SIGNS = {
    "dollar": "$ usd",
    "euro": "€ eur",
    "pound": "£ gbp",
    "yen": "¥ rmb 円 元",
    "rupee": "₹ inr",
    "rouble": "₽",
    "zloty": "zl pln",
    "franc": "chf",
}


@cache
def number_words(language: str) -> Mapping[str, int]:
    """Words for a count → its value. Without one: "one", "un" and "ein" are articles and pronouns more often."""
    counts = {fold(word): value for value, word in enumerate(words(language, "numerals", "counts"), start=2)}
    tens = {fold(word): 10 * value for value, word in enumerate(words(language, "numerals", "tens"), start=3)}
    return counts | tens | _valued(words(language, "numerals", "others"))


@cache
def magnitudes() -> Mapping[str, int]:
    """Words → what a number before them is multiplied by."""
    return _valued(merged("numerals")["magnitudes"])


@cache
def attached_magnitudes() -> Mapping[str, int]:
    """The same, written right behind the digits."""
    return _valued(merged("numerals")["attached"])


@cache
def myriads() -> Mapping[str, int]:
    """The same in Chinese and Japanese, behind the digits without a space."""
    return _valued(merged("numerals")["attached_characters"])


@cache
def percent() -> frozenset[tuple[str, ...]]:
    """What stands behind a percentage, as its one or two words."""
    return frozenset([("%",), *(tuple(fold(word).split()) for word in merged("numerals")["percent"])])


@cache
def currencies() -> Mapping[str, str]:
    """A currency's signs and words → the first of its signs."""
    return {
        word: signs.split()[0]
        for name, signs in _SIGNS.items()
        for word in (*signs.split(), *map(fold, merged("currencies")[name]))
    }


@cache
def months(language: str) -> Mapping[str, str]:
    """Months, also shortened ones → their name in all languages."""
    full = next(iter(words(language, "months", "names")), "")
    short = _valued(words(language, "calendar", "short_months"))
    return _numbered(full.split(), "month") | {word: f"month {number}" for word, number in short.items()}


@cache
def capital_months(language: str) -> frozenset[str]:
    """Months that are also words: dates only where they have a capital."""
    return frozenset(map(fold, words(language, "calendar", "capital_months")))


@cache
def days(language: str) -> Mapping[str, str]:
    """Days of the week → their name in all languages."""
    return _numbered(words(language, "calendar", "days"), "day")


@cache
def relative_days(language: str) -> frozenset[str]:
    """Days that are counted from the day of writing."""
    return frozenset(map(fold, words(language, "calendar", "relative_days")))


@cache
def spans(language: str) -> frozenset[str]:
    """Words for times of which every story has several. Weeks and months are fewer."""
    return frozenset(map(fold, words(language, "calendar", "spans")))


@cache
def bounds(language: str) -> Mapping[tuple[str, ...], str]:
    """The words before a number that bound it → how, longest first: "no more than" ends with "more than"."""
    rows = ((tuple(fold(word).split()), how) for how, some in table_of(language, "bounds").items() for word in some)
    return dict(sorted(rows, key=lambda row: -len(row[0])))


def _valued(rows: Iterable[str]) -> dict[str, int]:
    """Word → value, of rows of a value and its words."""
    return {fold(word): int(value) for value, *some in map(str.split, rows) for word in some}


def _numbered(names: Iterable[str], kind: str) -> dict[str, str]:
    return {fold(name): f"{kind} {at}" for at, name in enumerate(names, start=1)}
