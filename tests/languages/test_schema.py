"""What a language's file may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

import digest.languages.tables
from digest.languages.schema import SCHEMA
from digest.languages.tables import read


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
