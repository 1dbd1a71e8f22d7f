"""Counts that two sentences can share, and counts that they can't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarize.facts.figures import contradict_each_other, read_counts


def differ(one: str, other: str, language: str = "en") -> bool:
    return contradict_each_other(read_counts(one, language), read_counts(other, language))


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("The fire killed 49 people.", "Fifty people died.", "en"),
        ("more than 60 people", "59 people", "en"),
        ("two weeks after her disappearance", "three weeks since she was last seen", "en"),
        ("1.5 million videos", "1,400,000 videos", "en"),
        ("Zwölf Menschen starben.", "Es starben 13 Menschen.", "de"),
        ("造成12人死亡", "造成13人死亡", "zh"),
    ],
)
def test_counts_that_can_not_both_be_true_contradict(one: str, other: str, language: str) -> None:
    assert differ(one, other, language)
    assert differ(other, one, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The fire killed 49 people.", "Forty-nine people died."),
        ("at least 40 people", "49 people"),
        ("nearly 50 people", "49 people"),
        ("49 people", "three fires"),
        ("12 years ago", "14 years old"),
        ("on 17 February", "on 18 February"),
        ("$12 million", "$14 million"),
        ("49 people were hurt and 12 people died", "12 people died"),
        ("the 49-year-old", "the 50-year-old"),
    ],
)
def test_counts_that_may_both_be_true_do_not(one: str, other: str) -> None:
    assert not differ(one, other)
    assert not differ(other, one)


@given(st.text(), st.sampled_from(["", "en", "de", "zh", "ar", "hi"]))
def test_no_text_contradicts_itself(text: str, language: str) -> None:
    assert not differ(text, text, language)
