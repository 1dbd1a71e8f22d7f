"""Sentences in which an author talks to the readers: "I ...", "you can ...", "Keep those in mind".

Talk is understood in a row, from its beginning on. Papers and agencies report in the third person and lose nothing by
that rule (the scores of `consensus` stay); of blogs it takes away the sentences that hang in the air.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from digest.languages import tables
from digest.languages.patterns import is_spaceless
from digest.languages.tables import either
from digest.summarize.facts.claims import without_quotations

_WORD = re.compile(r"[^\s!-/:-@‘’“”„«»…–—]+")


def talks(sentence: str, language: str) -> bool:
    """Whether the author speaks of him- or herself, or to the readers, outside quotations."""
    language = language or "en"
    if _request(language).match(sentence):
        return True
    own = without_quotations(sentence)
    if is_spaceless(language):
        return bool(_persons_within(language).search(own))
    return not _persons(language).isdisjoint(_words(own, language))


def _words(text: str, language: str) -> Iterator[str]:
    """The words of a text in small letters, but for the US."""
    words = _WORD.findall(_numeral(language).sub("", text))
    return (word.lower() for word in words if len(word) == 1 or not word.isupper())


@cache
def _persons(language: str) -> frozenset[str]:
    """Nobody, where a language has no list."""
    return frozenset(tables.words(language, "talk", "persons"))


@cache
def _persons_within(language: str) -> re.Pattern[str]:
    return re.compile(either(tables.words(language, "talk", "persons_within")))


@cache
def _numeral(language: str) -> re.Pattern[str]:
    """ "World War I" and "Part I" are numbers."""
    return re.compile(rf"\b{either(tables.words(language, 'talk', 'numbered'))} I\b")


@cache
def _request(language: str) -> re.Pattern[str]:
    """ "Keep those in mind": a request to the reader, or a step of a recipe."""
    requests, verbs, objects = (either(tables.words(language, "talk", key)) for key in ("requests", "verbs", "objects"))
    return re.compile(rf"\W*(?:{requests}|{verbs} {objects})\b", re.IGNORECASE)
