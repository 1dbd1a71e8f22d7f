"""Days in strings that are dates."""

from __future__ import annotations

from datetime import date

import pytest

from digest.collect.article.days import written_day


@pytest.mark.parametrize(
    "written",
    ["29 Nov 2026", "Nov 29, 26", "2026-11-29", "29.11.2026", "29/11/26", "2026-W48-7", "2026333", "29Nov2026"],
)
def test_a_day_is_read_in_any_order(written: str) -> None:
    assert written_day(written)[0] == date(2026, 11, 29)


def test_of_a_weekday_and_a_month_of_one_name_the_month_is_between_numbers() -> None:
    assert written_day("mar 24 nov 2026")[0] == written_day("24 nov 2026, mar")[0] == date(2026, 11, 24)


@pytest.mark.parametrize("written", ["09/11/2026", "26-11-29", "2026-W60-1", "2026-366", "Nov", "29 Nov", "", "2026"])
def test_what_names_no_day_or_two_is_none(written: str) -> None:
    assert written_day(written)[0] is None


def test_what_is_no_part_of_the_day_is_left() -> None:
    assert written_day("29 Nov 2026 0530")[1].split() == ["0530"]
