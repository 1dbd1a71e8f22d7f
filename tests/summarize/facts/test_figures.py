"""Numbers and dates, whatever their spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarize.facts.figures import Number, read_figures

SAME = {
    "grouping": ("en", ["1,200,000 people", "1.2 million people", "1.2m people", "1200000 people", "1.2mn people"]),
    "money": ("en", ["$12bn", "12 billion dollars", "US$12 billion", "$12,000,000,000"]),
    "percent": ("en", ["12%", "12 percent", "12 per cent", "twelve percent"]),
    "words": ("en", ["twenty-three ships", "twenty three ships", "23 ships"]),
    "large words": ("en", ["two hundred thousand people", "200,000 people"]),
    "ordinals": ("en", ["the 3rd quarter", "the third quarter"]),
    "German": ("de", ["1,2 Millionen Euro", "1.200.000 Euro", "1,2 Mio. Euro", "€ 1.200.000"]),
    "French": ("fr", ["1,5 milliard d'euros", "1 500 000 000 euros", "1\u202f500\u202f000\u202f000 €"]),
    "Swiss": ("de", ["12'300 Franken", "12.300 Franken"]),
    "Chinese": ("zh", ["120万人", "1,200,000人"]),
    "Arabic digits": ("ar", ["١٢ شخصا", "12 شخصا"]),
    "wide digits": ("ja", ["１２人", "12人"]),
}


@pytest.mark.parametrize(("language", "spellings"), SAME.values(), ids=SAME.keys())
def test_one_number_is_one_in_all_its_spellings(language: str, spellings: list[str]) -> None:
    read = {read_figures(text, language).numbers for text in spellings}
    assert len({tuple(number.value for number in numbers) for numbers in read}) == 1
    assert all(len(numbers) == 1 for numbers in read)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("in 2020 300 people", ["2020", "300"]),
        ("a 2-1 win", ["2", "1"]),
        ("COVID-19 and the G7", ["19", "7"]),
        ("one of the first", []),
        ("1.5 times", ["1.5"]),
        ("007", ["7"]),
        ("0", ["0"]),
    ],
)
def test_english_numbers_are_read(text: str, numbers: list[str]) -> None:
    assert [number.value for number in read_figures(text, "en").numbers] == numbers


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("more than $12", "en", "over"),
        ("no more than 12", "en", "most"),
        ("nearly all 12", "en", "nearly"),
        ("mindestens 12", "de", "least"),
        ("jusqu'à 12", "fr", "most"),
        ("más de 12", "es", "over"),
        ("не менее 12", "ru", "least"),
        ("the 12", "en", ""),
    ],
)
def test_words_before_a_number_bound_it(text: str, language: str, bound: str) -> None:
    [number] = read_figures(text, language).numbers
    assert number.bound == bound


def test_money_percentages_and_times_are_of_different_kinds() -> None:
    read = read_figures("12 people, 12 percent, 12 euros, at 12:00", "en").numbers
    assert read == (
        Number(value="12"),
        Number(value="12", kind="%"),
        Number(value="12", kind="€"),
        Number(value="12", kind="o'clock"),
    )


@pytest.mark.parametrize(
    ("text", "language", "dates"),
    [
        ("on 12 November", "en", {"month 11"}),
        ("on Nov. 12", "en", {"month 11"}),
        ("it may march on", "en", set()),
        ("in May and March", "en", {"month 5", "month 3"}),
        ("on Monday, and yesterday", "en", {"day 1", "yesterday"}),
        ("am 12. März, gestern", "de", {"month 3", "gestern"}),
        ("le 12 août, jeudi", "fr", {"month 8", "day 4"}),
        ("12 ноября", "ru", {"month 11"}),
    ],
)
def test_dates_have_one_name(text: str, language: str, dates: set[str]) -> None:
    assert read_figures(text, language).dates == dates


def test_a_month_goes_with_the_day_and_the_year_beside_it() -> None:
    assert read_figures("12 November 2026, with 300 people", "en").bundles == {
        ("month 11", "12"),
        ("month 11", "2026"),
    }


@given(st.integers(0, 10**12))
def test_grouping_never_changes_a_number(value: int) -> None:
    forms = [f"{value}", f"{value:,}"]
    assert {read_figures(f"about {form} people", "en").numbers for form in forms} == {(Number(value=str(value)),)}


@given(st.text(max_size=200), st.sampled_from(["en", "de", "fr", "ru", "zh", "ar", "xx", ""]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    read_figures(text, language)
