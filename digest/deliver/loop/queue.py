"""Messages between the ledger and the connections: filled at one side, emptied at the other."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime

from digest.deliver.pacing.buckets import TokenBucket
from digest.deliver.wire.transport import Message


class Queue:
    """What is claimed and not settled yet.

    Args:
        bucket: when the next message may be taken.
        time: seconds by any clock that only goes forward.
        servers: how many take from it.
    """

    def __init__(self, bucket: TokenBucket, time: Callable[[], float], *, servers: int = 1) -> None:
        self.waiting: deque[Message] = deque()
        #: Messages that must not go now; the feeder puts them off.
        self.aside: list[Message] = []
        #: Messages that connections have taken.
        self.open = 0
        #: How many have come to an outcome.
        self.settled = 0
        #: No more will be added.
        self.complete = False
        #: Why no more may be taken; "" while they may.
        self.closed = ""
        #: When limits or quiet hours let the next run go on; None where they do not hold up this one.
        self.resume_at: datetime | None = None
        self._servers = servers
        self._closing = asyncio.Event()
        self._changed = asyncio.Event()
        self._bucket = bucket
        self._time = time

    @property
    def exhausted(self) -> bool:
        """Nobody need wait for another message. One that a connection has taken may still come back."""
        return bool(self.closed) or (self.complete and not self.waiting and not self.open)

    def add(self, messages: Iterable[Message]) -> None:
        self.waiting += messages
        self._wake_waiting()

    def finish(self) -> None:
        self.complete = True
        self._wake_waiting()

    def close(self, why: str, *, resume_at: datetime | None = None) -> None:
        """Let no more messages be taken. The first reason stays."""
        self.closed = self.closed or why
        self.resume_at = resume_at or self.resume_at
        self._closing.set()
        self._wake_waiting()

    def leave(self, why: str, *, resume_at: datetime | None = None) -> bool:
        """Say that a server takes no more; the last one to go closes the queue. Returns whether others are left."""
        self._servers -= 1
        if not self._servers:
            self.close(why, resume_at=resume_at)
        return self._servers > 0

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
        """Put a message that was taken in front of the others."""
        self.waiting.appendleft(message)
        self.open -= 1
        self._wake_waiting()

    def settle(self) -> None:
        """Say that a message that was taken has come to an outcome."""
        self.settled += 1
        self.open -= 1
        self._wake_waiting()

    def set_aside(self, unwanted: Callable[[Message], bool]) -> None:
        """Take what must not go now out of the way of those behind it."""
        self.aside += [message for message in self.waiting if unwanted(message)]
        self.waiting = deque(message for message in self.waiting if not unwanted(message))
        self._wake_waiting()

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

    def _wake_waiting(self) -> None:
        """Wake up who waits for a change."""
        self._changed.set()

    def _hand_out(self) -> Message:
        self.open += 1
        self._wake_waiting()
        return self.waiting.popleft()
