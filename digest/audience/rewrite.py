"""Replacing a file that a person may have open, without ever leaving half of one."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

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
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                file.writelines(chunks)
                _settle(file.file, like=path)
                _refuse_changed(path, read_at)
                os.replace(file.name, path)  # noqa: PTH105 -- the name is a string
            except BaseException:
                Path(file.name).unlink()
                raise
        _sync_folder(path.parent)
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror}", hint="The file is as it was.") from None


def _settle(file: IO[bytes], *, like: Path) -> None:
    status = like.stat()
    os.fchmod(file.fileno(), status.st_mode & 0o7777)
    with contextlib.suppress(PermissionError):  # only root may give a file away; then it becomes the editor's
        os.fchown(file.fileno(), status.st_uid, status.st_gid)
    file.flush()
    os.fsync(file.fileno())


def _refuse_changed(path: Path, read_at: Stamp) -> None:
    if Stamp.of(path.stat()) != read_at:
        raise UsageError(f"{path}: somebody else changed the list meanwhile", hint="Nothing was written. Try again.")


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
