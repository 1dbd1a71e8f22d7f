from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.text import WIDTH, columns, underlined, wrap


def test_a_paragraph_is_broken_into_lines_of_72_columns():
    lines = wrap("word " * 100).split("\n")
    assert {columns(line) for line in lines[:-1]} == {14 * 5 - 1}


def test_an_address_is_never_broken():
    address = "https://example.org/" + "a-b/" * 40
    assert address in wrap(f"See also {address} and more.").split("\n")
    assert f"<{address}>" in wrap(f"Some Publisher <{address}>").split("\n")


def test_text_without_spaces_is_broken_between_characters():
    lines = wrap("漢字" * 60).split("\n")
    assert max(columns(line) for line in lines) <= WIDTH
    assert "".join(lines) == "漢字" * 60


def test_chinese_punctuation_does_not_begin_a_line():
    assert not any(line.startswith("。") for line in wrap(("漢" * 35 + "。") * 4).split("\n"))


@pytest.mark.parametrize("before", range(60, 72))
def test_a_bracket_in_a_chinese_text_stands_on_the_line_of_what_it_holds(before):
    lines = wrap("x" + "漢" * (before // 2) + "。（NDTV）" + "漢" * 20 + "。").split("\n")
    assert not any(line.endswith("（") or line.startswith(("）", "。")) for line in lines)


def test_latin_words_in_japanese_text_stay_whole():
    assert "newsletter" in wrap("日本語" * 11 + "newsletter" + "日本語" * 11)


def test_a_word_too_long_for_a_line_of_mail_is_cut():
    assert max(len(line.encode()) for line in wrap("x" * 10_000).split("\n")) <= 998


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_no_line_ends_at_a_no_break_space(space):
    assert wrap(f"{'x' * 66} rédaction{space}: mot").split("\n")[1] == f"rédaction{space}: mot"


def test_lines_are_indented():
    assert wrap("word " * 20, "  ", "- ").split("\n")[0].startswith("- word")
    assert wrap("word " * 20, "  ", "- ").split("\n")[1].startswith("  word")


def test_an_empty_paragraph_is_an_empty_line():
    assert wrap("") == ""


def test_a_title_is_underlined_as_long_as_it_is_wide():
    assert underlined("日本 News", "=") == "日本 News\n========="


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" ")))
def test_wrapping_loses_nothing(text):
    assert "".join(wrap(text).split()) == "".join(text.split())


@given(st.lists(st.text("abcdefg", min_size=1, max_size=20), min_size=1))
def test_lines_of_words_are_never_too_wide(words):
    assert all(columns(line) <= WIDTH for line in wrap(" ".join(words)).split("\n"))


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("", 0)])
def test_columns_are_those_of_a_terminal(text, width):
    assert columns(text) == width
