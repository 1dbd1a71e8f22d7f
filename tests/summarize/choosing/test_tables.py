"""What sentences say, as tables."""

from __future__ import annotations

from digest.summarize.choosing.tables import columns, table


def test_a_term_has_the_column_of_its_first_place() -> None:
    assert columns([["b", "a"], ["a", "c"]]) == {"b": 0, "a": 1, "c": 2}
    assert columns([]) == {}


def test_a_table_counts_what_has_a_column() -> None:
    assert table([{"a": 2, "z": 9}, {"b": 1}], {"a": 0, "b": 1}).tolist() == [[2, 0], [0, 1]]
    assert table([], {"a": 0}).shape == (0, 1)
