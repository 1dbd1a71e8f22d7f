"""Names, categories and languages as documents write them."""

from __future__ import annotations

import pytest

from digest.collect.article.labels import author_name, category_names, primary_tag, publisher_of


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Jane Doe", "Jane Doe"),
        ("jane@example.org (Jane Doe)", "Jane Doe"),
        ("none@none.example (Reuters | AFP)", "Reuters | AFP"),
        ("hidden (jane)", "jane"),
        ("jane@example.org", ""),
        ("Jane Doe <jane@example.org>", "Jane Doe"),
        ("<b>Jane</b> &amp; Joe\n", "Jane & Joe"),
        ("", ""),
    ],
)
def test_an_authors_name_is_kept_and_the_address_is_not(written: str, name: str) -> None:
    assert author_name(written) == name


def test_categories_are_lines_of_text_each_once() -> None:
    assert category_names(["News", "<i>News</i>", "Uncategorized", "", "R&amp;D", "x" * 200]) == ("News", "R&D")


@pytest.mark.parametrize(
    ("written", "tag"),
    [("en-US", "en"), ("DE", "de"), (" fr ", "fr"), ("english", ""), ("", ""), ("zh_TW", "zh"), ("1", "")],
)
def test_of_a_language_the_primary_tag_is_kept(written: str, tag: str) -> None:
    assert primary_tag(written) == tag


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
