"""What all parts of a run share: the thread of the ledger, and work that must come to its end."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from digest.deliver.loop.context import UnsavedAllowances, finished
from tests.deliver.loop.contexts import context_of


class Saved(UnsavedAllowances):
    def __init__(self) -> None:
        self.saved: list[object] = []

    def save(self, taken: object) -> None:
        self.saved.append(taken)


async def test_a_transaction_runs_in_the_thread_of_the_ledger_and_its_result_comes_back() -> None:
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger") as thread:
        context = context_of(object(), thread)

        def work(number: int, *, more: int) -> tuple[str, int]:
            return threading.current_thread().name, number + more

        assert await context.in_ledger(work, 1, more=41) == ("ledger_0", 42)


async def test_permits_are_written_where_there_are_any() -> None:
    allowances = Saved()
    with ThreadPoolExecutor(max_workers=1) as thread:
        context = context_of(object(), thread, allowances=allowances)
        await context.save_permits({})
        await context.save_permits({"all/hour": [(1, 2)]})
    assert allowances.saved == [{"all/hour": [(1, 2)]}]


async def test_permits_that_nobody_writes_down_are_forgotten() -> None:
    allowances = UnsavedAllowances()
    allowances.save({"all/hour": [(1, 2)]})
    assert allowances.load() == {}


async def test_finished_gives_the_result() -> None:
    async def answer() -> int:
        return 42

    assert await finished(answer()) == 42


async def test_work_that_was_begun_ends_though_who_waits_for_it_is_cancelled() -> None:
    begun, go_on, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await go_on.wait()
        ended.set()

    waiting = asyncio.create_task(finished(work()))
    await begun.wait()
    waiting.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended.is_set()
