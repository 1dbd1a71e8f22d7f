"""Whether somebody has changed a list, asked over and over while its issue is on its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from digest.audience.rewrite import Stamp


class Watch:
    """Looks at the files now and then.

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
