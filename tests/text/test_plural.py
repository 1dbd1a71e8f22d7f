"""Counts as they are told."""

from __future__ import annotations

import pytest

from digest.text.plural import number


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 stories"), (1, "1 story"), (2, "2 stories"), (1234, "1,234 stories")]
)
def test_a_count_is_told_with_its_noun(count: int, told: str) -> None:
    assert number(count, "story", "stories") == told


def test_most_nouns_take_an_s() -> None:
    assert (number(1, "article"), number(3, "article")) == ("1 article", "3 articles")
