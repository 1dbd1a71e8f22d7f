"""The deliveries of an issue: who gets it, and where each message stands. The ledger decides, not memory.

A claim is on disk before the first byte of its message, an outcome soon after the server's answer. What a dead run
left claimed may have been sent or not: `recover` calls it uncertain, and only a person's word sends it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, cast

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update

from digest.model import DeliveryState, Outcome, Recipient, Skipped, Subscriber
from digest.store.database import writing
from digest.store.schema import deliveries, suppressions
from digest.store.transitions import sources

#: Rows planned in one statement.
_BATCH = 1000
_ROW = deliveries.c


class Ledger:
    """Deliveries in the project's database. One run at a time writes: the caller holds the project's lock.

    Args:
        run: names the run in the rows that it claims.
    """

    def __init__(self, engine: Engine, *, run: str = "") -> None:
        self._engine = engine
        self._writing = writing(engine)
        self._run = run

    # --- planning -----------------------------------------------------------------------------------------------

    def freeze(
        self, issue: str, people: Iterable[tuple[str, Subscriber]], *, now: datetime, keep: bool = True
    ) -> list[Skipped]:
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
            while batch := list(islice(people, _BATCH)):
                rows = _mailable(connection, issue, batch, skipped, now)
                if rows:
                    connection.execute(insert(deliveries), [_planned(issue, key, who, now) for key, who in rows])
            if not keep:
                connection.rollback()
        return skipped

    # --- sending ------------------------------------------------------------------------------------------------

    def recover(self, issue: str, *, now: datetime) -> int:
        """Call uncertain what an earlier run left claimed; returns how many there were."""
        with self._writing.begin() as connection:
            return _move(
                connection,
                issue,
                to=DeliveryState.UNCERTAIN,
                now=now,
                attempts=_ROW.attempts + 1,
                detail="the run ended before the server's answer was on record",
            )

    def resend_uncertain(self, issue: str, *, now: datetime) -> int:
        """Plan the uncertain ones again, on a person's word; returns how many there were."""
        with self._writing.begin() as connection:
            return connection.execute(
                update(deliveries)
                .where(_ROW.issue == issue, _ROW.state == DeliveryState.UNCERTAIN)
                .values(state=DeliveryState.PLANNED, changed_at=now)
            ).rowcount

    def claim(self, issue: str, *, limit: int, now: datetime) -> list[Recipient]:
        """Take up to `limit` recipients that are due. They are on disk as claimed when this returns.

        Those suppressed since planning are skipped.
        """
        with self._writing.begin() as connection:
            claimed: list[Recipient] = []
            while len(claimed) < limit and (due := _due(connection, issue, limit - len(claimed), now)):
                unwanted = _suppressed(connection, [recipient.key for recipient in due])
                for key, reason in unwanted.items():
                    _move(connection, issue, to=DeliveryState.SKIPPED, keys=[key], now=now, detail=reason)
                wanted = [recipient for recipient in due if recipient.key not in unwanted]
                _move(
                    connection,
                    issue,
                    to=DeliveryState.CLAIMED,
                    keys=[recipient.key for recipient in wanted],
                    now=now,
                    claimed_at=now,
                    run=self._run,
                )
                claimed += wanted
            return claimed

    def record(self, issue: str, outcomes: Sequence[Outcome], *, now: datetime) -> None:
        """Write down what became of claimed deliveries."""
        if not outcomes:
            return
        with self._writing.begin() as connection:
            written = connection.execute(_RECORD, [_recorded(issue, outcome, now) for outcome in outcomes]).rowcount
            if written != len(outcomes):
                raise AssertionError(f"{len(outcomes)} outcomes for {written} claimed deliveries of {issue}")

    def release(self, issue: str, recipients: Sequence[Recipient], *, now: datetime) -> None:
        """Give back claims whose messages were not begun."""
        if not recipients:
            return
        with self._writing.begin() as connection:
            _move(
                connection,
                issue,
                to=DeliveryState.PLANNED,
                keys=[recipient.key for recipient in recipients],
                now=now,
                claimed_at=None,
                run=None,
            )

    def next_due(self, issue: str) -> datetime | None:
        """When the first deferred delivery may be tried again."""
        with self._engine.begin() as connection:
            query = select(_ROW.next_at).where(_ROW.issue == issue, _ROW.state == DeliveryState.DEFERRED)
            return connection.execute(query.order_by(_ROW.next_at).limit(1)).scalar()

    # --- telling ------------------------------------------------------------------------------------------------

    def tally(self, issue: str) -> Mapping[DeliveryState, int]:
        """How many deliveries of the issue are in each state; states without any are 0."""
        with self._engine.begin() as connection:
            query = select(_ROW.state, func.count()).where(_ROW.issue == issue).group_by(_ROW.state)
            counts = {DeliveryState(state): count for state, count in connection.execute(query)}
        return {state: counts.get(state, 0) for state in DeliveryState}

    def deliveries(self, issue: str, state: DeliveryState) -> Iterator[Outcome]:
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
            if not _suppressed(connection, [key]):
                connection.execute(insert(suppressions).values(key=key, reason=reason, at=now))

    def suppressed(self, keys: Sequence[str]) -> dict[str, str]:
        """Which of the addresses are suppressed, with the reason."""
        with self._engine.begin() as connection:
            return _suppressed(connection, keys)


