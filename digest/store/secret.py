"""The project's own key, where the environment gives none: made once, kept with the ledger."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from digest.store.database import writing
from digest.store.schema import meta

_NAME = "secret_key"


def project_secret(engine: Engine, make: Callable[[], str]) -> bytes:
    """The key that links and Message-IDs are signed with; made on first use. Of two first uses at once one counts."""
    kept = _kept(engine)
    if kept is None:
        made = make()
        with suppress(IntegrityError), writing(engine).begin() as connection:
            connection.execute(insert(meta).values(name=_NAME, value=made))
        kept = _kept(engine)
    return str(kept).encode()


def _kept(engine: Engine) -> str | None:
    with engine.begin() as connection:
        return connection.execute(select(meta.c.value).where(meta.c.name == _NAME)).scalar_one_or_none()
