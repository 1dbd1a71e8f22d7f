"""What the denials of a sentence are about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.summarize.facts.claims import stems
from digest.text.denials import denials

_CLAUSE = re.compile(r"[,;:–—()]")
#: Words of its clause on each side of a denial that it may be about.
_REACH = 6


def denied(sentence: str, language: str) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Of each denial in a sentence: the words behind it, and those on both sides; nothing in languages not known here.

    "Nobody was hurt": the word behind is "hurt". In "er kam nicht" it stands before.
    """
    for found in denials(sentence, language):
        before = _CLAUSE.split(found.string[: found.start()])[-1].split()[-_REACH:]
        behind = _CLAUSE.split(found.string[found.end() :])[0].split()[:_REACH]
        yield stems(" ".join(behind), language), stems(" ".join(before + behind), language)
