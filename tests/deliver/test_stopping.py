"""Runs that end before their work does, on request or by a fault."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from digest.deliver.loop import sender
from digest.deliver.wire.transport import Batch, Message
from digest.model import DeliveryState as State
from digest.model import Outcome
from digest.store.ledger import Ledger
from tests.deliver.conftest import ISSUE, NOW
from tests.deliver.post import Planned, Post, name_of, names, run, said


async def test_a_stop_lets_messages_on_their_way_end_and_begins_no_more(planned: Planned) -> None:
    stop = asyncio.Event()

    async def slow(post: Post, batch: Batch, message: Message) -> None:
        message.committed = True
        stop.set()
        await asyncio.sleep(0.01)
        await post.send(batch, message)

    ledger = planned(*(f"p{n}" for n in range(30)))
    post = Post(slow)
    report = await run(ledger, post, connections=3, stop=stop)
    assert report.stopped == "stopped on request"
    assert (report.sent, report.remaining, report.uncertain) == (3, 27, ())
    assert ledger.tally(ISSUE)[State.CLAIMED] == 0
    assert (await run(ledger, Post())).sent == 27


async def test_a_stop_does_not_wait_for_ever(planned: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "_GRACE", 0.0)
    stop = asyncio.Event()

    async def silence(_: Post, batch: Batch, message: Message) -> None:
        message.committed = name_of(message) != "bob"
        if name_of(message) == "cy":
            stop.set()
        await asyncio.Event().wait()

    report = await run(planned("ada", "bob", "cy", "dee"), Post(silence), connections=3, stop=stop)
    assert names(report.uncertain) == ["ada", "cy"]
    assert report.remaining == 2


async def test_a_stop_ends_the_wait_for_deferred_messages(planned: Planned) -> None:
    stop = asyncio.Event()

    async def greylist(_: Post, batch: Batch, message: Message) -> None:
        batch.settle(message, said(message, State.DEFERRED, "450 4.2.1 Greylisted"))
        asyncio.get_running_loop().call_later(0.1, stop.set)

    report = await run(planned("ada"), Post(greylist), stop=stop, patience=timedelta(hours=1))
    assert names(report.deferred) == ["ada"]


async def test_a_run_that_is_cancelled_leaves_a_true_record(planned: Planned) -> None:
    begun = asyncio.Event()

    async def silence(_: Post, batch: Batch, message: Message) -> None:
        message.committed = name_of(message) == "bob"
        if message.committed:
            begun.set()
        await asyncio.Event().wait()

    ledger = planned("ada", "bob", *(f"p{n}" for n in range(20)))
    running = asyncio.create_task(run(ledger, Post(silence)))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    tally = ledger.tally(ISSUE)
    assert (tally[State.UNCERTAIN], tally[State.PLANNED], tally[State.CLAIMED]) == (1, 21, 0)


async def test_a_fault_of_ours_is_raised_and_the_record_is_true(planned: Planned) -> None:
    async def fault(post: Post, batch: Batch, message: Message) -> None:
        if name_of(message) == "bob":
            message.committed = True
            raise ZeroDivisionError
        await post.send(batch, message)

    ledger = planned("ada", "bob", "cy")
    with pytest.raises(ZeroDivisionError):
        await run(ledger, Post(fault), connections=1)
    tally = ledger.tally(ISSUE)
    assert (tally[State.SENT], tally[State.UNCERTAIN], tally[State.PLANNED]) == (1, 1, 1)


async def test_a_ledger_that_can_not_be_written_stops_the_run_and_doubles_nobody(planned: Planned) -> None:
    class FullDisk(Ledger):
        full = False

        def record(self, issue: str, outcomes: Sequence[Outcome], *, now: datetime) -> None:
            if self.full:
                raise OSError("No space left on device")
            super().record(issue, outcomes, now=now)

    ledger = planned(*(f"p{n}" for n in range(500)))
    full = FullDisk(ledger._engine)
    full.full = True
    post = Post()
    with pytest.raises(OSError, match="No space"):
        await run(full, post)
    first = list(post.taken)
    full.full = False
    report = await run(full, post)
    assert len(post.taken) == len(set(post.taken))
    assert set(names(report.uncertain)) >= set(first)
    assert report.sent + len(report.uncertain) == 500


async def test_what_a_dead_run_left_claimed_is_uncertain_and_not_sent(planned: Planned) -> None:
    ledger = planned("ada", "bob", "cy")
    ledger.claim(ISSUE, limit=2, now=NOW)
    post = Post()
    report = await run(ledger, post)
    assert post.taken == ["cy"]
    assert names(report.uncertain) == ["ada", "bob"]
