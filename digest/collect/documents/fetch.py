"""Fetches documents over HTTP: politely, within limits, and never from where it should not.

`Fetcher` and `Shelf` are the doors that `collect` needs; `HttpFetcher` is the real one of the first, `store.shelf` of
the second. A response is kept with its body, so that "304 Not Modified" gives the same entries again: what was not
mailed yet is not lost.
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Protocol, Self

import httpcore2
import httpx2

from digest import __version__
from digest.collect.documents.compression import ACCEPTED, BodyError, codings_in, too_large, unpacked
from digest.collect.documents.failures import no_address, no_answer
from digest.collect.documents.guard import AddressRefusedError, GuardedBackend
from digest.model import Remembered
from digest.settings import CollectSettings
from digest.text.urls import is_safe_url, is_web, resolved, shown_host

_HEADERS = {
    "User-Agent": f"newsletter-digest/{__version__} (feed reader)",
    "Accept": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, text/html;q=0.8, application/json;q=0.8, */*;q=0.5",
    "Accept-Encoding": ACCEPTED,
}
_MOST_REDIRECTS = 10
#: 300 with an address in it is the server's choice among several (RFC 9110 §15.4.1).
_REDIRECTS = frozenset({300, 301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
#: Overloaded or restarting: asking again soon often helps. Other answers are final.
_PASSING = frozenset({429, 500, 502, 503, 504})
#: Seconds before the second and the third attempt, where the server does not name its own.
_WAITS = (0.5, 2.0)
#: A server that wants to be left alone for longer is left alone until the next run.
_LONGEST_WAIT = 10.0
_CREDENTIALS = re.compile(r"[a-z]+://[^/?#]*@", re.IGNORECASE)


class FetchError(Exception):
    """A document could not be had; the message goes on after the source's name: "answered 404 Not Found"."""


