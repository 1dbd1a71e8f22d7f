"""Series of one source: episodes, releases, open threads, daily briefings. Alike, but never one event."""

from __future__ import annotations

import re

from digest.model import Article
from digest.text.words import fold

_NUMBER = re.compile(r"\d+")


def are_of_one_series(first: Article, second: Article) -> bool:
    """Whether two articles of one source have titles that differ in numbers only."""
    if first.source != second.source:
        return False
    one, other = fold(first.title), fold(second.title)
    return one != other and _NUMBER.sub("#", one) == _NUMBER.sub("#", other)
