"""Hands messages to a mail server.

aiosmtplib connects, encrypts and logs in; the messages then go over the same connection by our own dialogue, in groups
where the server takes them (RFC 2920): the end of a message and the envelope of the next leave together, so that a
message costs one round trip instead of four, and it is known whether a broken connection had carried the final dot.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import cast

import aiosmtplib

from digest.config import SmtpSettings
from digest.deliver.replies import Reply, Stage, Verdict, judge
from digest.deliver.transport import BrokenConnectionError, Letter, Round
from digest.deliver.wire import Wire
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState, Outcome

#: The system takes so much of a message from us at once. Of a larger one all but the dot goes first: if the connection
#: is lost before that has left, the message was not sent, and may be tried again.
_AT_ONCE = 65536
_UNFIT_ADDRESS = re.compile(r"[\x00-\x20\x7f<>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds. RFC 5321 §4.5.3.2 wants patience: to give up on a server that has the message makes doubles."""

    #: Each step of connecting, encrypting and logging in.
    connect: float = 60
    #: MAIL and RCPT.
    command: float = 300
    #: The answer to DATA.
    data: float = 120
    #: The server takes no octet for so long.
    block: float = 180
    #: After the final dot.
    end: float = 600
    quit: float = 5


class SmtpTransport:
    """A mail server.

    Args:
        sender: the envelope's sender.
        per_connection: messages on one connection before it is renewed.
        tls: for certificates other than those of the system; hosts are verified unless it says otherwise.
        pipelining: False keeps to one command at a time, whatever the server offers.
    """

    def __init__(
        self,
        settings: SmtpSettings,
        *,
        sender: str,
        per_connection: int = 100,
        timeouts: Timeouts | None = None,
        tls: ssl.SSLContext | None = None,
        pipelining: bool = True,
    ) -> None:
        self._settings = settings
        self._sender = sender
        self._per_connection = per_connection
        self._timeouts = timeouts or Timeouts()
        self._tls = tls
        self._pipelining = pipelining
        self._hello_name = ""

    async def carry(self, letters: Round) -> None:
        # No letter, no connection.
        letter = await letters.next()
        if letter is None:
            return
        async with AsyncExitStack() as connections:
            try:
                wire, offered = await connections.enter_async_context(self._connection())
            except BaseException:
                # It was not begun: a server that can't be reached is no attempt at this recipient.
                letters.put_back(letter)
                raise
            dialogue = _Dialogue(
                wire=wire,
                sender=self._sender,
                timeouts=self._timeouts,
                pipelining=self._pipelining and "pipelining" in offered,
                utf8="smtputf8" in offered,
                letters=letters,
                left=self._per_connection,
            )
            await dialogue.run(letter)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[tuple[Wire, frozenset[str]]]:
        client = await self._client()
        try:
            async with asyncio.timeout(4 * self._timeouts.connect):
                await _open(client, self._settings)
        except BaseException:
            client.close()
            raise
        wire = Wire(cast("asyncio.Transport", client.transport))
        try:
            yield wire, frozenset(client.esmtp_extensions)
            # Everything is settled: however the server takes the leave, it changes nothing.
            with suppress(BrokenConnectionError):
                wire.write(b"QUIT\r\n")
                await wire.reply(self._timeouts.quit)
        except BaseException:
            wire.abort()
            raise
        finally:
            await wire.close(self._timeouts.quit)
            client.close()

    async def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        # Asked for once: without DNS it takes seconds.
        self._hello_name = self._hello_name or await asyncio.to_thread(_own_name)
        return aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.username or None,
            password=settings.password.get_secret_value() or None,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=self._tls,
            local_hostname=self._hello_name,
            timeout=self._timeouts.connect,
        )


def _own_name() -> str:
    """What we call ourselves: a full name, or an address literal (RFC 5321 §4.1.4)."""
    name = socket.getfqdn()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


