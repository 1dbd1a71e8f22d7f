"""What people are called beside their names: a captain, a minister, a suspect. Who is given a part must have had it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from digest.languages import tables
from digest.text.words import fold, tokens

#: Words on each side of a part in which the name stands whose it is.
_BEHIND, _BEFORE = 2, 3


def roles(sentence: str, names: frozenset[str], language: str) -> Iterator[tuple[str, str]]:
    """Each part that is given in a sentence, with the name beside it; "" where there is none."""
    known = _known(language or "en")
    words = tokens(sentence)
    for at, word in enumerate(words):
        if word in known:
            beside = [*words[at + 1 : at + 1 + _BEHIND], *reversed(words[max(0, at - _BEFORE) : at])]
            yield word, next((one for one in beside if one in names and one not in known), "")


@cache
def _known(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in tables.words(language, "roles", "words"))
