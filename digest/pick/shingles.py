"""Texts as sets of three-word shingles, to find which share most of their wording.

Every shingle is a 64-bit number. A quarter of them, chosen by value and so the same in every text, finds the
candidates by one sparse product; the full sets then decide. Twenty thousand articles take a few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, triu

from digest.model import Article
from digest.text.words import tokens

# Words of a text that count: copies agree from the top, and a long read is told by its first pages.
_WORDS = 1000
# One in so many shingles is used to find candidates.
_SAMPLE = np.uint64(4)
# A shingle in more articles than this is a phrase of the trade, not a trace of a copy.
_COMMON = 60
# Articles of one source that share a shingle before it counts as the source's template.
_TEMPLATE = 3
_FEWEST = 12
# Share of the shorter text's shingles that must be in the other.
_WITHIN = 0.5
_WITHIN_SOURCE = 0.7

type_array = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingles of many articles, each a sorted array of unlike numbers."""

    sets: list[type_array]
    sources: list[str]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Shingles:
        ids: dict[str, int] = {}
        raw = [_shingles(tokens(a.text or a.teaser)[:_WORDS], ids) for a in articles]
        sources = [a.source for a in articles]
        return cls(_without_templates(raw, sources), sources)

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs, the smaller number first, that share at least two sampled shingles."""
        sampled = [s[s % _SAMPLE == 0] for s in self.sets]
        columns = np.concatenate([*sampled, np.array([], dtype=np.uint64)])
        if not len(columns):
            return
        rows = np.repeat(np.arange(len(sampled)), [len(s) for s in sampled])
        _, column, frequency = np.unique(columns, return_inverse=True, return_counts=True)
        kept = (frequency[column] > 1) & (frequency[column] <= _COMMON)
        ones = np.ones(int(kept.sum()), dtype=np.int32)
        matrix = csr_matrix((ones, (rows[kept], column[kept])), shape=(len(sampled), len(frequency)))
        shared = triu(matrix @ matrix.T, k=1).tocoo()
        enough = shared.data >= 2
        yield from zip(shared.row[enough].tolist(), shared.col[enough].tolist(), strict=True)

    def are_copies(self, a: int, b: int) -> bool:
        first, second = self.sets[a], self.sets[b]
        shorter = min(len(first), len(second))
        if shorter < _FEWEST:
            return False
        shared = len(np.intersect1d(first, second, assume_unique=True))
        needed = _WITHIN_SOURCE if self.sources[a] == self.sources[b] else _WITHIN
        return shared / shorter >= needed


def _shingles(words: Sequence[str], ids: dict[str, int]) -> type_array:
    numbers = np.fromiter((ids.setdefault(word, len(ids) + 1) for word in words), dtype=np.uint64, count=len(words))
    if len(numbers) < 3:
        return np.array([], dtype=np.uint64)
    # Fibonacci hashing; vocabulary numbers stay below 2**21, so the mix loses nothing worth having.
    mixed = (numbers[:-2] << np.uint64(42)) ^ (numbers[1:-1] << np.uint64(21)) ^ numbers[2:]
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    return np.unique(mixed ^ (mixed >> np.uint64(32)))


def _without_templates(sets: list[type_array], sources: list[str]) -> list[type_array]:
    cleaned = list(sets)
    for source in dict.fromkeys(sources):
        members = [i for i, other in enumerate(sources) if other == source]
        values, counts = np.unique(np.concatenate([sets[i] for i in members]), return_counts=True)
        template = values[counts >= _TEMPLATE]
        for i in members if len(template) else ():
            cleaned[i] = np.setdiff1d(sets[i], template, assume_unique=True)
    return cleaned
