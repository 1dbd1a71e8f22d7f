from __future__ import annotations

import pytest

from digest.render.script import brackets, direction, has_capitals, tag, word_space


@pytest.mark.parametrize("language", ["ar", "ar-EG", "he", "fa", "ur", "az-Arab", "AR", "ckb"])
def test_these_run_from_right_to_left(language):
    assert direction(language) == "rtl"


@pytest.mark.parametrize("language", ["en", "de-CH", "ja", "", "ar-Latn", "az", "arn", "he-Latn-IL"])
def test_these_run_from_left_to_right(language):
    assert direction(language) == "ltr"


@pytest.mark.parametrize(
    ("language", "capitals"),
    [
        *((language, True) for language in ("en", "ru", "el", "zh-Latn", "sr-Cyrl-RS", "")),
        *((language, False) for language in ("zh", "ja", "hi", "ar", "he-IL", "pa-Arab")),
    ],
)
def test_scripts_with_and_without_capitals_are_told_apart(language, capitals):
    assert has_capitals(language) == capitals


@pytest.mark.parametrize("language", ["en", "de-CH", "zh-Hant-TW", "sl-rozaj-biske-1994"])
def test_a_language_tag_is_taken(language):
    assert tag(language) == language


@pytest.mark.parametrize("language", ["", "e", "english language", 'en"', "en\n", "<b>", "-en"])
def test_anything_else_is_no_language_tag(language):
    assert tag(language, otherwise="und") == "und"


def test_sentences_of_chinese_and_japanese_have_no_space_between_them():
    assert [word_space(language) for language in ("zh-TW", "ja", "en", "ko")] == ["", "", " ", " "]


def test_brackets_of_chinese_and_japanese_bring_their_own_space():
    assert [brackets(language) for language in ("zh-TW", "ja")] == [("（", "）")] * 2
    assert [brackets(language) for language in ("en", "ko", "th", "ar")] == [(" (", ") ")] * 4
