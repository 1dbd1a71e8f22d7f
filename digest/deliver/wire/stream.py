"""A connection to a mail server, once it is greeted, encrypted and logged in: octets out, replies in."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable

from digest.deliver.wire.replies import GibberishError, Reply, ReplyReader
from digest.deliver.wire.transport import BrokenConnectionError

#: Octets of replies that are read at once: a whole group's are some 100. asyncio's own protocol takes 256 KiB anew for
#: each reading.
_ROOM = 4096


class Wire(asyncio.BufferedProtocol):
    """Takes over the transport of a connection.

    Replies are kept in the order in which they come, so that commands may be sent in groups (RFC 2920).
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._reader = ReplyReader()
        self._replies: deque[Reply] = deque()
        # A view: asyncio's TLS cuts it, and a bytearray that is cut is another one.
        self._room = memoryview(bytearray(_ROOM))
        self._waiter: asyncio.Future[None] | None = None
        self._deadline = _Deadline(self._late)
        self._writable = asyncio.Event()
        self._writable.set()
        self._lost = asyncio.Event()
        #: Why there will be no more replies; "" while there may be.
        self.broken = ""
        # Told as soon as anything is left unsent: `drained` then waits for the very last octet. Under TLS asyncio takes
        # "over 0" for "0 and over", and hands up to 64 KiB on to a buffer that it does not show.
        transport.set_write_buffer_limits(high=1 if transport.get_extra_info("sslcontext") else 0, low=0)
        transport.set_protocol(self)

    # --- what the dialogue uses ---------------------------------------------------------------------------------

    def write(self, octets: bytes) -> None:
        self._transport.write(octets)

    async def drained(self, within: float) -> None:
        """Wait until all that was written has left.

        Raises:
            BrokenConnectionError: the connection was lost, or the server takes nothing.
        """
        if not self._writable.is_set():
            try:
                async with asyncio.timeout(within):
                    await self._writable.wait()
            except TimeoutError:
                self._break("the server stopped reading")
        if self.broken:
            raise BrokenConnectionError(self.broken)

    async def reply(self, within: float) -> Reply:
        """The next reply.

        Raises:
            BrokenConnectionError: there will be none, or not in time.
        """
        if not self._replies and not self.broken:
            self._waiter = asyncio.get_running_loop().create_future()
            self._deadline.set(within)
            try:
                await self._waiter
            finally:
                self._deadline.clear()
                self._waiter = None
        if not self._replies:
            raise BrokenConnectionError(self.broken)
        return self._replies.popleft()

    def expect_silence(self) -> None:
        """Make sure that no reply is left over: it would be taken for the answer to another command.

        Raises:
            BrokenConnectionError: the server spoke unasked (it may have said goodbye), or is gone.
        """
        if self._replies:
            self._break(f"the server said, unasked: {self._replies[0]}")
            raise BrokenConnectionError(self.broken, code=self._replies[0].code)
        if self.broken:
            raise BrokenConnectionError(self.broken)

    async def close(self, within: float) -> None:
        """Close the connection, without ceremony if need be."""
        self._transport.close()
        try:
            async with asyncio.timeout(within):
                await self._lost.wait()
        except TimeoutError:
            self._transport.abort()

    def abort(self) -> None:
        self._transport.abort()

    # --- what asyncio calls -------------------------------------------------------------------------------------

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002  # asyncio's signature
        return self._room

    def buffer_updated(self, nbytes: int) -> None:
        try:
            self._replies += self._reader.feed(bytes(self._room[:nbytes]))
        except GibberishError as error:
            self._break(str(error))
        if self._replies:
            self._wake()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost.set()
        self._deadline.end()
        self._break(f"the connection was lost: {exc}" if exc else "the server closed the connection")

    def _break(self, why: str) -> None:
        self.broken = self.broken or why
        self._transport.abort()
        self._writable.set()
        self._wake()

    def _late(self, seconds: float) -> None:
        self._break(f"no answer from the server in {seconds:g} seconds")

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


class _Deadline:
    """One timer for all the waits of a connection: to set one for each and cancel it took a twentieth of a run.

    Args:
        missed: called with its seconds where a wait is still on when they are over.
    """

    def __init__(self, missed: Callable[[float], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._missed = missed
        self._seconds = 0.0
        self._at = math.inf
        self._timer: asyncio.TimerHandle | None = None

    def set(self, seconds: float) -> None:
        self._seconds, self._at = seconds, self._loop.time() + seconds
        if self._timer is None or self._timer.when() > self._at:
            self._look_at(self._at)

    def clear(self) -> None:
        """The wait is over. The timer stays for the next."""
        self._at = math.inf

    def end(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _look_at(self, moment: float) -> None:
        self.end()
        self._timer = self._loop.call_at(moment, self._look, moment)

    def _look(self, moment: float) -> None:
        self._timer = None
        if self._at <= moment:
            self._missed(self._seconds)
        elif self._at < math.inf:
            self._look_at(self._at)
