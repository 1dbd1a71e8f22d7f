"""The name in EHLO, and servers that do not like it."""

from __future__ import annotations

import pytest

from digest.deliver.wire import smtp
from digest.deliver.wire.hello import hello_name
from digest.deliver.wire.smtp import SmtpTransport
from digest.errors import DeliveryStoppedError
from digest.settings.mail import SmtpSettings
from tests.deliver.batch import QUICK, batch_of
from tests.smtpd import DROP, ScriptedServer


def to(server: ScriptedServer, *, hello: str = "") -> SmtpTransport:
    settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none", hello=hello)
    return SmtpTransport(settings, sender="news@example.org", timeouts=QUICK)


@pytest.mark.parametrize("name", ["web_1.app_net", "mylaptop.", "localhost.localdomain", "host.local", "müller.org"])
def test_a_machine_without_a_name_that_holds_everywhere_says_its_address(name: str) -> None:
    assert hello_name(name, local="192.0.2.7") == "[192.0.2.7]"


def test_a_full_name_is_said_without_the_dot_of_the_root() -> None:
    assert hello_name("mail.example.org.", local="192.0.2.7") == "mail.example.org"


async def test_a_machine_with_a_strange_name_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "own_name", lambda: "web_1.app_net")
    async with ScriptedServer() as server:
        await to(server).carry(batch := batch_of("ada"))
    assert server.commands[0] == "EHLO [127.0.0.1]"
    assert batch.result == {"ada": "sent"}


@pytest.mark.parametrize("reply", ["501 5.5.4 Invalid domain name", "504 5.5.2 need full hostname", "550 no"])
@pytest.mark.parametrize("end", ["", DROP])
async def test_a_name_that_is_refused_gives_way_to_the_address(reply: str, end: str) -> None:
    batch = batch_of("ada")
    async with ScriptedServer({"EHLO": [f"{reply} {end}".strip()]}) as server:
        mail = to(server, hello="mail.example.org")
        await mail.carry(batch)
        await mail.carry(batch_of("bob"))
    hellos = [command for command in server.commands if command.startswith("EHLO")]
    assert hellos == ["EHLO mail.example.org", "EHLO [127.0.0.1]", "EHLO [127.0.0.1]"]
    assert batch.result == {"ada": "sent"}


async def test_a_server_that_takes_no_name_is_told_with_the_setting() -> None:
    async with ScriptedServer({"EHLO": "501 5.5.4 Invalid domain name"}) as server:
        with pytest.raises(DeliveryStoppedError, match="refuses our name in EHLO: 501") as caught:
            await to(server).carry(batch_of("ada"))
    assert "SMTP_HELLO" in caught.value.hint


@pytest.mark.parametrize("code", ["500", "502"])
async def test_a_server_older_than_ehlo_is_greeted_with_helo(code: str) -> None:
    async with ScriptedServer({"EHLO": f"{code} what?"}) as server:
        await to(server, hello="mail.example.org").carry(batch_of("ada"))
    assert server.commands[1] == "HELO mail.example.org"
    assert server.recipients == ["ada@example.org"]
