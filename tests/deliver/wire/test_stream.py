"""Octets out, replies in, over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest

from digest.deliver.wire.replies import Reply
from digest.deliver.wire.stream import Wire
from digest.deliver.wire.transport import BrokenConnectionError


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[Wire, asyncio.StreamReader, asyncio.StreamWriter]]:
    """A wire, and the other end of it."""
    ends: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    server = await asyncio.start_server(lambda *end: ends.put_nowait(end), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, "127.0.0.1", port)
    wire = Wire(cast("asyncio.Transport", transport))
    reader, writer = await ends.get()
    try:
        yield wire, reader, writer
    finally:
        await wire.close(1)
        writer.close()
        server.close()
        await server.wait_closed()


async def test_replies_wait_in_their_order_until_somebody_asks() -> None:
    async with connected() as (wire, reader, writer):
        wire.write(b"MAIL\r\nRCPT\r\n")
        assert await reader.readline() == b"MAIL\r\n"
        writer.write(b"250 one\r\n250-two\r\n250 lines\r\n")
        assert [await wire.reply(5), await wire.reply(5)] == [Reply(250, "one"), Reply(250, "two\nlines")]


async def test_replies_that_came_before_the_end_are_still_read() -> None:
    async with connected() as (wire, _, writer):
        writer.write(b"250 Ok\r\n421 Bye\r\n")
        writer.close()
        assert [(await wire.reply(5)).code, (await wire.reply(5)).code] == [250, 421]
        with pytest.raises(BrokenConnectionError, match="the server closed the connection"):
            await wire.reply(5)


async def test_no_reply_in_time_breaks_the_connection() -> None:
    async with connected() as (wire, reader, _):
        with pytest.raises(BrokenConnectionError, match=r"no answer from the server in 0\.01 seconds"):
            await wire.reply(0.01)
        assert await reader.read() == b""
        with pytest.raises(BrokenConnectionError, match="no answer"):
            wire.expect_silence()


async def test_gibberish_breaks_the_connection() -> None:
    async with connected() as (wire, _, writer):
        writer.write(b"HTTP/1.1 400 Bad Request\r\n")
        with pytest.raises(BrokenConnectionError, match="the server answered “HTTP"):
            await wire.reply(5)


async def test_all_has_left_when_drained_says_so() -> None:
    async with connected() as (wire, reader, _):
        octets = b"x" * 20_000_000
        wire.write(octets)
        reading = asyncio.create_task(reader.readexactly(len(octets)))
        await wire.drained(30)
        assert await reading == octets


async def test_silence_is_silence() -> None:
    async with connected() as (wire, _, writer):
        wire.expect_silence()
        writer.write(b"421 4.3.2 Going down\r\n")
        await wire.reply(5)
        wire.expect_silence()


async def test_a_short_wait_after_a_long_one_has_its_own_end() -> None:
    async with connected() as (wire, _, writer):
        writer.write(b"250 Ok\r\n")
        await wire.reply(600)
        with pytest.raises(BrokenConnectionError, match=r"in 0\.01 seconds"):
            await wire.reply(0.01)


async def test_a_wait_is_not_ended_by_the_time_of_the_one_before() -> None:
    async with connected() as (wire, _, writer):
        writer.write(b"250 Ok\r\n")
        await wire.reply(0.02)
        waiting = asyncio.create_task(wire.reply(600))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await asyncio.shield(waiting)
        writer.write(b"250 Ok\r\n")
        assert (await waiting).code == 250
