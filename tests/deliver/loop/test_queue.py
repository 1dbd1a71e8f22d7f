"""Messages handed out, given back, and held up by a limit or a stop."""

from __future__ import annotations

import asyncio

from digest.deliver.loop.queue import Queue
from digest.deliver.pacing.buckets import TokenBucket
from digest.deliver.wire.transport import Message
from digest.model import Recipient
from tests.deliver.conftest import NOW


def queue_of(*names: str, rate: float = 0) -> Queue:
    made = Queue(TokenBucket(rate), lambda: 0.0)
    made.add(Message(recipient=Recipient(key=name, email=name), write=lambda _: []) for name in names)
    return made


def name(message: Message | None) -> str:
    return message.recipient.key if message else "none"


async def test_messages_come_in_their_order_and_end() -> None:
    queue = queue_of("ada", "bob")
    queue.finish()
    assert [name(await queue.take()), name(queue.take_ready())] == ["ada", "bob"]
    assert queue.take_ready() is None
    queue.settle()
    assert not queue.exhausted
    queue.settle()
    assert queue.exhausted
    assert await queue.take() is None


async def test_who_waits_gets_the_message_that_somebody_gives_back() -> None:
    queue = queue_of("ada")
    queue.finish()
    ada = await queue.take()
    waiting = asyncio.create_task(queue.take())
    await asyncio.sleep(0)
    assert ada is not None
    queue.give_back(ada)
    assert await waiting is ada


async def test_a_limit_holds_up_and_a_stop_gives_the_message_back() -> None:
    queue = queue_of("ada", "bob", rate=0.001)
    await queue.take()
    assert queue.take_ready() is None
    waiting = asyncio.create_task(queue.take())
    await asyncio.sleep(0)
    queue.close("enough")
    assert await waiting is None
    assert [name(message) for message in queue.waiting] == ["bob"]
    assert queue.open == 1


async def test_who_is_cancelled_while_held_up_gives_the_message_back() -> None:
    queue = queue_of("ada", "bob", rate=0.001)
    await queue.take()
    waiting = asyncio.create_task(queue.take())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert [name(message) for message in queue.waiting] == ["bob"]


async def test_the_first_reason_to_close_stays_and_nothing_more_is_taken() -> None:
    queue = queue_of("ada")
    queue.close("the first")
    queue.close("the second")
    assert queue.closed == "the first"
    assert await queue.take() is None
    assert queue.take_ready() is None
    await queue.change()
    await queue.rest(1e9)


async def test_the_last_server_to_go_closes_it_and_says_when_to_go_on() -> None:
    queue = Queue(TokenBucket(0), lambda: 0.0, servers=2)
    assert queue.leave("the first is down")
    assert not queue.closed
    assert not queue.leave("the limits are used up", resume_at=NOW)
    assert (queue.closed, queue.resume_at) == ("the limits are used up", NOW)


def test_what_must_not_go_now_is_out_of_the_way_of_those_behind_it() -> None:
    queue = queue_of("ada", "bob", "cy")
    queue.set_aside(lambda message: name(message) != "bob")
    assert [name(message) for message in queue.aside] == ["ada", "cy"]
    assert name(queue.take_ready()) == "bob"
