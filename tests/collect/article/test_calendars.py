"""Years of other calendars."""

from __future__ import annotations

from datetime import date

import pytest

from digest.collect.article.calendars import day_of, persian_month, without_eras


@pytest.mark.parametrize(
    ("numbers", "day"),
    [
        ((2026, 11, 29), date(2026, 11, 29)),
        # Thai.
        ((2569, 11, 29), date(2026, 11, 29)),
        # The first days of Persian years, as the calendar of Tehran has them.
        ((1375, 1, 1), date(1996, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1405, 9, 8), date(2026, 11, 29)),
        # Of the Islamic calendar, or of none.
        ((1448, 6, 19), None),
        ((1405, 13, 1), None),
        ((1405, 7, 31), None),
        ((2026, 2, 30), None),
        ((0, 0, 0), None),
    ],
)
def test_a_day_is_one_of_our_calendar(numbers: tuple[int, int, int], day: date | None) -> None:
    assert day_of(*numbers) == day


def test_months_of_the_persian_calendar_have_names() -> None:
    assert (persian_month("آذر"), persian_month("nov")) == (9, 0)
    assert day_of(1348, 10, 11, persian=True) == date(1970, 1, 1)


@pytest.mark.parametrize(
    ("written", "ours"), [("令和元年5月1日", "2019年5月1日"), ("民國115年", "2026年"), ("2026年", "2026年")]
)
def test_years_of_an_era_are_counted_on(written: str, ours: str) -> None:
    assert without_eras(written) == ours