class _PassingError(FetchError):
    """A failure that may be over in a moment.

    Args:
        wait: seconds that the server asked for, 0 where it did not say.
    """

    def __init__(self, message: str, *, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


class Fetcher(Protocol):
    """Gets a document."""

    async def fetch(self, url: str, known: Remembered | None = None) -> Remembered:
        """The document at `url`; `known` itself, with its old body, where the server says that nothing changed.

        Raises:
            FetchError: it could not be had.
        """
        ...


class Shelf(Protocol):
    """Remembers responses from run to run."""

    def recall(self, url: str) -> Remembered | None: ...

    def remember(self, response: Remembered) -> None: ...

    def first_seen(self, ids: Sequence[str], *, now: datetime) -> Mapping[str, datetime]:
        """When each of these articles was first seen; one never seen before is noted as seen now."""
        ...

    def known_since(self, moments: Mapping[str, datetime]) -> Mapping[str, datetime]:
        """The earliest time ever given for each of these articles, counting these, which are noted."""
        ...

    def sent(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Which of these articles an issue has carried: the key of the issue by id."""
        ...


def _utc_now() -> datetime:
    return datetime.now(UTC)


class _Transport(httpx2.AsyncHTTPTransport):
    """httpx2's own transport, with every connection opened by the given backend."""

    def __init__(self, *, connections: int, backend: httpcore2.AsyncNetworkBackend) -> None:
        super().__init__()
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            max_connections=connections,
            keepalive_expiry=5.0,
            network_backend=backend,
        )


class HttpFetcher:
    """Fetches over HTTP, so many at once in all and per host as the settings say. An async context manager.

    `collect.timeout` is for a whole document: redirects, retries and the last byte; waiting for a free connection does
    not count. `collect.max_megabytes` is for the body as decompressed.

    Args:
        clock: when a response came.
        pause: waits before another attempt.
        backend: opens connections; by default to public addresses only, unless the settings allow others.
    """

    def __init__(
        self,
        settings: CollectSettings,
        *,
        clock: Callable[[], datetime] = _utc_now,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
        backend: httpcore2.AsyncNetworkBackend | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._pause = pause
        self._limit = int(settings.max_megabytes * 1_000_000)
        if backend is None:
            backend = GuardedBackend(private=settings.allow_private)
        transport = _Transport(connections=settings.connections, backend=backend)
        self._client = httpx2.AsyncClient(transport=transport, headers=_HEADERS, timeout=None)
        self._all = asyncio.Semaphore(settings.connections)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(settings.per_host))

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def fetch(self, url: str, known: Remembered | None = None) -> Remembered:
        """See `Fetcher`."""
        if known is not None and known.moved:
            try:
                return await self._within_limits(url, known.final_url, known)
            except FetchError:
                # It moved for good and is gone from there: perhaps it came back.
                return await self._within_limits(url, url, None)
        return await self._within_limits(url, url, known)

    async def _within_limits(self, url: str, start: str, known: Remembered | None) -> Remembered:
        try:
            async with asyncio.timeout(self._settings.timeout) as clock:
                return await self._with_retries(url, start, known, clock)
        except TimeoutError:
            raise FetchError(f"took longer than {self._settings.timeout:g} seconds") from None

    async def _with_retries(self, url: str, start: str, known: Remembered | None, clock: asyncio.Timeout) -> Remembered:
        for wait in _WAITS:
            try:
                return await self._follow(url, start, known, clock)
            except _PassingError as error:
                if error.wait > _LONGEST_WAIT:
                    raise
                await self._pause(error.wait or wait)
        return await self._follow(url, start, known, clock)

    async def _follow(self, url: str, start: str, known: Remembered | None, clock: asyncio.Timeout) -> Remembered:
        """Walk the redirects, hop by hop."""
        here, for_good = resolved(start, start), True
        for _ in range(_MOST_REDIRECTS + 1):
            answer = await self._ask(here, known if known is not None and known.final_url == here else None, clock)
            if answer is known:
                return answer
            if isinstance(answer, Remembered):
                return replace(answer, url=url, moved=for_good and here != url)
            here, permanent = answer
            for_good = for_good and permanent
        raise FetchError(f"redirected more than {_MOST_REDIRECTS} times")

    @asynccontextmanager
    async def _connection_slot(self, url: str, clock: asyncio.Timeout) -> AsyncIterator[None]:
        """A connection to the host of an address; the clock stands while others have them.

        Taken for each hop: many feeds of different sites are redirected to one server.
        """
        now = asyncio.get_running_loop().time
        left = (clock.when() or now()) - now()
        clock.reschedule(None)
        async with self._hosts[shown_host(url)], self._all:
            clock.reschedule(now() + left)
            yield

    async def _ask(self, url: str, known: Remembered | None, clock: asyncio.Timeout) -> Remembered | tuple[str, bool]:
        """The document at exactly this address, or where it sends us and whether for good."""
        if _CREDENTIALS.match(url):
            raise FetchError("has a user name or password in its address, which is not supported")
        if not is_web(url) or not is_safe_url(url):
            raise FetchError(f"leads to {url[:200]!r}, which is no address of the web")
        try:
            async with (
                self._connection_slot(url, clock),
                self._client.stream("GET", url, headers=_conditions(known)) as response,
            ):
                return await self._answer(url, response, known)
        except AddressRefusedError as error:
            raise FetchError(f"is refused: {error}") from error
        except BodyError as error:
            raise FetchError(str(error)) from error
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, UnicodeError) as error:
            raise FetchError(no_address(error)) from error
        except httpx2.TransportError as error:
            raise _PassingError(no_answer(error)) from error

    async def _answer(
        self, url: str, response: httpx2.Response, known: Remembered | None
    ) -> Remembered | tuple[str, bool]:
        status = response.status_code
        if status in _REDIRECTS and "location" in response.headers:
            return resolved(response.headers["location"], url), status in _PERMANENT
        if status == HTTPStatus.NOT_MODIFIED and known is not None:
            return known
        if status in _PASSING:
            raise _PassingError(f"answered {_status(status)}", wait=_retry_after(response))
        if not response.is_success:
            raise FetchError(f"answered {_status(status)}")
        return Remembered(
            url=url,
            final_url=url,
            moved=False,
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
            content_type=response.headers.get("content-type", ""),
            body=await self._body(response),
            fetched_at=self._clock(),
        )

    async def _body(self, response: httpx2.Response) -> bytes:
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._limit:
            raise FetchError(too_large(self._limit))
        body = bytearray()
        async for piece in response.aiter_raw():
            body += piece
            if len(body) > self._limit:
                raise FetchError(too_large(self._limit))
        codings = codings_in(response.headers.get_list("content-encoding"))
        return await asyncio.to_thread(unpacked, bytes(body), codings, limit=self._limit)


def _conditions(known: Remembered | None) -> dict[str, str]:
    if known is None:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _retry_after(response: httpx2.Response) -> float:
    """Retry-After in seconds; a date is left to our own waiting."""
    written = response.headers.get("retry-after", "")
    return float(written) if written.isdecimal() and len(written) < 9 else 0.0
