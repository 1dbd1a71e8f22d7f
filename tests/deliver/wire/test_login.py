"""Logging in: one way, once, however a server wants it said."""

from __future__ import annotations

import asyncio
import base64

import pytest

from digest.deliver.wire.smtp import SmtpTransport
from digest.deliver.wire.transport import BrokenConnectionError
from digest.errors import DeliveryStoppedError
from digest.settings.mail import SmtpSettings
from tests.deliver.batch import QUICK, batch_of
from tests.smtpd import DROP, Script, ScriptedServer

NAME, PASSWORD = "müller", " pä$$ wörd "


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


PLAIN = coded(f"\0{NAME}\0{PASSWORD}")
#: What a server that asks says to what it is told.
ASKS = {coded(NAME).upper(): "334 UGFzc3dvcmQ6", coded(PASSWORD).upper(): "235 in", PLAIN.upper(): "235 in"}


def to(server: ScriptedServer) -> SmtpTransport:
    settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none", username=NAME, password=PASSWORD)  # type: ignore[arg-type]
    return SmtpTransport(settings, sender="news@example.org", timeouts=QUICK)


def said(server: ScriptedServer) -> list[str]:
    """The commands of the login."""
    return [one for one in server.commands if one.startswith("AUTH")]


@pytest.mark.parametrize(
    ("script", "offers", "way"),
    [
        ({}, "AUTH CRAM-MD5 LOGIN PLAIN", [f"AUTH PLAIN {PLAIN}"]),
        ({}, "auth plain", [f"AUTH PLAIN {PLAIN}"]),
        ({"AUTH": ["501 5.5.2 Syntax error", "334 "]}, "AUTH PLAIN", [f"AUTH PLAIN {PLAIN}", "AUTH PLAIN"]),
        ({"AUTH": "334 "}, "AUTH PLAIN", [f"AUTH PLAIN {PLAIN}"]),
        ({"AUTH": "334 VXNlcm5hbWU6"}, "AUTH LOGIN", ["AUTH LOGIN"]),
        ({"AUTH": "334 VXNlcm5hbWU6"}, "AUTH=LOGIN", ["AUTH LOGIN"]),
        (
            {"AUTH": ["504 5.5.4 Unrecognized", "504 5.5.4 Unrecognized", "334 VXNlcm5hbWU6"]},
            "AUTH NTLM PLAIN LOGIN",
            [f"AUTH PLAIN {PLAIN}", "AUTH PLAIN", "AUTH LOGIN"],
        ),
    ],
)
async def test_a_login_is_said_as_the_server_wants_it(script: Script, offers: str, way: list[str]) -> None:
    async with ScriptedServer({**ASKS, **script}, offers=[offers]) as server:
        await to(server).carry(batch := batch_of("ada"))
    assert batch.result == {"ada": "sent"}
    assert said(server) == way


async def test_a_server_that_wants_no_more_than_a_proof_gets_it() -> None:
    challenge = coded("<1896.697170952@scripted.invalid>")
    async with ScriptedServer({"AUTH": [f"334 {challenge}"]}, offers=["AUTH CRAM-MD5"]) as server:
        with pytest.raises(DeliveryStoppedError, match="refuses the login"):
            await to(server).carry(batch_of("ada"))
    [proof] = [base64.b64decode(one).decode() for one in server.commands if one[0] not in "EAQ" or " " not in one][:1]
    assert proof.startswith(f"{NAME} ")
    assert PASSWORD not in proof


REFUSALS = [
    ("535 5.7.8 bad", "app password"),
    (f"535 5.7.8 bad {DROP}", "SMTP_PASSWORD"),
    ("534 5.7.9 Application-specific password required", "Make an app password"),
    ("534 5.7.14 Please log in via your web browser", "with a browser"),
    ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "SMTP_OAUTH_PROVIDER=microsoft"),
    ("530 5.7.0 Must issue a STARTTLS command first", "SMTP_SECURITY"),
    ("538 5.7.11 Encryption required for requested authentication mechanism", "SMTP_SECURITY"),
    ("432 4.7.12 A password transition is needed", "new password"),
    ("503 5.5.1 AUTH command used when not advertised", "leave SMTP_USERNAME out"),
]


@pytest.mark.parametrize(("reply", "step"), REFUSALS)
async def test_a_refused_login_is_told_with_the_next_step(reply: str, step: str) -> None:
    async with ScriptedServer({"AUTH": reply}, offers=["AUTH PLAIN"]) as server:
        with pytest.raises(DeliveryStoppedError, match=f"refuses the login: {reply[:3]}") as caught:
            await to(server).carry(batch := batch_of("ada"))
    assert step in caught.value.hint
    assert batch.result == {"ada": "back"}


@pytest.mark.parametrize("end", ["", DROP])
async def test_a_wrong_password_is_asked_once_by_all_connections_and_ways(end: str) -> None:
    script = {"AUTH": f"535 5.7.8 bad {end}".strip()}
    async with ScriptedServer(script, offers=["AUTH CRAM-MD5 PLAIN LOGIN"]) as server:
        mail = to(server)
        ends = await asyncio.gather(*(mail.carry(batch_of(str(one))) for one in range(4)), return_exceptions=True)
    assert ["535 5.7.8 bad" in str(one) for one in ends] == [True] * 4
    assert len(said(server)) == 1


@pytest.mark.parametrize("reply", ["454 4.7.0 Temporary authentication failure", "421 4.3.0 Busy", "451 later"])
async def test_a_login_that_fails_for_now_is_no_wrong_password(reply: str) -> None:
    async with ScriptedServer({"AUTH": [reply]}, offers=["AUTH PLAIN"]) as server:
        mail = to(server)
        with pytest.raises(BrokenConnectionError, match=reply[:3]):
            await mail.carry(batch_of("ada"))
        await mail.carry(batch_of("bob"))
    assert server.recipients == ["bob@example.org"]


async def test_all_connections_go_in_once_one_is_in() -> None:
    async with ScriptedServer(offers=["AUTH PLAIN"]) as server:
        mail = to(server)
        await asyncio.gather(*(mail.carry(batch_of(str(one))) for one in range(4)))
    assert sorted(server.recipients) == [f"{one}@example.org" for one in range(4)]
    assert server.connections == 4


@pytest.mark.parametrize(
    ("offers", "told", "step"),
    [
        ("8BITMIME", "offers no login", "leave SMTP_USERNAME out"),
        ("AUTH NTLM GSSAPI", "GSSAPI, NTLM", "PLAIN over TLS"),
        ("AUTH XOAUTH2", "takes no password, only XOAUTH2", "SMTP_OAUTH_PROVIDER"),
    ],
)
async def test_a_server_with_no_way_for_a_password_is_told(offers: str, told: str, step: str) -> None:
    async with ScriptedServer(offers=[offers]) as server:
        with pytest.raises(DeliveryStoppedError, match=told) as caught:
            await to(server).carry(batch_of("ada"))
    assert step in caught.value.hint
    assert said(server) == []
