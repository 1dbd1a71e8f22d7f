"""One run at a time for a project: an advisory lock that dies with its owner."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from digest.errors import LockedError


@contextmanager
def project_lock(path: Path, *, command: str, now: datetime) -> Iterator[None]:
    """Hold the project's lock.

    The kernel keeps it with the open file and drops it when the process ends, however it ends: a file that is left
    behind locks nothing. Its content only tells who holds it.

    Args:
        path: the lock's file; it stays when the lock is gone, since deleting it would let two runs hold two locks.
        command: what this run is, for whoever finds the project locked.

    Raises:
        LockedError: another process holds it; the message says which, and for how long.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(
                f"Another run holds the project's lock: {_owner(file, now)}.",
                hint="Wait until it ends. If it hangs, end that process: the lock goes with it, and nothing is lost.",
            ) from None
        _write(file, {"pid": os.getpid(), "host": socket.gethostname(), "command": command, "since": now.isoformat()})
        yield
        _write(file, None)
    finally:
        os.close(file)


def _write(file: int, owner: dict[str, object] | None) -> None:
    os.ftruncate(file, 0)
    if owner is not None:
        os.pwrite(file, json.dumps(owner).encode(), 0)


def _owner(file: int, now: datetime) -> str:
    """Who holds it, as far as the file tells: its owner may be just about to write."""
    with suppress(ValueError, KeyError, TypeError):
        owner = json.loads(os.pread(file, 4096, 0))
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
