"""The ledger, step by step, on SQLite and PostgreSQL; test_any_steps.py goes on in any order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Engine

from digest.errors import DigestError
from digest.model import DeliveryState as State
from digest.model import Outcome, Recipient, Subscriber
from digest.store.database import open_database
from digest.store.ledger import Ledger

from .conftest import on_sqlite

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
ISSUE = "0001-2026-02-19"


@pytest.fixture
def ledger(engine: Engine) -> Ledger:
    return Ledger(engine, run="test")


def people(*names: str) -> Iterator[tuple[str, Subscriber]]:
    for line, name in enumerate(names, start=2):
        email = f"{name}@example.org"
        yield email.lower(), Subscriber(email=email, name=name.title(), line=line)


def outcome(recipient: Recipient, state: State, retry_at: datetime | None = None) -> Outcome:
    return Outcome(recipient=recipient, state=cast("Any", state), code=250, detail="250 2.0.0 Ok", retry_at=retry_at)


def states(ledger: Ledger) -> dict[State, int]:
    return {state: count for state, count in ledger.tally(ISSUE).items() if count}


# --- planning ---------------------------------------------------------------------------------------------------


def test_everybody_on_the_list_is_planned_once(ledger: Ledger) -> None:
    skipped = ledger.freeze(ISSUE, people("ada", "Bob", "bob", "cy", "BOB"))
    assert [(one.email, one.line) for one in skipped] == [("bob@example.org", 4), ("BOB@example.org", 6)]
    assert all("duplicate" in one.why for one in skipped)
    assert states(ledger) == {State.PLANNED: 3}


def test_duplicates_far_apart_on_the_list_are_found(ledger: Ledger) -> None:
    skipped = ledger.freeze(ISSUE, people("ada", *(f"p{n}" for n in range(2500)), "Ada"))
    assert [one.email for one in skipped] == ["Ada@example.org"]


def test_the_first_spelling_of_an_address_is_used(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("Ada", "ada"))
    [recipient] = ledger.claim(ISSUE, limit=10, now=NOW)
    assert recipient == Recipient(key="ada@example.org", email="Ada@example.org", name="Ada")


def test_the_suppressed_are_not_planned(ledger: Ledger) -> None:
    ledger.suppress("bob@example.org", "unsubscribed", now=NOW)
    [skipped] = ledger.freeze(ISSUE, people("ada", "Bob"))
    assert (skipped.email, skipped.why) == ("Bob@example.org", "suppressed: unsubscribed")
    assert states(ledger) == {State.PLANNED: 1}


def test_a_list_that_breaks_off_plans_nobody(ledger: Ledger) -> None:
    def broken() -> Iterator[tuple[str, Subscriber]]:
        yield from people(*(f"p{n}" for n in range(1500)))
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        ledger.freeze(ISSUE, broken())
    assert states(ledger) == {}


def test_planning_again_adds_only_who_is_new_and_calls_nobody_a_duplicate(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada"))
    assert ledger.freeze(ISSUE, people("ada", "bob")) == []
    assert states(ledger) == {State.PLANNED: 2}


def test_issues_do_not_share_their_recipients(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada"))
    ledger.freeze("0002-2026-02-26", people("ada"))
    assert len(ledger.claim(ISSUE, limit=10, now=NOW)) == 1
    assert len(ledger.claim("0002-2026-02-26", limit=10, now=NOW)) == 1


# --- claiming ---------------------------------------------------------------------------------------------------


def test_nobody_is_claimed_twice(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people(*(f"p{n}" for n in range(25))))
    claims = [ledger.claim(ISSUE, limit=10, now=NOW) for _ in range(4)]
    assert [len(claim) for claim in claims] == [10, 10, 5, 0]
    assert len({recipient.key for claim in claims for recipient in claim}) == 25


def test_a_claim_is_on_disk_when_it_returns(ledger: Ledger, database_url: str) -> None:
    ledger.freeze(ISSUE, people("ada"))
    ledger.claim(ISSUE, limit=1, now=NOW)
    other = open_database(database_url)
    assert Ledger(other).tally(ISSUE)[State.CLAIMED] == 1
    other.dispose()


def test_who_unsubscribed_since_planning_is_skipped_with_the_reason(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada", "bob", "cy", "dee"))
    ledger.suppress("ada@example.org", "unsubscribed", now=NOW)
    ledger.suppress("cy@example.org", "complained", now=NOW)
    claimed = ledger.claim(ISSUE, limit=2, now=NOW)
    assert [recipient.email for recipient in claimed] == ["bob@example.org", "dee@example.org"]
    assert [row.detail for row in ledger.deliveries(ISSUE, State.SKIPPED)] == ["unsubscribed", "complained"]


def test_who_is_unwanted_meanwhile_is_skipped_unless_the_message_left(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada", "bob", "cy", "dee"))
    ledger.freeze("0002-2026-02-26", people("cy"))
    [ada, bob] = ledger.claim(ISSUE, limit=2, now=NOW)
    later = NOW + timedelta(minutes=5)
    ledger.record(ISSUE, [outcome(ada, State.SENT), outcome(bob, State.DEFERRED, later)], now=NOW)

    assert ledger.skip(ISSUE, lambda key: key != "dee@example.org", why="left", now=NOW) == 2

    assert states(ledger) == {State.SENT: 1, State.PLANNED: 1, State.SKIPPED: 2}
    told = [(row.recipient.email, row.detail, row.retry_at) for row in ledger.deliveries(ISSUE, State.SKIPPED)]
    assert told == [("bob@example.org", "left", None), ("cy@example.org", "left", None)]
    assert [one.email for one in ledger.claim(ISSUE, limit=9, now=later)] == ["dee@example.org"]
    assert len(ledger.claim("0002-2026-02-26", limit=9, now=NOW)) == 1


def test_a_whole_list_may_leave(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people(*(f"p{n}" for n in range(2500))))
    assert ledger.skip(ISSUE, lambda _: True, why="left", now=NOW) == 2500
    assert states(ledger) == {State.SKIPPED: 2500}
    assert ledger.skip(ISSUE, lambda _: True, why="left", now=NOW) == 0


def test_the_deferred_and_the_planned_take_turns_however_few_are_claimed_at_once(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people(*(f"p{n}" for n in range(8))))
    first = ledger.claim(ISSUE, limit=4, now=NOW)
    ledger.record(ISSUE, [outcome(one, State.DEFERRED, NOW) for one in first], now=NOW)
    deferred = {one.key for one in first}
    turns = [one.key in deferred for _ in range(4) for one in ledger.claim(ISSUE, limit=2, now=NOW)]
    assert turns in ([True, False] * 4, [False, True] * 4)
    ledger.recover(ISSUE, now=NOW)


def test_one_at_a_time_is_a_deferred_one_every_second_time(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada", "bob", "cy", "dee"))
    first = ledger.claim(ISSUE, limit=2, now=NOW)
    ledger.record(ISSUE, [outcome(one, State.DEFERRED, NOW) for one in first], now=NOW)
    turns = [one.key in {one.key for one in first} for _ in range(4) for one in ledger.claim(ISSUE, limit=1, now=NOW)]
    assert sorted(turns[:2]) == sorted(turns[2:]) == [False, True]


def test_the_deferred_come_back_when_their_time_comes_and_before_the_planned(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada", "bob"))
    [ada] = ledger.claim(ISSUE, limit=1, now=NOW)
    later = NOW + timedelta(minutes=5)
    ledger.record(ISSUE, [outcome(ada, State.DEFERRED, later)], now=NOW)
    assert ledger.next_due(ISSUE) == later
    [bob] = ledger.claim(ISSUE, limit=10, now=later - timedelta(seconds=1))
    assert bob.email == "bob@example.org"
    [again] = ledger.claim(ISSUE, limit=10, now=later)
    assert (again.email, again.attempts) == ("ada@example.org", 1)
    assert ledger.next_due(ISSUE) is None


def test_a_claim_that_is_given_back_was_no_attempt(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada"))
    claimed = ledger.claim(ISSUE, limit=1, now=NOW)
    ledger.release(ISSUE, claimed, now=NOW)
    assert ledger.claim(ISSUE, limit=1, now=NOW) == claimed


# --- outcomes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.SENT, State.DEFERRED, State.FAILED, State.UNCERTAIN])
def test_an_outcome_is_kept_with_the_servers_words(ledger: Ledger, state: State) -> None:
    ledger.freeze(ISSUE, people("ada"))
    [ada] = ledger.claim(ISSUE, limit=1, now=NOW)
    said = outcome(ada, state, NOW + timedelta(hours=1) if state is State.DEFERRED else None)
    ledger.record(ISSUE, [said], now=NOW)
    [kept] = ledger.deliveries(ISSUE, state)
    assert (kept.code, kept.detail, kept.retry_at, kept.recipient.attempts) == (250, "250 2.0.0 Ok", said.retry_at, 1)


def test_an_outcome_of_what_was_not_claimed_is_refused_and_changes_nothing(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada", "bob"))
    [ada] = ledger.claim(ISSUE, limit=1, now=NOW)
    stranger = Recipient(key="bob@example.org", email="bob@example.org")
    with pytest.raises(AssertionError):
        ledger.record(ISSUE, [outcome(ada, State.SENT), outcome(stranger, State.SENT)], now=NOW)
    assert states(ledger) == {State.CLAIMED: 1, State.PLANNED: 1}


def test_nothing_to_record_or_release_is_fine(ledger: Ledger) -> None:
    ledger.record(ISSUE, [], now=NOW)
    ledger.release(ISSUE, [], now=NOW)


@on_sqlite
def test_a_full_disk_is_told_in_a_sentence_and_leaves_the_claims_as_they_were(ledger: Ledger, engine: Engine) -> None:
    ledger.freeze(ISSUE, people(*(f"p{n}" for n in range(200))))
    claimed = ledger.claim(ISSUE, limit=100, now=NOW)
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    long = [replace(outcome(one, State.SENT), detail="250 " + "x" * 500) for one in claimed]
    with pytest.raises(DigestError, match="full") as caught:
        ledger.record(ISSUE, long, now=NOW)
    assert "disk" in caught.value.hint
    assert states(ledger) == {State.CLAIMED: 100, State.PLANNED: 100}


# --- crashes ----------------------------------------------------------------------------------------------------


def test_what_a_dead_run_left_claimed_becomes_uncertain_and_is_not_sent_again(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada", "bob", "cy"))
    ledger.claim(ISSUE, limit=2, now=NOW)
    assert ledger.recover(ISSUE, now=NOW) == 2
    assert [row.recipient.email for row in ledger.deliveries(ISSUE, State.UNCERTAIN)] == [
        "ada@example.org",
        "bob@example.org",
    ]
    assert [recipient.email for recipient in ledger.claim(ISSUE, limit=10, now=NOW)] == ["cy@example.org"]


def test_recovering_touches_nothing_else(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada", "bob", "cy"))
    [ada, bob] = ledger.claim(ISSUE, limit=2, now=NOW)
    due = NOW + timedelta(hours=1)
    ledger.record(ISSUE, [outcome(ada, State.SENT), outcome(bob, State.DEFERRED, due)], now=NOW)
    assert ledger.recover(ISSUE, now=NOW) == 0
    assert states(ledger) == {State.SENT: 1, State.DEFERRED: 1, State.PLANNED: 1}
    assert ledger.next_due(ISSUE) == due


def test_a_clock_that_was_years_ahead_delays_nobody_for_years(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada", "bob"))
    claimed = ledger.claim(ISSUE, limit=2, now=NOW)
    due = [NOW + timedelta(days=3650), NOW + timedelta(hours=6)]
    ledger.record(ISSUE, [outcome(one, State.DEFERRED, at) for one, at in zip(claimed, due, strict=True)], now=NOW)
    assert ledger.claim(ISSUE, limit=2, now=NOW) == []
    ledger.recover(ISSUE, now=NOW)
    assert [one.email for one in ledger.claim(ISSUE, limit=2, now=NOW)] == ["ada@example.org"]


def test_who_is_skipped_on_the_way_to_a_claim_is_not_in_it(engine: Engine) -> None:
    def skip_ada() -> None:
        Ledger(engine).skip(ISSUE, lambda key: key == "ada@example.org", why="left", now=NOW)

    ledger = Ledger(engine, before_claim=skip_ada)
    ledger.freeze(ISSUE, people("ada", "bob"))
    assert [who.key for who in ledger.claim(ISSUE, limit=9, now=NOW)] == ["bob@example.org"]


# --- suppressions -----------------------------------------------------------------------------------------------


def test_the_first_reason_for_a_suppression_stays(ledger: Ledger) -> None:
    ledger.suppress("ada@example.org", "unsubscribed", now=NOW)
    ledger.suppress("ada@example.org", "bounced", now=NOW)
    assert ledger.suppressed(["ada@example.org", "bob@example.org"]) == {"ada@example.org": "unsubscribed"}


def test_who_is_held_is_not_claimed_and_is_still_left(ledger: Ledger) -> None:
    ledger.freeze(ISSUE, people("ada", "bob", "cy", "dee"))
    [ada] = ledger.claim(ISSUE, limit=1, now=NOW)
    ledger.record(ISSUE, [outcome(ada, State.DEFERRED, retry_at=NOW)], now=NOW)

    ledger.hold(ISSUE, lambda key: "the list is gone" if key[0] in "ac" else "", now=NOW)

    assert [one.key[0] for one in ledger.claim(ISSUE, limit=1, now=NOW)] == ["b"]
    assert [one.key[0] for one in ledger.claim(ISSUE, limit=9, now=NOW)] == ["d"]
    assert ledger.claim(ISSUE, limit=9, now=NOW) == []
    # A run must not wait for whom it will not mail.
    assert ledger.next_due(ISSUE) is None
    assert sorted(ledger.left(ISSUE)) == ["ada@example.org", "cy@example.org"]
