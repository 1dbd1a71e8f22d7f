"""Brings outcomes to the ledger in groups, soon after the server's answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from typing import TypeVar

from digest.model import Outcome

#: A commit costs as much for one as for a hundred.
_GROUP = 100
#: Seconds that an outcome waits for others; with the commit it is on disk within a tenth of a second.
_WAIT = 0.02

_T = TypeVar("_T")


class Recorder:
    """Outcomes on their way to the ledger.

    Args:
        record: writes a group, all or none; called in the executor.
        progress: told how many outcomes are on record, of how many.
    """

    def __init__(
        self, record: Callable[[Sequence[Outcome]], None], executor: Executor, progress: Callable[[int, int], None]
    ) -> None:
        self.pending: list[Outcome] = []
        self.total = 0
        self._record = record
        self._executor = executor
        self._progress = progress
        self._done = 0
        self._some = asyncio.Event()
        self._writing = asyncio.Lock()

    def add(self, outcome: Outcome) -> None:
        self.pending.append(outcome)
        self._some.set()

    async def run(self) -> None:
        """Write what comes, until cancelled; `write` then writes the rest."""
        while True:
            await self._some.wait()
            if len(self.pending) < _GROUP:
                await asyncio.sleep(_WAIT)
            await self.write()

    async def write(self) -> None:
        """Write what is pending now; it is on disk when this returns. What comes meanwhile waits for others."""
        async with self._writing:
            for _ in range(0, len(self.pending), _GROUP):
                await finished(self._write_group())
            if not self.pending:
                self._some.clear()

    async def _write_group(self) -> None:
        group = self.pending[:_GROUP]
        await asyncio.get_running_loop().run_in_executor(self._executor, self._record, group)
        del self.pending[: len(group)]
        self._done += len(group)
        self._progress(min(self._done, self.total), self.total)


async def finished(work: Awaitable[_T]) -> _T:
    """The result of work which, once begun, must come to its end: a transaction that nobody knows of is a lie.

    Who is cancelled meanwhile is cancelled afterwards.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
