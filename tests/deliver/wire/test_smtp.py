"""Connecting to a mail server: encryption, certificates, logging in, and servers that are not there."""

from __future__ import annotations

import re
import socket
import ssl
from datetime import UTC, datetime

import pytest
import trustme

from digest.deliver.wire.smtp import SmtpTransport
from digest.deliver.wire.transport import BrokenConnectionError
from digest.errors import DeliveryStoppedError
from digest.settings.mail import SmtpSettings
from tests.deliver.batch import QUICK, batch_of
from tests.smtpd import ScriptedServer


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


def server_side(authority: trustme.CA, name: str = "localhost") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def client_side(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def encrypted(server: ScriptedServer, tls: ssl.SSLContext | None) -> SmtpTransport:
    settings = SmtpSettings(host="localhost", port=server.port, security="starttls")
    return SmtpTransport(settings, sender="news@example.org", timeouts=QUICK, tls=tls)


async def test_a_connection_is_encrypted_before_anything_is_said(authority: trustme.CA) -> None:
    batch = batch_of("ada", "bob")
    async with ScriptedServer(tls=server_side(authority)) as server:
        await encrypted(server, client_side(authority)).carry(batch)
        assert server.recipients == ["ada@example.org", "bob@example.org"]
        assert server.commands[1] == "STARTTLS"


async def test_a_certificate_of_an_unknown_authority_stops_the_run(authority: trustme.CA) -> None:
    batch = batch_of("ada")
    async with ScriptedServer(tls=server_side(authority)) as server:
        with pytest.raises(DeliveryStoppedError, match=r"certificate of localhost:\d+ can't be verified") as caught:
            await encrypted(server, None).carry(batch)
    assert "Nobody this machine trusts" in caught.value.hint
    assert batch.result == {"ada": "back"}


async def test_a_certificate_of_another_host_stops_the_run(authority: trustme.CA) -> None:
    async with ScriptedServer(tls=server_side(authority, "elsewhere.example")) as server:
        with pytest.raises(DeliveryStoppedError, match="can't be verified") as caught:
            await encrypted(server, client_side(authority)).carry(batch_of("ada"))
    assert "SMTP_HOST" in caught.value.hint


async def test_a_certificate_that_has_expired_is_told_as_such(authority: trustme.CA) -> None:
    expired = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", not_after=datetime(2020, 1, 1, tzinfo=UTC)).configure_cert(expired)
    async with ScriptedServer(tls=expired) as server:
        with pytest.raises(DeliveryStoppedError, match="expired") as caught:
            await encrypted(server, client_side(authority)).carry(batch_of("ada"))
    assert "renew" in caught.value.hint


async def test_a_sender_that_a_server_cannot_write_is_told_before_the_first_message() -> None:
    settings, batch = {"host": "127.0.0.1", "security": "none"}, batch_of("ada")
    async with ScriptedServer(offers=["PIPELINING"]) as server:
        mail = SmtpTransport(SmtpSettings(port=server.port, **settings), sender="käse@example.org", timeouts=QUICK)  # type: ignore[arg-type]
        with pytest.raises(DeliveryStoppedError, match="käse@example") as caught:
            await mail.carry(batch)
    assert "newsletter.sender" in caught.value.hint
    assert batch.result == {"ada": "back"}
    assert not any(command.startswith("MAIL") for command in server.commands)


async def test_a_server_without_starttls_gets_no_mail_in_the_clear(authority: trustme.CA) -> None:
    async with ScriptedServer() as server:
        with pytest.raises(DeliveryStoppedError, match="STARTTLS") as caught:
            await encrypted(server, client_side(authority)).carry(batch_of("ada"))
        assert "SMTP_SECURITY" in caught.value.hint
        assert server.taken == []


async def test_a_login_that_is_refused_stops_the_run_and_keeps_the_password() -> None:
    settings = {"username": "news", "password": "hunter2", "security": "none", "host": "127.0.0.1"}
    async with ScriptedServer({"AUTH": "535 5.7.8 Bad credentials"}, offers=["AUTH PLAIN"]) as server:
        mail = SmtpTransport(SmtpSettings(port=server.port, **settings), sender="n@example.org", timeouts=QUICK)  # type: ignore[arg-type]
        with pytest.raises(DeliveryStoppedError, match="refuses the login: 535") as caught:
            await mail.carry(batch_of("ada"))
    assert "SMTP_PASSWORD" in caught.value.hint
    assert "hunter2" not in str(caught.value)


async def test_a_login_that_is_accepted_comes_before_the_mail() -> None:
    settings = {"username": "news", "password": "hunter2", "security": "none", "host": "127.0.0.1"}
    async with ScriptedServer(offers=["AUTH PLAIN", "PIPELINING"]) as server:
        mail = SmtpTransport(SmtpSettings(port=server.port, **settings), sender="n@example.org", timeouts=QUICK)  # type: ignore[arg-type]
        await mail.carry(batch_of("ada"))
        assert [line.split(" ")[0] for line in server.commands][:3] == ["EHLO", "AUTH", "MAIL"]


async def test_a_server_that_is_not_there_may_come_back() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings = SmtpSettings(host="127.0.0.1", port=free.getsockname()[1], security="none")
        batch = batch_of("ada")
        with pytest.raises(BrokenConnectionError, match="can't be reached"):
            await SmtpTransport(settings, sender="n@example.org", timeouts=QUICK).carry(batch)
    assert batch.result == {"ada": "back"}


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", f"{'x' * 70}.example"])
async def test_a_name_that_no_server_has_is_named(host: str) -> None:
    settings = SmtpSettings(host=host, port=25, security="none")
    # Without a resolver the system can't tell whether there is one.
    with pytest.raises((DeliveryStoppedError, BrokenConnectionError), match=re.escape(host)):
        await SmtpTransport(settings, sender="n@example.org", timeouts=QUICK).carry(batch_of("ada"))
