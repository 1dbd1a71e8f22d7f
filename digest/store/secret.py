"""The project's own key, where the environment gives none: made once, kept with the ledger."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, insert, select

from digest.store.database import writing
from digest.store.schema import meta

_NAME = "secret_key"


def project_secret(engine: Engine, make: Callable[[], str]) -> bytes:
    """The key that links and Message-IDs are signed with; made on first use."""
    with writing(engine).begin() as connection:
        kept = connection.execute(select(meta.c.value).where(meta.c.name == _NAME)).scalar_one_or_none()
        if kept is None:
            kept = make()
            connection.execute(insert(meta).values(name=_NAME, value=kept))
    return str(kept).encode()
