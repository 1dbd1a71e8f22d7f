"""Names of months."""

from __future__ import annotations

import pytest

from digest.collect.article.months import month_number, prefixes
from digest.languages.tables import languages, words


@pytest.mark.parametrize("language", languages("months"))
def test_a_row_of_months_has_twelve_in_their_order(language: str) -> None:
    for row in words(language, "months", "names"):
        assert [month_number(name.replace("_", " ")) for name in row.split()] == [*range(1, 13)]


def test_months_that_mail_is_dated_with_are_known() -> None:
    # Hebrew's begin with "in".
    assert [month_number(name.removeprefix(prefixes())) for name in words("he", "mail", "months")] == [*range(1, 13)]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *(("NOV", 11), ("KASIM", 11), ("Kasım", 11), ("Мая", 5), ("mai", 5), ("تشرين الثاني", 11)),
        *(("aprıl", 0), ("", 0), ("sun", 0)),
    ],
)
def test_a_name_is_a_month_or_none(name: str, number: int) -> None:
    assert month_number(name) == number
