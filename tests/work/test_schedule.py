"""Periods and windows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.settings import Cadence
from digest.work.schedule import LATE_ARRIVALS, moment, next_step, period_of, window_of

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("cadence", "period"), [("daily", "2027-01-01"), ("weekly", "2026-W53"), ("monthly", "2027-01")]
)
def test_a_period_is_named_after_the_day_the_week_or_the_month(cadence: Cadence, period: str) -> None:
    assert period_of(date(2027, 1, 1), cadence) == period


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["daily", "weekly", "monthly"]))
def test_periods_follow_one_another_in_the_order_of_days(day: date, cadence: Cadence) -> None:
    assert period_of(day, cadence) <= period_of(day + timedelta(days=1), cadence)


def test_a_first_issue_looks_back_one_cadence() -> None:
    window = window_of(now=NOW, cadence="weekly", last_until=None)

    assert (window.since, window.until) == (NOW - timedelta(days=7), NOW)


def test_later_issues_go_back_to_the_last_one_and_a_little_further() -> None:
    last = NOW - timedelta(days=3)

    assert window_of(now=NOW, cadence="weekly", last_until=last).since == last - LATE_ARRIVALS


def test_what_the_last_issue_saw_is_no_late_arrival() -> None:
    last = NOW - timedelta(days=3)
    window = window_of(now=NOW, cadence="weekly", last_until=last)

    assert window.holds(last)
    assert not window.holds_sighting(last)
    assert window.holds_sighting(last + timedelta(seconds=1))
    assert window_of(now=NOW, cadence="weekly", last_until=None).holds_sighting(last)


def test_what_the_user_asks_for_wins() -> None:
    asked = window_of(now=NOW, cadence="daily", last_until=NOW, span=timedelta(days=2), until=NOW - timedelta(days=1))

    assert (asked.since, asked.until) == (NOW - timedelta(days=3), NOW - timedelta(days=1))


def test_an_issue_about_the_past_does_not_begin_at_a_later_issue() -> None:
    asked = window_of(now=NOW, cadence="daily", last_until=NOW, until=NOW - timedelta(days=30))

    assert asked.since < asked.until


def test_a_day_alone_means_all_of_it_in_the_newsletters_zone() -> None:
    begin, end = (moment("2026-02-19", zone=BERLIN, end_of_day=end) for end in (False, True))
    midnight = datetime(2026, 2, 19, tzinfo=BERLIN)
    asked = window_of(now=NOW, cadence="weekly", last_until=None, since=begin, until=end)

    assert asked.begin == midnight
    assert asked.holds(midnight)
    assert asked.holds(midnight + timedelta(days=1, microseconds=-1))
    assert not asked.holds(midnight - timedelta(microseconds=1))
    assert not asked.holds(midnight + timedelta(days=1))


def test_a_time_without_a_zone_is_the_newsletters() -> None:
    assert moment("2026-02-19T08:30", zone=BERLIN, end_of_day=True).utcoffset() == timedelta(hours=1)


def test_a_word_that_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        moment("yesterday", zone=BERLIN, end_of_day=False)


def step(**given: Any) -> str:
    return next_step(**({"period": "2026-W08", "list_name": "weekly", "mailed": {}} | given)).action


def test_a_period_is_sent_once_to_a_list() -> None:
    assert step(mailed={"weekly": "0007-2026-02-19"}, draft="0008-2026-02-20", draft_period="2026-W08") == "nothing"


def test_another_list_gets_the_periods_issue_and_not_a_new_one() -> None:
    assert step(list_name="board", mailed={"weekly": "0007-2026-02-19"}) == "send to this list too"


@pytest.mark.parametrize("list_name", ["weekly", "board"])
def test_what_was_only_written_is_mailed_as_soon_as_there_is_a_server(list_name: str) -> None:
    told = {"list_name": list_name, "mailed": {"weekly": "0007-2026-02-19"}, "written": {"0007-2026-02-19"}}

    assert step(**told) == "mail what was written"
    assert step(**told, by_mail=False) == ("nothing" if list_name == "weekly" else "send to this list too")


def test_a_draft_of_this_period_is_sent_as_it_waits() -> None:
    assert step(draft="0007-2026-02-19", draft_period="2026-W08") == "send draft"


def test_an_old_draft_is_sent_only_if_somebody_edited_it() -> None:
    assert step(draft="0007-2026-01-05", draft_period="2026-W02") == "build"
    assert step(draft="0007-2026-01-05", draft_period="2026-W02", edited=True) == "send draft"


def test_without_a_draft_the_issue_is_built() -> None:
    assert step() == "build"


@pytest.mark.parametrize(
    ("day", "zone", "last"),
    [
        ("2026-02-19", "Europe/Berlin", "2026-02-19T22:59:59.999999"),
        # At midnight the clocks of Cairo go back to 23:00, and the last hour comes twice.
        ("2026-10-29", "Africa/Cairo", "2026-10-29T21:59:59.999999"),
        # The next day's midnight is left out.
        ("2026-04-23", "Africa/Cairo", "2026-04-23T21:59:59.999999"),
    ],
)
def test_all_of_a_day_is_its_last_hour_too_when_clocks_are_changed(day: str, zone: str, last: str) -> None:
    end = moment(day, zone=ZoneInfo(zone), end_of_day=True)

    assert end.astimezone(UTC) == datetime.fromisoformat(last).replace(tzinfo=UTC)


@given(st.dates(date(1990, 1, 1), date(2199, 12, 30)))
def test_a_period_ends_with_its_last_day_over_all_ends_of_years(day: date) -> None:
    following = day + timedelta(days=1)

    assert period_of(day, "daily") != period_of(following, "daily")
    assert (period_of(day, "weekly") != period_of(following, "weekly")) == (following.weekday() == 0)
    assert (period_of(day, "monthly") != period_of(following, "monthly")) == (following.day == 1)
    assert period_of(day, "weekly") != period_of(day + timedelta(days=7), "weekly")


@pytest.mark.parametrize(
    ("given", "then", "why"),
    [
        ({"held": {"1": "was cancelled"}}, "nothing", "the issue of 2026-W08 was cancelled"),
        ({"held": {"1": "is paused"}, "list_name": "board"}, "nothing", "the issue of 2026-W08 is paused"),
        ({"held": {"2": "is paused"}, "list_name": "board"}, "send to this list too", None),
    ],
)
def test_an_issue_that_a_person_holds_back_is_the_periods_and_goes_no_further(
    given: dict[str, Any], then: str, why: str | None
) -> None:
    step = next_step(**({"period": "2026-W08", "list_name": "weekly", "mailed": {"weekly": "1"}} | given))

    assert step.action == then
    assert why in {None, step.why}
