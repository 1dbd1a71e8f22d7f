"""Sparse matrices of articles and terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Rows multiplied at a time: a block of products stays below some 100 MB with 20,000 articles.
_BLOCK = 500
# Pairs of rows multiplied at a time.
_PAIRS = 20_000
# Rare words weigh more than their inverse frequency; swept 0.8 to 2, flat from 1.3.
_RARITY = 1.3


def distinct(numbers: Ints) -> Ints:
    """Each number once, in order.

    np.unique hashes them, from numpy 2.3 on, and takes 2.2 s for a million of which 0.03 s are enough.
    """
    ordered: Ints = np.sort(numbers)
    first: Ints = ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]
    return first


def term_matrix(bags: Sequence[Mapping[str, float]], *, terms: Sequence[str] = ()) -> tuple[csr_matrix, list[str]]:
    """A row a bag, a column a term, how much of it as value; and the terms.

    Args:
        terms: those of the first columns.
    """
    columns: dict[str, int] = {term: column for column, term in enumerate(terms)}
    indices: list[int] = []
    values: list[float] = []
    pointers = [0]
    for bag in bags:
        indices += [columns.setdefault(term, len(columns)) for term in bag]
        values += bag.values()
        pointers.append(len(indices))
    data = (np.array(values, dtype=np.float64), np.array(indices, dtype=np.int32), pointers)
    return csr_matrix(data, shape=(len(bags), len(columns))), list(columns)


def row_numbers(matrix: csr_matrix) -> Ints:
    """The row of each stored value."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def document_frequencies(matrix: csr_matrix) -> Ints:
    """In how many rows each column has a value."""
    return np.bincount(matrix.indices, minlength=matrix.shape[1])


def rarity(matrix: csr_matrix) -> Floats:
    """What each column weighs: the more, the fewer rows have it."""
    return np.asarray((np.log((1 + matrix.shape[0]) / (1 + document_frequencies(matrix))) + 1) ** _RARITY)


def of_length_one(matrix: csr_matrix) -> csr_matrix:
    """The same rows, each of length 1; an empty row stays empty."""
    return _rows_divided(matrix, np.sqrt(_row_sums(matrix, matrix.data**2)))


def of_sum_one(matrix: csr_matrix) -> csr_matrix:
    """The same rows, each of sum 1; an empty row stays empty."""
    return _rows_divided(matrix, _row_sums(matrix, matrix.data))


def _row_sums(matrix: csr_matrix, values: Floats) -> Floats:
    return np.bincount(row_numbers(matrix), values, matrix.shape[0]).astype(np.float64)


def _rows_divided(matrix: csr_matrix, by: Floats) -> csr_matrix:
    data = matrix.data / np.where(by == 0, 1.0, by)[row_numbers(matrix)]
    return csr_matrix((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def products(matrix: csr_matrix, *, most_common: int) -> Iterator[tuple[Ints, Ints, Floats]]:
    """The products of each two rows that share a column used by `most_common` rows at most, in blocks.

    Common columns find no pairs, or twenty thousand articles would each meet all others.
    """
    frequency = document_frequencies(matrix)
    telling = csr_matrix(matrix[:, (frequency > 1) & (frequency <= most_common)])
    transposed = telling.T.tocsr()
    for start in range(0, matrix.shape[0], _BLOCK):
        block = (telling[start : start + _BLOCK] @ transposed).tocoo()
        yield block.row.astype(np.int64) + start, block.col.astype(np.int64), block.data


def pairwise(rows: csr_matrix, first: Ints, others: csr_matrix, second: Ints) -> Floats:
    """The products of pairs of rows of two matrices with the same columns."""
    parts = [
        np.asarray(rows[first[i : i + _PAIRS]].multiply(others[second[i : i + _PAIRS]]).sum(axis=1)).ravel()
        for i in range(0, len(first), _PAIRS)
    ]
    return np.concatenate(parts) if parts else np.array([])


def nearest(a: Ints, b: Ints, value: Floats, most: int) -> tuple[Ints, Ints, Floats]:
    """Of the pairs (a, b), for each `a` the `most` of the greatest value; ties go to the smaller `b`."""
    order = np.lexsort((b, -value, a))
    a, b, value = a[order], b[order], value[order]
    kept = np.arange(len(a)) - np.searchsorted(a, a) < most
    return a[kept], b[kept], value[kept]


def joined(parts: Sequence[tuple[Ints, Ints, Floats]]) -> tuple[Ints, Ints, Floats]:
    """Arrays in parts as arrays in one piece."""
    if not parts:
        nothing = np.array([], dtype=np.int64)
        return nothing, nothing, np.array([], dtype=np.float64)
    first, second, value = zip(*parts, strict=True)
    return np.concatenate(first), np.concatenate(second), np.concatenate(value)
