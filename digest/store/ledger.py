"""The deliveries of an issue: who gets it, and where each message stands. The ledger decides, not memory.

A claim is on disk before the first byte of its message, an outcome soon after the server's answer. What a dead run
left claimed may have been sent or not: `recover` calls it uncertain, and only a person's word sends it again.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import islice, zip_longest
from typing import Any, cast

from sqlalchemy import Connection, Engine, Integer, bindparam, func, insert, select, update

from digest.model import DeliveryState as State
from digest.model import Outcome, Recipient, Skipped, Subscriber
from digest.store.database import writing
from digest.store.journal import Journal, NullJournal, RunNotes
from digest.store.prepared import Prepared, stored
from digest.store.schema import deliveries, suppressions
from digest.store.suppressions import reasons, suppress
from digest.store.transitions import states_before

_log = logging.getLogger(__name__)

#: Rows planned in one statement.
_BATCH = 1000
_ROW = deliveries.c
#: No deferred message waits longer than this.
_LONGEST_WAIT = timedelta(days=1)

_NO_JOURNAL = NullJournal()


class Ledger:
    """Deliveries in the project's database. One run at a time writes: the caller holds the project's lock.

    Args:
        run: names the run in the rows that it claims.
        journal: tells after a kill which claims were not begun, and what was answered; without one, each is uncertain.
        before_claim: has its say before recipients are taken, in the same thread: it may skip some.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        run: str = "",
        journal: Journal | NullJournal = _NO_JOURNAL,
        before_claim: Callable[[], None] | None = None,
    ) -> None:
        self._engine = engine
        self._writing = writing(engine)
        self._run = run
        self._journal = journal
        self._before_claim = before_claim
        #: Whose turn it is where there is an odd one to claim: a deferred one's, or a planned one's.
        self._odd = 0

    def asking_first(self, before_claim: Callable[[], None]) -> Ledger:
        """The same ledger, which asks before recipients are taken: see `before_claim`."""
        return Ledger(self._engine, run=self._run, journal=self._journal, before_claim=before_claim)

    # --- planning -----------------------------------------------------------------------------------------------

    def freeze(self, issue: str, people: Iterable[tuple[str, Subscriber]], *, keep: bool = True) -> list[Skipped]:
        """Put the recipients of an issue on record, all of them or (if `people` raises) none.

        Args:
            people: each with the key of the address; read once, in pieces, so a million take no more memory than a
                thousand.
            keep: False only says who would be left out.

        Returns:
            Who is left out: duplicates (the first one counts) and the suppressed.
        """
        skipped: list[Skipped] = []
        people = iter(people)
        with self._writing.begin() as connection:
            # Rows behind this one are of this transaction: a key among them is on the list twice.
            last = connection.execute(select(func.max(_ROW.id))).scalar() or 0
            while batch := list(islice(people, _BATCH)):
                rows = _mailable(connection, issue, batch, skipped, last)
                if rows:
                    connection.execute(insert(deliveries), [_planned(issue, key, who) for key, who in rows])
            if not keep:
                connection.rollback()
        return skipped

    # --- sending ------------------------------------------------------------------------------------------------

    def recover(self, issue: str, *, now: datetime) -> int:
        """Settle what an earlier run left claimed; returns how many of them are uncertain.

        By that run's journal those that were not begun are planned again, and those that were answered get their
        outcome. The others may have been sent or not: they are uncertain.

        Deferred messages whose time is further off than any back-off come due: the clock was wrong, then or now.
        """
        change = {
            "state": State.UNCERTAIN,
            "attempts": _ROW.attempts + 1,
            "detail": "the run ended before the server's answer was on record",
            "changed_at": now,
        }
        far = (_ROW.issue == issue, _ROW.state == State.DEFERRED, _ROW.next_at > now + _LONGEST_WAIT)
        with self._writing.begin() as connection:
            connection.execute(update(deliveries).where(*far).values(next_at=now))
            if account := self._journal.read(issue):
                _replay(connection, issue, account, now)
            claimed = update(deliveries).where(_ROW.issue == issue, _ROW.state.in_(states_before(State.UNCERTAIN)))
            return connection.execute(claimed.values(change)).rowcount

    def claim(self, issue: str, *, limit: int, now: datetime) -> list[Recipient]:
        """Take up to `limit` recipients that are due. They are on disk as claimed when this returns.

        Those suppressed since planning are skipped.
        """
        if self._before_claim:
            self._before_claim()
        claimed: list[Recipient] = []
        self._odd ^= 1
        with self._writing.begin() as connection:
            while len(claimed) < limit and (due := _due(connection, issue, limit - len(claimed), now, self._odd)):
                ids = []
                for row, key, email, name, attempts, unwanted in due:
                    if unwanted is None:
                        ids.append(row)
                        claimed.append(Recipient(key=key, email=email, name=name, attempts=attempts))
                    else:
                        connection.execute(_SKIP, {"row": row, "why": unwanted, "now": now})
                if ids:
                    _all_of(ids, connection.execute(_CLAIM, {"ids": ids, "now": now, "by": self._run}).rowcount)
        return claimed

    def record(self, issue: str, outcomes: Sequence[Outcome], *, now: datetime) -> None:
        """Write down what became of claimed deliveries. Who is gone is suppressed, with the server's words."""
        if not outcomes:
            return
        with self._writing.begin() as connection:
            _write_down(connection, issue, outcomes, now)
        self._journal.forget(outcome.recipient.key for outcome in outcomes)
        if _log.isEnabledFor(logging.DEBUG):
            for outcome in outcomes:
                _log.debug("delivery", extra={"fields": _fields(outcome)})

    def skip(self, issue: str, unwanted: Callable[[str], bool], *, why: str, now: datetime) -> int:
        """Leave out those who were not mailed yet and whose key is unwanted; returns how many they are.

        A million take no more memory than a number for each who is left out.
        """
        waiting = _ROW.state.in_(states_before(State.SKIPPED))
        left = select(_ROW.id, _ROW.key).where(_ROW.issue == issue, waiting)
        # By id alone: with the issue in it SQLite goes through all of the issue's rows, for each batch.
        skip = update(deliveries).where(waiting).values(state=State.SKIPPED, next_at=None, detail=why, changed_at=now)
        with self._writing.begin() as connection:
            rows = connection.execute(left, execution_options={"yield_per": _BATCH})
            those = array("q", (row.id for row in rows if unwanted(row.key)))
            for first in range(0, len(those), _BATCH):
                connection.execute(skip.where(_ROW.id.in_(those[first : first + _BATCH].tolist())))
        return len(those)

    def hold(self, issue: str, why: Callable[[str], str], *, now: datetime) -> int:
        """Let those wait of whom nobody can tell whether they are still to be mailed; returns how many they are.

        They are deferred without a time, so no run tries them; who was and is not any more comes due.

        Args:
            why: the reason by the person's key, "" for who need not wait.
        """
        waiting = (_ROW.issue == issue, _ROW.state.in_((State.PLANNED, State.DEFERRED)))
        held = (_ROW.issue == issue, _ROW.state == State.DEFERRED, _ROW.next_at.is_(None))
        with self._writing.begin() as connection:
            connection.execute(update(deliveries).where(*held).values(next_at=now))
            rows = connection.execute(
                select(_ROW.id, _ROW.key).where(*waiting), execution_options={"yield_per": _BATCH}
            )
            those = [{"row": row.id, "why": reason, "now": now} for row in rows if (reason := why(row.key))]
            if those:
                connection.execute(_HOLD, those)
        return len(those)

    def start(self, issue: str) -> None:
        """Begin to note which messages are on their way; the notes of the last run, recovered by now, go."""
        self._journal.start(issue, self._run)

    def finish(self) -> None:
        """End the notes: nothing is on its way any more."""
        self._journal.close()

    def begin(self, recipient: Recipient) -> None:
        """Note that a message's final dot is about to go out. Unlike the rest, this may be called from any thread."""
        self._journal.begin(recipient.key)

    def answer(self, outcome: Outcome) -> None:
        """Note what the server said, until `record` has written it down; from any thread, too."""
        self._journal.answer(outcome)

    def release(self, issue: str, recipients: Sequence[Recipient], *, now: datetime) -> None:
        """Give back claims whose messages were not begun."""
        if not recipients:
            return
        with self._writing.begin() as connection:
            rows = [{"the_issue": issue, "the_key": recipient.key, "now": now} for recipient in recipients]
            _all_of(rows, connection.execute(_RELEASE, rows).rowcount)

    def next_due(self, issue: str) -> datetime | None:
        """When the first deferred delivery may be tried again that is not held."""
        with self._engine.begin() as connection:
            timed = _ROW.next_at.is_not(None)
            query = select(_ROW.next_at).where(_ROW.issue == issue, _ROW.state == State.DEFERRED, timed)
            return connection.execute(query.order_by(_ROW.next_at).limit(1)).scalar()

    # --- telling ------------------------------------------------------------------------------------------------

    def tally(self, issue: str) -> Mapping[State, int]:
        """How many deliveries of the issue are in each state; states without any are 0."""
        with self._engine.begin() as connection:
            query = select(_ROW.state, func.count()).where(_ROW.issue == issue).group_by(_ROW.state)
            counts = {State(state): count for state, count in connection.execute(query)}
        return {state: counts.get(state, 0) for state in State}

    def left(self, issue: str) -> Iterator[str]:
        """The keys of those who are planned or deferred."""
        query = select(_ROW.key).where(_ROW.issue == issue, _ROW.state.in_((State.PLANNED, State.DEFERRED)))
        with self._engine.begin() as connection:
            yield from connection.execution_options(yield_per=_BATCH).execute(query).scalars()

    def deliveries(self, issue: str, state: State) -> Iterator[Outcome]:
        """The deliveries of an issue in one of the states that have an outcome, by key."""
        query = select(deliveries).where(_ROW.issue == issue, _ROW.state == state).order_by(_ROW.key)
        with self._engine.begin() as connection:
            for row in connection.execution_options(yield_per=_BATCH).execute(query):
                yield Outcome(
                    recipient=_recipient(row),
                    state=cast("Any", state),
                    code=row.code,
                    detail=row.detail,
                    retry_at=row.next_at,
                )

    # --- suppressions -------------------------------------------------------------------------------------------

    def suppress(self, key: str, reason: str, *, now: datetime) -> None:
        """Never mail this address again. The first reason stays."""
        with self._writing.begin() as connection:
            suppress(connection, key, reason, now)

    def suppressed(self, keys: Sequence[str]) -> dict[str, str]:
        """Which of the addresses are suppressed, with the reason."""
        with self._engine.begin() as connection:
            return reasons(connection, keys)


