"""The ledger under any steps in any order, on SQLite and PostgreSQL, against a dictionary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from digest.model import DeliveryState as State
from digest.model import Recipient
from digest.store.database import open_database
from digest.store.deliveries import cancel, try_again
from digest.store.ledger import Ledger
from digest.store.suppressions import lift
from digest.store.transitions import TRANSITIONS

from .test_ledger import ISSUE, NOW, outcome, people


class LedgerMachine(RuleBasedStateMachine):
    """Plans, claims, outcomes, crashes and unsubscribing, in any order; a dictionary says what must come of it."""

    claimed = Bundle("claimed")

    def __init__(self, new_database: Callable[[], str]) -> None:
        super().__init__()
        self.new_database = new_database

    @initialize()
    def open(self) -> None:
        self.url = self.new_database()
        self.engine = open_database(self.url)
        self.ledger = Ledger(self.engine)
        self.now = NOW
        self.expected: dict[str, State] = {}
        self.due: dict[str, datetime] = {}
        self.suppressed: set[str] = set()
        self.sent: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            self.engine.dispose()

    def move(self, key: str, state: State) -> None:
        before = self.expected[key]
        assert state in TRANSITIONS[before]
        self.expected[key] = state
        self.due.pop(key, None)

    @rule(names=st.lists(st.sampled_from("abcdefgh"), max_size=6))
    def plan(self, names: list[str]) -> None:
        self.now += timedelta(seconds=1)
        self.ledger.freeze(ISSUE, people(*names))
        for key, _ in people(*names):
            if key not in self.suppressed:
                self.expected.setdefault(key, State.PLANNED)

    @rule(target=claimed, limit=st.integers(1, 4))
    def claim(self, limit: int) -> Any:
        got = self.ledger.claim(ISSUE, limit=limit, now=self.now)
        claimable = {key for key, state in self.expected.items() if state is State.PLANNED}
        claimable |= {key for key, at in self.due.items() if at <= self.now}
        for row in self.ledger.deliveries(ISSUE, State.SKIPPED):
            if self.expected[row.recipient.key] is not State.SKIPPED:
                assert row.recipient.key in claimable & self.suppressed
                self.move(row.recipient.key, State.SKIPPED)
        keys = [recipient.key for recipient in got]
        assert len(set(keys)) == len(keys) == min(limit, len(claimable - self.suppressed))
        assert set(keys) <= claimable - self.suppressed
        for key in keys:
            self.move(key, State.CLAIMED)
        return multiple(*got)

    @rule(
        recipient=consumes(claimed), state=st.sampled_from([State.SENT, State.DEFERRED, State.FAILED, State.UNCERTAIN])
    )
    def record(self, recipient: Recipient, state: State) -> None:
        if self.expected[recipient.key] is not State.CLAIMED:
            return
        retry_at = self.now + timedelta(minutes=1) if state is State.DEFERRED else None
        self.ledger.record(ISSUE, [outcome(recipient, state, retry_at)], now=self.now)
        self.move(recipient.key, state)
        if retry_at:
            self.due[recipient.key] = retry_at
        if state is State.SENT:
            self.sent.append(recipient.key)

    @rule(recipient=consumes(claimed))
    def release(self, recipient: Recipient) -> None:
        if self.expected[recipient.key] is State.CLAIMED:
            self.ledger.release(ISSUE, [recipient], now=self.now)
            self.move(recipient.key, State.PLANNED)

    @rule()
    def crash(self) -> None:
        self.engine.dispose()
        self.engine = open_database(self.url)
        self.ledger = Ledger(self.engine)
        self.ledger.recover(ISSUE, now=self.now)
        for key, state in list(self.expected.items()):
            if state is State.CLAIMED:
                self.move(key, State.UNCERTAIN)

    @rule()
    def try_again(self) -> None:
        try_again(self.engine, ISSUE, [State.UNCERTAIN, State.FAILED, State.SKIPPED], now=self.now)
        for key, state in list(self.expected.items()):
            if state in {State.UNCERTAIN, State.FAILED, State.SKIPPED} and key not in self.suppressed:
                self.move(key, State.PLANNED)

    @rule()
    def cancel(self) -> None:
        ended = cancel(self.engine, ISSUE, now=self.now)
        waiting = [key for key, state in self.expected.items() if state in {State.PLANNED, State.DEFERRED}]
        assert ended == len(waiting)
        for key in waiting:
            self.move(key, State.CANCELLED)

    @rule(name=st.sampled_from("abcdefgh"))
    def unsubscribe(self, name: str) -> None:
        self.ledger.suppress(f"{name}@example.org", "unsubscribed", now=self.now)
        self.suppressed.add(f"{name}@example.org")

    @rule(name=st.sampled_from("abcdefgh"))
    def restore(self, name: str) -> None:
        lift(self.engine, f"{name}@example.org")
        self.suppressed.discard(f"{name}@example.org")

    @rule(names=st.sets(st.sampled_from("abcdefgh"), max_size=3))
    def leave(self, names: set[str]) -> None:
        self.ledger.skip(ISSUE, lambda key: key[0] in names, why="left", now=self.now)
        for key, state in list(self.expected.items()):
            if key[0] in names and state in {State.PLANNED, State.DEFERRED}:
                self.move(key, State.SKIPPED)

    @rule(minutes=st.integers(0, 2))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def everybody_is_in_the_state_that_the_steps_lead_to(self) -> None:
        if not hasattr(self, "engine"):
            return
        found = {row.recipient.key: state for state in State for row in self.ledger.deliveries(ISSUE, state)}
        assert found == self.expected
        assert len(self.sent) == len(set(self.sent))


def test_nobody_is_lost_and_nobody_sent_twice_whatever_the_order(new_database: Callable[[], str]) -> None:
    run_state_machine_as_test(
        lambda: LedgerMachine(new_database),
        settings=settings(max_examples=25, stateful_step_count=25, deadline=None),
    )
