"""What sentences say, as tables."""

from __future__ import annotations

from digest.summarize.choosing.count_matrix import count_matrix, term_columns


def test_a_term_has_the_column_of_its_first_place() -> None:
    assert term_columns([["b", "a"], ["a", "c"]]) == {"b": 0, "a": 1, "c": 2}
    assert term_columns([]) == {}


def test_a_table_counts_what_has_a_column() -> None:
    assert count_matrix([{"a": 2, "z": 9}, {"b": 1}], {"a": 0, "b": 1}).tolist() == [[2, 0], [0, 1]]
    assert count_matrix([], {"a": 0}).shape == (0, 1)
