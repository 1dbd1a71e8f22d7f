"""What every part of a run works with and none changes: the issue, the ledger, the settings, the clocks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

from digest.deliver.pacing.limits import Taken
from digest.model import DeliveryState, Outcome, Recipient
from digest.settings import SendSettings

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Ledger(Protocol):
    """What sending needs of the ledger; `store.ledger` says what each does.

    Called from one thread at a time, except for `begin` and `answer`, which take no time and are called in the loop.
    """

    def recover(self, issue: str, *, now: datetime) -> int: ...
    def claim(self, issue: str, *, limit: int, now: datetime) -> list[Recipient]: ...
    def record(self, issue: str, outcomes: Sequence[Outcome], *, now: datetime) -> None: ...
    def release(self, issue: str, recipients: Sequence[Recipient], *, now: datetime) -> None: ...
    def start(self, issue: str) -> None: ...
    def finish(self) -> None: ...
    def begin(self, recipient: Recipient) -> None: ...
    def answer(self, outcome: Outcome) -> None: ...
    def next_due(self, issue: str) -> datetime | None: ...
    def tally(self, issue: str) -> Mapping[DeliveryState, int]: ...
    def deliveries(self, issue: str, state: DeliveryState) -> Iterator[Outcome]: ...


class Allowances(Protocol):
    """Where permits are written down; `store.sending` says how."""

    def load(self) -> Taken: ...
    def save(self, taken: Taken) -> None: ...


class UnsavedAllowances:
    """Permits that nobody writes down: they hold for one run."""

    def load(self) -> Taken:
        return {}

    def save(self, taken: Taken) -> None:
        """Forget them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunContext:
    """One run over one issue."""

    issue: str
    ledger: Ledger
    allowances: Allowances
    settings: SendSettings
    #: Of the quiet hours and of the days of a warm-up.
    zone: tzinfo
    now: Callable[[], datetime]
    #: Seconds since 1970 that only go forward, and by no leaps.
    clock: Callable[[], float]
    #: A number from 0 to 1, another one each time.
    chance: Callable[[], float]
    #: How long to wait for a limit, or for a deferred message; the next run takes the others.
    patience: timedelta
    #: Runs the ledger's transactions, one after the other.
    thread: Executor

    async def in_ledger(self, work: Callable[_P, _T], *args: _P.args, **options: _P.kwargs) -> _T:
        """Run a transaction and return its result; the loop goes on meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, partial(work, *args, **options))

    async def save_permits(self, taken: Taken) -> None:
        if taken:
            await self.in_ledger(self.allowances.save, taken)


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
