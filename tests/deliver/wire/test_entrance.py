"""The way into servers that speak something else than was set, or nothing."""

from __future__ import annotations

import asyncio
import ssl

import pytest
import trustme

from digest.deliver.wire.smtp import SmtpTransport
from digest.deliver.wire.transport import BrokenConnectionError
from digest.errors import DeliveryStoppedError
from digest.settings.mail import SmtpSettings
from tests.deliver.batch import QUICK, SHORT, batch_of
from tests.smtpd import DROP, SILENCE, ScriptedServer


def to(port: int, security: str, tls: ssl.SSLContext | None = None, *, short: bool = False) -> SmtpTransport:
    settings = SmtpSettings(host="localhost", port=port, security=security)  # type: ignore[arg-type]
    return SmtpTransport(settings, sender="news@example.org", timeouts=SHORT if short else QUICK, tls=tls)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def encrypted(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.mark.parametrize("security", ["starttls", "none"])
async def test_a_server_that_waits_for_tls_is_told_by_the_setting(encrypted: ssl.SSLContext, security: str) -> None:
    async with await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=encrypted) as server:
        mail = to(server.sockets[0].getsockname()[1], security, short=True)
        with pytest.raises(DeliveryStoppedError, match="speaks TLS from the start") as caught:
            await mail.carry(batch_of("ada"))
    assert "SMTP_SECURITY=tls" in caught.value.hint


async def test_a_server_that_greets_in_the_clear_is_told_by_the_setting() -> None:
    async with ScriptedServer() as server:
        with pytest.raises(DeliveryStoppedError, match="does not speak TLS from the start") as caught:
            await to(server.port, "tls").carry(batch_of("ada"))
    assert "SMTP_SECURITY=starttls" in caught.value.hint


@pytest.mark.parametrize("banner", ["* OK IMAP4rev1 ready", "+OK POP3 ready", "HTTP/1.1 400 Bad Request", "SSH-2.0-x"])
async def test_another_service_is_told_by_what_it_says(banner: str) -> None:
    async with ScriptedServer({"CONNECT": banner}) as server:
        with pytest.raises(DeliveryStoppedError, match="other than SMTP") as caught:
            await to(server.port, "none").carry(batch := batch_of("ada"))
    assert banner in str(caught.value)
    assert "SMTP_PORT" in caught.value.hint
    assert batch.result == {"ada": "back"}


@pytest.mark.parametrize(
    ("script", "told", "step"),
    [
        ({"CONNECT": "554 5.7.1 No SMTP service here"}, "refuses us: 554", "SMTP_PORT"),
        ({"EHLO": "530 5.7.0 Must issue a STARTTLS command first"}, "over TLS: 530", "SMTP_SECURITY"),
    ],
)
async def test_a_refusal_before_any_mail_has_a_next_step(script: dict[str, str], told: str, step: str) -> None:
    async with ScriptedServer(script) as server:
        with pytest.raises(DeliveryStoppedError, match=told) as caught:
            await to(server.port, "none").carry(batch_of("ada"))
    assert step in caught.value.hint


async def test_a_refusal_to_encrypt_stops_and_a_delay_does_not(encrypted: ssl.SSLContext) -> None:
    async with ScriptedServer({"STARTTLS": ["502 5.5.1 No", "454 4.7.0 TLS not available"]}, tls=encrypted) as server:
        with pytest.raises(DeliveryStoppedError, match="refuses to encrypt") as caught:
            await to(server.port, "starttls").carry(batch_of("ada"))
        with pytest.raises(BrokenConnectionError, match="454"):
            await to(server.port, "starttls").carry(batch_of("ada"))
    assert "SMTP_SECURITY=tls" in caught.value.hint
    assert not any(command.startswith("MAIL") for command in server.commands)


@pytest.mark.parametrize(
    ("says", "told"), [(SILENCE, "says nothing"), (DROP, "closes the connection"), ("421 4.3.2 Too many", "421")]
)
async def test_a_server_that_does_not_greet_may_do_so_later(says: str, told: str) -> None:
    async with ScriptedServer({"CONNECT": says}) as server:
        with pytest.raises(BrokenConnectionError, match=told):
            await to(server.port, "none", short=True).carry(batch_of("ada"))


@pytest.mark.parametrize("greeting", ["220-scripted\r\n220-no spam\r\n220 welcome", "220 ***", "220"])
async def test_any_greeting_is_one(greeting: str) -> None:
    async with ScriptedServer({"CONNECT": greeting}, offers=["pipelining", "SIZE", "8bitmime"]) as server:
        await to(server.port, "none").carry(batch_of("ada"))
    assert server.recipients == ["ada@example.org"]


@pytest.mark.parametrize(("limit", "taken"), [("SIZE", True), ("SIZE 0", True), ("SIZE many", True), ("SIZE 5", False)])
async def test_a_limit_of_size_holds_where_it_is_one(limit: str, *, taken: bool) -> None:
    async with ScriptedServer(offers=[limit]) as server:
        if taken:
            await to(server.port, "none").visit(size=1_000)
        else:
            with pytest.raises(DeliveryStoppedError, match="1,000 bytes") as caught:
                await to(server.port, "none").visit(size=1_000)
            assert "Shorten" in caught.value.hint
            with pytest.raises(DeliveryStoppedError, match="no more than 5") as caught:
                await to(server.port, "none").carry(batch_of("ada"))
            # Those on record get it as it is.
            assert "digest deliveries cancel" in caught.value.hint
            assert "Shorten" not in caught.value.hint
