"""A console of which nobody sees anything: it remembers what it was told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from digest.model import Outcome, Plan, Progress, Steps, silent
from digest.work.console import Ahead, Event

T = TypeVar("T")


class QuietConsole:
    def __init__(self, *, resend: bool = False) -> None:
        self.told: list[Event] = []
        #: By the name of a step: how much was done, and of how much.
        self.progress: dict[str, list[tuple[int, int]]] = {}
        self.stopped = False
        self._resend = resend

    def tell(self, event: Event) -> None:
        self.told.append(event)

    def confirm_sending(self, list_name: str, ahead: Callable[[], Ahead], plan: Callable[[], Plan]) -> None:
        """Nobody is there to be asked."""

    def agrees_to_resend(self, issue: str, doubtful: Sequence[Outcome], now: datetime) -> bool:
        return self._resend

    @property
    def asking(self) -> Progress:
        return silent

    @contextmanager
    def steps(self) -> Iterator[Steps]:
        yield self._step

    @contextmanager
    def sending(self, ahead: Ahead) -> Iterator[Progress]:
        yield silent

    def _step(self, name: str) -> Progress:
        self.progress[name] = []
        return lambda done, total, _note="": self.progress[name].append((done, total))

    def until_stopped(self, work: Callable[[asyncio.Event], Awaitable[T]]) -> T:
        async def run() -> T:
            return await work(asyncio.Event())

        return asyncio.run(run())
