"""Messages over one connection to a mail server, one after the other (RFC 5321), in groups where it takes them.

Where the server offers PIPELINING (RFC 2920) the end of a message and the envelope of the next leave together: a
message costs one round trip instead of four. Elsewhere each command waits for its answer. Every answer is judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from digest.deliver.wire.replies import Reply, advice_for, verdict_of
from digest.deliver.wire.stream import Wire
from digest.deliver.wire.transport import Batch, BrokenConnectionError, Message, ServerRefusedError
from digest.deliver.wire.verdicts import Stage, Verdict
from digest.model import DeliveryState, Outcome, Recipient

#: The system takes so much of a message from us at once. Of a larger one all but the dot goes first: if the connection
#: is lost before that has left, the message was not sent, and may be tried again.
_AT_ONCE = 65536
_ENVELOPE = (Stage.SENDER, Stage.RECIPIENT, Stage.DATA)
_SAID = (b"", b"", b"")
#: What servers say to an SMTPUTF8 that they don't take after all (RFC 5321 §4.2.2; RFC 6531 §3.5: X.6.7 and X.6.9).
_NO_UTF8 = re.compile(
    r"^5(0[014]|55)\b|^5\d\d 5\.(6\.[79]|5\.4)\b|^5.*\b((smtp)?utf-?8|non-?ascii|option|parameter)", re.IGNORECASE
)
#: They may mean it, or the sender: that the next message without SMTPUTF8 will show.
_PERHAPS_NO_UTF8 = frozenset({550, 553})
_UNFIT_ADDRESS = re.compile(r"[\x00-\x20\x7f<>]")
_STATES: dict[Verdict, Literal[DeliveryState.SENT, DeliveryState.DEFERRED, DeliveryState.FAILED]] = {
    Verdict.ACCEPTED: DeliveryState.SENT,
    Verdict.DEFER: DeliveryState.DEFERRED,
    Verdict.LATER: DeliveryState.DEFERRED,
    Verdict.GREYLISTED: DeliveryState.DEFERRED,
    Verdict.SLOW_DOWN: DeliveryState.DEFERRED,
    Verdict.SUSPECT: DeliveryState.DEFERRED,
    Verdict.STOP: DeliveryState.DEFERRED,
    Verdict.TOO_LARGE: DeliveryState.FAILED,
    Verdict.UNCLEAR: DeliveryState.FAILED,
    Verdict.REFUSE: DeliveryState.FAILED,
    Verdict.GONE: DeliveryState.FAILED,
}


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


@dataclass(slots=True, kw_only=True)
class Dialogue:
    """Messages over one connection, one after the other."""

    wire: Wire
    sender: str
    timeouts: Timeouts
    pipelining: bool
    utf8: bool
    batch: Batch
    #: Messages that this connection may still carry.
    left: int
    #: Where a recipient's bounces go, if not to the sender.
    return_path: Callable[[Recipient], str] | None = None
    #: Whether it is old enough to be renewed.
    old: Callable[[], bool] = lambda: False
    #: The last transaction was refused half-way: the server still has its envelope.
    stale: bool = False
    #: Messages that this connection brought to an end.
    ended: int = 0

    async def run(self, message: Message | None) -> None:
        message = self._fit(message) or await self._next()
        self._announce(message)
        while message:
            if await self._envelope_accepted(message):
                message = await self._send(message)
            else:
                message = await self._next()
                self._announce(message)

    async def _send(self, message: Message) -> Message | None:
        """Send the message and take its answer; returns the message whose envelope went with it."""
        # An answer too many would be taken for the one to this message.
        self.wire.expect_silence()
        pieces = message.pieces()
        if sum(map(len, pieces)) > _AT_ONCE:
            self.wire.write(b"".join(pieces))
            await self.wire.drained(self.timeouts.block)
            pieces = ()
        following = self._following() if self.pipelining else None
        self.batch.commit(message)
        self.wire.write(b"".join([*pieces, b".\r\n", self._envelope(following) if following else b""]))
        self._conclude(message, Stage.END, await self.wire.reply(self.timeouts.end))
        if following is None:
            following = await self._next()
            self._announce(following)
        return following

    # --- which message -------------------------------------------------------------------------------------------

    async def _next(self) -> Message | None:
        while self.left > 0 and not self.old() and (message := await self.batch.next()):
            if self._fit(message):
                return message
        return None

    def _following(self) -> Message | None:
        while self.left > 0 and not self.old() and (message := self.batch.ready()):
            if self._fit(message):
                return message
        return None

    def _fit(self, message: Message | None) -> Message | None:
        """The message, unless its address can't be said on this connection: then it fails."""
        if message is None:
            return None
        address = message.recipient.email
        if _UNFIT_ADDRESS.search(address):
            problem = "not an address"
        elif not address.isascii() and not self.utf8:
            problem = "the server takes no addresses with letters other than ASCII (SMTPUTF8)"
        else:
            self.left -= 1
            return message
        self.batch.settle(message, Outcome(recipient=message.recipient, state=DeliveryState.FAILED, detail=problem))
        return None

    # --- envelopes ----------------------------------------------------------------------------------------------

    def _envelope(self, message: Message) -> bytes:
        """MAIL, RCPT and DATA, a line each."""
        address = message.recipient.email
        sender = self.return_path(message.recipient) if self.return_path else self.sender
        options = "" if address.isascii() and sender.isascii() else " SMTPUTF8 BODY=8BITMIME"
        return f"MAIL FROM:<{sender}>{options}\r\nRCPT TO:<{address}>\r\nDATA\r\n".encode()

    def _announce(self, message: Message | None) -> None:
        """Begin a transaction while the server waits for one."""
        if message is None:
            return
        try:
            self.wire.expect_silence()
        except BrokenConnectionError:
            # It went away while nobody had a message for it: that is no failure of this one.
            self.batch.put_back(message)
            raise
        if self.stale:
            self.wire.write(b"RSET\r\n")
        if self.pipelining:
            self.wire.write(self._envelope(message))

    async def _envelope_accepted(self, message: Message) -> bool:
        """Read what the server says to MAIL, RCPT and DATA; settles the message if it refuses one."""
        await self._reset_accepted()
        refusal: tuple[Stage, Reply] | None = None
        # What is still to be said.
        commands = _SAID if self.pipelining else self._envelope(message).splitlines(keepends=True)
        try:
            for stage, command in zip(_ENVELOPE, commands, strict=True):
                if command and refusal:
                    break
                reply = await self._answer(stage, command)
                if verdict_of(stage, reply) is not Verdict.ACCEPTED:
                    refusal = refusal or (stage, reply)
                elif stage is Stage.DATA and refusal:
                    await self._send_nothing()
        except BrokenConnectionError:
            # Some servers say no and hang up: what they said counts.
            if refusal is None:
                raise
        if refusal:
            self.stale = True
            self._conclude(message, *refusal)
        return refusal is None

    async def _answer(self, stage: Stage, command: bytes) -> Reply:
        if command:
            self.wire.write(command)
        return await self.wire.reply(self.timeouts.data if stage is Stage.DATA else self.timeouts.command)

    async def _send_nothing(self) -> None:
        """A server may ask for the message though it refused the recipient (RFC 2920 §3.1): it gets an empty one."""
        self.wire.write(b".\r\n")
        await self.wire.reply(self.timeouts.end)

    async def _reset_accepted(self) -> None:
        if self.stale:
            reply = await self.wire.reply(self.timeouts.command)
            if reply.code // 100 != 2:
                raise BrokenConnectionError(f"RSET was answered with: {reply}", code=reply.code)
            self.stale = False

    # --- answers ------------------------------------------------------------------------------------------------

    def _conclude(self, message: Message, stage: Stage, reply: Reply) -> None:
        """Settle a message by the server's answer.

        Raises:
            BrokenConnectionError: the connection is of no more use; the message stays open.
            DeliveryStoppedError: nobody's message will pass; the message stays open.
        """
        if stage is Stage.SENDER and (state := self._without_utf8(message, reply)):
            detail = f"the server refuses addresses with letters other than ASCII (SMTPUTF8): {reply}"
            self.batch.settle(
                message, Outcome(recipient=message.recipient, state=state, code=reply.code, detail=detail)
            )
            return
        verdict = verdict_of(stage, reply)
        if verdict is Verdict.SPENT and not self.ended:
            # Another connection would carry no more.
            verdict = Verdict.SLOW_DOWN
        if verdict in _STATES and stage > Stage.SENDER:
            self.ended += 1
            if verdict is not Verdict.ACCEPTED:
                message.advice = advice_for(stage, reply)
            self.batch.settle(message, _outcome(message, verdict, reply), verdict)
            return
        # Only a server that says nothing we understand leaves open whether it took the message.
        message.committed = verdict is Verdict.UNCERTAIN
        if verdict is Verdict.TOO_LARGE:
            raise ServerRefusedError(f"The message is too large for the server: {reply}", hint=advice_for(stage, reply))
        if verdict is Verdict.STOP:
            raise ServerRefusedError(
                f"The server refuses mail from {self.sender}: {reply}", hint=advice_for(stage, reply)
            )
        raise BrokenConnectionError(str(reply), code=reply.code, verdict=verdict)

    def _without_utf8(
        self, message: Message, reply: Reply
    ) -> Literal[DeliveryState.FAILED, DeliveryState.DEFERRED] | None:
        """What becomes of the only kind of message that needs SMTPUTF8, where the server refuses what it offered."""
        sender = self.return_path(message.recipient) if self.return_path else self.sender
        if message.recipient.email.isascii() or not sender.isascii():
            return None
        if _NO_UTF8.search(str(reply)):
            return DeliveryState.FAILED
        return DeliveryState.DEFERRED if reply.code in _PERHAPS_NO_UTF8 else None


def _outcome(message: Message, verdict: Verdict, reply: Reply) -> Outcome:
    return Outcome(
        recipient=message.recipient,
        state=_STATES[verdict],
        code=reply.code,
        detail=str(reply),
        gone=verdict is Verdict.GONE,
        tried=verdict is not Verdict.SLOW_DOWN,
    )
