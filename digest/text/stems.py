"""Words cut to what their forms have in common."""

from __future__ import annotations

import re
from functools import cache

from digest.languages import tables
from digest.text.words import stop_words, tokens


def stems(text: str) -> tuple[str, ...]:
    """The words of a text in order, cut to what their forms have in common."""
    return tuple(stem(word) for word in tokens(text))


@cache
def stop_stems(language: str) -> frozenset[str]:
    """What is left of the words that carry no meaning."""
    return frozenset(stem(word) for word in stop_words(language))


@cache
def stem(word: str) -> str:
    """One folded word, cut."""
    # Near enough: with Porter's rules the writers' summaries score the same, with whole words 0.004 less in ROUGE-2.
    return _ending().sub("", word)[:7]


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?<=...){tables.either(tables.merged('stems')['endings'])}$")
