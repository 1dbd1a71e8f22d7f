"""What sentences say, as matrices to calculate with: a row a sentence, a column a word or a pair of words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
T = TypeVar("T", bound=Hashable)


def term_columns(rows: Iterable[Iterable[T]]) -> dict[T, int]:
    """The place of each term that some rows have, in the order in which they come."""
    return {term: at for at, term in enumerate(dict.fromkeys(term for row in rows for term in row))}


def count_matrix(rows: Sequence[Mapping[T, int]], column: Mapping[T, int]) -> Array:
    """How often each row has each term; terms without a column are left out."""
    counted = np.zeros((len(rows), len(column)))
    for at, row in enumerate(rows):
        known = [term for term in row if term in column]
        counted[at, [column[term] for term in known]] = [row[term] for term in known]
    return counted
