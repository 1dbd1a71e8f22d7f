"""Names of months."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from digest.collect.article.months import month_number

WORDS = Path(__file__).parents[3] / "templates" / "words"


@pytest.mark.parametrize("path", sorted(WORDS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_months_of_every_language_that_mail_is_written_in_are_known(path: Path) -> None:
    names = tomllib.loads(path.read_text("utf-8"))["months"]
    # Hebrew's begin with "in".
    assert [month_number(name) or month_number(name[1:]) for name in names] == [*range(1, 13)]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *(("NOV", 11), ("KASIM", 11), ("Kasım", 11), ("Мая", 5), ("mai", 5), ("تشرين الثاني", 11)),
        *(("aprıl", 0), ("", 0), ("sun", 0)),
    ],
)
def test_a_name_is_a_month_or_none(name: str, number: int) -> None:
    assert month_number(name) == number