# The statements of the hot path are made once: to put one together takes longer than to run it.
_NOW = bindparam("now", type_=_ROW.changed_at.type)
_UNWANTED = select(suppressions.c.reason).where(suppressions.c.key == _ROW.key).scalar_subquery().label("unwanted")
#: What is due, with the reason where somebody was suppressed since planning. PostgreSQL lets several runs claim at
#: once; SQLite has one writer and no words for it.
_DUE = (
    select(_ROW.id, _ROW.key, _ROW.email, _ROW.name, _ROW.attempts, _UNWANTED)
    .where(_ROW.issue == bindparam("the_issue"))
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_DUE_AGAIN = _DUE.where(_ROW.state == State.DEFERRED, _ROW.next_at <= _NOW).order_by(_ROW.next_at)
_DUE_FIRST = _DUE.where(_ROW.state == State.PLANNED)
_CLAIM = (
    update(deliveries)
    .where(_ROW.id.in_(bindparam("ids", expanding=True)), _ROW.state.in_(states_before(State.CLAIMED)))
    .values(state=State.CLAIMED, next_at=None, claimed_at=_NOW, changed_at=_NOW, run=bindparam("by"))
)
_SKIP = (
    update(deliveries)
    .where(_ROW.id == bindparam("row"), _ROW.state.in_(states_before(State.SKIPPED)))
    .values(state=State.SKIPPED, next_at=None, detail=bindparam("why"), changed_at=_NOW)
)
_HOLD = (
    update(deliveries)
    .where(_ROW.id == bindparam("row"))
    .values(state=State.DEFERRED, next_at=None, code=0, detail=bindparam("why"), changed_at=_NOW)
)
_THE_CLAIMED = (
    _ROW.issue == bindparam("the_issue"),
    _ROW.key == bindparam("the_key"),
    _ROW.state == State.CLAIMED,
)
_RECORD = Prepared(
    update(deliveries)
    .where(*_THE_CLAIMED)
    .values(
        state=bindparam("to"),
        attempts=_ROW.attempts + bindparam("tried", type_=Integer),
        code=bindparam("the_code"),
        detail=bindparam("the_detail"),
        next_at=bindparam("at", type_=_ROW.next_at.type),
        changed_at=_NOW,
    )
)
_RELEASE = (
    update(deliveries).where(*_THE_CLAIMED).values(state=State.PLANNED, claimed_at=None, run=None, changed_at=_NOW)
)


def _write_down(connection: Connection, issue: str, outcomes: Sequence[Outcome], now: datetime) -> None:
    at = partial(stored, dialect=connection.dialect)
    rows = [_recorded(outcome, at) for outcome in outcomes]
    _all_of(rows, _RECORD.execute(connection, rows, the_issue=issue, now=at(now)))
    for outcome in outcomes:
        if outcome.gone:
            suppress(connection, outcome.recipient.key, f"bounced: {outcome.detail}", now)


def _replay(connection: Connection, issue: str, account: RunNotes, now: datetime) -> None:
    """Bring the ledger to where the run that kept the journal had come."""
    query = select(_ROW.key).where(_ROW.issue == issue, _ROW.state == State.CLAIMED, _ROW.run == account.run)
    claimed = list(connection.execute(query).scalars())
    answered = [account.answered[key] for key in claimed if key in account.answered]
    if answered:
        _write_down(connection, issue, answered, now)
    untouched = [{"the_issue": issue, "the_key": key, "now": now} for key in claimed if key not in account.begun]
    if untouched:
        connection.execute(_RELEASE, untouched)


def _recorded(outcome: Outcome, at: Callable[[datetime | None], Any]) -> dict[str, Any]:
    return {
        "the_key": outcome.recipient.key,
        "to": outcome.state.value,
        "tried": int(outcome.tried),
        "the_code": outcome.code,
        "the_detail": outcome.detail,
        "at": at(outcome.retry_at) if outcome.state is State.DEFERRED else None,
    }


def _fields(outcome: Outcome) -> dict[str, object]:
    # A server's word has a code; what has none was only written into a folder.
    state = "written" if outcome.state is State.SENT and not outcome.code else outcome.state
    said = {"state": state, "code": outcome.code, "reply": outcome.detail}
    return {"address": outcome.recipient.email, **said}


def _planned(issue: str, key: str, subscriber: Subscriber) -> dict[str, Any]:
    """A new row; the table's defaults give the rest."""
    return {"issue": issue, "key": key, "email": subscriber.email, "name": subscriber.name}


def _mailable(
    connection: Connection,
    issue: str,
    batch: Sequence[tuple[str, Subscriber]],
    skipped: list[Skipped],
    last: int,
) -> list[tuple[str, Subscriber]]:
    keys = [key for key, _ in batch]
    query = select(_ROW.key, _ROW.id).where(_ROW.issue == issue, _ROW.key.in_(keys))
    # True for those of this very transaction: the list names them twice. The others are on record from before.
    seen = {row.key: row.id > last for row in connection.execute(query)}
    unwanted = reasons(connection, keys)
    mailable = []
    for key, subscriber in batch:
        if key in unwanted:
            skipped.append(_skipped(subscriber, f"suppressed: {unwanted[key]}"))
        elif key not in seen:
            seen[key] = True
            mailable.append((key, subscriber))
        elif seen[key]:
            skipped.append(_skipped(subscriber, "duplicate: the address is on the list before"))
    return mailable


def _skipped(subscriber: Subscriber, why: str) -> Skipped:
    return Skipped(email=subscriber.email, line=subscriber.line, why=why)


def _due(connection: Connection, issue: str, limit: int, now: datetime, odd: int) -> list[Any]:
    """Deferred deliveries whose time has come and planned ones, in turns.

    Those whom a server refuses must not come first, run after run: so many in a row stop it, and nobody behind them
    would get anything. Nor last, where limits make an issue last for days.
    """
    asked: dict[str, Any] = {"the_issue": issue, "most": limit}
    again = list(connection.execute(_DUE_AGAIN, asked | {"now": now}))
    wanted = limit - min(len(again), (limit + odd) // 2)
    first = list(connection.execute(_DUE_FIRST, asked | {"most": wanted})) if wanted else []
    again = again[: limit - len(first)]
    turns = [first, again] if len(first) > len(again) else [again, first]
    return [row for pair in zip_longest(*turns) for row in pair if row is not None]


def _recipient(row: Any) -> Recipient:
    return Recipient(key=row.key, email=row.email, name=row.name, attempts=row.attempts)


def _all_of(rows: Sequence[object], changed: int) -> None:
    """Whoever holds the lock is the only one who changes deliveries: fewer changes than meant are a fault of ours."""
    if changed != len(rows):
        raise AssertionError(f"{changed} of {len(rows)} deliveries were in a state to be changed")
