"""The door between the sender and whatever takes the messages: a mail server, or a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from digest.deliver.wire.verdicts import Verdict
from digest.errors import DeliveryStoppedError
from digest.model import Outcome, Recipient


@dataclass(eq=False, slots=True, kw_only=True)
class Message:
    """A message on its way; it is written when it is needed, so that those waiting take no memory."""

    recipient: Recipient
    #: Gives the pieces of the message.
    write: Callable[[Recipient], Sequence[bytes]] = field(repr=False)
    #: Set before the bytes that end the message go out: from then on only the server's answer tells whether it was
    #: sent, and without one it is uncertain.
    committed: bool = False
    #: How often a connection broke under it.
    broken: int = 0
    #: What the owner may do where all are refused as this one was.
    advice: str = ""

    def pieces(self) -> Sequence[bytes]:
        return self.write(self.recipient)

    def as_bytes(self) -> bytes:
        return b"".join(self.pieces())


class Batch(Protocol):
    """What one connection is to deliver. The sender owns the messages; a transport settles each or leaves it open."""

    async def next(self) -> Message | None:
        """The next message, as soon as the limits allow; None where there will be none."""
        ...

    def ready(self) -> Message | None:
        """The next message if there is one to be had at once."""
        ...

    def put_back(self, message: Message) -> None:
        """Give back a message that nothing was sent of."""
        ...

    def commit(self, message: Message) -> None:
        """Say that the bytes which end a message are about to go out."""
        ...

    def settle(self, message: Message, outcome: Outcome, verdict: Verdict = Verdict.ACCEPTED) -> None:
        """Say what became of a message, once, and what the server meant."""
        ...


class Transport(Protocol):
    """Takes messages from one sender's address."""

    async def carry(self, batch: Batch) -> None:
        """Deliver messages over one connection until there are none, or until it is time for a new connection.

        Cancelled, it leaves what is open to the sender.

        Raises:
            BrokenConnectionError: the connection could not be made or did not last.
            ServerRefusedError: this server will take no message.
            DeliveryStoppedError: no message will pass; going on is useless or harmful.
        """
        ...


class ServerRefusedError(DeliveryStoppedError):
    """This server takes no mail of ours; another may."""


class BrokenConnectionError(Exception):
    """A connection failed; what it had not delivered may be tried on another."""

    def __init__(self, detail: str, *, code: int = 0, verdict: Verdict = Verdict.RECONNECT) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code
        #: SLOW_DOWN where the server finds us too fast, SPENT where it takes no more over one connection.
        self.verdict = verdict
