"""A file that takes the place of another in one step: a crash leaves the old or the new one, never half of either."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO


def _nothing() -> None:
    """Have nothing to look at."""


@contextmanager
def replacement(path: Path, *, last_look: Callable[[], None] = _nothing) -> Iterator[IO[bytes]]:
    """A file to write to, which stands in the place of `path` once the block is done; if it fails, all is as it was.

    Args:
        last_look: called once the new file is on disk, right before the step; what it raises forbids it.
    """
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        temporary = Path(file.name)
        try:
            yield file.file
            file.flush()
            os.fsync(file.fileno())
            last_look()
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    _settle_name(path.parent)


def write_atomically(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Replace a file in one step; its folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacement(path) as file:
        os.fchmod(file.fileno(), mode)
        file.write(text.encode("utf-8"))


def _settle_name(folder: Path) -> None:
    """Make a new name last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
