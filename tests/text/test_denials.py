"""The words that deny."""

from __future__ import annotations

import pytest

from digest.text.denials import denials


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Nobody was hurt.", "en"),
        ("They didn’t vote.", "en"),
        ("Er kam nicht.", "de"),
        ("Elle n'a pas voté.", "fr"),
        ("No votaron.", "es"),
        ("Они не пришли.", "ru"),
        ("他们没有来。", "zh"),
    ],
)
def test_a_denial_is_known(sentence: str, language: str) -> None:
    assert list(denials(sentence, language))


@pytest.mark.parametrize(("sentence", "language"), [("Everybody was hurt.", "en"), ("Not a word of it.", "xx")])
def test_no_denial_is_seen_where_there_is_none_or_the_language_is_not_known(sentence: str, language: str) -> None:
    assert list(denials(sentence, language)) == []
