"""The words of each language."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.languages.schema import SCHEMA
from digest.languages.tables import either, folded, languages, merged, read, table_of, text, words, written


def test_a_table_can_be_had_as_it_is_written() -> None:
    assert tomllib.loads(written("he", "mail"))["issue"] == text("he", "mail", "issue") == "גיליון {number}"


@pytest.mark.parametrize("language", languages())
def test_a_table_read_alone_is_the_one_in_the_whole_file(language: str) -> None:
    assert {table: table_of(language, table) for table in SCHEMA if table in read(language)} == read(language)


def test_a_language_without_a_file_has_no_words() -> None:
    assert words("xx", "columns", "email") == ()
    assert words("en", "columns", "email")


def test_no_file_is_read_where_modules_are_imported() -> None:
    code = """
import importlib, pkgutil
from digest.languages import tables
for room in ("text", "collect", "render", "issue", "audience"):
    package = importlib.import_module(f"digest.{room}")
    for module in pkgutil.walk_packages(package.__path__, f"digest.{room}."):
        importlib.import_module(module.name)
print(tables._files.cache_info().currsize)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_either_of_no_patterns_matches_nothing() -> None:
    assert re.fullmatch(either(["a", "b.*"]), "bc")
    assert not re.search(either([]), "")


def test_no_word_means_that_somebody_is_mailed_and_that_they_are_not() -> None:
    statuses = {key: {folded(word) for word in words} for key, words in merged("statuses").items()}
    stay = statuses["active"] | statuses["regular"]
    gone = statuses["unsubscribed"] | statuses["bounced"] | statuses["complained"]
    assert stay & (gone | statuses["pending"] | statuses["paused"]) == set()
    booleans = {key: set(words) for key, words in merged("booleans").items()}
    assert booleans["yes"] & booleans["no"] == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("EMAIL_BLACKLISTED", "email blacklisted"),
        ("doNotContact", "do not contact"),
        ("E-Mail-Adresse", "email adresse"),
        ("Désabonné(e)", "desabonne e"),
        ("  Imię i nazwisko ", "imie i nazwisko"),
        ("℠", "sm"),
    ],
)
def test_words_are_compared_without_accents_capitals_and_marks(text: str, words: str) -> None:
    assert folded(text) == words


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
