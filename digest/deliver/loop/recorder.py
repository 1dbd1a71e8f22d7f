"""Brings outcomes to the ledger in groups, soon after the server's answer."""

from __future__ import annotations

import asyncio
import re
from collections import Counter

from digest.deliver.loop.context import RunContext, finished
from digest.model import DeliveryState, Outcome, Progress, silent

#: A commit costs as much for one as for a hundred.
_GROUP = 100
#: Seconds that an outcome waits for others; with the commit it is on disk within a tenth of a second.
_WAIT = 0.02

#: Kinds of trouble named in the progress; report.txt names all.
_KINDS = 3
_ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


class Recorder:
    """Outcomes on their way to the ledger.

    Args:
        total: how many there will be.
    """

    def __init__(self, context: RunContext, *, total: int, progress: Progress = silent) -> None:
        self.pending: list[Outcome] = []
        self._context = context
        self._total = total
        self._progress = progress
        self._done = 0
        self._troubles: Counter[str] = Counter()
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
        context, group = self._context, self.pending[:_GROUP]
        await context.in_ledger(context.ledger.record, context.issue, group, now=context.now())
        del self.pending[: len(group)]
        self._done += len(group)
        self._troubles.update(trouble(outcome) for outcome in group if outcome.state is not DeliveryState.SENT)
        told = (f"{count:,} {trouble}" for trouble, count in self._troubles.most_common(_KINDS))
        self._show_progress(", ".join(told))

    def _show_progress(self, troubles: str) -> None:
        try:
            self._progress(min(self._done, self._total), self._total, troubles)
        except OSError:
            # The terminal was closed, or the pipe's reader is gone: no reason to leave messages in doubt.
            self._progress = silent


def trouble(outcome: Outcome) -> str:
    """ "deferred (451 4.3.0)": the state and the reply's codes, which say why and name nobody."""
    enhanced = _ENHANCED.search(outcome.detail)
    codes = " ".join([*([str(outcome.code)] if outcome.code else []), *([enhanced[0]] if enhanced else [])])
    return f"{outcome.state} ({codes or 'no reply'})"
