"""Messages between the ledger and the connections: filled at one side, emptied at the other."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

from digest.deliver.pacing.buckets import TokenBucket
from digest.deliver.wire.transport import Message


class Queue:
    """What is claimed and not settled yet.

    Args:
        bucket: when the next message may be taken.
        time: seconds by any clock that only goes forward.
    """

    def __init__(self, bucket: TokenBucket, time: Callable[[], float]) -> None:
        self.waiting: deque[Message] = deque()
        #: Messages in the hands of connections.
        self.open = 0
        #: No more will be added.
        self.complete = False
        #: Why no more may be taken; "" while they may.
        self.closed = ""
        self._closing = asyncio.Event()
        self._changed = asyncio.Event()
        self._bucket = bucket
        self._time = time

    @property
    def exhausted(self) -> bool:
        """Nobody need wait for another message. One that is in somebody's hands may still come back."""
        return bool(self.closed) or (self.complete and not self.waiting and not self.open)

    def add(self, messages: Iterable[Message]) -> None:
        self.waiting += messages
        self.tell()

    def finish(self) -> None:
        self.complete = True
        self.tell()

    def close(self, why: str) -> None:
        """Let no more messages be taken. The first reason stays."""
        self.closed = self.closed or why
        self._closing.set()
        self.tell()

    async def take(self) -> Message | None:
        """The next message when its time has come; None where there will be none."""
        while not self.waiting and not self.exhausted:
            await self.change()
        if self.closed or not self.waiting:
            return None
        message = self._hand_out()
        try:
            await self.rest(self._bucket.reserve(self._time()))
        except asyncio.CancelledError:
            self.give_back(message)
            raise
        if self.closed:
            self.give_back(message)
            return None
        return message

    def take_ready(self) -> Message | None:
        """The next message if it may be had at once."""
        if self.closed or not self.waiting or not self._bucket.try_take(self._time()):
            return None
        return self._hand_out()

    def give_back(self, message: Message) -> None:
        self.waiting.appendleft(message)
        self.let_go()

    def set_aside(self, unwanted: Callable[[Message], bool]) -> list[Message]:
        """Take out what waits and must not go now."""
        aside = [message for message in self.waiting if unwanted(message)]
        self.waiting = deque(message for message in self.waiting if not unwanted(message))
        return aside

    def let_go(self) -> None:
        """A message has left somebody's hands."""
        self.open -= 1
        self.tell()

    def tell(self) -> None:
        """Wake up who waits for a change."""
        self._changed.set()

    async def change(self) -> None:
        """Wait until something changes; once closed, nothing that is worth waiting for will."""
        if not self.closed:
            self._changed.clear()
            await self._changed.wait()

    async def rest(self, seconds: float) -> None:
        """Wait, but no longer than messages may be taken."""
        if seconds > 0 and not self.closed:
            try:
                async with asyncio.timeout(seconds):
                    await self._closing.wait()
            except TimeoutError:
                pass

    def _hand_out(self) -> Message:
        self.open += 1
        self.tell()
        return self.waiting.popleft()
