"""What came of reading a source: the articles of the window, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.collect.article.moments import long_date
from digest.model import Article, Dropped, Why, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a source's document holds."""

    #: Before the window, and before entries listed twice were joined.
    entries: int
    articles: tuple[Article, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    newest: datetime | None = None
    notes: tuple[str, ...] = ()


def reading_of(
    articles: Sequence[Article], *, window: Window, entries: int | None = None, notes: Sequence[str] = ()
) -> Reading:
    """The articles parted by the window.

    Args:
        entries: what the source holds, where that is more than its articles.
    """
    return Reading(
        entries=len(articles) if entries is None else entries,
        articles=tuple(article for article in articles if window.holds(article.published)),
        dropped=tuple(_outside(article) for article in articles if not window.holds(article.published)),
        newest=max((article.published for article in articles), default=None),
        notes=tuple(notes),
    )


def _outside(article: Article) -> Dropped:
    return Dropped(article=article, why=Why.OUTSIDE_WINDOW, detail=f"published on {long_date(article.published)}")
