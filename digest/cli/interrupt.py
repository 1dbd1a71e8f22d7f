"""Ctrl-C and SIGTERM: the first lets a run finish what it has begun, the second ends it at once."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from typing import TypeVar

from digest.cli.terminal import warn

T = TypeVar("T")

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run_until_stopped(work: Callable[[asyncio.Event], Awaitable[T]]) -> T:
    """Run a piece of work that ends early, and cleanly, once the event it is given is set."""

    async def run() -> T:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, _stop, stop, number)
        try:
            return await work(stop)
        finally:
            for number in _SIGNALS:
                loop.remove_signal_handler(number)

    return asyncio.run(run())


def _stop(stop: asyncio.Event, number: int) -> None:
    if stop.is_set():
        # What is in flight stays claimed in the ledger, and the next run calls it uncertain: as after a crash.
        os._exit(128 + number)
    warn("Stopping: finishing the messages on their way. Once more ends it at once.")
    stop.set()
