from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.article.dates import find_date, read_date


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Sep 11, 2023\xa0-\xa017:30", "2023-09-11T17:30:00+00:00"),
        ("2023-09-11T17:30:00.123+02:00", "2023-09-11T17:30:00+02:00"),
        ("Mon, 11 Sep 2023 17:30:00 +0000", "2023-09-11T17:30:00+00:00"),
        ("11. März 2024, 9.30 Uhr", "2024-03-11T09:30:00+00:00"),
        ("le 1er mars 2023 à 17h30", "2023-03-01T17:30:00+00:00"),
        ("11 de septiembre de 2023", "2023-09-11T00:00:00+00:00"),
        ("Updated 5:30 PM ET, Tue November 19, 2019", "2019-11-19T17:30:00-05:00"),
        ("2023年9月11日 08:30", "2023-09-11T08:30:00+00:00"),
        ("19 ноября 2019, 10:15", "2019-11-19T10:15:00+00:00"),
        ("11/18/2019 | 5:30 PM ET", "2019-11-18T17:30:00-05:00"),
        ("18 Nov 2019 12:00 GMT+02:00", "2019-11-18T12:00:00+02:00"),
        ("12 Sept. 2023 at 12 a.m.", "2023-09-12T00:00:00+00:00"),
        ("31.12.1999 23.59 Uhr", "1999-12-31T23:59:00+00:00"),
        ("2023-09-11T17:30:61Z", "2023-09-11T17:30:59+00:00"),
        ("29 בנובמבר 2026, 10:15", "2026-11-29T10:15:00+00:00"),
        ("29 نوامبر 2026", "2026-11-29T00:00:00+00:00"),
        ("29 de novembre 2026", "2026-11-29T00:00:00+00:00"),
        ("29 листопада 2026", "2026-11-29T00:00:00+00:00"),
    ],
)
def test_a_date_is_read_as_people_write_it(line, moment):
    found = find_date(line)

    assert found is not None
    assert found.moment.isoformat() == moment


@pytest.mark.parametrize(
    "line",
    [
        "09/11/2023",
        "February 30, 2023",
        "2 hours ago",
        "Sep 11",
        "11 Sep 1023",
        "1.2.3.2023",
        "11 aprıl 2023",
        "1970-01-01",
        "",
    ],
)
def test_what_does_not_name_one_day_is_left_alone(line):
    assert find_date(line) is None


def test_a_date_is_found_within_a_line():
    found = find_date("By Jane Roe | Sep 11, 2023 17:30 | Harbour")

    assert found is not None
    assert (found.start, found.end) == (14, 32)


def test_the_first_of_two_dates_counts():
    assert read_date("Published 11 Sep 2023, updated 12 Sep 2023") == datetime(2023, 9, 11, tzinfo=UTC)


def test_a_time_without_a_zone_is_read_in_the_given_one():
    moment = read_date("11 Sep 2023 17:30", zone=ZoneInfo("Asia/Kolkata"))

    assert moment is not None
    assert moment.isoformat() == "2023-09-11T17:30:00+05:30"


def test_a_day_without_a_time_is_known_as_one():
    found = find_date("11 Sep 2023 in Paris")

    assert found is not None
    assert (found.moment.hour, found.timed) == (0, False)


@given(st.integers(86_400, 7_258_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_iso_dates_are_read_back(moment):
    assert read_date(moment.isoformat()) == moment


@given(st.text(st.sampled_from("0123456789 -/.:,T年月日ZSepJanmaiſıGMT+"), max_size=60))
def test_any_line_has_a_date_or_none(line):
    found = find_date(line)

    assert found is None or 0 <= found.start < found.end <= len(line)


@pytest.mark.parametrize("unit", ["1 ", "1-", "may ", "2023-", "11.", "12:"])
def test_a_hostile_line_is_read_as_fast_as_another(unit):
    # A pattern that backtracks would run for hours.
    find_date(unit * 20_000)
