"""What a sentence takes as given: whom it names by surname, and what it calls "the ban", as if the reader had met them.

"Klingbeil made the comments before a meeting" stands behind a sentence with "Finance Minister Lars Klingbeil", or below
a headline with his name, not alone. The same holds for the short forms of parties, firms and places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from digest.languages.tables import either, merged, text, words
from digest.summarize.facts.claims import names, without_quotations
from digest.text.stems import stem, stems
from digest.text.words import fold


def given_stems(sentences: Iterable[str], language: str) -> Iterator[frozenset[str]]:
    """The stems of what each of an article's sentences takes as given because an earlier one introduced it."""
    language = language or "en"
    polite_words = _polite()
    capital_nouns = text(language, "script", "capital_nouns")
    introduced: set[str] = set()
    said: set[str] = set()
    new: set[str] = set()
    for sentence in sentences:
        written = () if capital_nouns else tuple(names(sentence, language))
        runs = [run[1:] if run[0] in polite_words and len(run) > 1 else run for run in written]
        polite = {stem(run[1]) for run in written if len(run) == 2 and run[0] in polite_words} if said else set()
        full = frozenset(stem(run[-1]) for run in runs if len(run) > 1)
        alone = frozenset(stem(run[0]) for run in runs if len(run) == 1)
        definite = _noun(language, "definite").match(sentence)
        noun = {stem(definite["noun"])} if definite else set()
        own = without_quotations(sentence) if words(language, "given", "introduced") else ""
        here = {stem(found["noun"]) for found in _noun(language, "introduced").finditer(own)}
        known = {stem(found["noun"]) for found in _noun(language, "known").finditer(own)}
        yield (((alone & introduced) | polite) - full) | (noun & said) | ((known & new) - here)
        introduced |= full
        said.update(stems(sentence))
        new |= here


def opens_with_stranger(sentence: str, headline: frozenset[str], language: str) -> bool:
    """Whether a sentence begins with somebody's full name, says not who that is, and the headline does not either."""
    language = language or "en"
    found = None if text(language, "script", "capital_nouns") else _stranger(language).match(sentence)
    return bool(
        found
        and headline.isdisjoint(stems(found["name"]))
        and set(stems(found["name"])) <= _in_names(sentence, language)
    )


def _in_names(sentence: str, language: str) -> set[str]:
    return {stem(word) for run in names(sentence, language) for word in run}


@cache
def _polite() -> frozenset[str]:
    return frozenset(map(fold, merged("names")["polite"]))


@cache
def _noun(language: str, key: str) -> re.Pattern[str]:
    before = r"\W*" if key == "definite" else ""
    return re.compile(before + (text(language, "given", key) or r"(?!)(?P<noun>)"))


@cache
def _stranger(language: str) -> re.Pattern[str]:
    """ "Ann Miller had", but not "Ann Miller, the mayor, had": in small letters a title or an office stands before.

    In capitals it makes three words of the name.
    """
    return re.compile(rf"(?P<name>[A-Z][a-z]+ [A-Z][a-z]+) (?={either(words(language, 'given', 'verbs'))}\b)")
