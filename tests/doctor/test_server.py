"""What a visit to a server says; the one-click address is a real server over TLS on loopback."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import trustme

from digest.doctor.observation import State
from digest.doctor.server import check_one_click, judge_encryption

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)


def states(**options: object) -> list[State]:
    usual = {"server": "s:587", "tls": "TLSv1.3", "expires": NOW + timedelta(days=60), "local": False, "now": NOW}
    return [one.state for one in judge_encryption(**{**usual, **options})]


def test_encryption_is_judged_by_its_age_and_the_certificates() -> None:
    assert states() == [State.OK, State.OK]
    assert states(tls="TLSv1.1") == [State.WARNING, State.OK]
    assert states(expires=NOW + timedelta(days=3)) == [State.OK, State.WARNING]
    assert states(tls="", expires=None) == [State.ERROR]
    assert states(tls="", expires=None, local=True) == [State.OK]


Endpoint = Callable[[int], tuple[str, ssl.SSLContext, list[tuple[str, bytes]]]]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """Serves one status to every POST; gives the address, what to trust, and what was asked."""
    running: list[tuple[HTTPServer, threading.Thread]] = []

    def start(status: int) -> tuple[str, ssl.SSLContext, list[tuple[str, bytes]]]:
        asked: list[tuple[str, bytes]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(status)
                self.send_header("Location", "https://localhost/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        authority, server = trustme.CA(), HTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        running.append((server, thread))
        trusted = ssl.create_default_context()
        authority.configure_trust(trusted)
        return f"https://localhost:{server.server_port}/u/abc", trusted, asked

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "state", "advice"),
    [
        (200, State.OK, ""),
        (404, State.OK, ""),
        (302, State.ERROR, "redirect"),
        (403, State.ERROR, "login"),
        (405, State.ERROR, "POST"),
        (500, State.ERROR, "log"),
    ],
)
def test_the_one_click_address_is_asked_as_mail_programs_do(endpoint: Endpoint, status, state, advice) -> None:
    url, trusted, asked = endpoint(status)
    found = check_one_click(url, now=datetime.now(UTC), tls=trusted)
    assert (found[0].state, advice in found[0].advice) == (state, True)
    assert asked == [("/u/abc", b"List-Unsubscribe=One-Click")]
    assert found[1].state is State.OK


def test_a_clock_that_is_off_is_told_by_the_web_servers(endpoint: Endpoint) -> None:
    url, trusted, _ = endpoint(200)
    found = check_one_click(url, now=datetime.now(UTC) + timedelta(hours=1), tls=trusted)
    assert (found[1].code, found[1].state) == ("clock", State.WARNING)


def test_an_address_that_is_not_trusted_can_not_be_reached(endpoint: Endpoint) -> None:
    url, _, asked = endpoint(200)
    [found] = check_one_click(url, now=NOW)
    assert (found.state, asked) == (State.ERROR, [])
