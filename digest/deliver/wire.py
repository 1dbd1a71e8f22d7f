"""A connection to a mail server, once it is greeted, encrypted and logged in: octets out, replies in."""

from __future__ import annotations

import asyncio
from collections import deque

from digest.deliver.replies import GibberishError, Reply, ReplyReader
from digest.deliver.transport import BrokenConnectionError


class Wire(asyncio.Protocol):
    """Takes over the transport of a connection.

    Replies are kept in the order in which they come, so that commands may be sent in groups (RFC 2920).
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._reader = ReplyReader()
        self._replies: deque[Reply] = deque()
        self._waiter: asyncio.Future[None] | None = None
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
            try:
                async with asyncio.timeout(within):
                    await self._waiter
            except TimeoutError:
                self._break(f"no answer from the server in {within:g} seconds")
            finally:
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

    def data_received(self, data: bytes) -> None:
        try:
            self._replies += self._reader.feed(data)
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
        self._break(f"the connection was lost: {exc}" if exc else "the server closed the connection")

    def _break(self, why: str) -> None:
        self.broken = self.broken or why
        self._transport.abort()
        self._writable.set()
        self._wake()

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)
