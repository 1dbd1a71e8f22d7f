"""What is known about each two articles that could tell one event.

Only pairs that share telling terms and lie within days of each other are looked at, for each article the nearest sixty
at most: twenty thousand articles have some hundred thousand pairs, not two hundred million.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from digest.model import Article
from digest.pick.events.names import names_of
from digest.pick.events.vectors import TermVectors
from digest.pick.matrix import (
    Floats,
    Ints,
    distinct,
    joined,
    nearest,
    of_length_one,
    pairwise,
    products,
    rarity,
    term_matrix,
)

_DAY = 86_400.0
#: No event is told over more days than these.
MOST_DAYS = 3.0
# What is assumed of articles without a date: that they may well belong together.
_UNKNOWN_DAYS = 0.4
# Pairs that are less alike are never one event; they are a few per cent of a window.
_LEAST_COSINE = 0.05
_MOST_NEIGHBOURS = 60
# A term in more articles than this finds no neighbours, though it counts once they are found.
_COMMON = 400
# Cosines below this are those of a topic or of chance (median of a topic's pairs: 0.08); what is above makes a rival.
_RIVAL = 0.1
# An article says at once who it is about. With 1,200 the mean B-cubed F1 over AllSides windows is the same, and of the
# pairs of real feeds 1 in 100 fewer is found.
_OPENING_CHARACTERS = 400
# Crowd and rivals grow no further: an event that everybody tells must not hide in its own crowd.
_MOST_CROWD = 2.0
_MOST_RIVALS = 1.2

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known about pairs of articles: arrays of equal length."""

    first: Ints
    second: Ints
    cosine: Floats
    days: Floats
    crowd: Floats
    rivals: Floats
    bridge: Floats
    #: Terms that both have: a word they share counts two, a beginning one.
    shared: Ints
    #: Terms of the one that has fewer.
    terms: Ints
    #: How much of the headline stands in the other article, by the rarity of its words, 0 to 1; the less of the two.
    headline: Floats
    #: The cosine of the names and numbers that they begin with.
    names: Floats
    same_source: Flags

    def features(self) -> Floats:
        """A row a pair: what the weights apply to."""
        wording, bridge, shared = np.log(self.cosine + 0.02), np.log(self.bridge + 0.05), np.log(self.shared + 3.0)
        headline, names = np.log(self.headline + 0.05), np.log(self.names + 0.05)
        return np.stack([wording, self.days**2, self.crowd, self.rivals, bridge, shared, headline, names], axis=1)


def gather(articles: Sequence[Article], vectors: TermVectors) -> Evidence:
    """Find the pairs of articles worth considering, and what speaks for and against each.

    Args:
        vectors: those of the articles, in their order.
    """
    rows = vectors.rows
    stand = csr_matrix(rows.sign())
    names = _opening_names(articles)
    times = np.array([a.published.timestamp() / _DAY if a.dated else np.nan for a in articles])
    first, second = _neighbours(rows, times)
    cosine = pairwise(rows, first, rows, second)
    days = _days_apart(times, first, second)
    faded = cosine * np.exp(-(days**2) / 2)
    crowd = np.log(0.1 + np.minimum(_sums(faded, first, second, len(articles)), _MOST_CROWD))
    close = np.maximum(faded - _RIVAL, 0.0)
    rivals = np.log(0.05 + np.minimum(_sums(close, first, second, len(articles)), _MOST_RIVALS))
    terms = np.diff(rows.indptr).astype(np.int64)
    sources = np.array([a.source for a in articles], dtype=object)
    return Evidence(
        first=first,
        second=second,
        cosine=cosine,
        days=days,
        crowd=(crowd[first] + crowd[second]) / 2,
        rivals=(rivals[first] + rivals[second]) / 2,
        bridge=_bridges(faded, first, second, len(articles)),
        shared=pairwise(stand, first, stand, second).astype(np.int64),
        terms=np.minimum(terms[first], terms[second]),
        headline=vectors.headlines_shared(first, second),
        names=pairwise(names, first, names, second),
        same_source=(sources[first] == sources[second]).astype(bool),
    )


def _opening_names(articles: Sequence[Article]) -> csr_matrix:
    names, _ = term_matrix([names_of(article, characters=_OPENING_CHARACTERS) for article in articles])
    names.data = (1 + np.log(names.data)) * rarity(names)[names.indices]
    return of_length_one(names)


def _neighbours(rows: csr_matrix, times: Floats) -> tuple[Ints, Ints]:
    """Pairs whose less common terms are alike and whose times allow one event."""
    parts = []
    for a, b, cosine in products(rows, most_common=_COMMON):
        near = (a != b) & (cosine >= _LEAST_COSINE) & (_days_apart(times, a, b) <= MOST_DAYS)
        parts.append(nearest(a[near], b[near], cosine[near], _MOST_NEIGHBOURS))
    a, b, _ = joined(parts)
    size = max(rows.shape[0], 1)
    keys = distinct(np.minimum(a, b) * size + np.maximum(a, b))
    return keys // size, keys % size


def _days_apart(times: Floats, first: Ints, second: Ints) -> Floats:
    return np.nan_to_num(np.abs(times[first] - times[second]), nan=_UNKNOWN_DAYS)


def _sums(values: Floats, first: Ints, second: Ints, size: int) -> Floats:
    return np.bincount(first, values, size).astype(np.float64) + np.bincount(second, values, size)


def _bridges(faded: Floats, first: Ints, second: Ints, size: int) -> Floats:
    """For each pair, the most that a third article is like both (like the one of them it is less like)."""
    matrix = csr_matrix((faded, (first, second)), shape=(size, size))
    matrix = csr_matrix(matrix + matrix.T)
    matrix.sort_indices()
    best = np.zeros(len(faded))
    keys = first * size + second
    for third in range(size):
        span = slice(matrix.indptr[third], matrix.indptr[third + 1])
        around, values = matrix.indices[span].astype(np.int64), matrix.data[span]
        if len(around) > 1:
            _raise_to(best, keys, around, values, size)
    return best


def _raise_to(best: Floats, keys: Ints, around: Ints, values: Floats, size: int) -> None:
    i, j = np.triu_indices(len(around), k=1)
    wanted = around[i] * size + around[j]
    at = np.searchsorted(keys, wanted)
    known = (at < len(keys)) & (keys[np.minimum(at, len(keys) - 1)] == wanted)
    at = at[known]
    best[at] = np.maximum(best[at], np.minimum(values[i], values[j])[known])
