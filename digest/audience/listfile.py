"""The file of a list, which a person may have open: whether it was changed, and how it is replaced in one step."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
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
def locked(path: Path) -> Iterator[None]:
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
            _copy_owner(file, like=path)
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror}", hint="The file is as it was.") from None


def _copy_owner(file: IO[bytes], *, like: Path) -> None:
    """Give a new file the mode and the owner of another."""
    status = like.stat()
    os.fchmod(file.fileno(), status.st_mode & 0o7777)
    with contextlib.suppress(PermissionError):  # only root may give a file away; then it becomes the editor's
        os.fchown(file.fileno(), status.st_uid, status.st_gid)


def _refuse_changed(path: Path, read_at: Stamp) -> None:
    if Stamp.of(path.stat()) != read_at:
        raise UsageError(f"{path}: somebody else changed the list meanwhile", hint="Nothing was written. Try again.")


class Watch:
    """Whether somebody has changed a list, asked over and over while its issue is on its way.

    Args:
        every: seconds from one look to the next.
        time: seconds by any clock that only goes forward.
    """

    def __init__(self, paths: Sequence[Path], *, every: float, time: Callable[[], float]) -> None:
        self._paths = paths
        self._every = every
        self._time = time
        self._looked = time()
        self._read = self._seen = self._stamps()

    def changed(self) -> bool:
        """Whether the files are others than when last said so, and at rest since the look before.

        A spreadsheet writes a file from its beginning: who is not in the first half of it has not left.
        """
        if self._time() - self._looked < self._every:
            return False
        self._looked = self._time()
        if not self.at_rest() or self._seen == self._read:
            return False
        self._read = self._seen
        return True

    def at_rest(self) -> bool:
        """Whether nobody has written since the last look."""
        before, self._seen = self._seen, self._stamps()
        return before == self._seen

    def _stamps(self) -> list[Stamp | None]:
        return [Stamp.of(path.stat()) if path.exists() else None for path in self._paths]
