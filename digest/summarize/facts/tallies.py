"""How many of what a sentence tells, and whether two sentences tell it differently: "49 people", "50 people".

Outlets count at different hours. Each of their sentences is right by itself; side by side they make the issue
contradict itself. Of the 307 round-ups of `consensus` six did.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from digest.summarize.facts.figures import Number, read_counts

Tallies = Mapping[str, tuple[Number, ...]]

_AT_LEAST, _AT_MOST = frozenset(["over", "least"]), frozenset(["nearly", "under", "most"])


@lru_cache(maxsize=4_000)
def tallies(text: str, language: str) -> Tallies:
    """What is counted in a text → the numbers of it."""
    return read_counts(text, language)


def contradict(one: Tallies, other: Tallies) -> bool:
    """Whether something is counted in both, and no number of one can be a number of the other."""
    return any(
        not any(_agree(a, b) for a in numbers for b in other[counted])
        for counted, numbers in one.items()
        if counted in other
    )


def _agree(a: Number, b: Number) -> bool:
    return _fits(a, Decimal(b.value)) or _fits(b, Decimal(a.value))


def _fits(number: Number, value: Decimal) -> bool:
    own = Decimal(number.value)
    return value == own or (number.bound in _AT_LEAST and value > own) or (number.bound in _AT_MOST and value < own)
