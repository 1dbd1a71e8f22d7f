"""What a person sees of the ledger's rows, and which of them are tried again on their word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Engine

from digest.model import DeliveryState as State
from digest.model import Outcome, Subscriber
from digest.store.deliveries import RETRIED, Retried, any_claimed, read, suppressed, try_again
from digest.store.ledger import Ledger

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ISSUE = "0001-2026-02-19"
OUTCOMES = (State.SENT, State.DEFERRED, State.FAILED, State.UNCERTAIN)


@pytest.fixture
def ledger(engine: Engine) -> Ledger:
    """A person in each state that has an outcome, named by it, one who was skipped and one who is planned."""
    ledger = Ledger(engine, run="test")
    names = [str(state) for state in OUTCOMES]
    ledger.freeze(ISSUE, [(f"{name}@example.org", Subscriber(email=f"{name.title()}@example.org")) for name in names])
    claimed = {who.key.partition("@")[0]: who for who in ledger.claim(ISSUE, limit=9, now=NOW)}
    ledger.record(
        ISSUE,
        [
            Outcome(
                recipient=claimed[state],
                state=cast("Any", state),
                code=450,
                detail="450 4.2.0 Later",
                retry_at=LATER if state is State.DEFERRED else None,
            )
            for state in OUTCOMES
        ],
        now=NOW,
    )
    ledger.freeze(ISSUE, [("skipped@example.org", Subscriber(email="skipped@example.org"))])
    ledger.skip(ISSUE, lambda key: key == "skipped@example.org", why="left", now=NOW)
    ledger.freeze(ISSUE, [("planned@example.org", Subscriber(email="planned@example.org"))])
    return ledger


def states(engine: Engine) -> dict[str, State]:
    return {one.key.partition("@")[0]: one.state for one in read(engine, ISSUE)}


def test_every_delivery_is_read_with_its_last_reply(engine: Engine, ledger: Ledger) -> None:
    assert states(engine) == {str(state): state for state in (*OUTCOMES, State.SKIPPED, State.PLANNED)}
    [deferred] = read(engine, ISSUE, [State.DEFERRED])
    assert (deferred.email, deferred.attempts, deferred.code, deferred.detail) == (
        "Deferred@example.org", 1, 450, "450 4.2.0 Later",
    )  # fmt: skip
    assert (deferred.next_at, deferred.changed_at) == (LATER, NOW)


@pytest.mark.parametrize("state", RETRIED)
def test_those_in_a_state_are_tried_again_by_the_next_claim(engine: Engine, ledger: Ledger, state: Retried) -> None:
    assert try_again(engine, ISSUE, [state], now=NOW) == 1

    assert sorted(who.key for who in ledger.claim(ISSUE, limit=9, now=NOW)) == sorted(
        [f"{state}@example.org", "planned@example.org"]
    )


def test_the_failed_start_anew_with_all_their_attempts(engine: Engine, ledger: Ledger) -> None:
    try_again(engine, ISSUE, [State.FAILED], now=NOW)

    assert {who.key: who.attempts for who in ledger.claim(ISSUE, limit=9, now=NOW)}["failed@example.org"] == 0


def test_only_the_people_named_are_tried_again(engine: Engine, ledger: Ledger) -> None:
    keys = ["failed@example.org", "sent@example.org", *(f"nobody{n}@example.org" for n in range(2000))]

    assert try_again(engine, ISSUE, RETRIED, keys=keys, now=NOW) == 1
    assert states(engine) == {
        "sent": State.SENT, "failed": State.PLANNED, "deferred": State.DEFERRED, "uncertain": State.UNCERTAIN,
        "skipped": State.SKIPPED, "planned": State.PLANNED,
    }  # fmt: skip


def test_another_issue_is_left_alone(engine: Engine, ledger: Ledger) -> None:
    assert try_again(engine, "0002-2026-02-26", RETRIED, now=NOW) == 0


def test_whether_a_message_is_on_its_way_is_known_of_each_issue(engine: Engine, ledger: Ledger) -> None:
    assert not any_claimed(engine, [ISSUE])
    ledger.claim(ISSUE, limit=1, now=NOW)
    assert any_claimed(engine, ["0002-2026-02-26", ISSUE])
    assert not any_claimed(engine, ["0002-2026-02-26"])


def test_the_suppressed_are_not_tried_again_and_told_apart(engine: Engine, ledger: Ledger) -> None:
    ledger.suppress("failed@example.org", "bounced: 550 5.1.1", now=NOW)
    assert try_again(engine, ISSUE, [State.FAILED, State.UNCERTAIN], now=NOW) == 1
    assert states(engine)["failed"] is State.FAILED
    assert suppressed(engine, ISSUE, [State.FAILED]) == [("Failed@example.org", "bounced: 550 5.1.1")]
    assert suppressed(engine, ISSUE, [State.FAILED], keys=["uncertain@example.org"]) == []
