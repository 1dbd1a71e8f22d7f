"""Permits to send that were taken: limits by the hour and the day hold over all runs together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Engine, delete, insert, select

from digest.store.database import writing
from digest.store.schema import allowances


class Allowances:
    """What each limit has given away, in the project's database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def load(self) -> dict[str, list[tuple[int, int]]]:
        """(slot, permits) by the limit's name; what a slot is, is the limit's affair (`deliver.pacing.buckets`)."""
        taken: dict[str, list[tuple[int, int]]] = {}
        with self._engine.begin() as connection:
            for row in connection.execute(select(allowances)):
                taken.setdefault(row.name, []).append((row.slot, row.taken))
        return taken

    def save(self, taken: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        """Write down what these limits have given away; it is on disk when this returns."""
        rows = [{"name": name, "slot": slot, "taken": count} for name, slots in taken.items() for slot, count in slots]
        with self._writing.begin() as connection:
            connection.execute(delete(allowances).where(allowances.c.name.in_(list(taken))))
            if rows:
                connection.execute(insert(allowances), rows)
