"""Ctrl-C, SIGTERM, SIGHUP: the first lets a run finish what it has begun, the second ends it at once."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from digest.cli.terminal import warn

T = TypeVar("T")

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(slots=True)
class Stop:
    """Whether somebody wants a command to end. It outlives the run that was stopped: another must not begin."""

    asked: bool = False


def run_until_stopped(work: Callable[[asyncio.Event], Awaitable[T]], stop: Stop) -> T:
    """Run a piece of work that ends early, and cleanly, once the event it is given is set."""

    async def run() -> T:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        # nohup, and a shell's "&", have the program ignore some.
        heeded = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        for number in heeded:
            loop.add_signal_handler(number, _heed, number, stop, stopped)
        try:
            return await work(stopped)
        finally:
            for number in heeded:
                loop.remove_signal_handler(number)

    return asyncio.run(run())


def _heed(number: int, stop: Stop, stopped: asyncio.Event) -> None:
    if stop.asked and number == signal.SIGHUP:
        # The system says it twice of a terminal, and systemd behind a SIGTERM: nobody has lost patience.
        return
    if stop.asked:
        # What is in flight stays claimed in the ledger, and the next run calls it uncertain: as after a crash.
        os._exit(128 + number)
    stop.asked = True
    stopped.set()
    # Nobody may be there to hear it.
    with suppress(OSError):
        warn("Stopping: finishing the messages on their way. Once more ends it at once.")
