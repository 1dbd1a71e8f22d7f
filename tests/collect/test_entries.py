"""Names, categories and times as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.collect.entries import author_name, category_names, iso_moment, primary_tag


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
    ("written", "moment"),
    [
        ("2026-02-17T10:00:00+02:00", datetime(2026, 2, 17, 8, tzinfo=UTC)),
        ("2026-02-17T08:00:00Z", datetime(2026, 2, 17, 8, tzinfo=UTC)),
        ("2026-02-17", datetime(2026, 2, 17, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_moment_is_aware_or_none(written: str, moment: datetime | None) -> None:
    assert iso_moment(written) == moment
