"""One run at a time for a project and for its database: locks that die with their owner.

The folder's lock alone would let a copy of the folder, or another machine, work with the same database at once: its
`recover` would take what is on its way for what a dead run left.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from digest.errors import DigestError, LockedError

#: "dige", the first half of the lock's number on PostgreSQL; the other half is the number of the table in it, so that
#: two newsletters in two schemas of one database don't wait for each other.
_OURS = 0x64696765
_TAKE = f"SELECT pg_try_advisory_lock({_OURS}, 'deliveries'::regclass::oid::int4)"
_TELL = "INSERT INTO meta (name, value) VALUES ('running', %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


@contextmanager
def project_lock(path: Path, engine: Engine, *, command: str, now: datetime) -> Iterator[None]:
    """Hold the project's lock and that of its database.

    A file's lock is the kernel's, kept with the open file; PostgreSQL's is the server's, kept with the session. Both go
    when the process ends, however it ends: what is left behind locks nothing, and only tells who held it.

    Args:
        path: the lock's file; it stays when the lock is gone, since deleting it would let two runs hold two locks.
        command: what this run is, for whoever finds the project locked.

    Raises:
        LockedError: another process holds it; the message says which, and for how long.
        DigestError: its file can't be opened, or the disk knows no locks. Or PostgreSQL's session was lost, so that
            another run may have begun; the next transaction raises it.
    """
    owner = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "command": command, "since": now.isoformat()})
    with ExitStack() as held:
        for file in dict.fromkeys((path.parent.resolve() / path.name, *_beside(engine))):
            held.enter_context(_file_lock(file, owner, now))
        if engine.dialect.name == "postgresql":
            held.enter_context(_session_lock(engine, owner, now))
        yield


# --- a file -----------------------------------------------------------------------------------------------------


def _beside(engine: Engine) -> tuple[Path, ...]:
    """The lock of an SQLite database, by where its file really is: `.digest.lock` beside `digest.db`."""
    if engine.dialect.name != "sqlite":
        return ()
    with engine.connect() as connection:
        files = {row.name: row.file for row in connection.exec_driver_sql("PRAGMA database_list")}
    # A database in memory has none.
    database = Path(files["main"]).resolve() if files["main"] else None
    return (database.with_name(f".{database.stem}.lock"),) if database else ()


@contextmanager
def _file_lock(path: Path, owner: str, now: datetime) -> Iterator[None]:
    file = _open_file(path)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _locked(os.pread(file, 4096, 0), now) from None
        except OSError as error:
            raise DigestError(
                f"{path} can't be locked: {error.strerror}.",
                hint="Where it lies there are no locks (flock), as on some network drives, and without one two runs "
                "could mail everybody twice. Put the newsletter's folder and its database on a disk of this machine.",
            ) from error
        _write(file, owner)
        yield
        _write(file, "")
    finally:
        os.close(file)


def _open_file(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        if error.errno == errno.ELOOP:
            # Followed, it would empty whatever it leads to.
            raise DigestError(
                f"{path} is a symbolic link, and the lock must be a file of its own.",
                hint="Delete the link: the lock's file holds nothing that is needed, and the next run makes it anew.",
            ) from error
        raise DigestError(
            f"{path} can't be opened, which holds the project's lock: {error.strerror}.",
            hint="Make the folder and this file yours, or delete what lies there: it holds nothing that is needed.",
        ) from error


def _write(file: int, owner: str) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, owner.encode(), 0)


# --- a session of PostgreSQL ------------------------------------------------------------------------------------


@contextmanager
def _session_lock(engine: Engine, owner: str, now: datetime) -> Iterator[None]:
    pooled = engine.raw_connection()
    session = _Session(pooled.driver_connection, engine.dialect.loaded_dbapi.Error)
    pooled.detach()
    try:
        if not session.ask(_TAKE)[0]:
            [said] = session.ask("SELECT max(value) FROM meta WHERE name = 'running'")
            raise _locked(said, now)
        session.ask(_TELL, owner)
        # Who has lost the session has lost the lock: each transaction asks before it begins. What another run took
        # over before that is uncertain by now, and nobody's message is begun by both.
        event.listen(engine, "begin", session.check)
        try:
            yield
        finally:
            event.remove(engine, "begin", session.check)
        with suppress(DigestError):
            session.ask("DELETE FROM meta WHERE name = 'running'")
    finally:
        session.close()


class _Session:
    """The session that holds the lock, outside the pool: the engine's transactions come and go in others."""

    def __init__(self, connection: Any, error: type[Exception]) -> None:
        self._connection = connection
        self._connection.autocommit = True
        self._error = error

    def ask(self, query: str, *values: str) -> tuple[Any, ...]:
        try:
            cursor = self._connection.execute(query, values)
            return tuple(cursor.fetchone()) if cursor.description else ()
        except self._error as error:
            raise DigestError(
                f"The lock of the database was lost with its connection: {str(error).strip().partition(chr(10))[0]}.",
                hint="Another run may have begun. Run the command again when none does: it goes on from here.",
            ) from error

    def check(self, _connection: object) -> None:
        self.ask("SELECT 1")

    def close(self) -> None:
        with suppress(self._error):
            self._connection.close()


# --- who holds it -----------------------------------------------------------------------------------------------


def _locked(said: str | bytes | None, now: datetime) -> LockedError:
    return LockedError(
        f"Another run holds the project's lock: {_owner(said, now)}.",
        hint="Wait until it ends. If it hangs, end that process: the lock goes with it, and nothing is lost.",
    )


def _owner(said: str | bytes | None, now: datetime) -> str:
    """Who holds it, as far as its file says: the owner may be just about to write it."""
    with suppress(ValueError, KeyError, TypeError):
        owner: Mapping[str, Any] = json.loads(said or b"")
        age = now - datetime.fromisoformat(owner["since"])
        return f"“{owner['command']}” (process {int(owner['pid'])} on {owner['host']}), for {_span(age)}"
    return "it has just begun"


def _span(age: timedelta) -> str:
    minutes = max(age, timedelta()) // timedelta(minutes=1)
    if minutes < 1:
        return "less than a minute"
    hours, rest = divmod(minutes, 60)
    spans = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in ((hours, "hour"), (rest, "minute")) if count]
    return " and ".join(spans)
