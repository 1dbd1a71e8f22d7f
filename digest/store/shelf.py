"""Responses of earlier runs, for conditional GETs."""

from __future__ import annotations

import zlib
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select

from digest.model import Remembered
from digest.store.database import writing
from digest.store.schema import fetches

_FIELDS = [field.name for field in fields(Remembered)]


class Shelf:
    """Remembers a response by the address that was asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def recall(self, url: str) -> Remembered | None:
        with self._engine.begin() as connection:
            row = connection.execute(select(fetches).where(fetches.c.url == url)).one_or_none()
        if row is None:
            return None
        kept = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's public API, in spite of its name
        return Remembered(**(kept | {"body": zlib.decompress(row.body), "moved": bool(row.moved)}))

    def remember(self, response: Remembered) -> None:
        kept = {name: getattr(response, name) for name in _FIELDS}
        kept |= {"body": zlib.compress(response.body, 6), "moved": int(response.moved)}
        with self._writing.begin() as connection:
            connection.execute(delete(fetches).where(fetches.c.url == response.url))
            connection.execute(insert(fetches).values(kept))

    def forget(self, *, before: datetime) -> int:
        """Drop responses not fetched since; returns how many there were."""
        with self._writing.begin() as connection:
            return connection.execute(delete(fetches).where(fetches.c.fetched_at < before)).rowcount
