"""Names of zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.collect.article.zones import zone_of

WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        *(("Z", 0), ("GMT", 0), ("utc", 0), ("A", 0), ("-0000", 0)),
        *(("+0200", 2), ("+02:00", 2), ("+2", 2), ("GMT+2", 2), ("UTC-05:30", -5.5), ("UTC +1", 1), ("+1400", 14)),
        # RFC 5322 §4.3.
        *(("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7)),
        *(("CEST", 2), ("MESZ", 2), ("BST", 1), ("IST", 5.5), ("MSK", 3), ("JST", 9), ("NZDT", 13), ("NST", -3.5)),
        *(("Pacific Standard Time", -8), ("Coordinated Universal Time", 0)),
    ],
)
def test_a_name_means_so_many_hours_all_year(name: str, hours: float) -> None:
    zone = zone_of(name)
    assert zone is not None
    assert {WINTER.replace(tzinfo=zone).utcoffset(), SUMMER.replace(tzinfo=zone).utcoffset()} == {
        timedelta(hours=hours)
    }


@pytest.mark.parametrize("name", ["ET", "America/New_York", "US/Eastern"])
def test_a_place_changes_its_clocks(name: str) -> None:
    zone = zone_of(name)
    assert (WINTER.replace(tzinfo=zone).utcoffset(), SUMMER.replace(tzinfo=zone).utcoffset()) == (
        timedelta(hours=-5),
        timedelta(hours=-4),
    )


@pytest.mark.parametrize("name", ["", "XYZ", "+1500", "+99:99", "Nov", "../../etc/passwd", "Europe/Nowhere", "/", "+"])
def test_what_names_no_zone_is_none(name: str) -> None:
    assert zone_of(name) is None


def test_utc_is_one_zone_whatever_it_is_called() -> None:
    assert zone_of("GMT") is zone_of("Z") is UTC
