"""Which language has which table."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from digest.languages.matrix import lacking, matrix
from digest.languages.schema import SCHEMA
from digest.languages.tables import languages, read

_PINNED = tomllib.loads((Path(__file__).parent / "missing.toml").read_text(encoding="utf-8"))
_WHOLE = languages("columns")
_ADVICE = "If it is meant, change tests/languages/missing.toml: it lists what languages lack, and have."


@pytest.mark.parametrize("language", _WHOLE)
def test_a_language_lacks_what_is_listed_and_no_more(language: str) -> None:
    listed = {name for name, languages in _PINNED["lacking"].items() if language in languages}
    assert set(lacking(read(language))) == listed, _ADVICE


@pytest.mark.parametrize("table", SCHEMA)
def test_other_languages_have_the_tables_that_are_listed(table: str) -> None:
    assert sorted(set(languages(table)) - set(_WHOLE)) == sorted(_PINNED["beyond"].get(table, [])), _ADVICE


def test_a_table_and_a_key_can_be_lacking() -> None:
    tables = {
        name: {key: ("x",) for key in keys if key != "tags"} for name, keys in SCHEMA.items() if name != "leaving"
    }
    assert list(lacking(tables)) == ["columns.tags", "leaving"]


def test_the_matrix_shows_what_is_missing() -> None:
    header, *lines = matrix().splitlines()
    assert header.split() == languages()
    columns = next(line.split() for line in lines if line.startswith("columns"))
    assert dict(zip(header.split(), columns[1:], strict=True))["en"] == "x"
    assert all(set(line.split()[1:]) <= {"x", "o", "."} for line in lines[: len(SCHEMA)])


def test_a_command_prints_the_matrix() -> None:
    done = subprocess.run([sys.executable, "-m", "digest.languages"], capture_output=True, text=True, check=True)
    assert done.stdout == matrix() + "\n"
