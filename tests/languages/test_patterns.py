"""Patterns made of a language's words."""

from __future__ import annotations

import re

from digest.languages.patterns import as_spoken, is_spaceless, whole_words


def test_words_are_found_whole_where_spaces_part_them() -> None:
    word = re.compile(whole_words(["art", r"king\w*"], "en"))
    assert [found[0] for found in word.finditer("art party kingdom art's")] == ["art", "kingdom", "art"]


def test_words_are_found_anywhere_where_no_spaces_part_them() -> None:
    assert is_spaceless("zh")
    assert re.search(whole_words(["因为"], "zh"), "他因为雨")


def test_no_words_are_found_nowhere() -> None:
    assert not re.search(whole_words([], "en"), "a word")


def test_spoken_words_have_any_blanks_and_apostrophes() -> None:
    assert re.fullmatch(as_spoken(["don't go"])[0], "don’t \n go")
