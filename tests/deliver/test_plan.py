"""Who is on record, and who is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from digest.deliver.plan import plan
from digest.model import BadRow, Subscriber
from digest.store.ledger import Ledger

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
ISSUE = "0001-2026-02-19"

ROWS = [
    Subscriber(email="ada@example.org", name="Ada", line=2),
    BadRow(line=3, content="no address", problem="there is no @ in it"),
    Subscriber(email="ADA@example.org", line=4),
    Subscriber(email="bob@example.org", status="unsubscribed", line=5),
    Subscriber(email="cy@bücher.example", line=6),
    Subscriber(email="cy@xn--bcher-kva.example", line=7),
    Subscriber(email="dee@example.org", line=8),
]


def test_everybody_left_out_is_named_with_line_and_reason(ledger: Ledger) -> None:
    ledger.suppress("dee@example.org", "complained", now=NOW)
    planned = plan(ISSUE, ROWS, ledger=ledger)
    assert planned.recipients == 2
    assert [(one.line, one.email, one.why) for one in planned.skipped] == [
        (3, "no address", "there is no @ in it"),
        (4, "ADA@example.org", "duplicate: the address is on the list before"),
        (5, "bob@example.org", "unsubscribed"),
        (7, "cy@xn--bcher-kva.example", "duplicate: the address is on the list before"),
        (8, "dee@example.org", "suppressed: complained"),
    ]


def test_planning_again_mails_nobody_twice(ledger: Ledger) -> None:
    plan(ISSUE, ROWS, ledger=ledger)
    again = plan(ISSUE, ROWS, ledger=ledger)
    assert again.recipients == 3


def test_a_second_list_adds_who_is_not_on_the_first(ledger: Ledger) -> None:
    plan(ISSUE, ROWS[:1], ledger=ledger)
    second = [Subscriber(email="ada@example.org", line=2), Subscriber(email="eve@example.org", line=3)]
    assert plan(ISSUE, second, ledger=ledger).recipients == 2


def test_an_empty_list_is_a_plan_for_nobody(ledger: Ledger) -> None:
    assert plan(ISSUE, [], ledger=ledger).recipients == 0


def test_the_list_is_read_once_and_not_kept(ledger: Ledger) -> None:
    alive = 0

    class Counted(str):
        __slots__ = ()

        def __new__(cls, value: str) -> Counted:
            nonlocal alive
            alive += 1
            most.append(alive)
            return super().__new__(cls, value)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    most: list[int] = []

    def rows() -> Iterator[Subscriber]:
        for line in range(5000):
            yield Subscriber(email=Counted(f"p{line}@example.org"), line=line)

    plan(ISSUE, rows(), ledger=ledger)
    assert max(most) < 2500


def test_a_list_that_can_not_be_read_to_its_end_plans_nobody(ledger: Ledger) -> None:
    def rows() -> Iterator[Subscriber]:
        yield ROWS[0]  # type: ignore[misc]
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        plan(ISSUE, rows(), ledger=ledger)
    assert sum(ledger.tally(ISSUE).values()) == 0
