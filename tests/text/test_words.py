from hypothesis import given
from hypothesis import strategies as st

from digest.languages.tables import languages
from digest.text.words import content_words, fold, stop_words, tokens


def test_words_are_case_folded_and_lose_their_accents():
    assert tokens("Beyoncé à São Paulo") == ["beyonce", "a", "sao", "paulo"]


def test_a_possessive_is_no_part_of_a_name():
    assert tokens("Biden's plan, Europe’s answer") == ["biden", "plan", "europe", "answer"]


def test_an_elided_article_is_cut_off():
    assert tokens("l'Europe et l’Italie") == ["europe", "et", "italie"]


def test_a_hindi_word_stays_whole():
    assert tokens("हिन्दी समाचार") == ["हिन्दी", "समाचार"]


def test_scripts_without_spaces_give_overlapping_pairs():
    assert tokens("北京大学") == ["北京", "京大", "大学"]


def test_latin_words_inside_japanese_text_stay_whole():
    assert tokens("iPhone新型") == ["iphone", "新型"]


def test_stop_words_and_single_letters_are_no_content():
    assert content_words("The plan of a minister in 2 of X days") == ["plan", "minister", "2", "days"]


def test_each_language_has_its_own_stop_words():
    assert content_words("Der Krieg war lang", "de") == ["krieg", "lang"]
    assert content_words("The war was long", "en") == ["war", "long"]


def test_an_unknown_language_falls_back_to_english():
    assert stop_words("tlh") == stop_words("en")


def test_every_list_of_stop_words_is_folded_as_words_are():
    for language in languages("stop_words"):
        assert all(word in set(tokens(word)) for word in stop_words(language))


@given(st.text())
def test_any_text_gives_words_that_are_not_empty(text):
    assert all(tokens(text))
    assert isinstance(fold(text), str)
