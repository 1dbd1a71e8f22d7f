"""How likely two articles tell the same event."""

from __future__ import annotations

from collections.abc import Sequence

from scipy.sparse import triu
from sklearn.feature_extraction.text import TfidfVectorizer

from digest.model import Article
from digest.text.words import content_words

#: (smaller number, larger number) → likeness from 0 to 1.
Pairs = dict[tuple[int, int], float]

_LEAD_WORDS = 60


def alike(articles: Sequence[Article]) -> Pairs:
    """The likeness of every pair of articles that share a telling word; 0.5 and more is "rather one event"."""
    texts = [_telling_words(article) for article in articles]
    if not any(texts):
        return {}
    vectors = TfidfVectorizer(analyzer=_same, sublinear_tf=True).fit_transform(texts)
    cosines = triu(vectors @ vectors.T, k=1).tocoo()
    return {
        (int(a), int(b)): min(1.0, float(value) * 0.5 / 0.18)
        for a, b, value in zip(cosines.row, cosines.col, cosines.data, strict=True)
        if value > 0.05
    }


def _telling_words(article: Article) -> list[str]:
    lead = " ".join((article.text or article.teaser).split()[:_LEAD_WORDS])
    return content_words(f"{article.title}\n{article.title}\n{lead}", article.language)


def _same(words: list[str]) -> list[str]:
    return words
