"""Servers that take so many messages over one connection, however they say so: nobody is put off, nobody is blamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest

from digest.deliver.loop import lanes
from digest.deliver.loop.sender import deliver
from digest.deliver.messages.template import MessageTemplate
from digest.model import Report
from digest.settings import SendSettings
from digest.store.ledger import Ledger
from tests.deliver.batch import transport
from tests.deliver.conftest import ISSUE, NOW
from tests.deliver.post import Planned
from tests.smtpd import DROP, ScriptedServer

OFFERS = {"pipelining": ("PIPELINING",), "one at a time": ()}
FULL = "452 4.4.5 Maximum number of messages per session exceeded"


class Limited(ScriptedServer):
    """Takes so many messages over one connection, and then says something else at a point."""

    def __init__(self, point: str, says: str, *, most: int, offers: Sequence[str]) -> None:
        super().__init__(offers=offers)
        self._point, self._says, self._most = point, says, most
        self._carried: Counter[int] = Counter()

    def scripted(self, point: str, recipient: str) -> str | None:
        if point == "CONNECT":
            self._now = self.connections
        if point == self._point and self._carried[self._now] >= self._most:
            return self._says
        self._carried[self._now] += point == "END"
        return super().scripted(point, recipient)


@pytest.fixture(autouse=True)
def _no_wait_between_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "reconnect_after", lambda *_: 0.0)


async def send(ledger: Ledger, template: MessageTemplate, server: ScriptedServer, *, connections: int = 1) -> Report:
    return await deliver(
        ISSUE,
        ledger=ledger,
        transport=transport(server),
        template=template,
        settings=SendSettings(connections=connections),
        now=lambda: NOW,
        patience=timedelta(0),
    )


def people(count: int) -> list[str]:
    return [f"p{number}" for number in range(count)]


@pytest.mark.parametrize("offers", OFFERS.values(), ids=OFFERS)
@pytest.mark.parametrize("most", [1, 4])
@pytest.mark.parametrize(
    ("point", "says"),
    [
        *((point, FULL) for point in ("MAIL", "RCPT", "DATA", "END")),
        *((point, "452 4.5.3 Too many recipients") for point in ("MAIL", "RCPT", "DATA", "END")),
        ("MAIL", f"421 4.7.0 Too many messages in this connection {DROP}"),
        ("RCPT", "451-Aborted\r\n451 Mails per session limit exceeded"),
        ("MAIL", "554 5.5.0 Too many transactions"),
        ("MAIL", "450 4.7.0 Not now"),
        ("MAIL", "503 5.5.1 Bad sequence"),
        ("MAIL", DROP),
        ("RCPT", DROP),
        ("DATA", DROP),
    ],
)
async def test_a_limit_of_the_connection_is_answered_by_a_new_one(
    point: str, says: str, most: int, *, offers: Sequence[str], planned: Planned, template: MessageTemplate
) -> None:
    ledger = planned(*people(12))
    async with Limited(point, says, most=most, offers=offers) as server:
        report = await send(ledger, template, server)
        taken = server.recipients
    assert sorted(taken) == sorted(f"{name}@example.org" for name in people(12))
    assert (report.sent, report.deferred, report.failed, report.uncertain, report.stopped) == (12, (), (), (), "")
    # It was asked a few times, not each time: the next connections carry as many as the first ones did.
    refused = sum(line.startswith("MAIL") for line in server.commands) - 12
    assert refused <= 4
    [note] = report.notes
    assert f"send.per_connection = {most} in digest.toml" in note
    assert "too fast" not in note


@pytest.mark.parametrize("point", ["MAIL", "RCPT", "DATA", "END"])
async def test_a_server_that_says_so_of_the_first_message_is_not_asked_for_ever(
    point: str, planned: Planned, template: MessageTemplate
) -> None:
    ledger = planned(*people(12))
    async with ScriptedServer({point: FULL}) as server:
        report = await send(ledger, template, server)
        assert server.connections <= 3
    assert (report.sent, report.failed) == (0, ())
    assert {one.recipient.attempts for one in report.deferred} <= {0}


async def test_one_recipient_who_is_always_told_so_holds_up_nobody(planned: Planned, template: MessageTemplate) -> None:
    ledger = planned(*people(12))
    async with ScriptedServer({"RCPT p3@example.org": FULL}) as server:
        report = await send(ledger, template, server)
        assert server.connections <= 4
    # The first words of a new connection are no limit of it: then this provider finds us too fast.
    assert report.failed == ()
    assert "p3@example.org" in {one.recipient.email for one in report.deferred}


async def test_a_limit_that_the_greeting_names_is_kept_from_the_first_message_on(
    planned: Planned, template: MessageTemplate
) -> None:
    # RFC 9422
    ledger = planned(*people(12))
    async with Limited("MAIL", FULL, most=3, offers=["PIPELINING", "LIMITS RCPTMAX=100 MAILMAX=3"]) as server:
        report = await send(ledger, template, server)
        assert server.connections == 4
        assert sum(line.startswith("MAIL") for line in server.commands) == 12
    assert (report.sent, report.notes) == (12, ())
