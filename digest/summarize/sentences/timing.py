"""When a sentence speaks: of a day that it names from its own ("this morning"), or of a time gone by ("last year").

A digest is read days after its articles were written, and by then "tomorrow" is the wrong day. What was a year ago is
where a story comes from, not what happened.
"""

from __future__ import annotations

import re
from functools import cache

from digest.languages.patterns import whole_words
from digest.languages.tables import words
from digest.text.words import fold

_YEAR = re.compile(r"(?<![\d.,$€£-])(?:19|20)\d\d(?![\d%]|[.,]\d)")


def names_its_own_day(text: str, language: str) -> bool:
    """Whether a sentence is true on the day of its article only."""
    return bool(_phrases(language or "en", "own_day").search(_spaced(text)))


def is_of_the_past(text: str, language: str, *, year: int) -> bool:
    """Whether a sentence speaks of an earlier year than `year`."""
    earlier = any(int(found) < year for found in _YEAR.findall(text))
    return earlier or bool(_phrases(language or "en", "long_ago").search(_spaced(text)))


@cache
def _phrases(language: str, key: str) -> re.Pattern[str]:
    some = (re.escape(_spaced(phrase).strip()) for phrase in words(language, "timing", key))
    # A vowel sign of Devanagari is no letter to `re`: "कल" is not in "कला".
    return re.compile(rf"{whole_words(some, language)}(?![\u0900-\u097f])")


def _spaced(text: str) -> str:
    """A folded text with a space for each apostrophe, whichever it was."""
    return fold(text).replace("'", " ")
