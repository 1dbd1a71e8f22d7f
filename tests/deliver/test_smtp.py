"""The dialogue with a mail server, at every point where it can go wrong, with and without pipelining."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
import trustme

from digest.config import SmtpSettings
from digest.deliver.smtp import SmtpTransport, Timeouts
from digest.deliver.transport import BrokenConnectionError, Letter
from digest.errors import DeliveryStoppedError
from digest.model import Outcome, Recipient
from tests.smtpd import DROP, SILENCE, Script, ScriptedServer

MESSAGE = b"Subject: hello\r\n\r\nHello\r\n"
#: Silence is waited for; so short a time would be wrong anywhere but here.
SHORT = Timeouts(connect=0.3, command=0.3, data=0.3, block=0.3, end=0.3, quit=0.3)
QUICK = Timeouts(connect=10, command=10, data=10, block=10, end=10, quit=0.3)


@dataclass
class Hand:
    """A round that hands out letters and writes down what comes back."""

    waiting: deque[Letter]
    open: list[Letter] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    suspects: list[str] = field(default_factory=list)

    async def next(self) -> Letter | None:
        return self.ready()

    def ready(self) -> Letter | None:
        if not self.waiting:
            return None
        self.open.append(self.waiting.popleft())
        return self.open[-1]

    def put_back(self, letter: Letter) -> None:
        self.open.remove(letter)
        self.waiting.appendleft(letter)

    def settle(self, letter: Letter, outcome: Outcome, *, suspect: bool = False) -> None:
        self.open.remove(letter)
        self.outcomes.append(outcome)
        if suspect:
            self.suspects.append(outcome.recipient.email)

    @property
    def result(self) -> dict[str, str]:
        """What became of each: its state, "?" where only the server knows, "back" where it can be tried again."""
        settled = {outcome.recipient.email.partition("@")[0]: str(outcome.state) for outcome in self.outcomes}
        left = {letter.recipient.email.partition("@")[0]: "?" if letter.committed else "back" for letter in self.open}
        return {letter.recipient.email.partition("@")[0]: "back" for letter in self.waiting} | settled | left


def hand(*names: str, message: bytes = MESSAGE) -> Hand:
    addresses = [name if "@" in name else f"{name}@example.org" for name in names]
    return Hand(deque(Letter(recipient=Recipient(key=one, email=one), write=lambda _: message) for one in addresses))


def transport(server: ScriptedServer, *, timeouts: Timeouts = QUICK, per_connection: int = 100) -> SmtpTransport:
    settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none")
    return SmtpTransport(settings, sender="news@example.org", timeouts=timeouts, per_connection=per_connection)


async def carry(letters: Hand, server: ScriptedServer, *, timeouts: Timeouts = QUICK) -> str:
    """Carry letters over one connection; returns how it ended."""
    try:
        await transport(server, timeouts=timeouts).carry(letters)
    except BrokenConnectionError as error:
        return f"broken: {error}"
    except DeliveryStoppedError as error:
        return f"stopped: {error}"
    return "done"


OFFERS = {"pipelining": ("PIPELINING", "8BITMIME", "SMTPUTF8"), "one-at-a-time": ("8BITMIME", "SMTPUTF8"), "bare": ()}


@pytest.fixture(params=OFFERS)
def offers(request: pytest.FixtureRequest) -> Sequence[str]:
    return OFFERS[request.param]


async def test_every_letter_is_sent_once_and_whole(offers: Sequence[str]) -> None:
    letters = hand(*(f"p{n}" for n in range(20)))
    async with ScriptedServer(offers=offers) as server:
        assert await carry(letters, server) == "done"
        assert server.taken == [(f"p{n}@example.org", MESSAGE) for n in range(20)]
        assert server.connections == 1
        assert server.commands[-1] == "QUIT"
    assert set(letters.result.values()) == {"sent"}
    assert all(outcome.detail == "250 2.0.0 Ok: queued" for outcome in letters.outcomes)


async def test_without_letters_there_is_no_connection() -> None:
    async with ScriptedServer() as server:
        assert await carry(hand(), server) == "done"
        assert server.connections == 0


async def test_a_connection_is_renewed_after_so_many_messages(offers: Sequence[str]) -> None:
    letters = hand(*(f"p{n}" for n in range(5)))
    async with ScriptedServer(offers=offers) as server:
        mail = transport(server, per_connection=2)
        for left in (3, 1, 0):
            await mail.carry(letters)
            assert len(letters.waiting) == left
        assert server.connections == 3


@pytest.mark.parametrize(("offered", "together"), [("PIPELINING", True), ("8BITMIME", False)])
async def test_the_next_envelope_leaves_with_the_end_of_a_message_only_where_that_is_offered(
    offered: str, together: bool
) -> None:
    async with ScriptedServer({"END": [SILENCE]}, offers=[offered]) as server:
        letters = hand("ada", "bob")
        await carry(letters, server, timeouts=SHORT)
    assert letters.result == {"ada": "?", "bob": "back"}
    assert (len(letters.open) == 2) == together


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
    # A word about the connection: nothing is lost, and another connection may do.
    ("CONNECT", "421 4.3.2 Too many", "back", "back", "broken"),
    ("CONNECT", DROP, "back", "back", "broken"),
    ("CONNECT", SILENCE, "back", "back", "broken"),
    ("CONNECT", "hello?", "back", "back", "broken"),
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
    ("RCPT", "530 5.7.0 Log in first", "back", "back", "stopped"),
    ("END", "535 5.7.8 Log in again", "back", "back", "stopped"),
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
    letters = hand("ada", "bob")
    async with ScriptedServer({point: says}, offers=offers) as server:
        ended = await carry(letters, server, timeouts=SHORT if says == SILENCE else QUICK)
        taken = server.recipients
    assert ended.split(":")[0] == end
    assert letters.result == {"ada": ada, "bob": bob}
    assert taken == [f"{name}@example.org" for name, state in letters.result.items() if state == "sent"]


async def test_a_message_for_nobody_is_ended_where_the_server_asks_for_one() -> None:
    # RFC 2920 §3.1: DATA may be accepted although every RCPT was refused.
    letters = hand("ada", "bob")
    script: Script = {
        "RCPT ada@example.org": "550 5.1.1 No such user",
        "DATA ada@example.org": "354 Go on",
        "END ada@example.org": "554 5.5.1 Nobody",
    }
    async with ScriptedServer(script) as server:
        assert await carry(letters, server) == "done"
        assert server.taken == [("bob@example.org", MESSAGE)]
    assert letters.result == {"ada": "failed", "bob": "sent"}


async def test_the_server_forgets_a_refused_envelope_before_the_next() -> None:
    letters = hand("ada", "bob")
    async with ScriptedServer({"RCPT ada@example.org": "550 5.1.1 No such user"}, offers=()) as server:
        await carry(letters, server)
        assert [line.split(" ")[0] for line in server.commands] == [
            *("EHLO", "MAIL", "RCPT"),
            *("RSET", "MAIL", "RCPT", "DATA", "QUIT"),
        ]


async def test_a_refusal_that_may_be_about_us_is_marked() -> None:
    letters = hand("ada", "bob", "cy")
    script = {"RCPT ada@example.org": "550 5.1.1 No such user", "RCPT bob@example.org": "550 5.7.1 Not wanted"}
    async with ScriptedServer(script) as server:
        await carry(letters, server)
    assert letters.suspects == ["bob@example.org"]


async def test_a_connection_lost_within_a_message_leaves_nothing_uncertain() -> None:
    # More than the buffers of both ends hold, so that the dot can't have left.
    letters = hand("ada", message=b"x" * 70 + b"\r\n" + (b"y" * 76 + b"\r\n") * 400_000)
    async with ScriptedServer({"BODY": DROP}) as server:
        assert (await carry(letters, server)).startswith("broken")
    assert letters.result == {"ada": "back"}


async def test_a_server_that_stops_reading_is_given_up() -> None:
    letters = hand("ada", message=(b"y" * 76 + b"\r\n") * 400_000)
    async with ScriptedServer({"BODY": SILENCE}) as server:
        assert await carry(letters, server, timeouts=SHORT) == "broken: the server stopped reading"
    assert letters.result == {"ada": "back"}


async def test_a_word_that_nobody_asked_for_is_not_taken_for_an_answer() -> None:
    letters = hand("ada", "bob")
    script = {"END ada@example.org": "250 2.0.0 Ok: queued\r\n250 2.0.0 Ok: stray"}
    async with ScriptedServer(script, offers=()) as server:
        ended = await carry(letters, server)
        assert ended.startswith("broken")
        assert "unasked" in ended
    assert letters.result["ada"] == "sent"


async def test_an_answer_too_many_is_not_taken_for_that_to_the_message(offers: Sequence[str]) -> None:
    letters = hand("ada")
    async with ScriptedServer({"DATA": "354 Go on\r\n250 2.0.0 Ok: stray"}, offers=offers) as server:
        ended = await carry(letters, server)
        assert ended.startswith("broken: the server said, unasked: 250")
        assert server.taken == []
    assert letters.result == {"ada": "back"}


async def test_a_server_older_than_ehlo_is_spoken_to_in_its_way() -> None:
    letters = hand("ada", "bob")
    async with ScriptedServer({"EHLO": "502 5.5.2 Not known here"}) as server:
        assert await carry(letters, server) == "done"
        assert [line.split(" ")[0] for line in server.commands][:3] == ["EHLO", "HELO", "MAIL"]
    assert letters.result == {"ada": "sent", "bob": "sent"}


async def test_an_address_with_other_letters_than_ascii_goes_where_it_is_offered() -> None:
    letters = hand("jürgen", "ada")
    async with ScriptedServer(offers=["SMTPUTF8", "PIPELINING"]) as server:
        await carry(letters, server)
        assert server.recipients == ["jürgen@example.org", "ada@example.org"]
        assert "MAIL FROM:<news@example.org> SMTPUTF8 BODY=8BITMIME" in server.commands
        assert "MAIL FROM:<news@example.org>" in server.commands


async def test_an_address_that_the_server_can_not_take_fails_with_the_reason() -> None:
    letters = hand("jürgen", "ada", "a b\r\nRCPT TO:<x@y.z>", "bob")
    async with ScriptedServer(offers=["PIPELINING"]) as server:
        assert await carry(letters, server) == "done"
        assert server.recipients == ["ada@example.org", "bob@example.org"]
        assert not any("x@y.z" in command for command in server.commands)
    failed = {outcome.recipient.email: outcome.detail for outcome in letters.outcomes if outcome.state == "failed"}
    assert "SMTPUTF8" in failed["jürgen@example.org"]
    assert len(failed) == 2


async def test_a_cancelled_carrier_leaves_its_letters_to_the_sender() -> None:
    letters = hand("ada")
    async with ScriptedServer({"END": SILENCE}) as server:
        carrying = asyncio.create_task(transport(server).carry(letters))
        await server.reached("END")
        carrying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await carrying
    assert letters.result == {"ada": "?"}


# --- connecting -------------------------------------------------------------------------------------------------


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
    letters = hand("ada", "bob")
    async with ScriptedServer(tls=server_side(authority)) as server:
        await encrypted(server, client_side(authority)).carry(letters)
        assert server.recipients == ["ada@example.org", "bob@example.org"]
        assert server.commands[1] == "STARTTLS"


async def test_a_certificate_of_an_unknown_authority_stops_the_run(authority: trustme.CA) -> None:
    letters = hand("ada")
    async with ScriptedServer(tls=server_side(authority)) as server:
        with pytest.raises(DeliveryStoppedError, match=r"certificate of localhost:\d+ can't be verified"):
            await encrypted(server, None).carry(letters)
    assert letters.result == {"ada": "back"}


async def test_a_certificate_of_another_host_stops_the_run(authority: trustme.CA) -> None:
    async with ScriptedServer(tls=server_side(authority, "elsewhere.example")) as server:
        with pytest.raises(DeliveryStoppedError, match="can't be verified"):
            await encrypted(server, client_side(authority)).carry(hand("ada"))


async def test_a_server_without_starttls_gets_no_mail_in_the_clear(authority: trustme.CA) -> None:
    async with ScriptedServer() as server:
        with pytest.raises(DeliveryStoppedError, match="STARTTLS") as caught:
            await encrypted(server, client_side(authority)).carry(hand("ada"))
        assert "SMTP_SECURITY" in caught.value.hint
        assert server.taken == []


async def test_a_login_that_is_refused_stops_the_run_and_keeps_the_password() -> None:
    settings = {"username": "news", "password": "hunter2", "security": "none", "host": "127.0.0.1"}
    async with ScriptedServer({"AUTH": "535 5.7.8 Bad credentials"}, offers=["AUTH PLAIN"]) as server:
        mail = SmtpTransport(SmtpSettings(port=server.port, **settings), sender="n@example.org", timeouts=QUICK)  # type: ignore[arg-type]
        with pytest.raises(DeliveryStoppedError, match="refuses the login: 535") as caught:
            await mail.carry(hand("ada"))
    assert "SMTP_PASSWORD" in caught.value.hint
    assert "hunter2" not in str(caught.value)


async def test_a_login_that_is_accepted_comes_before_the_mail() -> None:
    settings = {"username": "news", "password": "hunter2", "security": "none", "host": "127.0.0.1"}
    async with ScriptedServer(offers=["AUTH PLAIN", "PIPELINING"]) as server:
        mail = SmtpTransport(SmtpSettings(port=server.port, **settings), sender="n@example.org", timeouts=QUICK)  # type: ignore[arg-type]
        await mail.carry(hand("ada"))
        assert [line.split(" ")[0] for line in server.commands][:3] == ["EHLO", "AUTH", "MAIL"]


async def test_a_server_that_is_not_there_may_come_back() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings = SmtpSettings(host="127.0.0.1", port=free.getsockname()[1], security="none")
        letters = hand("ada")
        with pytest.raises(BrokenConnectionError, match="can't be reached"):
            await SmtpTransport(settings, sender="n@example.org", timeouts=QUICK).carry(letters)
    assert letters.result == {"ada": "back"}


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", f"{'x' * 70}.example"])
async def test_a_name_that_no_server_has_is_named(host: str) -> None:
    settings = SmtpSettings(host=host, port=25, security="none")
    # Without a resolver the system can't tell whether there is one.
    with pytest.raises((DeliveryStoppedError, BrokenConnectionError), match=re.escape(host)):
        await SmtpTransport(settings, sender="n@example.org", timeouts=QUICK).carry(hand("ada"))


def test_the_standard_patience_is_that_of_the_rfc() -> None:
    assert (Timeouts().end, Timeouts().command, Timeouts().data) == (600, 300, 120)
