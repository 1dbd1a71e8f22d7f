from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pick.phrases import Tokens, phrases

WORDS = st.lists(st.sampled_from(["solar", "power", "plant", "plants", "powers"]), max_size=12)


def count(written, text):
    return phrases([written])[0].count(Tokens.of(text))


def test_a_word_is_counted_as_often_as_it_stands_there():
    assert count("solar", "Solar power: the solar boom") == 2


def test_a_word_is_found_without_regard_to_case_and_accents():
    assert count("são paulo", "In SAO PAULO") == 1


def test_only_whole_words_are_found():
    assert count("star", "a fresh start for the costar") == 0


@pytest.mark.parametrize("text", ["one election", "two elections"])
def test_a_plural_is_found_by_its_singular(text):
    assert count("election", text) == 1


def test_a_plural_in_es_is_found_by_its_singular():
    assert count("virus", "new viruses") == 1


def test_a_word_of_two_letters_has_no_plural():
    assert count("eu", "the word eus") == 0


def test_an_open_end_finds_every_word_that_begins_so():
    assert count("climat*", "Climate, climatic and climatologists; acclimatised") == 3


def test_several_words_are_found_in_a_row_only():
    assert count("solar power", "solar power, power solar, solar and power, solar powers") == 2


def test_the_last_of_several_words_may_be_open():
    assert count("climate chang*", "climate changes, climate changing, climate talks") == 2


def test_punctuation_between_the_words_does_not_matter():
    assert count("climate-change", "Climate change is here") == 1


def test_a_possessive_is_found():
    assert count("biden", "Biden's plan") == 1


def test_words_without_a_letter_or_digit_are_left_out():
    assert [phrase.written for phrase in phrases(["", "*", " - ", "solar"])] == ["solar"]


def test_a_phrase_keeps_the_owners_spelling():
    assert phrases(["Climat*"])[0].written == "Climat*"


def test_no_more_words_are_read_than_asked_for():
    assert phrases(["solar"])[0].count(Tokens.of("one two solar", most=2)) == 0


@given(WORDS)
def test_a_single_word_is_counted_with_its_plural(words):
    assert count("plant", " ".join(words)) == words.count("plant") + words.count("plants")


@given(WORDS)
def test_two_words_are_counted_wherever_they_follow_each_other(words):
    expected = sum(first == "solar" and second in {"power", "powers"} for first, second in pairwise(words))

    assert count("solar power", " ".join(words)) == expected


@given(st.lists(st.text(max_size=12), max_size=4), st.text(max_size=60))
def test_whatever_the_owner_writes_can_be_searched_for(written, text):
    assert all(phrase.count(Tokens.of(text)) >= 0 for phrase in phrases(written))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("ısparta", "ISPARTA gül bahçeleri açıldı"),
        ("izmir", "İZMİR limanı"),
        ("strasse", "Die Straße ist zu"),
        ("οδος", "Η ΟΔΌΣ έκλεισε"),
        ("wi-fi", "Free Wi‑Fi here"),
        ("کتاب", "هذا كِتاب جديد"),
        ("أحمد", "قال احمد"),
        ("donaudampf", "Die Donau­dampf fährt"),
        ("مي‌خواهم", "من میخواهم"),
    ],
)
def test_a_word_is_found_however_its_letters_are_written(written, text):
    assert count(written, text) == 1
