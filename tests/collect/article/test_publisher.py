"""The names of sources."""

from __future__ import annotations

import pytest

from digest.collect.article.publisher import publisher_of


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Gazette", "The Gazette"),
        ("The Gazette - World", "The Gazette"),
        ("Blog – The Gazette", "The Gazette"),
        ("The Gazette | All stories", "The Gazette"),
        ("The Gazette: Latest", "The Gazette"),
        ("The Gazette RSS feed", "The Gazette"),
        ("The Gazette News Search Results Found 250", "The Gazette News"),
        ("Comments on: The Gazette", "The Gazette"),
        ("The Gazette -", "The Gazette"),
        ("Cats – Dogs", "Cats – Dogs"),
        ("Top stories", "gazette.example"),
        ("World News: Politics, crime, weather, traffic, and so much more", "gazette.example"),
        ("", "gazette.example"),
        ("x" * 100, "gazette.example"),
        ("The\u202e Gazette\n", "The Gazette"),
    ],
)
def test_a_source_is_called_what_its_readers_call_it(title: str, name: str) -> None:
    assert publisher_of(title, link="https://www.gazette.example/feed") == name


def test_a_file_without_a_title_is_called_by_its_place() -> None:
    assert publisher_of("", link="feeds/gazette.xml") == "feeds/gazette.xml"
