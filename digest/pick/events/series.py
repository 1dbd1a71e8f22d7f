"""Series of one source: episodes, releases, open threads, daily briefings. Alike, but never one event."""

from __future__ import annotations

import re

from digest.model import Article
from digest.text.words import fold

_NUMBER = re.compile(r"\d+")


def are_of_one_series(first: Article, second: Article) -> bool:
    """Whether two articles of one source have titles that differ in numbers only."""
    return first.source == second.source and are_numbered_alike(first.title, second.title)


def are_numbered_alike(title: str, other: str) -> bool:
    """Whether two titles differ, but in their numbers only."""
    one, two = fold(title), fold(other)
    return one != two and _NUMBER.sub("#", one) == _NUMBER.sub("#", two)
