"""Which state of a delivery may follow which. The whole of it: `ledger.py` writes nothing else."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from digest.model import DeliveryState

P, C, S = DeliveryState.PLANNED, DeliveryState.CLAIMED, DeliveryState.SENT
D, F, U = DeliveryState.DEFERRED, DeliveryState.FAILED, DeliveryState.UNCERTAIN
X, Z = DeliveryState.SKIPPED, DeliveryState.CANCELLED

#: No way leads out of SENT and CANCELLED, and none but a person's word out of UNCERTAIN, FAILED and SKIPPED.
TRANSITIONS: Final = MappingProxyType(
    {
        # Deferred where nobody can tell whether the person is still to be mailed.
        P: frozenset({C, D, X, Z}),
        # Back to planned or deferred where a run stops before the message's first byte.
        C: frozenset({S, D, F, U, P}),
        D: frozenset({C, X, Z}),
        U: frozenset({P}),
        S: frozenset(),
        F: frozenset({P}),
        X: frozenset({P}),
        Z: frozenset(),
    }
)


def sources(target: DeliveryState) -> tuple[DeliveryState, ...]:
    """The states from which `target` may be reached, in the order of the enumeration."""
    return tuple(state for state in DeliveryState if target in TRANSITIONS[state])
