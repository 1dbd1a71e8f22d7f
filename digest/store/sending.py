"""What sending keeps from run to run beside the ledger: permits that limits have given away, and refresh tokens."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import Engine, delete, insert, select

from digest.store.database import writing
from digest.store.schema import allowances, meta


class Allowances:
    """How many permits each limit has given away: limits by the hour and the day hold over all runs together."""

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


class RefreshTokens:
    """The newest refresh token of each consent: some endpoints take each token once and give the next.

    A consent is known by the hash of the token that the owner wrote down. Of a new one nothing is kept: its own counts.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def newest(self, given: str) -> str:
        """What has taken the place of a token; the token itself where nothing has."""
        with self._engine.begin() as connection:
            kept = connection.execute(select(meta.c.value).where(meta.c.name == _name(given))).scalar_one_or_none()
        return str(kept) if kept else given

    def keep(self, given: str, newest: str) -> None:
        """Write down what has taken its place; it is on disk when this returns."""
        with self._writing.begin() as connection:
            connection.execute(delete(meta).where(meta.c.name == _name(given)))
            connection.execute(insert(meta).values(name=_name(given), value=newest))


def _name(given: str) -> str:
    # The table's names have 64 characters.
    return f"refresh_token:{hashlib.sha256(given.encode()).hexdigest()[:48]}"
