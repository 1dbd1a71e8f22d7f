"""Which article of a story is shown, the others being "also covered by"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median_low

import numpy as np
from scipy.sparse import csr_matrix

from digest.model import Article
from digest.pick.forms import form_of

# More text than this makes no better lead.
_ENOUGH_CHARACTERS = 3_000
# A report so much older than what the others tell announces what has happened by now ("talks begin tomorrow"); within a
# day outlets differ by hours for no reason but their zones.
_LAG = timedelta(hours=12)
# Of two as central the newer one tells how things stand. From 36 to 72 hours "Expectations are low for the talks" and
# "is banned from the Games" yield to the reports of the day after; with 24 an obituary yields to an appreciation.
_STALE = timedelta(hours=36)


def with_lead_first(articles: Sequence[Article], rows: csr_matrix) -> list[Article]:
    """The articles of a story, best lead first.

    What the owner picked leads, else the owner's weight decides, then whether there is a link, then whether it is a
    report (no gallery, no running blog), then whether it knows the state of things, then whether the text is fairly
    full beside the fullest, then how much the article has in common with the others (an aside or a comment does not
    lead), a little less the older it is. The earlier one wins a draw.

    Args:
        rows: the articles' vectors, in their order.
    """
    central = _up_to_date(_centrality(rows), articles)
    fullest = max(_fullness(article) for article in articles)
    since = _known_since(articles)
    order = sorted(range(len(articles)), key=lambda i: _key(articles[i], central[i], fullest=fullest, since=since))
    return [articles[i] for i in order]


def each_pinned_leads(group: list[Article]) -> list[list[Article]]:
    """The story, or several where the owner picked more than one of its articles: each has its own note."""
    others = [article for article in group[1:] if article.pinned]
    return [[article for article in group if article not in others], *([article] for article in others)]


def _known_since(articles: Sequence[Article]) -> datetime:
    """When the middle article of the story was written, less what a report may lag behind.

    Not the newest: a late comment does not make old what everybody tells, nor a feature of two days later a report.
    """
    return median_low(article.published for article in articles) - _LAG


def _key(article: Article, central: float, *, fullest: int, since: datetime) -> tuple[object, ...]:
    behind = article.dated and article.published < since
    thin = 2 * _fullness(article) < fullest
    return (
        not article.pinned,
        -article.weight,
        article.url is None,
        form_of(article) is not None,
        behind,
        thin,
        -round(central, 6),
        article.published,
        article.id,
    )


def _up_to_date(central: Sequence[float], articles: Sequence[Article]) -> list[float]:
    """How central each article is, halved for every `_STALE` that it is older than the newest."""
    newest = max(article.published for article in articles)
    ages = [(newest - article.published) / _STALE if article.dated else 0.0 for article in articles]
    return [value * 0.5**age for value, age in zip(central, ages, strict=True)]


def _fullness(article: Article) -> int:
    return min(len(article.text or article.teaser), _ENOUGH_CHARACTERS)


def _centrality(rows: csr_matrix) -> list[float]:
    """The mean likeness of each article to the others."""
    if rows.shape[0] < 3:
        return [0.0] * rows.shape[0]
    cosines = (rows @ rows.T).toarray()
    np.fill_diagonal(cosines, 0.0)
    return [float(total) / (len(cosines) - 1) for total in cosines.sum(axis=1)]
