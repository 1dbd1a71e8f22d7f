"""What links to unsubscribe are made with, kept with the ledger: they must hold as long as mails are out.

The key, where the environment gives none, is made once; a copy of it lies in a file, so that links outlive the ledger.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from digest.disk import replacement
from digest.store.database import writing
from digest.store.schema import meta

_KEY = "secret_key"
_PRINT = "secret_key_given"
_LIST = "links_list"


def project_secret(engine: Engine, make: Callable[[], str], *, copy: Path) -> bytes:
    """The key that links and Message-IDs are signed with; made on first use. Of two first uses at once one counts.

    Args:
        copy: where it is kept, too, for its owner only; what it holds is used where the ledger is new.
    """
    kept = _stored_value(engine, _KEY) or _store_value(engine, _KEY, copied_secret(copy) or make())
    if not copied_secret(copy):
        # Where it can't be written the ledger has the only one, as the doctor says.
        with suppress(OSError):
            copy.parent.mkdir(mode=0o700, exist_ok=True)
            with replacement(copy) as file:
                os.fchmod(file.fileno(), 0o600)
                file.write(f"{kept}\n".encode())
    return kept.encode()


def kept_secret(engine: Engine) -> str:
    """The key in the ledger; "" where none was made."""
    return _stored_value(engine, _KEY)


def copied_secret(copy: Path) -> str:
    """The key in the file; "" where there is none, or it can't be read."""
    try:
        return copy.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def keep_print(engine: Engine, given: str) -> None:
    """Note which key the environment gave; the key can't be computed from what is noted."""
    _store_value(engine, _PRINT, hashlib.sha256(f"digest\0{given}".encode()).hexdigest()[:16])


def was_given(engine: Engine) -> bool:
    """Whether links were ever made with a key of the environment."""
    return bool(_stored_value(engine, _PRINT))


def links_list(engine: Engine, current: str) -> str:
    """The list's name that links are made with: that of the first issue, so that a site need only know one."""
    return _stored_value(engine, _LIST) or current


def keep_links_list(engine: Engine, current: str) -> None:
    """From here on links are made with this name, whatever the list is called later."""
    _store_value(engine, _LIST, current)


def _store_value(engine: Engine, name: str, value: str) -> str:
    """Keep a value where none is kept; returns what is."""
    if not _stored_value(engine, name):
        with suppress(IntegrityError), writing(engine).begin() as connection:
            connection.execute(insert(meta).values(name=name, value=value))
    return _stored_value(engine, name)


def _stored_value(engine: Engine, name: str) -> str:
    with engine.begin() as connection:
        return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one_or_none() or ""
