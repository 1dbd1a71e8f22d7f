"""The table of transitions, all 64 pairs of it."""

from __future__ import annotations

from itertools import product

import pytest

from digest.model import DeliveryState as State
from digest.store.transitions import TRANSITIONS, states_before

ALLOWED = {
    (State.PLANNED, State.CLAIMED),
    (State.PLANNED, State.SKIPPED),
    (State.PLANNED, State.DEFERRED),
    (State.PLANNED, State.CANCELLED),
    (State.CLAIMED, State.SENT),
    (State.CLAIMED, State.DEFERRED),
    (State.CLAIMED, State.FAILED),
    (State.CLAIMED, State.UNCERTAIN),
    (State.CLAIMED, State.PLANNED),
    (State.DEFERRED, State.CLAIMED),
    (State.DEFERRED, State.SKIPPED),
    (State.DEFERRED, State.CANCELLED),
    (State.UNCERTAIN, State.PLANNED),
    (State.FAILED, State.PLANNED),
    (State.SKIPPED, State.PLANNED),
}


@pytest.mark.parametrize(("before", "after"), list(product(State, State)), ids=str)
def test_a_delivery_changes_its_state_as_the_table_says(before: State, after: State) -> None:
    assert (after in TRANSITIONS[before]) == ((before, after) in ALLOWED)


@pytest.mark.parametrize("state", list(State))
def test_the_states_before_a_state_are_those_that_lead_to_it(state: State) -> None:
    assert set(states_before(state)) == {before for before, after in ALLOWED if after == state}


@pytest.mark.parametrize("end", [State.SENT, State.CANCELLED])
def test_what_was_sent_or_cancelled_is_never_sent_again(end: State) -> None:
    reached, before = {end}, set()
    while reached != before:
        before = set(reached)
        reached |= {after for state in before for after in TRANSITIONS[state]}
    assert reached == {end}
