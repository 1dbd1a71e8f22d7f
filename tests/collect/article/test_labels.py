"""Names, categories and languages as documents write them."""

from __future__ import annotations

import pytest

from digest.collect.article.labels import author_name, category_names, primary_tag


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
