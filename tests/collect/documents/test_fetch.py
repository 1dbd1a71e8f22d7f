"""Fetching over HTTP, from a server that behaves well and badly."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpcore2
import pytest

from digest.collect.documents.fetch import FetchError, HttpFetcher
from digest.collect.documents.guard import GuardedBackend
from digest.model import Remembered
from digest.settings import CollectSettings

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SETTINGS = CollectSettings(allow_private=True, timeout=5, max_megabytes=1)


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
async def fetcher(waits: list[float]) -> AsyncIterator[HttpFetcher]:
    async def pause(seconds: float) -> None:
        waits.append(seconds)

    async with HttpFetcher(SETTINGS, clock=lambda: NOW, pause=pause) as fetcher:
        yield fetcher


async def problem(fetcher: HttpFetcher, url: str, known: Remembered | None = None) -> str:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url, known)
    return str(caught.value)


async def test_a_document_comes_with_all_that_is_to_be_remembered(fetcher, website, reply) -> None:
    headers = {"ETag": '"1"', "Last-Modified": "Tue, 17 Feb 2026 12:00:00 GMT", "Content-Type": "text/xml"}
    website.pages["/feed"] = reply(b"<rss/>", headers=headers)
    url = website.url("/feed")
    assert await fetcher.fetch(url) == Remembered(
        url=url,
        final_url=url,
        moved=False,
        etag='"1"',
        last_modified="Tue, 17 Feb 2026 12:00:00 GMT",
        content_type="text/xml",
        body=b"<rss/>",
        fetched_at=NOW,
    )
    [request] = website.requests
    assert request.headers["user-agent"].startswith("newsletter-digest/")
    assert "application/rss+xml" in request.headers["accept"]
    assert "if-none-match" not in request.headers


async def test_what_did_not_change_is_what_is_known(fetcher, website, reply) -> None:
    def page(request: Any) -> Any:
        matches = request.headers.get("if-none-match") == '"1"'
        return reply(status=304) if matches else reply(b"<rss/>", headers={"ETag": '"1"'})

    website.pages["/feed"] = page
    known = await fetcher.fetch(website.url("/feed"))
    assert await fetcher.fetch(website.url("/feed"), known) is known


async def test_a_first_request_answered_with_nothing_new_is_a_failure(fetcher, website, reply) -> None:
    website.pages["/feed"] = reply(status=304)
    assert await problem(fetcher, website.url("/feed")) == "answered 304 Not Modified"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "answered 404 Not Found"),
        (410, "answered 410 Gone"),
        (403, "answered 403 Forbidden"),
        (599, "answered 599"),
    ],
)
async def test_an_answer_that_is_meant_is_told_and_not_asked_for_again(fetcher, website, reply, status, said) -> None:
    website.pages["/feed"] = reply(status=status)
    assert await problem(fetcher, website.url("/feed")) == said
    assert len(website.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_a_passing_failure_is_tried_again(fetcher, website, reply, waits, status) -> None:
    website.pages["/feed"] = lambda _: reply(status=status) if len(website.requests) < 3 else reply(b"<rss/>")
    assert (await fetcher.fetch(website.url("/feed"))).body == b"<rss/>"
    assert waits == [0.5, 2.0]


async def test_a_failure_that_does_not_pass_is_told_after_three_attempts(fetcher, website, reply) -> None:
    website.pages["/feed"] = reply(status=503)
    assert await problem(fetcher, website.url("/feed")) == "answered 503 Service Unavailable"
    assert len(website.requests) == 3


async def test_a_server_is_asked_again_when_it_says(fetcher, website, reply, waits) -> None:
    website.pages["/feed"] = reply(status=429, headers={"Retry-After": "7"})
    await problem(fetcher, website.url("/feed"))
    assert waits == [7.0, 7.0]


@pytest.mark.parametrize("seconds", ["3600", "99999999"])
async def test_a_server_that_wants_peace_for_long_gets_it(fetcher, website, reply, waits, seconds) -> None:
    website.pages["/feed"] = reply(status=429, headers={"Retry-After": seconds})
    assert await problem(fetcher, website.url("/feed")) == "answered 429 Too Many Requests"
    assert (len(website.requests), waits) == (1, [])


async def test_a_connection_that_is_dropped_is_tried_again(fetcher, website, reply) -> None:
    async def drop(writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    website.pages["/feed"] = reply(wire=drop)
    assert await problem(fetcher, website.url("/feed")) == "hung up without an answer"
    assert len(website.requests) == 3


async def test_a_body_that_breaks_off_is_no_document(fetcher, website, reply) -> None:
    website.pages["/feed"] = reply(b"<rss>", headers={"content-length": "100"})
    assert await problem(fetcher, website.url("/feed")) == "broke off in the middle of its answer"


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
NO_HTTP = "sent an answer that is no proper HTTP"
PIECES = "sent an answer in pieces that do not fit together"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"", "hung up without an answer"),
        (b"220 mail.example.org ESMTP\r\n\r\n", NO_HTTP),
        (b"HTTP/1.1 200 OK\r\nno header\r\n\r\n", NO_HTTP),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", NO_HTTP),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "sent an answer whose length cannot be told"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "sent an answer in a form of transfer that is not read",
        ),
        (CHUNKED + b"xyz\r\n", PIECES),
        (CHUNKED + b"3\r\nabcdef\r\n", PIECES),
        (CHUNKED + b"3\r\nabc\r\n", "broke off in the middle of its answer"),
    ],
)
async def test_an_answer_that_breaks_the_protocol_is_told_in_words(fetcher, website, reply, answer, said) -> None:
    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        # What it still sends is of no interest to a client that has hung up.
        with contextlib.suppress(ConnectionError):
            await writer.drain()

    website.pages["/feed"] = reply(wire=write)
    assert await problem(fetcher, website.url("/feed")) == said


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.0 200 OK\r\n\r\n<rss/>",
        b"HTTP/1.1 200 \xd0\r\nContent-Length: 6, 6\r\n\r\n<rss/>",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>",
        CHUNKED + b"2;name=value\r\n<r\r\n4\r\nss/>\r\n0\r\nTrailer: x\r\n\r\n",
    ],
)
async def test_every_legal_form_of_an_answer_is_read(fetcher, website, reply, answer) -> None:
    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)

    website.pages["/feed"] = reply(wire=write)
    assert (await fetcher.fetch(website.url("/feed"))).body == b"<rss/>"


async def test_a_server_that_is_not_there_is_told_in_words(fetcher) -> None:
    assert await problem(fetcher, "http://127.0.0.1:1/") == "could not be reached: connection refused"


# --- redirects --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "moved"), [(301, True), (308, True), (302, False), (303, False), (307, False)])
async def test_a_redirect_is_followed_and_a_permanent_one_remembered(fetcher, website, reply, status, moved) -> None:
    website.pages |= {"/old": reply(status=status, headers={"Location": "/new"}), "/new": reply(b"<rss/>")}
    found = await fetcher.fetch(website.url("/old"))
    assert (found.url, found.final_url, found.moved) == (website.url("/old"), website.url("/new"), moved)


async def test_one_temporary_redirect_on_the_way_makes_all_of_it_temporary(fetcher, website, reply) -> None:
    website.pages |= {
        "/old": reply(status=301, headers={"Location": "/mid"}),
        "/mid": reply(status=302, headers={"Location": "/new"}),
        "/new": reply(b"<rss/>"),
    }
    assert not (await fetcher.fetch(website.url("/old"))).moved


async def test_what_moved_for_good_is_asked_for_where_it_is(fetcher, website, reply) -> None:
    website.pages |= {"/old": reply(status=301, headers={"Location": "/new"}), "/new": reply(b"<rss/>")}
    known = await fetcher.fetch(website.url("/old"))
    website.requests.clear()
    again = await fetcher.fetch(website.url("/old"), known)
    assert website.paths() == ["/new"]
    assert (again.url, again.final_url, again.moved) == (known.url, known.final_url, True)


async def test_what_is_gone_from_where_it_moved_to_is_looked_for_where_it_was(fetcher, website, reply) -> None:
    website.pages |= {"/old": reply(status=301, headers={"Location": "/new"}), "/new": reply(b"<rss/>")}
    known = await fetcher.fetch(website.url("/old"))
    website.pages = {"/old": reply(b"<rss>back</rss>")}
    assert (await fetcher.fetch(website.url("/old"), known)).body == b"<rss>back</rss>"


async def test_validators_go_only_to_the_address_that_gave_them(fetcher, website, reply) -> None:
    website.pages |= {
        "/old": reply(status=302, headers={"Location": "/new"}),
        "/new": reply(b"<rss/>", headers={"ETag": '"1"'}),
    }
    known = await fetcher.fetch(website.url("/old"))
    website.requests.clear()
    await fetcher.fetch(website.url("/old"), known)
    assert [request.headers.get("if-none-match") for request in website.requests] == [None, '"1"']


async def test_redirects_in_a_circle_end(fetcher, website, reply) -> None:
    website.pages["/a"] = reply(status=302, headers={"Location": "/a"})
    assert await problem(fetcher, website.url("/a")) == "redirected more than 10 times"


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "mailto:a@example.org", "http://["]
)
async def test_a_redirect_out_of_the_web_is_refused(fetcher, website, reply, location) -> None:
    website.pages["/a"] = reply(status=302, headers={"Location": location})
    assert "no address of the web" in await problem(fetcher, website.url("/a"))


@pytest.mark.parametrize("location", ["/my feed.xml", "my%20feed.xml", "\\my feed.xml", "  /my feed.xml#top"])
async def test_a_redirect_is_read_as_browsers_read_it(fetcher, website, reply, location) -> None:
    website.pages["/a"] = reply(status=300, headers={"Location": location})
    website.pages["/my%20feed.xml"] = reply(b"<rss/>")
    answer = await fetcher.fetch(website.url("/a"))
    assert (answer.body, answer.final_url.partition("#")[0]) == (b"<rss/>", website.url("/my%20feed.xml"))


async def test_an_address_with_blanks_is_asked_as_browsers_ask_it(fetcher, website, reply) -> None:
    website.pages["/my%20feed.xml"] = reply(b"<rss/>")
    assert (await fetcher.fetch(website.url("/my feed.xml"))).body == b"<rss/>"


# --- limits -----------------------------------------------------------------------------------------------------


async def test_a_body_is_decompressed(fetcher, website, reply) -> None:
    website.pages["/gzip"] = reply(gzip.compress(b"<rss/>"), headers={"Content-Encoding": "gzip"})
    website.pages["/deflate"] = reply(zlib.compress(b"<rss/>"), headers={"Content-Encoding": "deflate"})
    website.pages["/file.gz"] = reply(gzip.compress(b"<rss/>"))
    for path in website.pages:
        assert (await fetcher.fetch(website.url(path))).body == b"<rss/>"


async def test_damaged_compression_is_told(fetcher, website, reply) -> None:
    website.pages["/feed"] = reply(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"})
    assert await problem(fetcher, website.url("/feed")) == "answered with damaged compressed data"


async def test_a_compression_that_was_not_asked_for_is_told(fetcher, website, reply) -> None:
    website.pages["/feed"] = reply(b"xyz", headers={"Content-Encoding": "br"})
    assert await problem(fetcher, website.url("/feed")) == 'answered compressed as "br", which was not asked for'


@pytest.mark.parametrize("coding", ["utf-8", "none", "", "binary", "aws-chunked", "UTF-8, identity", "gzip", "br"])
async def test_a_coding_that_is_none_leaves_the_body_as_it_is(fetcher, website, reply, coding) -> None:
    website.pages["/feed"] = reply(b"<rss/>", headers={"Content-Encoding": coding})
    assert (await fetcher.fetch(website.url("/feed"))).body == b"<rss/>"


TOO_LARGE = "is larger than 1 MB, the limit of collect.max_megabytes"


async def test_a_document_said_to_be_too_large_is_not_read(fetcher, website, reply) -> None:
    website.pages["/feed"] = reply(b"", headers={"content-length": "100000000"})
    assert await problem(fetcher, website.url("/feed")) == TOO_LARGE


async def test_a_document_without_end_is_left(fetcher, website, reply) -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    website.pages["/feed"] = reply(wire=endless)
    assert await problem(fetcher, website.url("/feed")) == TOO_LARGE


@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {}], ids=["answer", "file"])
async def test_a_small_answer_that_unpacks_to_a_hundred_megabytes_takes_little_room(
    fetcher, website, reply, headers
) -> None:
    website.pages["/feed"] = reply(gzip.compress(b"\0" * 100_000_000, 9), headers=headers)
    tracemalloc.start()
    try:
        assert await problem(fetcher, website.url("/feed")) == TOO_LARGE
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


async def test_a_server_that_says_a_byte_now_and_then_is_left_after_the_timeout(website, reply) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    website.pages["/feed"] = reply(wire=drip)
    async with HttpFetcher(SETTINGS.model_copy(update={"timeout": 0.2})) as fetcher:
        assert await problem(fetcher, website.url("/feed")) == "took longer than 0.2 seconds"


async def test_a_host_is_asked_for_no_more_at_once_than_the_settings_say(website, reply) -> None:
    website.pages |= {f"/{number}": reply(b"<rss/>") for number in range(12)}
    async with HttpFetcher(SETTINGS.model_copy(update={"per_host": 2})) as fetcher:
        await asyncio.gather(*(fetcher.fetch(website.url(path)) for path in website.pages))
    assert (len(website.requests), website.most_open) == (12, 2)


async def test_a_host_that_many_are_redirected_to_is_asked_for_no_more_at_once_either(website, reply) -> None:
    open_now = most_open = 0

    async def counting(writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most_open
        open_now += 1
        most_open = max(most_open, open_now)
        for _ in range(20):
            await asyncio.sleep(0)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<rss/>")
        open_now -= 1

    website.pages |= {
        "/here": reply(status=302, headers={"Location": website.url("/there", "127.0.0.99")}),
        "/there": reply(wire=counting),
    }
    settings = SETTINGS.model_copy(update={"connections": 16, "per_host": 2})
    async with HttpFetcher(settings, backend=Rerouted(website.port)) as fetcher:
        addresses = [website.url("/here", f"127.0.0.{number}") for number in range(1, 9)]
        answers = await asyncio.gather(*map(fetcher.fetch, addresses))
    assert [answer.body for answer in answers] == [b"<rss/>"] * 8
    assert most_open == 2


async def test_waiting_for_a_connection_is_not_the_documents_time() -> None:
    clocks: list[asyncio.Timeout] = []

    async def second(fetcher: HttpFetcher) -> float | None:
        async with asyncio.timeout(60) as clock:
            clocks.append(clock)
            async with fetcher._connection_slot("https://example.org/b", clock):
                return clock.when()

    async with HttpFetcher(SETTINGS.model_copy(update={"per_host": 1})) as fetcher:
        async with asyncio.timeout(60) as clock, fetcher._connection_slot("https://example.org/a", clock):
            waiting = asyncio.create_task(second(fetcher))
            await asyncio.sleep(0)
            assert clocks[0].when() is None
        assert await waiting is not None


async def test_all_hosts_together_are_asked_for_no_more_than_the_settings_say(website, reply) -> None:
    website.pages["/"] = reply(b"<rss/>")
    hosts = [f"127.0.0.{number}" for number in range(1, 9)]
    settings = SETTINGS.model_copy(update={"connections": 3, "per_host": 2})
    async with HttpFetcher(settings, backend=Rerouted(website.port)) as fetcher:
        await asyncio.gather(*(fetcher.fetch(website.url("/", host)) for host in hosts))
    assert (len(website.requests), website.most_open) == (8, 3)


# --- private addresses ------------------------------------------------------------------------------------------


class Rerouted(httpcore2.AnyIOBackend):
    """The internet of a test: every address leads to its one server."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.asked_for: list[str] = []

    async def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore2.AsyncNetworkStream:
        self.asked_for.append(host)
        return await super().connect_tcp("127.0.0.1", self._port, *args, **kwargs)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "2130706433"])
