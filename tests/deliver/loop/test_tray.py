"""Letters handed out, given back, and held up by a limit or a stop."""

from __future__ import annotations

import asyncio

from digest.deliver.loop.tray import Tray
from digest.deliver.pacing.buckets import TokenBucket
from digest.deliver.wire.transport import Letter
from digest.model import Recipient


def tray(*names: str, rate: float = 0) -> Tray:
    made = Tray(TokenBucket(rate), lambda: 0.0)
    made.add(Letter(recipient=Recipient(key=name, email=name), write=lambda _: []) for name in names)
    return made


def name(letter: Letter | None) -> str:
    return letter.recipient.key if letter else "none"


async def test_letters_come_in_their_order_and_end() -> None:
    letters = tray("ada", "bob")
    letters.finish()
    assert [name(await letters.take()), name(letters.take_ready())] == ["ada", "bob"]
    assert letters.take_ready() is None
    letters.let_go()
    assert not letters.exhausted
    letters.let_go()
    assert letters.exhausted
    assert await letters.take() is None


async def test_who_waits_gets_the_letter_that_somebody_gives_back() -> None:
    letters = tray("ada")
    letters.finish()
    ada = await letters.take()
    waiting = asyncio.create_task(letters.take())
    await asyncio.sleep(0)
    assert ada is not None
    letters.give_back(ada)
    assert await waiting is ada


async def test_a_limit_holds_up_and_a_stop_gives_the_letter_back() -> None:
    letters = tray("ada", "bob", rate=0.001)
    await letters.take()
    assert letters.take_ready() is None
    waiting = asyncio.create_task(letters.take())
    await asyncio.sleep(0)
    letters.close("enough")
    assert await waiting is None
    assert [name(letter) for letter in letters.waiting] == ["bob"]
    assert letters.open == 1


async def test_who_is_cancelled_while_held_up_gives_the_letter_back() -> None:
    letters = tray("ada", "bob", rate=0.001)
    await letters.take()
    waiting = asyncio.create_task(letters.take())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert [name(letter) for letter in letters.waiting] == ["bob"]


async def test_the_first_reason_to_close_stays_and_nothing_more_is_taken() -> None:
    letters = tray("ada")
    letters.close("the first")
    letters.close("the second")
    assert letters.closed == "the first"
    assert await letters.take() is None
    assert letters.take_ready() is None
    await letters.change()
    await letters.rest(1e9)
