from __future__ import annotations

import re
from datetime import date

import pytest

from digest.errors import UsageError
from digest.languages.tables import languages, table_of, text
from digest.render.words import find_words

LANGUAGES = languages("mail")


def places(phrase):
    return sorted(re.findall(r"\{\w+\}", phrase))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_phrase_with_the_places_of_the_english_one(language):
    own, english = find_words(language, []), find_words("en", [])
    for name in table_of("en", "mail"):
        assert places(getattr(own, name)) == places(getattr(english, name)), name


def test_a_date_is_written_in_the_language():
    day = date(2026, 3, 1)
    assert find_words("en", []).full_date(day) == "1 March 2026"
    assert find_words("de", []).full_date(day) == "1. März 2026"
    assert find_words("es", []).full_date(day) == "1 de marzo de 2026"


def test_a_date_in_the_issues_year_does_without_the_year():
    words = find_words("en", [])
    assert words.date_near(date(2026, 1, 2), issue=date(2026, 2, 19)) == "2 January"
    assert words.date_near(date(2025, 12, 31), issue=date(2026, 1, 2)) == "31 December 2025"


@pytest.mark.parametrize(
    ("language", "first"),
    [("fr", "1er mars"), ("it", "1º marzo"), ("pt", "1.º de março"), ("es", "1 de marzo"), ("de", "1. März")],
)
def test_the_first_of_a_month_is_written_as_people_do(language, first):
    words = find_words(language, [])
    assert words.full_date(date(2026, 3, 1)).startswith(first)
    assert words.date_near(date(2026, 3, 1), issue=date(2026, 3, 2)) == first
    assert words.date_near(date(2026, 3, 21), issue=date(2026, 3, 22)).startswith("21")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_name_for_the_section_of_what_fits_none(language):
    words = find_words(language, [])
    assert words.catch_all == text(language, "mail", "catch_all")
    assert words.only_section == text(language, "mail", "only_section")


def test_months_are_those_that_dates_are_read_by():
    assert find_words("pl", []).months[0] == "stycznia"
    assert find_words("he", []).months[0] == "בינואר"


def test_a_new_language_needs_no_months_where_they_are_known(tmp_path):
    phrases = {name: value[0] for name, value in table_of("en", "mail").items()}
    (tmp_path / "words").mkdir()
    lines = [f'{name} = "{value}"' for name, value in (phrases | {"also": "Viz"}).items()]
    (tmp_path / "words" / "cs.toml").write_text("\n".join(lines), encoding="utf-8")
    words = find_words("cs", [tmp_path])
    assert (words.language, words.also, words.months[0]) == ("cs", "Viz", "ledna")


def test_an_owners_older_file_has_later_phrases_in_english(tmp_path):
    older = (
        "long_date",
        "short_date",
        "issue",
        "reading_time",
        "greeting",
        "nameless_greeting",
        "also",
        "comma",
        "more",
    )
    (tmp_path / "words").mkdir()
    lines = [f'{name} = "x"' for name in (*older, "why", "unsubscribe")]
    (tmp_path / "words" / "cs.toml").write_text("\n".join(lines), encoding="utf-8")
    assert find_words("cs", [tmp_path]).note == "Editor’s note:"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_breaks_within_the_time_that_something_takes(language):
    words = find_words(language, [])
    for medium in ("text", "audio", "video"):
        assert re.search(r"[^\S\u00a0]", words.minutes(1, medium)) is None
    assert find_words("en", []).minutes(1) == "1\u00a0min\u00a0read"


def test_words_tell_whether_they_are_in_a_language():
    assert find_words("pt-BR", []).speaks("pt-BR")
    assert not find_words("is", []).speaks("is")


def test_a_value_that_looks_like_a_place_is_not_filled_in():
    assert "{email}" in find_words("en", []).reason(email="a@b.c", newsletter="News {email}")


def test_a_region_falls_back_to_its_language_and_an_unknown_language_to_english():
    assert find_words("pt-BR", []).language == "pt"
    assert find_words("xx", []).language == "en"


def test_the_owners_phrases_lie_over_the_packaged_ones(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "de.toml").write_text('unsubscribe = "Tschüss"', encoding="utf-8")
    words = find_words("de", [tmp_path])
    assert words.unsubscribe == "Tschüss"
    assert words.months[2] == "März"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'unsubscrbe = "x"', r"words/cs\.toml: .*unsubscrbe: Extra inputs"),
        (b'also = "x"', r"words/cs\.toml: .*long_date: Field required"),
        (b"also = x", r"words/cs\.toml: Invalid value"),
        (b'also = "\xff"', r"words/cs\.toml: .*utf-8"),
    ],
    ids=["misspelt", "incomplete", "no TOML", "no UTF-8"],
)
def test_a_wrong_file_is_named(tmp_path, content, message):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "cs.toml").write_bytes(content)
    with pytest.raises(UsageError, match=message):
        find_words("cs", [tmp_path])


def test_a_language_is_no_path(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "secret.toml").write_text("x = 1")
    assert find_words("../secret", [tmp_path]).language == "en"
