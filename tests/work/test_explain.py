"""What is told of an article; tests/cli/test_explain.py holds it to whole runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.issue.ballot import Ballot
from digest.issue.fates import Fate
from digest.model import Why
from digest.work.explain import explanation_of, meant

UNTIL = datetime(2026, 2, 19, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EMPTY = Ballot(
    since=UNTIL - 7 * DAY,
    until=UNTIL,
    max_stories=20,
    per_source=3,
    per_section=6,
    catch_all="More stories",
    sections=(),
    own_sources=(),
    candidates=(),
    near=(),
)


def fate(number: int = 1, **more: object) -> Fate:
    values = {
        "id": f"{number:016x}",
        "title": f"Title {number}",
        "url": f"https://example.org/{number}?a=b",
        "canonical": f"https://example.org/{number}?a=b",
        "publisher": "The Gazette",
        "published": UNTIL - DAY,
        "fate": "out",
    }
    return Fate(**{**values, **more})


def otherwise(one: Fate, *others: Fate, ballot: Ballot | None = EMPTY, zone: str = "UTC") -> str:
    return explanation_of(one, (one, *others), ballot, zone=ZoneInfo(zone)).otherwise


def reason(one: Fate, *others: Fate) -> str:
    return explanation_of(one, (*others, one), EMPTY, zone=ZoneInfo("UTC")).reason


@pytest.mark.parametrize(
    "written",
    [
        "0000000000000002",
        "title 2",
        "https://example.org/2?a=b",
        "http://www.example.org/2/?utm_medium=x&a=b&fbclid=y",
    ],
)
def test_what_fits_exactly_is_meant_alone(written: str) -> None:
    fates = (fate(1), fate(2), fate(22))

    assert meant(fates, written) == (fates[1],)


def test_a_piece_may_fit_several() -> None:
    fates = (fate(1), fate(2), fate(22))

    assert meant(fates, "tle 2") == fates[1:]
    assert meant(fates, "example.org") == fates
    assert meant(fates, "unicorn") == ()


def local(number: int, file: str) -> Fate:
    return fate(number, url=None, canonical=f"file:{file}")


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("articles/welcome.md", [1]),
        ("./articles/welcome.md", [1]),
        ("Welcome", [1, 2]),
        ("welcome.md", [1, 2]),
        ("more/", [2]),
        ("", []),
    ],
)
def test_a_file_is_meant_by_its_name(written: str, numbers: list[int]) -> None:
    fates = (local(1, "articles/welcome.md"), local(2, "more/articles/welcome.md"), fate(3))

    assert meant(fates, written) == tuple(fates[number - 1] for number in numbers)


def test_words_of_a_title_may_stand_in_any_order_where_no_title_has_them_as_a_piece() -> None:
    ferry, harbour = fate(1, title="Ferry runs aground off Elsin"), fate(2, title="Elsin’s harbour: ferry delayed")

    assert meant((ferry, harbour), "elsin ferry") == (ferry,)
    assert meant((ferry, harbour), "ferry") == (ferry, harbour)
    assert meant((ferry, harbour), "aground FERRY") == (ferry,)
    assert meant((ferry, harbour), "ferr elsi") == ()


def test_the_place_counts_stories_that_are_in() -> None:
    first, second = fate(1, fate="in", story="a"), fate(2, fate="in", story="b", section="World", detail="it is so")
    third = fate(3, fate="also", story="b", detail='covered by "Title 2"')

    assert reason(second, first) == "It is in as story 2 of 2, in World, because it is so."
    assert reason(third, first, second) == 'It is in, below story 2 of 2: covered by "Title 2".'


def test_where_there_is_one_section_it_is_not_named() -> None:
    first, second = (fate(at, fate="in", story=str(at), section="In this issue", detail="all is") for at in (1, 2))

    assert reason(second, first) == "It is in as story 2 of 2."


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (UNTIL - 7 * DAY, "1 hour before the window began on 12 Feb 2026 06:00"),
        (UNTIL - 7 * DAY - 30 * HOUR, "30 hours before the window began"),
        (UNTIL - 10 * DAY, "3 days before the window began"),
        (UNTIL + 2 * DAY, "2 days after the window ended on 19 Feb 2026 06:00"),
    ],
)
def test_an_article_outside_the_window_is_told_by_how_long(published: datetime, words: str) -> None:
    assert f"It was published {words}" in reason(fate(why=Why.OUTSIDE_WINDOW, published=published))


@pytest.mark.parametrize(
    ("published", "zone", "day"),
    [
        (datetime(2026, 2, 10, 23, 30, tzinfo=UTC), "UTC", "2026-02-10"),
        (datetime(2026, 2, 10, 23, 30, tzinfo=UTC), "Europe/Berlin", "2026-02-11"),
        (datetime(2026, 2, 10, 0, 0, tzinfo=UTC), "UTC", "2026-02-10"),
    ],
)
def test_an_older_article_is_told_the_day_to_begin_with(published: datetime, zone: str, day: str) -> None:
    told = otherwise(fate(why=Why.OUTSIDE_WINDOW, published=published), zone=zone)

    assert told == f"With `digest build --since {day}` it would be ranked with the others."


def test_a_later_article_is_for_the_next_issue() -> None:
    assert "it will be ranked then" in otherwise(fate(why=Why.OUTSIDE_WINDOW, published=UNTIL + DAY))


@pytest.mark.parametrize("why", [why for why in Why if why != Why.OUTSIDE_WINDOW])
def test_every_reason_has_an_answer(why: Why) -> None:
    told = explanation_of(fate(why=why, detail="some detail"), (), EMPTY, zone=ZoneInfo("UTC"))

    assert told.reason == f"It is not in: {why}. Some detail."
    assert told.otherwise


def test_of_copies_the_fate_of_the_other_is_told() -> None:
    copy = fate(1, why=Why.DUPLICATE, detail='It has the same text as "Title 2" of The Gazette.')

    assert otherwise(copy, fate(2, fate="in")) == "The other one is in."
    assert otherwise(copy, fate(2, why=Why.BELOW_CUT)) == "The other one is not in either: below the cut."
    assert otherwise(copy) == "No setting would: of equal texts one is kept."


def test_without_a_ballot_what_is_on_record_is_told() -> None:
    assert "not noted" in otherwise(fate(why=Why.BELOW_CUT), ballot=None)
    assert otherwise(fate(why=Why.OUTSIDE_WINDOW), ballot=None) == ""
    assert "sent before" in explanation_of(fate(why=Why.SENT_BEFORE), (), None, zone=ZoneInfo("UTC")).reason


def test_an_article_is_meant_by_its_title_in_other_letters():
    wanted = fate(title="ISPARTA gül bahçeleri")

    assert meant([wanted], "ısparta gul") == (wanted,)
