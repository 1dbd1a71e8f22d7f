"""Which state of a delivery may follow which. The whole of it: `ledger.py` writes nothing else."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from digest.model import DeliveryState

_P, _C, _S = DeliveryState.PLANNED, DeliveryState.CLAIMED, DeliveryState.SENT
_D, _F, _U = DeliveryState.DEFERRED, DeliveryState.FAILED, DeliveryState.UNCERTAIN
_X, _Z = DeliveryState.SKIPPED, DeliveryState.CANCELLED

#: No way leads out of SENT and CANCELLED, and none but a person's word out of UNCERTAIN, FAILED and SKIPPED.
TRANSITIONS: Final = MappingProxyType(
    {
        # Deferred where nobody can tell whether the person is still to be mailed.
        _P: frozenset({_C, _D, _X, _Z}),
        # Back to planned or deferred where a run stops before the message's first byte.
        _C: frozenset({_S, _D, _F, _U, _P}),
        _D: frozenset({_C, _X, _Z}),
        _U: frozenset({_P}),
        _S: frozenset(),
        _F: frozenset({_P}),
        _X: frozenset({_P}),
        _Z: frozenset(),
    }
)


def states_before(target: DeliveryState) -> tuple[DeliveryState, ...]:
    """The states that a delivery may be in before `target`, in the order of the enumeration."""
    return tuple(state for state in DeliveryState if target in TRANSITIONS[state])
