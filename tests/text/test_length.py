import pytest

from digest.text.length import count_words, reading_minutes


def test_words_are_what_stands_between_spaces():
    assert count_words("It costs $3.50 – a well-known sum.") == 7


def test_nothing_has_no_words_and_takes_no_time():
    assert count_words(" \n") == 0
    assert reading_minutes("") == 0


def test_a_short_text_takes_a_minute():
    assert reading_minutes("Short.") == 1


def test_latin_scripts_are_read_at_238_words_a_minute():
    assert reading_minutes("word " * 238 * 5) == 5


def test_chinese_is_read_at_500_characters_a_minute():
    assert reading_minutes("汉" * 2500) == 5


def test_korean_is_counted_in_words_because_it_has_spaces():
    assert count_words("대통령은 어제 서울에서 말했다") == 4


def test_latin_words_inside_chinese_count_as_words():
    assert count_words("苹果公司发布 iPhone 16") == 2 + round(6 * 238 / 500)


@pytest.mark.parametrize(
    ("text", "words"),
    [("ก" * 45, 10), ("ກ" * 45, 10), ("ក" * 50, 10), ("က" * 50, 10), ("ཀ" * 60, 10), ("ｱ" * 21, 10), ("x" * 400, 11)],
)
def test_words_of_scripts_without_spaces_are_counted_by_their_letters(text, words):
    assert count_words(text) == words