async def _open(client: aiosmtplib.SMTP, settings: SmtpSettings) -> None:
    """Connect, encrypt, log in.

    Raises:
        BrokenConnectionError: it may work later.
        DeliveryStoppedError: it won't.
    """
    server = f"{settings.host}:{settings.port}"
    try:
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await client.ehlo()
    except aiosmtplib.SMTPResponseException as error:
        _raise_refused(server, error, encrypted=settings.security != "none")
    except (aiosmtplib.SMTPException, OSError) as error:
        _raise_unreachable(server, error)


def _raise_refused(server: str, error: aiosmtplib.SMTPResponseException, *, encrypted: bool) -> None:
    stage = {
        aiosmtplib.SMTPAuthenticationError: Stage.LOGIN,
        aiosmtplib.SMTPConnectResponseError: Stage.CONNECT,
        aiosmtplib.SMTPHeloError: Stage.HELLO,
    }.get(type(error), Stage.TLS if encrypted else Stage.HELLO)
    reply = Reply(error.code, error.message)
    if judge(stage, reply) is not Verdict.STOP:
        raise BrokenConnectionError(f"{server} answered: {reply}", code=error.code) from error
    if stage is Stage.LOGIN:
        hint = "Check SMTP_USERNAME and SMTP_PASSWORD in .env."
        raise DeliveryStoppedError(f"{server} refuses the login: {reply}", hint=hint) from error
    hint = "Check SMTP_HOST and SMTP_PORT in .env."
    raise DeliveryStoppedError(f"{server} refuses us: {reply}", hint=hint) from error


def _raise_unreachable(server: str, error: Exception) -> None:
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        raise DeliveryStoppedError(
            f"The certificate of {server} can't be verified: {causes[-1]}",
            hint="Check that SMTP_HOST is the name in the server's certificate.",
        ) from error
    if any(isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME for cause in causes):
        raise DeliveryStoppedError(f"There is no server called {server}.", hint="Check SMTP_HOST in .env.") from error
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        raise DeliveryStoppedError(
            f"{server} can't be spoken to over TLS: {causes[-1]}",
            hint="SMTP_SECURITY is tls for port 465 and starttls for port 587.",
        ) from error
    if type(error) is aiosmtplib.SMTPException:
        # aiosmtplib found that the server offers no STARTTLS or no way to log in.
        raise DeliveryStoppedError(
            f"{server}: {error.message}", hint="Check SMTP_SECURITY and SMTP_USERNAME in .env."
        ) from error
    raise BrokenConnectionError(f"{server} can't be reached: {causes[-1]}") from error


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


