"""Series of one outlet: episodes, releases, open threads, daily briefings, bulletins. Alike, but never one event."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from digest.model import Article
from digest.pick.events.stock_wording import (
    ComparedText,
    share_only_stock_wording,
    stand_every_day,
    tell_different_things,
)
from digest.text.words import fold, tokens

_NUMBER = re.compile(r"\d+")
#: A paper brings its next issue on the next day, and a version of an article within hours.
_AT_ONCE = timedelta(hours=16)


def are_of_one_series(first: Article, second: Article) -> bool:
    """Whether two articles of one source have titles that differ in numbers only."""
    return first.source == second.source and are_numbered_alike(first.title, second.title)


def are_numbered_alike(title: str, other: str) -> bool:
    """Whether two titles differ, but in their numbers only."""
    one, two = fold(title), fold(other)
    return one != two and _NUMBER.sub("#", one) == _NUMBER.sub("#", two)


def have_one_title(first: Article, second: Article) -> bool:
    """Whether two articles have the same title, but for capitals, accents and punctuation."""
    return tokens(first.title) == tokens(second.title)


def differ_in_substance(first: Article, second: Article) -> bool:
    """Whether two articles with much the same wording tell different things, as the parts of a series do."""
    one, other = compared_text(first), compared_text(second)
    if first.source != second.source:
        return tell_different_things(one, other)
    return are_of_one_series(first, second) or share_only_stock_wording(one, other, at_once=came_at_once(first, second))


def are_of_one_rubric(first: Article, second: Article) -> bool:
    """Whether a source has two articles of two days under one title with hardly a text: an open thread, a picture."""
    alike = first.source == second.source and not came_at_once(first, second)
    return alike and stand_every_day(compared_text(first), compared_text(second))


def came_at_once(first: Article, second: Article) -> bool:
    """Whether two articles came within hours of each other, as far as their times are known."""
    return first.dated and second.dated and abs(first.published - second.published) < _AT_ONCE


def compared_text(article: Article) -> ComparedText:
    return _compared_text(article.title, article.text or article.teaser, article.language)


# An article is compared with all that are like it, in a row.
@lru_cache(maxsize=500)
def _compared_text(title: str, text: str, language: str) -> ComparedText:
    return ComparedText(title, text, language)
