"""Diaries: articles whose authors tell of themselves from one end to the other.

They are worth reading to who follows the author, and no news of the week: a lone fresh one has a score of 1 for being
fresh and rare, as much as a report that two publishers carry. Known by how often the author says "I" outside
quotations, in languages that say it.
"""

from __future__ import annotations

import re
from functools import cache

from digest.languages.tables import words
from digest.model import Article

_CHARACTERS = 3_000
_FEWEST_WORDS = 50
# Of a week of 120 feeds: its blogs of the first person have 0.026 to 0.073, its news up to 0.010. Of 722 reports of
# AllSides one is taken for a diary (an opinion), of 1,111 of BBC news seven (statements without quotation marks).
_LEAST_SHARE = 0.025
# One that goes on in the next paragraph is not closed in this one.
_QUOTATION = re.compile(r"„[^“”\n]*[“”]|[“„\"«][^”\"»\n]*(?:[”\"»]|$)|(?<!\w)['‘].*?['’](?!\w)", re.MULTILINE)
_PARTS = 3
_WORD = re.compile(r"[^\W\d_]+")


def is_diary(article: Article) -> bool:
    """Whether the author speaks of him- or herself all along."""
    author = _author(article.language or "en")
    text = (article.text or article.teaser)[:_CHARACTERS]
    if not author or not _may_be(text.lower().split(), author):
        return False
    words = _WORD.findall(_QUOTATION.sub(" ", text).lower())
    own = [place for place, word in enumerate(words) if word in author]
    parts = {_PARTS * place // len(words) for place in own}
    return len(words) >= _FEWEST_WORDS and len(own) >= _LEAST_SHARE * len(words) and len(parts) == _PARTS


def _may_be(words: list[str], author: frozenset[str]) -> bool:
    """Whether a closer look is worth its cost: it is not for nine articles in ten."""
    return 2 * sum(map(author.__contains__, words)) >= _LEAST_SHARE * len(words) > 0


@cache
def _author(language: str) -> frozenset[str]:
    return frozenset(words(language, "diaries", "author"))
