"""Ctrl-C, SIGTERM, SIGHUP: the first lets a run finish what it has begun, the second ends it at once."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import ParamSpec, TypeVar

from digest.cli.terminal import warn

T = TypeVar("T")
P = ParamSpec("P")

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(slots=True)
class Stop:
    """Whether somebody wants a command to end. It outlives the run that was stopped: another must not begin."""

    asked: bool = False


class _Unwaited(ThreadPoolExecutor):
    """Threads that nobody waits for at the end: one may look a name up for half a minute. The ledger has its own."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001  # whatever it is, it is for who asked
                future.set_exception(error)

        # Python's own pool has each of its threads joined when the program ends.
        Thread(target=work, daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for nobody."""


def run_until_stopped(work: Callable[[asyncio.Event], Awaitable[T]], stop: Stop) -> T:
    """Run a piece of work that ends early, and cleanly, once the event it is given is set."""

    async def run() -> T:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.set_default_executor(_Unwaited())
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
        _show_cursor()
        # What is in flight stays claimed in the ledger, and the next run calls it uncertain: as after a crash.
        os._exit(128 + number)
    stop.asked = True
    stopped.set()
    # Nobody may be there to hear it.
    with suppress(OSError):
        warn("Stopping: finishing the messages on their way. Once more ends it at once.")


def _show_cursor() -> None:
    """The bar hid it, and won't come to show it again."""
    with suppress(OSError, ValueError):
        if sys.stderr.isatty():
            os.write(sys.stderr.fileno(), b"\x1b[?25h")
