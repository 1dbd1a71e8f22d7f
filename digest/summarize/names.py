"""Whom a sentence names in full, and whom by surname only, as if the reader had met them.

"Klingbeil made the comments before a meeting" stands behind a sentence with "German Finance Minister Lars Klingbeil",
or below a headline with his name, not alone. The same holds for the short forms of parties, firms and places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digest.summarize.claims import names
from digest.summarize.stems import stem

#: Where every noun has a capital, a surname can't be told from a noun.
_CAPITAL_NOUNS = frozenset({"de", "lb"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The last words of the names in a sentence, as `stem` cuts them."""

    #: With a first name, title or what else belongs to it.
    full: frozenset[str]
    #: Alone, where an earlier sentence of the article has it in full.
    short: frozenset[str]


def read_names(sentences: Iterable[str], language: str) -> Iterator[Names]:
    """The names of each of an article's sentences, in order."""
    met: set[str] = set()
    for sentence in sentences:
        runs = () if language in _CAPITAL_NOUNS else tuple(names(sentence, language))
        full = frozenset(stem(run[-1]) for run in runs if len(run) > 1)
        alone = frozenset(stem(run[0]) for run in runs if len(run) == 1)
        yield Names(full=full, short=(alone & met) - full)
        met |= full
