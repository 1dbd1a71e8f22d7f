"""Addresses never mailed again, each with the reason, until a person lifts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select

from digest.store.database import writing
from digest.store.schema import suppressions

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address never mailed again, for people."""

    key: str
    reason: str
    at: datetime


def suppress(connection: Connection, key: str, reason: str, now: datetime) -> None:
    """Never mail this address again. The first reason stays."""
    if not reasons(connection, [key]):
        connection.execute(insert(suppressions).values(key=key, reason=reason, at=now))


def reasons(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """Which of the addresses are suppressed, with the reason."""
    query = select(suppressions.c.key, suppressions.c.reason).where(suppressions.c.key.in_(keys))
    return {row.key: row.reason for row in connection.execute(query)}


def read(engine: Engine) -> Iterator[Suppression]:
    """All of them, by address. Streams."""
    with engine.begin() as connection:
        query = select(suppressions).order_by(suppressions.c.key)
        for row in connection.execution_options(yield_per=_BATCH).execute(query):
            yield Suppression(key=row.key, reason=row.reason, at=row.at)


def lift(engine: Engine, key: str) -> Suppression | None:
    """Let an address be mailed again; returns what was on record, None where it was not suppressed."""
    this = suppressions.c.key == key
    with writing(engine).begin() as connection:
        row = connection.execute(select(suppressions).where(this)).first()
        connection.execute(delete(suppressions).where(this))
    return Suppression(key=row.key, reason=row.reason, at=row.at) if row else None
