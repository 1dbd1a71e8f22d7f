"""A visit to a mail server that sends nothing, and where its bounces go."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime

import trustme

from digest.deliver.wire.smtp import SmtpTransport
from digest.settings.mail import SmtpSettings
from tests.deliver.batch import batch_of
from tests.smtpd import ScriptedServer


async def test_a_visit_tells_what_the_server_is_like_and_sends_nothing() -> None:
    authority, context, trusted = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("localhost", not_after=datetime(2031, 1, 1, tzinfo=UTC)).configure_cert(context)
    authority.configure_trust(trusted)
    async with ScriptedServer(tls=context) as server:
        settings = SmtpSettings(host="localhost", port=server.port, security="starttls")
        visit = await SmtpTransport(settings, sender="", tls=trusted).visit()
    assert visit.tls in ("TLSv1.2", "TLSv1.3")
    assert "pipelining" in visit.offers
    assert datetime.fromtimestamp(visit.expires, UTC).year == 2031
    assert not any(command.startswith(("MAIL", "DATA")) for command in server.commands)


async def test_each_recipient_has_a_return_path_of_their_own() -> None:
    batch = batch_of("ada", "bob")
    async with ScriptedServer() as server:
        settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none")
        path = "bounces+{}@example.org"
        sender = SmtpTransport(
            settings, sender="news@example.org", return_path=lambda to: path.format(to.key.partition("@")[0])
        )
        await sender.carry(batch)
    said = [command for command in server.commands if command.startswith("MAIL")]
    assert said == ["MAIL FROM:<bounces+ada@example.org>", "MAIL FROM:<bounces+bob@example.org>"]
