"""Recipients are claimed as they are needed, and given back where they are not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from digest.deliver.loop.feeder import GROUP, Feeder
from digest.deliver.loop.prerender import Prerenderer
from digest.deliver.loop.queue import Queue
from digest.deliver.pacing.buckets import TokenBucket
from digest.deliver.pacing.limits import Limits
from digest.model import DeliveryState as State
from digest.settings.mail import Rates
from digest.store.ledger import Ledger
from tests.deliver.conftest import ISSUE, NOW
from tests.deliver.loop.contexts import context_of
from tests.deliver.post import Planned


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


def feeder_of(ledger: Ledger, thread: ThreadPoolExecutor, *, limits: Limits | None = None, **send: Any) -> Feeder:
    return Feeder(
        context=context_of(ledger, thread, **send),
        queue=Queue(TokenBucket(0), lambda: 0.0),
        limits=limits or Limits(Rates()),
        messages=Prerenderer(lambda _: [], threads=0).messages,
    )


async def fed(feeder: Feeder) -> tuple[list[str], bool]:
    """Who was handed out in a round, and how it ended."""
    taken: list[str] = []

    async def take() -> None:
        while message := await feeder.queue.take():
            taken.append(message.recipient.email.partition("@")[0])
            feeder.queue.settle()

    taking = asyncio.create_task(take())
    ended = await feeder.feed_round()
    feeder.queue.finish()
    await taking
    return taken, ended


async def test_a_round_ends_when_everybody_has_been_tried(planned: Planned, thread: ThreadPoolExecutor) -> None:
    people = [f"p{number}" for number in range(3 * GROUP)]
    taken, tried = await fed(feeder_of(planned(*people), thread))
    assert (sorted(taken), tried) == (sorted(people), True)


async def test_no_more_is_claimed_than_the_connections_need(planned: Planned, thread: ThreadPoolExecutor) -> None:
    ledger = planned(*(f"p{number}" for number in range(50)))
    feeder = feeder_of(ledger, thread, connections=3)
    feeding = asyncio.create_task(feeder.feed_round())
    while len(feeder.queue.waiting) < 4:
        await feeder.queue.change()
    assert ledger.tally(ISSUE)[State.CLAIMED] == len(feeder.queue.waiting) == 6
    feeder.queue.close("enough")
    assert not await feeding


async def test_what_was_not_begun_is_given_back(planned: Planned, thread: ThreadPoolExecutor) -> None:
    ledger = planned("ada", "bob", "cy")
    feeder = feeder_of(ledger, thread, connections=3)
    feeding = asyncio.create_task(feeder.feed_round())
    while not feeder.queue.waiting:
        await feeder.queue.change()
    feeder.queue.set_aside(lambda message: message.recipient.email == "ada@example.org")
    feeder.queue.close("enough")
    await feeding
    await feeder.release()
    assert ledger.tally(ISSUE)[State.PLANNED] == 3


async def test_used_up_limits_end_the_round_and_say_when_to_go_on(planned: Planned, thread: ThreadPoolExecutor) -> None:
    feeder = feeder_of(planned("ada", "bob"), thread, limits=Limits(Rates(per_hour=1)))
    taken, tried = await fed(feeder)
    assert (len(taken), tried, feeder.queue.closed) == (1, False, "what the limits allow for now is sent")
    assert feeder.queue.resume_at is not None
    assert timedelta(minutes=59) < feeder.queue.resume_at - NOW < timedelta(minutes=61)


async def test_quiet_hours_end_the_round_before_anybody_is_claimed(
    planned: Planned, thread: ThreadPoolExecutor
) -> None:
    ledger = planned("ada")
    feeder = feeder_of(ledger, thread, quiet="05:00-07:00")
    assert await fed(feeder) == ([], False)
    assert (feeder.queue.closed, feeder.queue.resume_at) == ("quiet hours until 07:00 UTC", NOW + timedelta(hours=1))
    assert ledger.tally(ISSUE)[State.PLANNED] == 1


async def test_a_deferred_message_that_is_due_much_later_is_not_waited_for(
    planned: Planned, thread: ThreadPoolExecutor
) -> None:
    assert not await feeder_of(planned("ada"), thread).some_due_soon()
