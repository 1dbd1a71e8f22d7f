"""Messages handed out, given back, and held up by a limit or a stop."""

from __future__ import annotations

import asyncio

from digest.deliver.loop.queue import Queue
from digest.deliver.pacing.buckets import TokenBucket
from digest.deliver.wire.transport import Message
from digest.model import Recipient


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
    queue.let_go()
    assert not queue.exhausted
    queue.let_go()
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
