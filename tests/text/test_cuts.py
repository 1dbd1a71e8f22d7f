import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.cuts import cut_words, whole_characters, whole_words
from digest.text.length import count_words

FAMILY, FLAG, THUMB = "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f1eb\U0001f1f7", "\U0001f44d\U0001f3fd"
SCRIPTS = st.text(alphabet="ab ก้เि中。क्षみ゙\u200d\U0001f469\U0001f467\U0001f3fd\U0001f1eb\U0001f1f7 ,", max_size=300)


def test_a_text_is_cut_between_two_words():
    assert cut_words("one two three four five six", most=4, language="en") == "one two three four…"


def test_a_text_that_fits_stays_whole():
    assert cut_words("one two three", most=3, language="en") == "one two three"


def test_no_small_word_is_left_hanging():
    assert cut_words("The boat sails to the island tonight", most=5, language="en") == "The boat sails…"


@pytest.mark.parametrize("character", [FAMILY, FLAG, THUMB, "ไม้", "क्षि", "e\u0301", "ពី", "❤\ufe0f"])
def test_a_character_stays_whole(character):
    text = f"ab{character}cd"

    assert all(whole_characters(text, at) == 2 for at in range(3, 2 + len(character)))


def test_two_flags_are_cut_apart():
    assert whole_characters(FLAG + FLAG, 2) == 2
    assert whole_characters(FLAG + FLAG, 3) == 2


def test_what_is_one_endless_character_is_cut_all_the_same():
    assert whole_characters("a" + "\u0301" * 50, 20) == 20


def test_a_script_without_spaces_is_cut_behind_a_phrase_where_one_ends_near():
    assert whole_words("市政府宣布关闭大桥，村民乘", "市政府宣布关闭大桥，村民乘坐渡船", "zh") == "市政府宣布关闭大桥"
    assert (
        whole_words("市，政府宣布关闭大桥村民乘", "市，政府宣布关闭大桥村民乘坐渡船", "zh")
        == "市，政府宣布关闭大桥村民乘"
    )


@given(SCRIPTS, st.integers(1, 30))
def test_what_is_cut_has_no_more_words_and_begins_the_text(text, most):
    cut = cut_words(text, most=most, language="en")

    assert count_words(cut.removesuffix("…")) <= most
    assert text.startswith(cut.removesuffix("…"))


@given(SCRIPTS.map(lambda text: f"ab{text}"), st.integers(1, 300))
def test_no_cut_leaves_a_mark_without_its_letter(text, at):
    begin = whole_characters(text, min(at, len(text)))

    assert begin <= max(1, at)
    assert begin in {1, len(text), min(at, len(text))} or unicodedata.category(text[begin])[0] != "M"