@dataclass(slots=True, kw_only=True)
class _Dialogue:
    """Letters over one connection, one after the other."""

    wire: Wire
    sender: str
    timeouts: Timeouts
    pipelining: bool
    utf8: bool
    letters: Round
    #: Messages that this connection may still carry.
    left: int
    #: The last transaction was refused half-way: the server still has its envelope.
    stale: bool = False

    async def run(self, letter: Letter | None) -> None:
        letter = self._fit(letter) or await self._next()
        self._announce(letter)
        while letter:
            if await self._envelope_accepted(letter):
                letter = await self._send(letter)
            else:
                letter = await self._next()
                self._announce(letter)

    async def _send(self, letter: Letter) -> Letter | None:
        """Send the message and take its answer; returns the letter whose envelope went with it."""
        message = letter.message()
        if len(message) > _AT_ONCE:
            self.wire.write(message)
            await self.wire.drained(self.timeouts.block)
            message = b""
        following = self._following() if self.pipelining else None
        letter.committed = True
        self.wire.write(b"".join([message, b".\r\n", self._envelope(following) if following else b""]))
        self._conclude(letter, Stage.END, await self.wire.reply(self.timeouts.end))
        if following is None:
            following = await self._next()
            self._announce(following)
        return following

    # --- which letter -------------------------------------------------------------------------------------------

    async def _next(self) -> Letter | None:
        while self.left > 0 and (letter := await self.letters.next()):
            if self._fit(letter):
                return letter
        return None

    def _following(self) -> Letter | None:
        while self.left > 0 and (letter := self.letters.ready()):
            if self._fit(letter):
                return letter
        return None

    def _fit(self, letter: Letter | None) -> Letter | None:
        """The letter, unless its address can't be said on this connection."""
        if letter is None:
            return None
        address = letter.recipient.email
        problem = ""
        if _UNFIT_ADDRESS.search(address):
            problem = "not an address"
        elif not address.isascii() and not self.utf8:
            problem = "the server takes no addresses with letters other than ASCII (SMTPUTF8)"
        if not problem:
            self.left -= 1
            return letter
        self.letters.settle(
            letter, Outcome(recipient=letter.recipient, state=DeliveryState.FAILED, detail=problem), suspect=False
        )
        return None

    # --- envelopes ----------------------------------------------------------------------------------------------

    def _commands(self, letter: Letter) -> list[tuple[Stage, bytes]]:
        address = letter.recipient.email
        options = "" if address.isascii() and self.sender.isascii() else " SMTPUTF8 BODY=8BITMIME"
        return [
            (Stage.SENDER, f"MAIL FROM:<{self.sender}>{options}\r\n".encode()),
            (Stage.RECIPIENT, f"RCPT TO:<{address}>\r\n".encode()),
            (Stage.DATA, b"DATA\r\n"),
        ]

    def _envelope(self, letter: Letter) -> bytes:
        return b"".join(command for _, command in self._commands(letter))

    def _announce(self, letter: Letter | None) -> None:
        """Begin a transaction while the server waits for one."""
        if letter is None:
            return
        self.wire.expect_silence()
        reset = b"RSET\r\n" if self.stale else b""
        if self.pipelining:
            self.wire.write(reset + self._envelope(letter))
        elif reset:
            self.wire.write(reset)

    async def _envelope_accepted(self, letter: Letter) -> bool:
        """Read what the server says to MAIL, RCPT and DATA; settles the letter if it refuses one."""
        await self._reset_accepted()
        refusal: tuple[Stage, Reply] | None = None
        for stage, command in self._commands(letter):
            if not self.pipelining:
                self.wire.write(command)
            reply = await self.wire.reply(self.timeouts.data if stage is Stage.DATA else self.timeouts.command)
            accepted = judge(stage, reply) is Verdict.ACCEPTED
            if not accepted:
                refusal = refusal or (stage, reply)
                if not self.pipelining:
                    break
            elif stage is Stage.DATA and refusal:
                # The server wants a message for nobody (RFC 2920 §3.1): an empty one.
                self.wire.write(b".\r\n")
                await self.wire.reply(self.timeouts.end)
        if refusal:
            self.stale = True
            self._conclude(letter, *refusal)
        return refusal is None

    async def _reset_accepted(self) -> None:
        if self.stale:
            reply = await self.wire.reply(self.timeouts.command)
            if reply.code // 100 != 2:
                raise BrokenConnectionError(f"RSET was answered with: {reply}", code=reply.code)
            self.stale = False

    # --- answers ------------------------------------------------------------------------------------------------

    def _conclude(self, letter: Letter, stage: Stage, reply: Reply) -> None:
        """Settle a letter by the server's answer.

        Raises:
            BrokenConnectionError: the connection is of no more use; the letter stays open.
            DeliveryStoppedError: nobody's message will pass; the letter stays open.
        """
        verdict = judge(stage, reply)
        if verdict in (Verdict.RECONNECT, Verdict.UNCERTAIN):
            raise BrokenConnectionError(str(reply), code=reply.code)
        if verdict is Verdict.STOP:
            letter.committed = False
            raise DeliveryStoppedError(
                f"The server refuses mail from {self.sender}: {reply}",
                hint="Check newsletter.sender, and SMTP_USERNAME and SMTP_PASSWORD in .env; then send again.",
            )
        state: DeliveryState = _STATES[verdict]
        outcome = Outcome(recipient=letter.recipient, state=state, code=reply.code, detail=str(reply))  # type: ignore[arg-type]
        self.letters.settle(letter, outcome, suspect=verdict is Verdict.SUSPECT)


_STATES = {
    Verdict.ACCEPTED: DeliveryState.SENT,
    Verdict.DEFER: DeliveryState.DEFERRED,
    Verdict.SUSPECT: DeliveryState.DEFERRED,
    Verdict.REFUSE: DeliveryState.FAILED,
}
