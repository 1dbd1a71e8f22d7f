"""Dates as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.collect.article.timestamps import read_timestamp

MORNING = datetime(2026, 11, 29, 10, 15, tzinfo=UTC)
DAY = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Sun, 29 Nov 2026 10:15:00 +0000",
        "29 Nov 2026 10:15:00 GMT",
        "Mon, 29 Nov 2026 10:15 UT",
        "dim., 29 nov. 2026 10:15:00 +0000",
        "Sun, 29 Nov 26 10:15:00 GMT",
        "Sun, 29 Nov 126 10:15:00 GMT",
        "sun , 29  nov   2026 , 10:15:00 gmt",
        "Sunday, 29-Nov-26 10:15:00 GMT",
        "Sun, 29 Nov 2026 12:15:00 +0200 (EET)",
        "Sun Nov 29 2026 12:15:00 GMT+0200 (Eastern European Standard Time)",
        "Sun, 29 Nov 2026 17:15:00 GMT+7",
        "Sun, 29 Nov 2026 04:45:00 UTC-05:30",
        "Sun, 29 Nov 2026 12:15:00 +2",
        "Sun, 29 Nov 2026 12:15:00 0200",
        "Sun, 29 Nov 2026 10:15:00 -0000",
        "Sun, 29 Nov 2026 10:15:00 A",
        "Sun, 29 Nov 2026 05:15:00 EST",
        "Sun, 29 Nov 2026 15:45:00 IST",
        "Sun, 29 Nov 2026 21:15:00 AEDT",
        "Sun, 29 Nov 2026 11:15:00 Europe/Berlin",
        "Sun, 29 Nov 2026 05:15:00 Eastern Standard Time",
        "Sun, 29 Nov 2026 10:15:00 XYZ",
        "Sun Nov 29 10:15:00 2026",
        "Sun Nov 29 05:15:00 EST 2026",
        "Nov 29, 2026 5:15 AM EST",
    ],
)
def test_rfc_822_is_read_with_the_oddities_of_programs(written: str) -> None:
    assert read_timestamp(written) == MORNING


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-29T10:15:00Z",
        "2026-11-29t10:15:00z",
        "20261129T101500Z",
        "2026-W48-7T10:15:00Z",
        "2026W487T101500Z",
        "2026-333T10:15:00Z",
        "2026-11-29T10:15:00,0Z",
        "2026-11-29T10:15:00.000000000Z",
        "2026-11-29 10:15:00",
        "2026-11-29T10:15",
        "2026-11-29T10:15:00+00",
        "2026-11-29T05:15:00\u221205:00",
        "2026-11-29T11:15:00+01:00[Europe/Berlin]",
        "2026-11-29 12:15:00 +0200",
        "1795947300",
        "1795947300000",
        "1795947300.25",
        "/Date(1795947300000+0200)/",
        "20261129101500",
    ],
)
def test_iso_8601_and_counts_of_seconds_are_read(written: str) -> None:
    moment = read_timestamp(written)
    assert moment is not None
    assert moment.replace(microsecond=0) == MORNING


@pytest.mark.parametrize(
    "written",
    [
        "29/11/2026 10:15",
        "11/29/2026 10:15:00 AM",
        "2026/11/29(日) 10:15",
        "29.11.26, 10.15 Uhr",
        "29 novembre 2026 à 10h15",
        "29. November 2026, 10:15 Uhr",
        "29 listopada 2026, 10:15",
        "29. listopad 2026 10:15",
        "29 ноября 2026 г., 10:15",
        "29 Kasım 2026 Pazar 10:15",
        "٢٩ نوفمبر ٢٠٢٦ ١٠:١٥ ص",
        "29 تشرين الثاني 2026 10:15",
        "۲۹ نوامبر ۲۰۲۶ ۱۰:۱۵",
        "29 בנובמבר 2026 10:15",
        "29 de novembro de 2026 às 10:15",
        "zondag 29 nov. 2026 om 10.15 uur",
        "29 Νοεμβρίου 2026 10:15 π.μ.",
        "२९ नवंबर २०२६ १०:१५",
        "2026年11月29日(日) 10時15分",
        "２０２６年１１月２９日 午前10:15",
        "2026. 11. 29. 오전 10:15:00",
        "2026年11月29日 上午10:15",
        "2026. november 29. 10:15",
        "Chủ nhật, 29 tháng 11 2026, 10:15",
        "令和8年11月29日 10:15",
        "民國115年11月29日 10:15",
        "8 آذر 1405 10:15",
        "۱۴۰۵/۰۹/۰۸ ۱۰:۱۵",
        "29 พ.ย. 2569 10:15 น.",
        "Sun, 29 Nov 2569 10:15:00 +0000",
    ],
)
def test_dates_in_the_words_digits_and_years_of_a_language_are_read(written: str) -> None:
    assert read_timestamp(written) == MORNING


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Sun, 29 Nov 2026 12:15 AM", DAY + timedelta(minutes=15)),
        ("29 Nov 2026 12:15 p.m.", DAY + timedelta(hours=12, minutes=15)),
        ("2026-11-29 下午 3:15", DAY + timedelta(hours=15, minutes=15)),
        ("Sun, 29 Nov 2026 24:00:00 GMT", DAY + timedelta(days=1)),
        ("Sun, 29 Nov 2026 23:59:60 GMT", DAY + timedelta(days=1, seconds=-1)),
        ("Sun, 29 Nov 2026 25:61:00 GMT", DAY),
        ("2026-11-29", DAY),
        ("2026-11-29+01:00", DAY - timedelta(hours=1)),
        ("2026-11-29T10Z", DAY + timedelta(hours=10)),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("Mar, 24 Nov 2026 00:00:00 +0000", datetime(2026, 11, 24, tzinfo=UTC)),
    ],
)
def test_odd_times_of_a_day_and_days_without_one_are_read(written: str, moment: datetime) -> None:
    assert read_timestamp(written) == moment


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            " ",
            "null",
            "now",
            "today",
            "Invalid Date",
            "NaN",
            "undefined",
            "{{ date }}",
            "%pubDate%",
            "soon",
            "10:15",
        ),
        *("0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 +0000", "-62135596800", "0"),
        *(
            "1970-01-01T00:00:00Z",
            "Wed, 31 Dec 1969 19:00:00 -0500",
            "1969-12-31",
            "1900-01-01",
            "1601-01-01T00:00:00Z",
        ),
        *(
            "9999-12-31T23:59:59Z",
            "2038-01-19T03:14:07Z",
            "Sun, 30 Nov -0001 00:00:00 +0000",
            "/Date(-62135596800000)/",
        ),
        *("09/11/2026", "26-11-29", "30 Feb 2026", "2026-13-01", "99 Foo 2026", "2026", "Nov 29", "2 hours ago"),
        "1448-06-19",
    ],
)
def test_a_date_that_means_none_or_two_is_none(written: str) -> None:
    assert read_timestamp(written) is None


def test_a_time_without_a_zone_is_one_in_the_given_zone() -> None:
    east = timezone(timedelta(hours=3))
    assert read_timestamp("29 Nov 2026 13:15", zone=east) == MORNING
    assert read_timestamp("2026-11-29 13:15", zone=east) == MORNING
    assert read_timestamp("29 Nov 2026 10:15 GMT", zone=east) == MORNING


MOMENTS = st.integers(31_536_000, 2_100_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
FORMS = st.sampled_from(
    [
        format_datetime,
        datetime.isoformat,
        lambda at: at.strftime("%d %b %Y %H:%M:%S UTC%z"),
        lambda at: at.strftime("%a %b %d %H:%M:%S %z %Y"),
        lambda at: at.strftime("%Y%m%dT%H%M%S%z"),
        lambda at: at.strftime("%A, %B %d, %Y %I:%M:%S %p GMT%z"),
        lambda at: at.strftime("%d.%m.%Y, %H:%M:%S %z"),
        lambda at: at.strftime("%Y/%m/%d %H:%M:%S %z"),
        lambda at: at.strftime("%G-W%V-%uT%H:%M:%S%z"),
        lambda at: at.strftime("%Y-%jT%H:%M:%S%z"),
        lambda at: str(int(at.timestamp() * 1000)) if at.timestamp() >= 10**9 else at.isoformat(),
    ]
)


@given(MOMENTS, ZONES, FORMS)
def test_what_is_written_in_any_form_and_zone_is_read_back(moment: datetime, zone: timezone, form) -> None:
    assert read_timestamp(form(moment.astimezone(zone))) == moment


PIECES = st.sampled_from(
    [
        "29",
        "Nov",
        "2026",
        ":",
        "10",
        "15",
        "T",
        "Z",
        "+",
        "-",
        " ",
        ",",
        "/",
        ".",
        "(",
        ")",
        "W48",
        "GMT",
        "AM",
        "年",
        "٢",
        "0",
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join))
@example("99999999999999999999")
@example("2026-11-29T10:15:00+99:99")
@example("31 Dec 2199 24:00 -1400")
@example("²9 Nov 2026")
def test_any_text_is_a_moment_or_none(written: str) -> None:
    moment = read_timestamp(written)
    assert moment is None or (moment.tzinfo is UTC and 1000 <= moment.year <= 2200)


@pytest.mark.parametrize("unit", ["1 ", "1-", "nov ", "2026-", "11.", "12:", "(", "+", "a "])
def test_a_hostile_date_is_read_as_fast_as_another(unit: str) -> None:
    # A pattern that backtracks would run for hours.
    read_timestamp(unit * 50_000)
