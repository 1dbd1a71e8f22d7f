"""What else begins a sentence that leans on the one before: "according to him", "added that", "such", "the man".

Pronouns that open a sentence and connectives are in `openings`.
"""

from __future__ import annotations

import re
from functools import cache

from digest.languages.patterns import as_spoken
from digest.languages.tables import either, words


@cache
def leaning_words(language: str) -> re.Pattern[str]:
    """What matches a sentence that leans so; nothing does where a language has no words for it."""
    ways = [
        *_one_then_other(language, "after", "whom", blanks=r"\s+"),
        *_one_then_other(language, "says", "that", blanks=r"\s*"),
        *_some(language, "such"),
        *_people(language),
    ]
    # A vowel sign of Hindi is no \w.
    return re.compile(rf"\W*{either(ways)}(?![\w\u0900-\u097f-])", re.IGNORECASE)


def drops_subject(sentence: str, language: str) -> bool:
    """Whether a sentence begins with what somebody did whom it does not name."""
    return bool(_acting(language).match(sentence))


@cache
def _acting(language: str) -> re.Pattern[str]:
    acts, then = either(_some(language, "acts")), either(_some(language, "then"))
    return re.compile(rf"\W*{acts}(?!\w)\s*{then}(?!\w)", re.IGNORECASE)


def _one_then_other(language: str, one: str, other: str, *, blanks: str) -> tuple[str, ...]:
    first = _some(language, one)
    return (rf"{either(first)}{blanks}{either(_some(language, other))}",) if first else ()


def _people(language: str) -> tuple[str, ...]:
    """Persons that a noun alone names, unless what is behind it says which: "el hombre de Ashford", or a name."""
    people, which = _some(language, "people"), either(_some(language, "which"))
    return (rf"{either(people)}(?![\w-])(?!,?\s+{which}(?!\w)|\s+(?-i:[A-ZÀ-Þ]))",) if people else ()


def _some(language: str, key: str) -> tuple[str, ...]:
    return as_spoken(words(language, "leaning", key))
