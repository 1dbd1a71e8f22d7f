"""The dialogue with a mail server, at every point where it can go wrong, with and without pipelining."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import cast

import pytest

from digest.deliver.wire.dialogue import Dialogue, Timeouts
from digest.deliver.wire.smtp import SmtpTransport
from digest.deliver.wire.stream import Wire
from digest.deliver.wire.transport import BrokenConnectionError
from digest.settings.mail import SmtpSettings
from tests.deliver.batch import MESSAGE, QUICK, SHORT, batch_of, carry, transport
from tests.smtpd import DROP, SILENCE, Script, ScriptedServer

OFFERS = {"pipelining": ("PIPELINING", "8BITMIME", "SMTPUTF8"), "one-at-a-time": ("8BITMIME", "SMTPUTF8"), "bare": ()}


@pytest.fixture(params=OFFERS)
def offers(request: pytest.FixtureRequest) -> Sequence[str]:
    return OFFERS[request.param]


async def test_every_message_is_sent_once_and_whole(offers: Sequence[str]) -> None:
    batch = batch_of(*(f"p{n}" for n in range(20)))
    async with ScriptedServer(offers=offers) as server:
        assert await carry(batch, server) == "done"
        assert server.taken == [(f"p{n}@example.org", MESSAGE) for n in range(20)]
        assert server.connections == 1
        assert server.commands[-1] == "QUIT"
    assert set(batch.result.values()) == {"sent"}
    assert all(outcome.detail == "250 2.0.0 Ok: queued" for outcome in batch.outcomes)


async def test_without_messages_there_is_no_connection() -> None:
    async with ScriptedServer() as server:
        assert await carry(batch_of(), server) == "done"
        assert server.connections == 0


async def test_a_connection_is_renewed_after_so_many_messages(offers: Sequence[str]) -> None:
    batch = batch_of(*(f"p{n}" for n in range(5)))
    async with ScriptedServer(offers=offers) as server:
        mail = transport(server, per_connection=2)
        for left in (3, 1, 0):
            await mail.carry(batch)
            assert len(batch.waiting) == left
        assert server.connections == 3


@pytest.mark.parametrize(("offered", "together"), [("PIPELINING", True), ("8BITMIME", False)])
async def test_the_next_envelope_leaves_with_the_end_of_a_message_only_where_that_is_offered(
    offered: str, together: bool
) -> None:
    async with ScriptedServer({"END": [SILENCE]}, offers=[offered]) as server:
        batch = batch_of("ada", "bob")
        await carry(batch, server, timeouts=SHORT)
    assert batch.result == {"ada": "?", "bob": "back"}
    assert (len(batch.open) == 2) == together


#: Point, what the server says there, what becomes of ada, of bob, and of the connection. "back": may be tried again.
FAILURES = [
    # A word about one recipient concerns that one only.
    ("RCPT ada@example.org", "450 4.2.1 Greylisted", "deferred", "sent", "done"),
    ("RCPT ada@example.org", "550 5.1.1 No such user", "failed", "sent", "done"),
    ("RCPT ada@example.org", "550 5.7.1 Not wanted", "deferred", "sent", "done"),
    ("DATA ada@example.org", "451 4.3.0 No disk", "deferred", "sent", "done"),
    ("DATA ada@example.org", "554 5.5.1 No valid recipients", "failed", "sent", "done"),
    ("END ada@example.org", "451 4.3.0 Queue full", "deferred", "sent", "done"),
    ("END ada@example.org", "550 5.2.1 Disabled", "failed", "sent", "done"),
    ("END ada@example.org", "554 5.6.0 Not liked", "deferred", "sent", "done"),
    ("RCPT ada@example.org", "552 Exceeded storage allocation", "failed", "sent", "done"),
    # What sounds as if it were for everybody may be about that recipient: the run decides when it has seen more.
    ("RCPT ada@example.org", "530 5.7.0 Log in first", "deferred", "sent", "done"),
    ("END ada@example.org", "535 5.7.8 Log in again", "deferred", "sent", "done"),
    ("END ada@example.org", "550 5.7.26 Unauthenticated", "deferred", "sent", "done"),
    ("RCPT ada@example.org", "550 5.2.3 Message too large for this recipient", "failed", "sent", "done"),
    ("END ada@example.org", "552 5.3.4 Too large", "failed", "sent", "done"),
    # A limit of the connection that holds for its first message is none.
    ("RCPT ada@example.org", "452 4.5.3 Too many recipients", "deferred", "sent", "done"),
    ("DATA ada@example.org", "452 4.4.5 Too many messages in this session", "deferred", "sent", "done"),
    # A limit of the connection behind the first: another may carry it.
    # The server speaks of bob's MAIL while the last recipient that it knows is ada.
    ("MAIL ada@example.org", "452 4.4.5 Too many messages in this session", "sent", "back", "broken"),
    ("RCPT bob@example.org", "452 4.5.3 Too many recipients", "sent", "back", "broken"),
    ("DATA bob@example.org", "452 4.4.5 Too many messages in this session", "sent", "back", "broken"),
    ("END bob@example.org", "554 5.5.0 Too many messages in this session", "sent", "back", "broken"),
    # A word about the connection: nothing is lost, and another connection may do.
    ("CONNECT", "421 4.3.2 Too many", "back", "back", "broken"),
    ("CONNECT", DROP, "back", "back", "broken"),
    ("CONNECT", SILENCE, "back", "back", "broken"),
    ("CONNECT", "hello?", "back", "back", "stopped"),
    ("EHLO", DROP, "back", "back", "broken"),
    ("EHLO", SILENCE, "back", "back", "broken"),
    ("EHLO", "421 4.3.2 Closing", "back", "back", "broken"),
    ("MAIL", "421 4.3.2 Closing", "back", "back", "broken"),
    ("MAIL", "451 4.3.0 Busy", "back", "back", "broken"),
    ("MAIL", DROP, "back", "back", "broken"),
    ("MAIL", SILENCE, "back", "back", "broken"),
    ("MAIL", "what?", "back", "back", "broken"),
    ("RCPT", "421 4.3.2 Closing", "back", "back", "broken"),
    ("RCPT", "503 5.5.1 Bad sequence", "back", "back", "broken"),
    ("RCPT", DROP, "back", "back", "broken"),
    ("RCPT", SILENCE, "back", "back", "broken"),
    ("DATA", "421 4.3.2 Closing", "back", "back", "broken"),
    ("DATA", "250 Ok?", "back", "back", "broken"),
    ("DATA", DROP, "back", "back", "broken"),
    ("DATA", SILENCE, "back", "back", "broken"),
    # Whoever says no and hangs up has said no.
    ("EHLO", f"250 welcome {DROP}", "back", "back", "broken"),
    ("MAIL", f"550 5.7.1 Sender refused {DROP}", "back", "back", "stopped"),
    ("RCPT", f"550 5.1.1 No such user {DROP}", "failed", "back", "broken"),
    ("RCPT", f"450 4.2.1 Greylisted {DROP}", "deferred", "back", "broken"),
    ("DATA", f"451 4.3.0 No disk {DROP}", "deferred", "back", "broken"),
    ("END", f"550 5.2.1 Disabled {DROP}", "failed", "back", "broken"),
    ("END", f"250 2.0.0 Ok {DROP}", "sent", "back", "broken"),
    # After the dot only the server knows.
    ("END", DROP, "?", "back", "broken"),
    ("END", SILENCE, "?", "back", "broken"),
    ("END", "what?", "?", "back", "broken"),
    ("END", "354 Go on?", "?", "back", "broken"),
    # Nobody's message will pass.
    ("CONNECT", "554 5.7.1 You are listed", "back", "back", "stopped"),
    ("EHLO", "550 5.7.1 Bad name", "back", "back", "stopped"),
    ("MAIL", "550 5.7.1 Sender refused", "back", "back", "stopped"),
    ("MAIL", "530 5.7.0 Log in first", "back", "back", "stopped"),
    # Everything is settled by then.
    ("QUIT", DROP, "sent", "sent", "done"),
    ("QUIT", SILENCE, "sent", "sent", "done"),
    ("QUIT", "what?", "sent", "sent", "done"),
    ("QUIT", "421 4.3.2 Closing", "sent", "sent", "done"),
]


@pytest.mark.parametrize(("point", "says", "ada", "bob", "end"), FAILURES)
async def test_a_failure_costs_no_message_and_doubles_none(  # noqa: PLR0917  # the columns of the table
    offers: Sequence[str], point: str, says: str, ada: str, bob: str, end: str
) -> None:
    batch = batch_of("ada", "bob")
    async with ScriptedServer({point: says}, offers=offers) as server:
        ended = await carry(batch, server, timeouts=SHORT if says == SILENCE else QUICK)
        taken = server.recipients
    assert ended.split(":")[0] == end
    assert batch.result == {"ada": ada, "bob": bob}
    assert taken == [f"{name}@example.org" for name, state in batch.result.items() if state == "sent"]


async def test_a_message_for_nobody_is_ended_where_the_server_asks_for_one() -> None:
    # RFC 2920 §3.1: DATA may be accepted although every RCPT was refused.
    batch = batch_of("ada", "bob")
    script: Script = {
        "RCPT ada@example.org": "550 5.1.1 No such user",
        "DATA ada@example.org": "354 Go on",
        "END ada@example.org": "554 5.5.1 Nobody",
    }
    async with ScriptedServer(script) as server:
        assert await carry(batch, server) == "done"
        assert server.taken == [("bob@example.org", MESSAGE)]
    assert batch.result == {"ada": "failed", "bob": "sent"}


async def test_the_server_forgets_a_refused_envelope_before_the_next() -> None:
    batch = batch_of("ada", "bob")
    async with ScriptedServer({"RCPT ada@example.org": "550 5.1.1 No such user"}, offers=()) as server:
        await carry(batch, server)
        assert [line.split(" ")[0] for line in server.commands] == [
            *("EHLO", "MAIL", "RCPT"),
            *("RSET", "MAIL", "RCPT", "DATA", "QUIT"),
        ]


async def test_a_refusal_that_may_be_about_us_is_marked() -> None:
    batch = batch_of("ada", "bob", "cy")
    script = {"RCPT ada@example.org": "550 5.1.1 No such user", "RCPT bob@example.org": "550 5.7.1 Not wanted"}
    async with ScriptedServer(script) as server:
        await carry(batch, server)
    assert batch.suspects == ["bob@example.org"]
    assert "SPF" in batch.outcome_advice["bob@example.org"]


async def test_a_connection_lost_within_a_message_leaves_nothing_uncertain() -> None:
    # More than the buffers of both ends hold, so that the dot can't have left.
    batch = batch_of("ada", message=b"x" * 70 + b"\r\n" + (b"y" * 76 + b"\r\n") * 400_000)
    async with ScriptedServer({"BODY": DROP}) as server:
        assert (await carry(batch, server)).startswith("broken")
    assert batch.result == {"ada": "back"}


async def test_a_server_that_stops_reading_is_given_up() -> None:
    batch = batch_of("ada", message=(b"y" * 76 + b"\r\n") * 400_000)
    async with ScriptedServer({"BODY": SILENCE}) as server:
        assert await carry(batch, server, timeouts=SHORT) == "broken: the server stopped reading"
    assert batch.result == {"ada": "back"}


async def test_a_word_that_nobody_asked_for_is_not_taken_for_an_answer() -> None:
    batch = batch_of("ada", "bob")
    script = {"END ada@example.org": "250 2.0.0 Ok: queued\r\n250 2.0.0 Ok: stray"}
    async with ScriptedServer(script, offers=()) as server:
        ended = await carry(batch, server)
        assert ended.startswith("broken")
        assert "unasked" in ended
    assert batch.result["ada"] == "sent"


async def test_an_answer_too_many_is_not_taken_for_that_to_the_message(offers: Sequence[str]) -> None:
    batch = batch_of("ada")
    async with ScriptedServer({"DATA": "354 Go on\r\n250 2.0.0 Ok: stray"}, offers=offers) as server:
        ended = await carry(batch, server)
        assert ended.startswith("broken: the server said, unasked: 250")
        assert server.taken == []
    assert batch.result == {"ada": "back"}


async def test_a_server_older_than_ehlo_is_spoken_to_in_its_way() -> None:
    batch = batch_of("ada", "bob")
    async with ScriptedServer({"EHLO": "502 5.5.2 Not known here"}) as server:
        assert await carry(batch, server) == "done"
        assert [line.split(" ")[0] for line in server.commands][:3] == ["EHLO", "HELO", "MAIL"]
    assert batch.result == {"ada": "sent", "bob": "sent"}


async def test_an_address_with_other_letters_than_ascii_goes_where_it_is_offered() -> None:
    batch = batch_of("jürgen", "ada")
    async with ScriptedServer(offers=["SMTPUTF8", "PIPELINING"]) as server:
        await carry(batch, server)
        assert server.recipients == ["jürgen@example.org", "ada@example.org"]
        assert "MAIL FROM:<news@example.org> SMTPUTF8 BODY=8BITMIME" in server.commands
        assert "MAIL FROM:<news@example.org>" in server.commands


async def test_an_address_that_the_server_can_not_take_fails_with_the_reason() -> None:
    batch = batch_of("jürgen", "ada", "a b\r\nRCPT TO:<x@y.z>", "bob")
    async with ScriptedServer(offers=["PIPELINING"]) as server:
        assert await carry(batch, server) == "done"
        assert server.recipients == ["ada@example.org", "bob@example.org"]
        assert not any("x@y.z" in command for command in server.commands)
    failed = {outcome.recipient.email: outcome.detail for outcome in batch.outcomes if outcome.state == "failed"}
    assert "SMTPUTF8" in failed["jürgen@example.org"]
    assert len(failed) == 2


async def test_a_cancelled_carrier_leaves_its_messages_to_the_sender() -> None:
    batch = batch_of("ada")
    async with ScriptedServer({"END": SILENCE}) as server:
        carrying = asyncio.create_task(transport(server).carry(batch))
        await server.reached("END")
        carrying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await carrying
    assert batch.result == {"ada": "?"}


def test_the_standard_patience_is_that_of_the_rfc() -> None:
    assert (Timeouts().end, Timeouts().command, Timeouts().data) == (600, 300, 120)


async def test_a_connection_that_grew_old_is_renewed(offers: Sequence[str]) -> None:
    batch = batch_of("ada", "bob", "cy")
    async with ScriptedServer(offers=offers) as server:
        settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none")
        mail = SmtpTransport(settings, sender="news@example.org", timeouts=QUICK, renew_after=0)
        for left in (2, 1, 0):
            await mail.carry(batch)
            assert len(batch.waiting) == left
        assert server.connections == 3


async def test_a_connection_that_went_away_while_idle_costs_its_next_message_nothing() -> None:
    class Gone:
        """A wire at whose other end nobody is any more."""

        def expect_silence(self) -> None:
            raise BrokenConnectionError("the server closed the connection")

    batch = batch_of("ada", "bob")
    wire = cast("Wire", Gone())
    dialogue = Dialogue(
        wire=wire, sender="n@example.org", timeouts=QUICK, pipelining=True, utf8=False, batch=batch, left=100
    )
    with pytest.raises(BrokenConnectionError):
        await dialogue.run(await batch.next())
    # Nothing was sent of it: it is back among those that nobody has tried.
    assert [message.recipient.email for message in batch.waiting] == ["ada@example.org", "bob@example.org"]


@pytest.mark.parametrize(
    ("reply", "jurgen"),
    [
        ("555 5.5.4 Unsupported option: SMTPUTF8", "failed"),
        ("501 Syntax error in parameters", "failed"),
        ("553 5.6.7 Non-ASCII addresses not permitted", "failed"),
        ("550 Rejected", "deferred"),
    ],
)
@pytest.mark.parametrize("offers", [("PIPELINING", "SMTPUTF8"), ("SMTPUTF8",)])
async def test_an_smtputf8_that_is_offered_and_refused_concerns_only_who_needs_it(
    offers: Sequence[str], reply: str, jurgen: str
) -> None:
    batch = batch_of("ada", "jürgen@example.org", "bob")
    async with ScriptedServer({"MAIL": ["250 Ok", reply]}, offers=offers) as server:
        assert await carry(batch, server) == "done"
    assert batch.result == {"ada": "sent", "jürgen": jurgen, "bob": "sent"}
