"""Words that make another story of a sentence: death, injury, crime, guilt, drink, a sinking, a resignation, a cause.

A summary that is off by one common word is imprecise; by one of these it slanders. They are compared by class, so that
"was killed" may be told as "died". In scripts without capitals every word has to be in the article anyhow (`claims`);
only what is written with its particles is listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from digest.languages.patterns import whole_words
from digest.languages.tables import table_of, words
from digest.summarize.facts.claims import stems
from digest.text.words import fold

#: Words behind a cause that say what it was.
_REASON = 8


def weighty(sentence: str, language: str) -> frozenset[str]:
    """The classes of the weighty words in a sentence."""
    text = fold(sentence.replace("’", "'"))
    return frozenset(name for name, pattern in _patterns(language or "en") if pattern.search(text))


def reasons(sentence: str, language: str) -> Iterator[frozenset[str]]:
    """The words of each cause that a sentence gives."""
    text = fold(sentence.replace("’", "'"))
    for found in _cause(language or "en", "because").finditer(text):
        behind = re.split(r"[,;:–—()，。、]", text[found.end() :])[0]
        yield stems(" ".join(behind.split()[:_REASON]), language)


def gives_cause(sentence: str, language: str) -> bool:
    """Whether a sentence of an article says why, in words that a summary may tell as "because"."""
    return bool(_cause(language or "en", "because", "others").search(fold(sentence.replace("’", "'"))))


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = table_of(language, "grave").items()
    return tuple((name, re.compile(whole_words(map(fold, forms), language))) for name, forms in kinds)


@cache
def _cause(language: str, *keys: str) -> re.Pattern[str]:
    said = (fold(form) for key in keys for form in words(language, "causes", key))
    return re.compile(whole_words(said, language))
