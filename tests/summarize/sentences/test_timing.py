"""Sentences that are true on their own day only, and those of an earlier year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarize.sentences.timing import is_of_the_past, names_its_own_day


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The party claimed victory this morning.", "en"),
        ("The talks begin tomorrow.", ""),
        ("Das Gericht entschied heute.", "de"),
        ("Il est arrivé aujourd’hui à Paris.", "fr"),
        ("El juez habló esta mañana.", "es"),
        ("Ha parlato ieri.", "it"),
        ("O juiz falou ontem.", "pt"),
        ("De rechter sprak vanochtend.", "nl"),
        ("Sąd orzekł dziś.", "pl"),
        ("Суд решил сегодня.", "ru"),
        ("他今天说。", "zh"),
        ("首相は今日述べた。", "ja"),
        ("उसने आज कहा।", "hi"),
    ],
)
def test_a_day_named_from_its_own_is_found(text: str, language: str) -> None:
    assert names_its_own_day(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The talks begin on Tuesday.", "en"),
        ("The daily news reported it.", "en"),
        ("Am Morgen fiel Schnee.", "de"),
        ("Por la mañana llovió.", "es"),
        ("कला का मेला।", "hi"),
    ],
)
def test_other_days_are_those_of_the_calendar(text: str, language: str) -> None:
    assert not names_its_own_day(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He opened last year’s conference.", "en"),
        ("Since 2019 she has been mayor.", "en"),
        ("Im vergangenen Jahr war es so.", "de"),
        ("L’an dernier, il a gagné.", "fr"),
        ("El año pasado ganó.", "es"),
        ("去年他赢了。", "zh"),
    ],
)
def test_an_earlier_year_is_past(text: str, language: str) -> None:
    assert is_of_the_past(text, language, year=2026)


@pytest.mark.parametrize("text", ["It opens in 2026.", "By 2030 it is built.", "It cost $2019.", "Some 1,950 came."])
def test_this_year_and_what_is_no_year_are_not(text: str) -> None:
    assert not is_of_the_past(text, "en", year=2026)


@given(st.text(), st.sampled_from(["", "en", "de", "fr", "zh", "ja", "ar", "hi", "sw"]))
def test_any_text_can_be_asked(text: str, language: str) -> None:
    assert names_its_own_day(text, language) in {True, False}
    assert is_of_the_past(text, language, year=2026) in {True, False}
