"""Access tokens from a real endpoint over TLS, and a mail server that takes nothing else."""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx2
import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult
from pydantic import SecretStr
from sqlalchemy import Engine

from digest.deliver.wire.oauth import TOKEN_URLS, AccessTokens
from digest.deliver.wire.smtp import SmtpTransport
from digest.deliver.wire.transport import BrokenConnectionError, ServerRefusedError
from digest.settings.mail import SmtpSettings
from digest.store.database import open_database, sqlite_url
from digest.store.sending import RefreshTokens


@dataclass
class Endpoint:
    """Gives token-1, token-2, ... unless it is told what else to say."""

    url: str = ""
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    asked: list[dict[str, str]] = field(default_factory=list)
    says: list[tuple[int, Any]] = field(default_factory=list)

    def answer(self, form: dict[str, str]) -> tuple[int, Any]:
        self.asked.append(form)
        usual = {"access_token": f"token-{len(self.asked)}", "expires_in": 3600}
        return self.says.pop(0) if self.says else (200, usual)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    given = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            status, said = given.answer({name: values[0] for name, values in form.items()})
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    authority, server = trustme.CA(), HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.configure_trust(given.tls)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    given.url = f"https://localhost:{server.server_port}/token"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield given
    server.shutdown()
    thread.join()
    server.server_close()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def settings(endpoint: Endpoint, **options: Any) -> SmtpSettings:
    account = {"oauth_client_id": "id", "oauth_client_secret": "hush", "oauth_refresh_token": "refresh-1"}
    return SmtpSettings(username="news@example.org", oauth_provider=endpoint.url, **account, **options)


@pytest.fixture
def tokens(endpoint: Endpoint) -> AccessTokens:
    return AccessTokens(settings(endpoint), time=Clock(), tls=endpoint.tls)


async def test_a_token_is_asked_for_once_and_renewed_before_it_ends(endpoint: Endpoint) -> None:
    clock = Clock()
    tokens = AccessTokens(settings(endpoint), time=clock, tls=endpoint.tls)
    assert [await tokens.token(), await tokens.token()] == ["token-1", "token-1"]
    clock.now = 3600 - 100
    assert await tokens.token() == "token-2"
    assert endpoint.asked[0] == {
        "grant_type": "refresh_token",
        "client_id": "id",
        "client_secret": "hush",
        "refresh_token": "refresh-1",
    }


async def test_a_new_refresh_token_takes_the_place_of_the_old(endpoint: Endpoint, tokens: AccessTokens) -> None:
    endpoint.says = [(200, {"access_token": "a", "refresh_token": "refresh-2"})]
    assert await tokens.token() == "a"
    assert await tokens.token(refused="a") == "token-2"
    assert endpoint.asked[1]["refresh_token"] == "refresh-2"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(sqlite_url(tmp_path / "digest.db"))
    yield engine
    engine.dispose()


async def test_an_endpoint_that_takes_each_refresh_token_once_lets_the_next_run_in(
    endpoint: Endpoint, engine: Engine
) -> None:
    endpoint.says = [(200, {"access_token": name, "refresh_token": f"refresh-{name}"}) for name in "abcd"]
    for _ in range(3):
        tokens = AccessTokens(settings(endpoint), time=Clock(), tls=endpoint.tls, refresh_tokens=RefreshTokens(engine))
        await tokens.token()
    # A new consent has a token of its own, which counts from then on.
    given = settings(endpoint).model_copy(update={"oauth_refresh_token": SecretStr("new")})
    await AccessTokens(given, time=Clock(), tls=endpoint.tls, refresh_tokens=RefreshTokens(engine)).token()
    assert [form["refresh_token"] for form in endpoint.asked] == ["refresh-1", "refresh-a", "refresh-b", "new"]


