"""Articles of one event, joined into groups.

Average linkage over the pairs that are alike at all: two groups join where the mean likeness over all pairs between
them, with nothing for a pair that shares no telling word, is high enough. Sparse from end to end, so that a busy
week costs little more than its pairs.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import timedelta

from digest.model import Article
from digest.pick.events.evidence import MOST_DAYS
from digest.pick.events.likeness import Pairs, alike
from digest.pick.events.vectors import TermVectors

#: An event is told within days; what comes later is another event.
SPAN = timedelta(days=MOST_DAYS)
# Swept from 0.5 to 0.75 over the kinds of windows of benchmarks/calibrate.py: the mean B-cubed F1 is flat from 0.55 to
# 0.65 and falls beyond; on AllSides weeks pair precision is 0.95 mixed and 0.97 whole.
_THRESHOLD = 0.6


def join_events(articles: Sequence[Article], vectors: TermVectors) -> list[list[int]]:
    """Group the numbers of articles that tell the same event; most groups are single articles.

    Args:
        vectors: those of the articles, in their order.
    """
    times = [article.published.timestamp() if article.dated else None for article in articles]
    return agglomerate(alike(articles, vectors), times)


def agglomerate(pairs: Pairs, times: Sequence[float | None], *, threshold: float = _THRESHOLD) -> list[list[int]]:
    """Average linkage of `len(times)` things, given the likeness of some pairs of them.

    Args:
        pairs: (smaller number, larger number) → likeness; a pair not there has none.
        times: seconds; things further apart than `SPAN` are never in one group.
    """
    groups = _Linkage(pairs, times)
    heap = [(-value, a, b) for (a, b), value in pairs.items() if value >= threshold]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if groups.mean(a, b) != -negative or not groups.fit_in_time(a, b):
            continue
        merged = groups.merge(a, b)
        for other in groups.neighbours(merged):
            mean = groups.mean(merged, other)
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(merged, other), max(merged, other)))
    return groups.members()


class _Linkage:
    """Groups, the sum of likeness between each two, and the time each spans."""

    def __init__(self, pairs: Pairs, times: Sequence[float | None]) -> None:
        self._members = {i: [i] for i in range(len(times))}
        self._span = {i: (t, t) for i, t in enumerate(times)}
        self._sums: dict[int, dict[int, float]] = {i: {} for i in range(len(times))}
        for (a, b), value in pairs.items():
            self._sums[a][b] = self._sums[b][a] = value
        self._next = len(times)

    def mean(self, a: int, b: int) -> float:
        """The mean likeness over all pairs between two groups; -1 where one of them is no more."""
        if a not in self._members or b not in self._members:
            return -1.0
        return self._sums[a].get(b, 0.0) / (len(self._members[a]) * len(self._members[b]))

    def fit_in_time(self, a: int, b: int) -> bool:
        low, high = _union(self._span[a], self._span[b])
        return low is None or high is None or high - low <= SPAN.total_seconds()

    def neighbours(self, group: int) -> list[int]:
        return list(self._sums[group])

    def merge(self, a: int, b: int) -> int:
        merged, self._next = self._next, self._next + 1
        self._members[merged] = sorted(self._members.pop(a) + self._members.pop(b))
        self._span[merged] = _union(self._span.pop(a), self._span.pop(b))
        first, second = self._sums.pop(a), self._sums.pop(b)
        sums = {other: first.get(other, 0.0) + second.get(other, 0.0) for other in {**first, **second}}
        del sums[a], sums[b]
        self._sums[merged] = sums
        for other, value in sums.items():
            self._sums[other].pop(a, None)
            self._sums[other].pop(b, None)
            self._sums[other][merged] = value
        return merged

    def members(self) -> list[list[int]]:
        return sorted(self._members.values())


_Span = tuple[float | None, float | None]


def _union(a: _Span, b: _Span) -> _Span:
    known = [t for t in (*a, *b) if t is not None]
    return (min(known), max(known)) if known else (None, None)
