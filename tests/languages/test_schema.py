"""What a language's file may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

import digest.languages.tables
from digest.languages.schema import SCHEMA
from digest.languages.tables import languages, read

#: What only English has: marks, or words that every language borrows.
_ONLY_ENGLISH = {"modifiers.counted", "booleans.mark"}
#: What a language may lack, since it has one word for both or does without it.
_OPTIONAL = {"columns.address", "columns.state", "columns.reason", "columns.name"}


@pytest.mark.parametrize("language", languages())
def test_a_language_lacks_nothing_but_what_it_may(language: str) -> None:
    tables = read(language)
    lacking = {f"{table}.{key}" for table, keys in SCHEMA.items() for key in keys if not tables.get(table, {}).get(key)}
    assert lacking <= _OPTIONAL | (_ONLY_ENGLISH if language != "en" else set())


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
