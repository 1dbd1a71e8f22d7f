"""Every point at which a server may fail us (RFC 5321), every way to fail, with and without pipelining: what the ledger
says afterwards, and what the next run does."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
import trustme

from digest.deliver.loop import lanes
from digest.deliver.loop.sender import deliver
from digest.deliver.messages.template import MessageTemplate
from digest.deliver.wire.dialogue import Timeouts
from digest.deliver.wire.smtp import SmtpTransport
from digest.model import DeliveryState as State
from digest.model import Report
from digest.settings import SendSettings
from digest.settings.mail import SmtpSettings
from digest.store.ledger import Ledger
from tests.deliver.conftest import ISSUE, NOW
from tests.smtpd import DROP, SILENCE, ScriptedServer

#: Silence is waited for; everything else comes at once.
BRIEF = Timeouts(connect=0.25, command=0.25, data=0.25, block=0.25, end=0.25, quit=0.1)
LATER = NOW + timedelta(days=1)
WORDS = {"4xx": "451 4.3.0 Not now", "drop": DROP, "silence": SILENCE, "gibberish": "what?"}
REFUSALS = {"AUTH": "535 5.7.8 Who?", "RCPT": "550 5.1.1 No such user", "DATA": "554 5.5.1 No valid recipients"}
OFFERS = {"pipelining": ("PIPELINING", "AUTH PLAIN"), "one at a time": ("AUTH PLAIN",)}

#: What the ledger says of ada after the server failed once at a point; bob's message meets no failure.
#: "stopped": the run ended there and then, and both are as they were, planned.
EXPECTED = {
    #            4xx         5xx        drop         silence      gibberish
    "CONNECT":  ("sent",     "stopped", "sent",      "sent",      "stopped"),
    "STARTTLS": ("sent",     "stopped", "sent",      "sent",      "sent"),
    "EHLO":     ("sent",     "stopped", "sent",      "sent",      "sent"),
    "AUTH":     ("sent",     "stopped", "sent",      "sent",      "sent"),
    "MAIL":     ("sent",     "stopped", "sent",      "sent",      "sent"),
    "RCPT":     ("deferred", "failed",  "sent",      "sent",      "sent"),
    "DATA":     ("deferred", "failed",  "sent",      "sent",      "sent"),
    "END":      ("deferred", "deferred", "uncertain", "uncertain", "uncertain"),
    "QUIT":     ("sent",     "sent",    "sent",      "sent",      "sent"),
}  # fmt: skip
WAYS = ("4xx", "5xx", "drop", "silence", "gibberish")
TABLE = [(point, way, state) for point, states in EXPECTED.items() for way, state in zip(WAYS, states, strict=True)]
#: What the next run, a day later, makes of it: deferred ones are due, a person decides on the uncertain.
NEXT = {"sent": "sent", "stopped": "sent", "deferred": "sent", "failed": "failed", "uncertain": "uncertain"}


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(autouse=True)
def _no_wait_between_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "reconnect_after", lambda *_: 0.0)


async def run(
    ledger: Ledger, template: MessageTemplate, server: ScriptedServer, authority: trustme.CA, now: datetime
) -> Report:
    settings = SmtpSettings.model_validate(
        {
            "host": "localhost",
            "port": server.port,
            "username": "news",
            "password": "hunter2",
            "security": "starttls" if server.tls else "none",
        }
    )
    return await deliver(
        ISSUE,
        ledger=ledger,
        transport=SmtpTransport(settings, sender="news@example.org", timeouts=BRIEF, tls=client_side(authority)),
        template=template,
        settings=SendSettings(connections=1),
        now=lambda: now,
        patience=timedelta(0),
    )


def state_of(ledger: Ledger, name: str) -> str:
    [state] = [
        state
        for state in State
        if state is not State.CLAIMED
        for row in ledger.deliveries(ISSUE, state)
        if row.recipient.key == f"{name}@example.org"
    ]
    return str(state)


@cache
def client_side(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@cache
def server_side(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.mark.parametrize("offers", OFFERS)
@pytest.mark.parametrize(("point", "way", "state"), TABLE)
async def test_every_failure_at_every_point_has_its_consequence(
    point: str,
    way: str,
    state: str,
    offers: str,
    *,
    planned: Callable[..., Ledger],
    template: MessageTemplate,
    authority: trustme.CA,
) -> None:
    words = REFUSALS.get(point, "554 5.0.0 No") if way == "5xx" else WORDS[way]
    ledger = planned("ada", "bob")
    tls = server_side(authority) if point == "STARTTLS" else None
    async with ScriptedServer({point: [words]}, offers=OFFERS[offers], tls=tls) as server:
        report = await run(ledger, template, server, authority, NOW)
        assert bool(report.stopped) == (state == "stopped")
        assert state_of(ledger, "ada") == ("planned" if state == "stopped" else state)
        assert state_of(ledger, "bob") == ("planned" if state == "stopped" else "sent")
        assert ledger.tally(ISSUE)[State.CLAIMED] == 0

        await run(ledger, template, server, authority, LATER)
        assert state_of(ledger, "ada") == NEXT[state]
        assert state_of(ledger, "bob") == "sent"
        taken = server.recipients
    # The server's own count: nobody twice; ada's message is there exactly if it was accepted.
    assert sorted(taken) == sorted([*(["ada@example.org"] if NEXT[state] == "sent" else []), "bob@example.org"])


async def test_a_mailbox_that_is_no_more_is_never_planned_again(
    planned: Callable[..., Ledger], template: MessageTemplate, authority: trustme.CA
) -> None:
    ledger = planned("ada", "bob")
    words = "550 5.1.1 <ada@example.org>: User unknown"
    async with ScriptedServer({"RCPT ada@example.org": words}, offers=OFFERS["pipelining"]) as server:
        report = await run(ledger, template, server, authority, NOW)
    assert [one.detail for one in report.failed] == [words]
    assert ledger.suppressed(["ada@example.org", "bob@example.org"]) == {"ada@example.org": f"bounced: {words}"}


@pytest.mark.parametrize("words", ["550 5.7.26 Unauthenticated", "550 5.4.5 Daily user sending limit exceeded"])
async def test_rules_that_hold_for_everybody_stop_the_run_and_keep_the_list(
    words: str, planned: Callable[..., Ledger], template: MessageTemplate, authority: trustme.CA
) -> None:
    ledger = planned(*(f"p{n}" for n in range(50)))
    async with ScriptedServer({"END": words}, offers=OFFERS["pipelining"]) as server:
        report = await run(ledger, template, server, authority, NOW)
        assert len([line for line in server.commands if line.startswith("DATA")]) <= 4
    assert words in report.stopped
    assert "send again" in report.stopped.lower()
    # The fourth may have been on its way when the third was answered.
    assert len(report.deferred) in {3, 4}
    assert (report.remaining, report.failed) == (50 - len(report.deferred), ())
    assert {row.recipient.attempts for row in report.deferred} == {0}


@pytest.mark.parametrize(
    ("script", "offers", "asked"),
    [
        ({}, ("PIPELINING", "SIZE 100"), 0),
        ({"MAIL": "552 5.3.4 Message size exceeds fixed limit"}, ("PIPELINING",), 0),
        # At these points it may be one recipient's limit.
        ({"RCPT": "552 5.3.4 Message too big"}, ("PIPELINING",), 3),
        ({"END": "552 5.3.4 Message too big"}, (), 3),
    ],
)
async def test_a_message_that_is_too_large_stops_the_run_and_nobody_fails(
    script: dict[str, str],
    offers: tuple[str, ...],
    asked: int,
    *,
    planned: Callable[..., Ledger],
    template: MessageTemplate,
    authority: trustme.CA,
) -> None:
    ledger = planned("ada", "bob", "cy", "dee", "eve")
    async with ScriptedServer(script, offers=[*offers, "AUTH PLAIN"]) as server:
        report = await run(ledger, template, server, authority, NOW)
        assert server.taken == []
    assert (len(report.deferred), report.remaining, report.failed) == (asked, 5 - asked, ())
    assert "limit raised" in report.stopped


@pytest.mark.parametrize("offered", ["SIZE", "SIZE 0", "SIZE 10000000", "SIZE many", "SIZE " + "9" * 30])
async def test_a_size_that_fits_or_says_nothing_stops_nobody(
    offered: str, planned: Callable[..., Ledger], template: MessageTemplate, authority: trustme.CA
) -> None:
    ledger = planned("ada")
    async with ScriptedServer(offers=[offered, "AUTH PLAIN"]) as server:
        assert (await run(ledger, template, server, authority, NOW)).sent == 1


async def test_our_rate_is_no_attempt_at_anybody(
    planned: Callable[..., Ledger], template: MessageTemplate, authority: trustme.CA
) -> None:
    ledger = planned("ada")
    async with ScriptedServer({"RCPT": "451 4.7.650 Temporarily rate limited"}, offers=["AUTH PLAIN"]) as server:
        for day in range(8):
            report = await run(ledger, template, server, authority, NOW + timedelta(days=day))
    [ada] = report.deferred
    assert (ada.recipient.attempts, report.failed) == (0, ())


async def test_who_is_greylisted_comes_back_later_each_time(
    planned: Callable[..., Ledger], template: MessageTemplate, authority: trustme.CA
) -> None:
    ledger, moment, waits = planned("ada", "bob"), datetime(2026, 2, 19, 6, 0, tzinfo=UTC), []
    greylisted = {"RCPT ada@example.org": ["450 4.2.0 Greylisted"] * 3}
    async with ScriptedServer(greylisted, offers=["AUTH PLAIN"]) as server:
        while (report := await run(ledger, template, server, authority, moment)).deferred:
            due = report.deferred[0].retry_at
            assert due is not None
            waits.append(due - moment)
            moment = due
    assert report.sent_total == 2
    assert timedelta(minutes=5) <= waits[0] < waits[-1] <= timedelta(hours=2)


async def test_many_mailboxes_in_a_row_that_are_no_more_are_a_fault_of_the_server(
    planned: Callable[..., Ledger], template: MessageTemplate, authority: trustme.CA
) -> None:
    ledger = planned(*(f"p{n}" for n in range(60)))
    async with ScriptedServer({"RCPT": "550 5.1.1 User unknown"}, offers=["AUTH PLAIN"]) as server:
        report = await run(ledger, template, server, authority, NOW)
    assert "25 recipients in a row" in report.stopped
    assert (report.failed, len(report.deferred), report.remaining) == ((), 25, 35)
