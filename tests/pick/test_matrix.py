import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pick.matrix import (
    distinct,
    document_frequencies,
    joined,
    nearest,
    of_length_one,
    of_sum_one,
    products,
    rarity,
    row_numbers,
    term_matrix,
)

BAGS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 9), max_size=5), max_size=7)


@given(st.lists(st.integers(-(2**62), 2**62)))
def test_of_numbers_each_is_kept_once_in_order(numbers):
    assert distinct(np.array(numbers, dtype=np.int64)).tolist() == sorted(set(numbers))


@given(BAGS)
def test_a_matrix_holds_each_bag_as_a_row(bags):
    matrix, terms = term_matrix(bags)

    rows = [dict(zip(terms, row, strict=True)) for row in matrix.toarray().tolist()]
    assert [{term: value for term, value in row.items() if value} for row in rows] == bags


@given(BAGS)
def test_each_stored_value_knows_its_row(bags):
    matrix, _ = term_matrix(bags)

    assert row_numbers(matrix).tolist() == [n for n, bag in enumerate(bags) for _ in bag]


@given(BAGS)
def test_document_frequencies_count_the_bags_with_a_term(bags):
    matrix, terms = term_matrix(bags)

    assert document_frequencies(matrix).tolist() == [sum(term in bag for bag in bags) for term in terms]


@given(BAGS)
def test_rows_are_of_length_one_or_empty(bags):
    matrix, _ = term_matrix(bags)

    lengths = np.linalg.norm(of_length_one(matrix).toarray(), axis=1)

    assert lengths.tolist() == pytest.approx([1.0 if bag else 0.0 for bag in bags])


@given(BAGS)
def test_rows_are_of_sum_one_or_empty(bags):
    matrix, _ = term_matrix(bags)

    sums = np.asarray(of_sum_one(matrix).sum(axis=1)).ravel()

    assert sums.tolist() == pytest.approx([1.0 if bag else 0.0 for bag in bags])


def test_terms_that_are_given_have_the_first_columns():
    matrix, terms = term_matrix([{"b": 2.0, "c": 3.0}], terms=["a", "b"])

    assert terms == ["a", "b", "c"]
    assert matrix.toarray().tolist() == [[0.0, 2.0, 3.0]]


def test_a_term_in_fewer_rows_weighs_more():
    matrix, terms = term_matrix([{"the": 1.0, "quake": 1.0}, {"the": 1.0}])

    weight = dict(zip(terms, rarity(matrix), strict=True))
    assert weight["quake"] > weight["the"] == pytest.approx(1.0)


@given(BAGS)
def test_products_are_those_of_all_rows_that_share_a_term(bags):
    matrix, _ = term_matrix(bags)
    shared = matrix[:, document_frequencies(matrix) > 1].toarray()

    a, b, value = joined(list(products(matrix, most_common=99)))
    found = np.zeros((len(bags), len(bags)))
    found[a, b] = value

    assert found == pytest.approx(shared @ shared.T)


def test_a_term_that_is_too_common_finds_no_pairs():
    matrix, _ = term_matrix([{"the": 1.0}, {"the": 1.0}, {"the": 1.0, "quake": 1.0}, {"quake": 1.0}])

    a, b, _ = joined(list(products(matrix, most_common=2)))

    assert {(i, j) for i, j in zip(a.tolist(), b.tolist(), strict=True) if i != j} == {(2, 3), (3, 2)}


def test_products_in_several_blocks_are_numbered_through():
    matrix, _ = term_matrix([{f"pair {n // 2}": 1.0} for n in range(1_200)])

    a, b, _ = joined(list(products(matrix, most_common=2)))

    assert sorted(zip(a.tolist(), b.tolist(), strict=True)) == [
        (i, j) for i in range(1_200) for j in (i - i % 2, i - i % 2 + 1)
    ]


def test_the_nearest_are_those_of_the_greatest_value_and_of_equal_ones_the_smaller_number():
    a, b = np.array([0, 0, 0, 0, 1]), np.array([4, 3, 2, 1, 0])

    first, second, value = nearest(a, b, np.array([0.5, 0.9, 0.1, 0.5, 0.3]), 2)

    pairs = [*zip(first.tolist(), second.tolist(), value.tolist(), strict=True)]

    assert pairs == [
        (0, 3, 0.9),
        (0, 1, 0.5),
        (1, 0, 0.3),
    ]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.floats(0, 1))), st.integers(1, 4))
def test_none_has_more_nearest_than_asked_for(pairs, most):
    a = np.array([pair[0] for pair in pairs], dtype=np.int64)
    b = np.array([pair[1] for pair in pairs], dtype=np.int64)

    first, _, _ = nearest(a, b, np.array([pair[2] for pair in pairs]), most)

    assert np.bincount(first, minlength=5).tolist() == [min(most, count) for count in np.bincount(a, minlength=5)]


def test_no_parts_are_joined_to_nothing():
    assert [len(array) for array in joined([])] == [0, 0, 0]
