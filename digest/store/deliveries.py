"""The deliveries of an issue as a person looks at them, and their word that some be tried again, or none any more.

`ledger.py` is what a run does with the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Engine, select, update

from digest.model import DeliveryState as State
from digest.store.database import writing
from digest.store.issues import OUTBOX
from digest.store.schema import deliveries, mailings, suppressions
from digest.store.transitions import TRANSITIONS, states_before

#: What a person may want tried again. What was sent never is, and who has left is skipped again by the next run.
Retried = Literal[State.DEFERRED, State.FAILED, State.UNCERTAIN, State.SKIPPED]
RETRIED: tuple[Retried, ...] = (State.DEFERRED, State.FAILED, State.UNCERTAIN, State.SKIPPED)

_ROW = deliveries.c
_SUPPRESSED = select(suppressions.c.key)
#: Rows fetched at once, and keys in one statement (SQLite takes 32,766 parameters).
_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A row of the ledger, for people."""

    email: str
    key: str
    state: State
    #: Attempts that came to an outcome.
    attempts: int
    #: The server's last reply, 0 and "" where there was none.
    code: int
    detail: str
    #: Not before this time; only where deferred.
    next_at: datetime | None
    #: When the state was last written; None since planning.
    changed_at: datetime | None


def read(engine: Engine, issue: str, states: Sequence[State] = tuple(State)) -> Iterator[Delivery]:
    """The deliveries of an issue in these states, by key. Streams: a million take no more memory than a thousand."""
    query = select(*(_ROW[name] for name in Delivery.__slots__)).where(_ROW.issue == issue, _ROW.state.in_(states))
    with engine.begin() as connection:
        for row in connection.execution_options(yield_per=_BATCH).execute(query.order_by(_ROW.key)):
            yield Delivery(**{**row._mapping, "state": State(row.state)})  # noqa: SLF001  # the documented name


def any_claimed(engine: Engine, issues: Sequence[str]) -> bool:
    """Whether a run is about to send some of these issues' messages, or was when it died."""
    query = select(_ROW.id).where(_ROW.issue.in_(issues), _ROW.state == State.CLAIMED).limit(1)
    with engine.begin() as connection:
        return connection.execute(query).first() is not None


def try_again(
    engine: Engine, issue: str, states: Sequence[Retried], *, keys: Sequence[str] | None = None, now: datetime
) -> int:
    """Have the next run try these again; returns how many there were.

    The deferred come due now; the others are planned anew, as if never tried. The suppressed stay as they are: the run
    would skip them; see `suppressed`.

    Args:
        keys: only these people, by `text.addresses.address_key`; everybody in these states where None.
    """
    with writing(engine).begin() as connection:
        return sum(
            connection.execute(
                update(deliveries).where(*chosen, _ROW.key.not_in(_SUPPRESSED)).values(_retry_values(state, now))
            ).rowcount
            for state in states
            for chosen in _chosen_rows(issue, state, keys)
        )


def cancel(engine: Engine, issue: str, *, now: datetime) -> int:
    """Leave out for good whoever is still to be tried; returns how many they are."""
    waiting = (_ROW.issue == issue, _ROW.state.in_(states_before(State.CANCELLED)))
    ended = {"state": State.CANCELLED, "next_at": None, "detail": "the issue was cancelled", "changed_at": now}
    with writing(engine).begin() as connection:
        return connection.execute(update(deliveries).where(*waiting).values(ended)).rowcount


def mail_written(engine: Engine, issue: str, *, now: datetime, started_at: datetime | None = None) -> int:
    """Plan again what was only written into a folder, since nobody has got it; returns how many messages that is.

    This is no way out of "sent": it was never sent.

    Args:
        started_at: when its mailings begin now; where None, when they began.
    """
    written = (mailings.c.issue == issue, mailings.c.taken_by == OUTBOX)
    anew = {"state": State.PLANNED, "attempts": 0, "code": 0, "detail": "", "next_at": None, "changed_at": now}
    begun = {"started_at": started_at} if started_at else {}
    with writing(engine).begin() as connection:
        if connection.execute(select(mailings.c.issue).where(*written)).first() is None:
            return 0
        connection.execute(update(mailings).where(*written).values(taken_by="", finished_at=None, **begun))
        rows = update(deliveries).where(_ROW.issue == issue, _ROW.state == State.SENT)
        return connection.execute(rows.values(anew)).rowcount


def suppressed(
    engine: Engine, issue: str, states: Sequence[Retried], *, keys: Sequence[str] | None = None
) -> list[tuple[str, str]]:
    """The addresses that `try_again` leaves as they are, each with the reason."""
    query = select(_ROW.email, suppressions.c.reason).join(suppressions, suppressions.c.key == _ROW.key)
    with engine.begin() as connection:
        return sorted(
            (row.email, row.reason)
            for state in states
            for chosen in _chosen_rows(issue, state, keys)
            for row in connection.execute(query.where(*chosen))
        )


def _retry_values(state: Retried, now: datetime) -> dict[str, Any]:
    if state is State.DEFERRED:
        return {"next_at": now}
    assert State.PLANNED in TRANSITIONS[state]  # noqa: S101  # a fault of ours, not of the user's
    return {"state": State.PLANNED, "attempts": 0, "next_at": None, "changed_at": now}


def _chosen_rows(issue: str, state: State, keys: Sequence[str] | None) -> Iterator[tuple[Any, ...]]:
    rows = (_ROW.issue == issue, _ROW.state == state)
    if keys is None:
        yield rows
        return
    for first in range(0, len(keys), _BATCH):
        yield (*rows, _ROW.key.in_(keys[first : first + _BATCH]))
