"""Which article of a story is shown, the others being "also covered by"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median_low

import numpy as np
from scipy.sparse import csr_matrix

from digest.model import Article
from digest.pick.forms import form_of
from digest.pick.ranking.announcements import looks_ahead

# More text than this makes no better lead.
_ENOUGH_CHARACTERS = 3_000
# A report so much older than what the others tell announces what has happened by now ("talks begin tomorrow"); within a
# day outlets differ by hours for no reason but their zones.
_LAG = timedelta(hours=12)
# After so long another report knows what came of what a headline announces.
_ANNOUNCED = timedelta(hours=6)


def with_lead_first(articles: Sequence[Article], rows: csr_matrix) -> list[Article]:
    """The articles of a story, best lead first.

    What the owner picked leads, else the owner's weight decides, then whether there is a link, then whether it is a
    report (no gallery, no running blog), then whether it knows the state of things, then whether the text is fairly
    full beside the fullest, then how much the article has in common with the others: an aside or a comment does not
    lead. The earlier one wins a draw.

    Args:
        rows: the articles' vectors, in their order.
    """
    central = _centrality(rows)
    fullest = max(_fullness(article) for article in articles)
    behind = _behind(articles)
    order = sorted(range(len(articles)), key=lambda i: _key(articles[i], central[i], behind[i], fullest=fullest))
    return [articles[i] for i in order]


def each_pinned_leads(group: list[Article]) -> list[list[Article]]:
    """The story, or several where the owner picked more than one of its articles: each has its own note."""
    others = [article for article in group[1:] if article.pinned]
    return [[article for article in group if article not in others], *([article] for article in others)]


def _behind(articles: Sequence[Article]) -> list[bool]:
    """Whether each article knows less than the others: it is older than most, or announces what others report.

    Not older than the newest: a late comment does not make old what everybody tells, nor a feature of two days later a
    report.
    """
    since = median_low(article.published for article in articles) - _LAG
    reported = [a.published for a in articles if a.dated and not looks_ahead(a.title, a.language)]
    known_until = max(reported, default=since) - _ANNOUNCED
    return [
        a.dated and (a.published < since or (a.published < known_until and looks_ahead(a.title, a.language)))
        for a in articles
    ]


def _key(article: Article, central: float, behind: bool, *, fullest: int) -> tuple[object, ...]:
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


def _fullness(article: Article) -> int:
    return min(len(article.text or article.teaser), _ENOUGH_CHARACTERS)


def _centrality(rows: csr_matrix) -> list[float]:
    """The mean likeness of each article to the others."""
    if rows.shape[0] < 3:
        return [0.0] * rows.shape[0]
    cosines = (rows @ rows.T).toarray()
    np.fill_diagonal(cosines, 0.0)
    return [float(total) / (len(cosines) - 1) for total in cosines.sum(axis=1)]
