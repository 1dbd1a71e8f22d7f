import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pick.events.stock_wording import (
    ComparedText,
    share_only_stock_wording,
    stand_every_day,
    tell_different_things,
)

FORM = "The coastguard of {} asks all boats to stay in port until the storm over {} has passed and its flag is down."
WORDS = st.lists(st.sampled_from([f"w{n}" for n in range(60)]), min_size=30, max_size=60, unique=True).map(" ".join)


def form(place, title="Storm off {}"):
    return ComparedText(title.format(place), FORM.format(place, place), "en")


def test_a_form_with_other_names_in_title_and_text_tells_different_things_whoever_prints_it():
    assert tell_different_things(form("Ostrey"), form("Merrow"))


def test_a_form_with_a_misspelt_name_tells_the_same():
    assert not tell_different_things(form("Ostrey"), form("Ostery"))


def test_a_text_without_the_name_of_its_title_may_be_a_copy_under_another_headline():
    assert not tell_different_things(form("Ostrey"), form("Ostrey", title="Boats kept from Merrow"))


def test_texts_in_an_outlets_own_words_share_no_stock_wording(prose):
    assert not share_only_stock_wording(ComparedText("Pier", prose("x", 80)), ComparedText("Pier", prose("y", 80)))


def test_other_sentences_at_one_place_are_the_next_letter_but_within_hours_a_version(prose):
    first, second = (ComparedText("Note", f"{prose('same', 40)} {prose(letter, 40)}") for letter in "xy")

    assert share_only_stock_wording(first, second)
    assert not share_only_stock_wording(first, second, at_once=True)


def test_a_sentence_dropped_here_and_one_added_there_make_a_version(prose):
    first = ComparedText("Note", f"{prose('x', 20)} {prose('same', 60)}")
    second = ComparedText("Note", f"{prose('same', 60)} {prose('y', 20)}")

    assert not share_only_stock_wording(first, second)


def test_a_text_of_which_one_figure_changed_shares_more_than_stock_wording():
    text = "On Monday {} people were rescued from 2 boats by 3 helicopters, 14 km off the coast, the coastguard said."

    assert not share_only_stock_wording(
        ComparedText("Rescue", text.format(49)), ComparedText("Rescue", text.format(50))
    )


def test_a_form_with_other_figures_alone_is_another_bulletin():
    form = "High water at {} and {} o'clock, low water at {}; the gauge of the mole shows metres above the mark."

    assert share_only_stock_wording(
        ComparedText("Tides", form.format(6, 18, 12)), ComparedText("Tides", form.format(7, 19, 13))
    )


@pytest.mark.parametrize(
    ("title", "words", "stands"),
    [("Open thread", 40, True), ("Open thread", 80, False), ("A long title of news", 40, False)],
)
def test_a_short_text_under_a_short_title_stands_there_every_day(prose, title, words, stands):
    assert stand_every_day(ComparedText(title, prose("w", words)), ComparedText(title, prose("w", words))) == stands


def test_under_two_titles_nothing_stands_every_day():
    assert not stand_every_day(ComparedText("Otters", "Look."), ComparedText("Seals", "Look."))


@given(WORDS)
def test_no_text_is_of_another_series_than_itself(text):
    assert not share_only_stock_wording(ComparedText("A title", text), ComparedText("A title", text))
    assert not tell_different_things(ComparedText("A title", text), ComparedText("A title", text))


@given(st.integers(10, 300), st.integers(30, 80), st.integers(0, 60))
def test_letters_between_any_greeting_and_signature_share_only_stock_wording(prose, greeting, news, signature):
    first, second = (
        ComparedText("Letter", f"{prose('hello', greeting)} {prose(letter, news)} {prose('bye', signature)}")
        for letter in "xy"
    )
    shares_enough = greeting + signature >= 0.35 * news and news >= 0.15 * (greeting + signature + news)

    assert share_only_stock_wording(first, second) or not shares_enough


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=20), st.text(max_size=20))
def test_any_two_texts_can_be_compared_from_both_sides(text, other, title, headline):
    first, second = ComparedText(title, text), ComparedText(headline, other)

    assert share_only_stock_wording(first, second) == share_only_stock_wording(second, first)
    assert tell_different_things(first, second) == tell_different_things(second, first)