_RECORD = (
    update(deliveries)
    .where(
        _ROW.issue == bindparam("the_issue"),
        _ROW.key == bindparam("the_key"),
        _ROW.state == DeliveryState.CLAIMED,
    )
    .values(
        state=bindparam("to"),
        attempts=_ROW.attempts + 1,
        code=bindparam("the_code"),
        detail=bindparam("the_detail"),
        next_at=bindparam("at", type_=_ROW.next_at.type),
        changed_at=bindparam("now", type_=_ROW.changed_at.type),
    )
)


def _recorded(issue: str, outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        "the_issue": issue,
        "the_key": outcome.recipient.key,
        "to": outcome.state,
        "the_code": outcome.code,
        "the_detail": outcome.detail,
        "at": outcome.retry_at if outcome.state is DeliveryState.DEFERRED else None,
        "now": now,
    }


def _planned(issue: str, key: str, subscriber: Subscriber, now: datetime) -> dict[str, Any]:
    return {
        "issue": issue,
        "key": key,
        "email": subscriber.email,
        "name": subscriber.name,
        "state": DeliveryState.PLANNED,
        "attempts": 0,
        "code": 0,
        "detail": "",
        "changed_at": now,
    }


def _mailable(
    connection: Connection,
    issue: str,
    batch: Sequence[tuple[str, Subscriber]],
    skipped: list[Skipped],
    now: datetime,
) -> list[tuple[str, Subscriber]]:
    keys = [key for key, _ in batch]
    query = select(_ROW.key, (_ROW.changed_at == now).label("now")).where(_ROW.issue == issue, _ROW.key.in_(keys))
    # True for those of this very transaction: the list names them twice. The others are on record from before.
    seen = {row.key: bool(row.now) for row in connection.execute(query)}
    unwanted = _suppressed(connection, keys)
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


def _suppressed(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    query = select(suppressions.c.key, suppressions.c.reason).where(suppressions.c.key.in_(keys))
    return {row.key: row.reason for row in connection.execute(query)}


def _due(connection: Connection, issue: str, limit: int, now: datetime) -> list[Recipient]:
    """Deferred deliveries whose time has come, then planned ones."""
    query = (
        select(_ROW.key, _ROW.email, _ROW.name, _ROW.attempts)
        .where(_ROW.issue == issue)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    deferred = query.where(_ROW.state == DeliveryState.DEFERRED, _ROW.next_at <= now).order_by(_ROW.next_at)
    due = [_recipient(row) for row in connection.execute(deferred)]
    if len(due) < limit:
        planned = query.where(_ROW.state == DeliveryState.PLANNED).limit(limit - len(due))
        due += [_recipient(row) for row in connection.execute(planned)]
    return due


def _recipient(row: Any) -> Recipient:
    return Recipient(key=row.key, email=row.email, name=row.name, attempts=row.attempts)


def _move(
    connection: Connection,
    issue: str,
    *,
    to: DeliveryState,
    now: datetime,
    keys: Sequence[str] | None = None,
    **values: Any,
) -> int:
    """Change the state of deliveries, of all that may or of those named; the table of transitions is in the WHERE."""
    change = update(deliveries).where(_ROW.issue == issue, _ROW.state.in_(sources(to)))
    if keys is not None:
        change = change.where(_ROW.key.in_(keys))
    moved = connection.execute(change.values(state=to, changed_at=now, next_at=None, **values)).rowcount
    if keys is not None and moved != len(keys):
        raise AssertionError(f"{moved} of {len(keys)} deliveries of {issue} could become {to}")
    return moved
