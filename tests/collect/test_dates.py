from __future__ import annotations

import pytest

from digest.collect.dates import find_date


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
    ],
)
def test_a_date_is_read_as_people_write_it(line, moment):
    found = find_date(line)

    assert found is not None
    assert found.moment.isoformat() == moment


@pytest.mark.parametrize("line", ["09/11/2023", "February 30, 2023", "2 hours ago", "Sep 11", ""])
def test_what_does_not_name_one_day_is_left_alone(line):
    assert find_date(line) is None
