"""Refresh tokens that took the place of those in the environment: some endpoints take each of them once."""

from __future__ import annotations

import hashlib

from sqlalchemy import Engine, delete, insert, select

from digest.store.database import writing
from digest.store.schema import meta


class Consents:
    """The newest refresh token of each consent; a consent is known by the hash of the token that the owner wrote down.

    A new consent is thus one that nothing is kept of, and its own token counts.
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