async def test_a_private_address_is_refused(website, reply, host) -> None:
    website.pages["/"] = reply(b"<rss/>")
    async with HttpFetcher(SETTINGS.model_copy(update={"allow_private": False})) as fetcher:
        said = await problem(fetcher, website.url("/", host))
    assert "is at a private address (collect.allow_private allows it)" in said
    assert website.requests == []


@pytest.mark.parametrize("location", ["http://127.0.0.1:1/", "http://localhost/", "http://[::ffff:10.0.0.1]/"])
async def test_a_redirect_to_a_private_address_is_refused(website, reply, location) -> None:
    website.pages["/"] = reply(status=301, headers={"Location": location})
    internet = Rerouted(website.port)
    async with HttpFetcher(SETTINGS, backend=GuardedBackend(internet)) as fetcher:
        assert "private address" in await problem(fetcher, "http://93.184.216.34/")
    assert internet.asked_for == ["93.184.216.34"]


async def test_a_public_address_is_fetched_through_the_guard(website, reply) -> None:
    website.pages["/"] = reply(b"<rss/>")
    async with HttpFetcher(SETTINGS, backend=GuardedBackend(Rerouted(website.port))) as fetcher:
        assert (await fetcher.fetch("http://93.184.216.34/")).body == b"<rss/>"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "https://", "gopher://x/", ""])
async def test_what_is_no_web_address_is_not_asked(fetcher, url) -> None:
    assert "no address of the web" in await problem(fetcher, url)


@pytest.mark.parametrize("url", ["http://\ud800.example/", "http://a:99999/"])
async def test_an_address_that_cannot_be_is_told(fetcher, url) -> None:
    assert "address" in await problem(fetcher, url)


async def test_a_password_in_an_address_is_never_repeated(fetcher) -> None:
    said = await problem(fetcher, "http://user:secret@example.org/")
    assert said == "has a user name or password in its address, which is not supported"
