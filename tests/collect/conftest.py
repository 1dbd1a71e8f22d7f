"""A small web server that does what a test tells it, well or badly, and what stands in for the store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from digest.model import Remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    path: str
    headers: Mapping[str, str]


Wire = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers; with `wire` it writes to the connection itself, however it likes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wire: Wire | None = None


Page = Reply | Callable[[Request], Reply]


@dataclass(slots=True)
class Website:
    """Pages by path; every request is noted, and how many were open at once."""

    port: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    open_now: int = 0
    most_open: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
            request = Request(path=head[0].split()[1], headers=headers)
            self.requests.append(request)
            await self._reply(request, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _reply(self, request: Request, writer: asyncio.StreamWriter) -> None:
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        try:
            page = self.pages.get(request.path, Reply(status=404))
            reply = page if isinstance(page, Reply) else page(request)
            if reply.wire is not None:
                await reply.wire(writer)
                return
            # A turn of the loop for the other requests, so that those which may be open at once are.
            for _ in range(20):
                await asyncio.sleep(0)
            headers = {"content-length": str(len(reply.body)), "connection": "close", **reply.headers}
            lines = [f"HTTP/1.1 {reply.status} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
            writer.write("\r\n".join([*lines, "", ""]).encode() + reply.body)
            await writer.drain()
        finally:
            self.open_now -= 1


@pytest.fixture
async def website() -> AsyncIterator[Website]:
    site = Website()
    server = await asyncio.start_server(site.answer, "127.0.0.1", 0, limit=2**20)
    site.port = server.sockets[0].getsockname()[1]
    yield site
    server.close()


@pytest.fixture
def reply() -> type[Reply]:
    return Reply


@dataclass(slots=True)
class MemoryShelf:
    """A shelf for the time of a test; what the real one does is held to in tests/store/test_shelf.py."""

    responses: dict[str, Remembered] = field(default_factory=dict)
    sightings: dict[str, datetime] = field(default_factory=dict)
    #: The issue that carried an article, by its id.
    issues: dict[str, str] = field(default_factory=dict)

    def recall(self, url: str) -> Remembered | None:
        return self.responses.get(url)

    def remember(self, response: Remembered) -> None:
        self.responses[response.url] = response

    def first_seen(self, ids: Sequence[str], *, now: datetime) -> Mapping[str, datetime]:
        return {name: self.sightings.setdefault(name, now) for name in ids}

    def known_since(self, moments: Mapping[str, datetime]) -> Mapping[str, datetime]:
        self.sightings.update({name: min(at, self.sightings.get(name, at)) for name, at in moments.items()})
        return {name: self.sightings[name] for name in moments}

    def sent(self, ids: Sequence[str]) -> Mapping[str, str]:
        return {name: self.issues[name] for name in ids if name in self.issues}


@pytest.fixture
def shelf() -> MemoryShelf:
    return MemoryShelf()
