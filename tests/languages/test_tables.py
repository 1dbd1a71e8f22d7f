"""The words of each language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import digest.languages.tables
from digest.languages.tables import SCHEMA, folded, languages, merged, read

ROOT = Path(__file__).parents[2]
#: What only English has: marks, or words that every language borrows.
_ONLY_ENGLISH = {"modifiers.counted", "booleans.mark"}
#: What a language may lack, since it has one word for both or does without it.
_OPTIONAL = {"columns.address", "columns.state", "columns.reason", "columns.name"}


@pytest.mark.parametrize("language", languages())
def test_a_language_lacks_nothing_but_what_it_may(language: str) -> None:
    tables = read(language)
    lacking = {f"{table}.{key}" for table, keys in SCHEMA.items() for key in keys if not tables.get(table, {}).get(key)}
    assert lacking <= _OPTIONAL | (_ONLY_ENGLISH if language != "en" else set())


def test_every_language_of_the_mail_is_known() -> None:
    assert languages() == sorted(path.stem for path in (ROOT / "templates" / "words").glob("*.toml"))


def test_no_word_means_that_somebody_is_mailed_and_that_they_are_not() -> None:
    statuses = {key: {folded(word) for word in words} for key, words in merged("statuses").items()}
    stay = statuses["active"] | statuses["regular"]
    gone = statuses["unsubscribed"] | statuses["bounced"] | statuses["complained"]
    assert stay & (gone | statuses["pending"] | statuses["paused"]) == set()
    booleans = {key: set(words) for key, words in merged("booleans").items()}
    assert booleans["yes"] & booleans["no"] == set()


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("EMAIL_BLACKLISTED", "email blacklisted"),
        ("doNotContact", "do not contact"),
        ("E-Mail-Adresse", "email adresse"),
        ("Désabonné(e)", "desabonne e"),
        ("  Imię i nazwisko ", "imie i nazwisko"),
    ],
)
def test_words_are_compared_without_accents_capitals_and_marks(text: str, words: str) -> None:
    assert folded(text) == words


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