@pytest.mark.parametrize(
    "url", [TOKEN_URLS["microsoft"], "https://login.microsoftonline.com/a-tenant/oauth2/v2.0/token"]
)
async def test_microsoft_is_told_the_scope_whatever_the_tenant(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, str]] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append({name: values[0] for name, values in parse_qs(request.content.decode()).items()})
        return httpx2.Response(200, json={"access_token": "a"})

    client = partial(httpx2.AsyncClient, transport=httpx2.MockTransport(answer))
    monkeypatch.setattr("digest.deliver.wire.oauth.httpx2.AsyncClient", client)
    given = settings(Endpoint(url=url))
    await AccessTokens(given, time=Clock()).token()
    assert asked[0]["scope"] == "https://outlook.office.com/SMTP.Send offline_access"


async def test_a_token_that_another_connection_renewed_is_not_renewed_again(tokens: AccessTokens) -> None:
    assert await tokens.token() == "token-1"
    assert await tokens.token(refused="token-1") == "token-2"
    assert await tokens.token(refused="token-1") == "token-2"


@pytest.mark.parametrize(
    ("status", "said", "hint"),
    [(400, {"error": "invalid_grant"}, "Consent again"), (401, {"error": "invalid_client"}, "CLIENT_ID")],
)
async def test_a_consent_that_is_gone_stops_the_run(endpoint: Endpoint, tokens, status, said, hint) -> None:
    endpoint.says = [(status, said)]
    with pytest.raises(ServerRefusedError) as caught:
        await tokens.token()
    assert hint in caught.value.hint
    assert "refresh-1" not in str(caught.value) + caught.value.hint
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("answer", [(503, {}), (200, []), (200, {"token": "x"})])
async def test_an_endpoint_in_trouble_may_be_better_later(endpoint: Endpoint, tokens, answer) -> None:
    endpoint.says = [answer]
    with pytest.raises(BrokenConnectionError):
        await tokens.token()
    assert await tokens.token() == "token-2"


async def test_an_endpoint_that_is_not_trusted_is_told_nothing(endpoint: Endpoint) -> None:
    with pytest.raises(BrokenConnectionError):
        await AccessTokens(settings(endpoint), time=Clock()).token()
    assert endpoint.asked == []


class Mailbox:
    """Takes one access token."""

    def __init__(self) -> None:
        self.takes = "token-1"
        self.offered: list[str] = []

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd wants it so
        user, bearer = base64.b64decode(args[1]).decode().split("\x01")[:2]
        assert user == "user=news@example.org"
        self.offered.append(bearer.removeprefix("auth=Bearer "))
        if self.offered[-1] == self.takes:
            return AuthResult(success=True)
        # The client answers the challenge with an empty line, and is then refused (as Gmail does it).
        await server.challenge_auth(b'{"status":"401"}')
        return AuthResult(success=False, handled=False)


@pytest.fixture
async def mailbox() -> AsyncIterator[tuple[Mailbox, int]]:
    handler = Mailbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, auth_require_tls=False, hostname="localhost", loop=loop), "127.0.0.1", 0
    )
    async with server:
        yield handler, server.sockets[0].getsockname()[1]


def transport(endpoint: Endpoint, port: int, tokens: AccessTokens) -> SmtpTransport:
    where = settings(endpoint, host="127.0.0.1", port=port, security="none")
    return SmtpTransport(where, sender="news@example.org", tokens=tokens)


async def test_a_server_lets_us_in_by_a_token(endpoint: Endpoint, tokens: AccessTokens, mailbox) -> None:
    handler, port = mailbox
    await transport(endpoint, port, tokens).visit()
    assert handler.offered == ["token-1"]


async def test_a_token_that_is_refused_is_renewed_once(endpoint: Endpoint, tokens: AccessTokens, mailbox) -> None:
    handler, port = mailbox
    handler.takes = "token-2"
    await transport(endpoint, port, tokens).visit()
    assert handler.offered == ["token-1", "token-2"]
    handler.takes = "none"
    with pytest.raises(ServerRefusedError, match="refuses the login"):
        await transport(endpoint, port, tokens).visit()
    assert len(endpoint.asked) == 3
