"""What a language's file may hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import digest.languages.tables
from digest.languages.schema import SCHEMA
from digest.languages.tables import languages, read


@pytest.mark.parametrize(
    "text",
    [
        '[columns]\nphone = ["phone"]',
        '[colours]\nemail = ["x"]',
        '[columns]\nemail = "email"',
        '[columns]\nemail = [""]',
    ],
)
def test_what_is_not_in_the_schema_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (tmp_path / "xx.toml").write_text(text)
    monkeypatch.setattr(digest.languages.tables, "_FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"xx\.toml: col"):
        read("xx")


def test_a_language_may_do_without_some_keys() -> None:
    assert SCHEMA["columns"]["state"].optional
    assert not SCHEMA["columns"]["email"].optional


@pytest.mark.parametrize("language", languages())
def test_every_pattern_is_a_regular_expression(language: str) -> None:
    for table, entries in read(language).items():
        for key in (key for key in entries if SCHEMA[table][key].kind == "patterns"):
            for pattern in entries[key]:
                assert re.compile(pattern), f"{table}.{key}"


@pytest.mark.parametrize("language", languages("notices"))
def test_every_search_is_a_text_in_small_letters_and_a_regular_expression(language: str) -> None:
    for search in read(language)["notices"].get("holds", ()):
        literal, _, pattern = search.partition(" :: ")
        assert literal == literal.lower() != ""
        assert re.compile(pattern)


@pytest.mark.parametrize("language", languages())
def test_no_entry_stands_twice_in_a_list(language: str) -> None:
    twice = [
        f"{table}.{key}"
        for table, entries in read(language).items()
        for key, entry in entries.items()
        if len(set(entry)) < len(entry)
    ]
    assert twice == []


def test_the_page_on_languages_names_every_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")
    assert [table for table in SCHEMA if f"`{table}`" not in page] == []
