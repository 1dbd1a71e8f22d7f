"""Replacing a file that a person may have open, without ever leaving half of one."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from digest.disk import replacement
from digest.errors import UsageError


class Stamp(NamedTuple):
    """What tells that a file was written meanwhile."""

    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other `digest` writes this file. A spreadsheet takes no notice of it: `replace` does."""
    while True:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # Who held the lock has put another file in this one's place.
            if path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                yield
                return


def replace(path: Path, chunks: Iterable[bytes], *, read_at: Stamp) -> None:
    """Put `chunks` in the place of the file in one step, its owner and mode kept; a link stays a link.

    Raises:
        UsageError: it is no longer the file that was read, or its folder can't be written.
    """
    path = path.resolve()
    try:
        with replacement(path, last_look=lambda: _refuse_changed(path, read_at)) as file:
            file.writelines(chunks)
            _belong(file, like=path)
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror}", hint="The file is as it was.") from None


def _belong(file: IO[bytes], *, like: Path) -> None:
    """Give a new file the mode and the owner of another."""
    status = like.stat()
    os.fchmod(file.fileno(), status.st_mode & 0o7777)
    with contextlib.suppress(PermissionError):  # only root may give a file away; then it becomes the editor's
        os.fchown(file.fileno(), status.st_uid, status.st_gid)


def _refuse_changed(path: Path, read_at: Stamp) -> None:
    if Stamp.of(path.stat()) != read_at:
        raise UsageError(f"{path}: somebody else changed the list meanwhile", hint="Nothing was written. Try again.")
