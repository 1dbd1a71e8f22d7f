"""Outcomes reach the ledger in groups, each once, whatever happens to who waits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from digest.deliver.loop.recorder import Recorder
from digest.model import DeliveryState, Outcome, Progress, Recipient, silent
from tests.deliver.loop.contexts import Records, context_of


def outcome(number: int) -> Outcome:
    return Outcome(recipient=Recipient(key=f"p{number}", email=f"p{number}@x.org"), state=DeliveryState.SENT)


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


def recording(
    write: Callable[[Sequence[Outcome]], Any], thread: ThreadPoolExecutor, progress: Progress = silent
) -> Recorder:
    return Recorder(context_of(Records(write), thread), total=250, progress=progress)


async def test_groups_have_a_hundred_at_most_and_the_progress_is_told(thread: ThreadPoolExecutor) -> None:
    groups: list[int] = []
    told: list[tuple[int, int]] = []
    recorder = recording(lambda group: groups.append(len(group)), thread, lambda done, of, _: told.append((done, of)))
    for number in range(250):
        recorder.add(outcome(number))
    await recorder.write()
    assert groups == [100, 100, 50]
    assert told == [(100, 250), (200, 250), (250, 250)]


async def test_the_progress_tells_what_went_wrong_by_reason_and_names_nobody(thread: ThreadPoolExecutor) -> None:
    told: list[str] = []
    recorder = recording(lambda _: None, thread, lambda _done, _total, troubles: told.append(troubles))
    later = {"state": DeliveryState.DEFERRED, "code": 451, "detail": "451 4.3.0 p0@example.org: later"}
    for number, change in enumerate([later, later, {"state": DeliveryState.UNCERTAIN}, {}]):
        recorder.add(replace(outcome(number), **change))  # type: ignore[arg-type]
    await recorder.write()
    assert told == ["2 deferred (451 4.3.0), 1 uncertain (no reply)"]


async def test_a_progress_that_nobody_hears_any_more_is_told_no_more_and_breaks_nothing(
    thread: ThreadPoolExecutor,
) -> None:
    told: list[int] = []

    def gone(done: int, _total: int, _troubles: str) -> None:
        told.append(done)
        raise BrokenPipeError

    written: list[Outcome] = []
    recorder = recording(written.extend, thread, gone)
    for number in range(250):
        recorder.add(outcome(number))
    await recorder.write()
    assert written == [outcome(number) for number in range(250)]
    assert (told, recorder.pending) == ([100], [])


async def test_what_comes_is_written_without_being_asked(thread: ThreadPoolExecutor) -> None:
    written = asyncio.Event()
    loop = asyncio.get_running_loop()
    recorder = recording(lambda _: loop.call_soon_threadsafe(written.set), thread)
    running = asyncio.create_task(recorder.run())
    recorder.add(outcome(1))
    await written.wait()
    running.cancel()
    await asyncio.wait([running])


async def test_a_group_under_way_is_written_once_though_its_writer_is_cancelled(thread: ThreadPoolExecutor) -> None:
    begun, go_on = threading.Event(), threading.Event()
    groups: list[Sequence[Outcome]] = []

    def record(group: Sequence[Outcome]) -> None:
        begun.set()
        go_on.wait()
        groups.append(list(group))

    recorder = recording(record, thread)
    recorder.add(outcome(1))
    writing = asyncio.create_task(recorder.write())
    await asyncio.to_thread(begun.wait)
    writing.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await recorder.write()
    assert groups == [[outcome(1)]]


async def test_a_group_that_could_not_be_written_stays_pending(thread: ThreadPoolExecutor) -> None:
    def fail(_: Sequence[Outcome]) -> None:
        raise OSError("No space left on device")

    recorder = recording(fail, thread)
    recorder.add(outcome(1))
    with pytest.raises(OSError, match="No space"):
        await recorder.write()
    assert recorder.pending == [outcome(1)]
