"""A batch of messages, and what becomes of it on one connection to a scripted server."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from digest.deliver.wire.smtp import SmtpTransport, Timeouts
from digest.deliver.wire.transport import BrokenConnectionError, Message
from digest.deliver.wire.verdicts import Verdict
from digest.errors import DeliveryStoppedError
from digest.model import Outcome, Recipient
from digest.settings.mail import SmtpSettings
from tests.smtpd import ScriptedServer

MESSAGE = b"Subject: hello\r\n\r\nHello\r\n"
#: Silence is waited for; so short a time would be wrong anywhere but here.
SHORT = Timeouts(connect=0.3, command=0.3, data=0.3, block=0.3, end=0.3, quit=0.3)
QUICK = Timeouts(connect=10, command=10, data=10, block=10, end=10, quit=0.3)


@dataclass
class FakeBatch:
    """A batch that hands out messages and writes down what comes back."""

    waiting: deque[Message]
    open: list[Message] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    suspects: list[str] = field(default_factory=list)
    outcome_advice: dict[str, str] = field(default_factory=dict)

    async def next(self) -> Message | None:
        return self.ready()

    def ready(self) -> Message | None:
        if not self.waiting:
            return None
        self.open.append(self.waiting.popleft())
        return self.open[-1]

    def put_back(self, message: Message) -> None:
        self.open.remove(message)
        self.waiting.appendleft(message)

    def commit(self, message: Message) -> None:
        message.committed = True

    def settle(self, message: Message, outcome: Outcome, verdict: Verdict = Verdict.ACCEPTED) -> None:
        self.open.remove(message)
        self.outcomes.append(outcome)
        self.outcome_advice[outcome.recipient.email] = message.advice
        if verdict is Verdict.SUSPECT:
            self.suspects.append(outcome.recipient.email)

    @property
    def result(self) -> dict[str, str]:
        """What became of each: its state, "?" where only the server knows, "back" where it can be tried again."""
        settled = {outcome.recipient.email.partition("@")[0]: str(outcome.state) for outcome in self.outcomes}
        left = {
            message.recipient.email.partition("@")[0]: "?" if message.committed else "back" for message in self.open
        }
        return {message.recipient.email.partition("@")[0]: "back" for message in self.waiting} | settled | left


def batch_of(*names: str, message: bytes = MESSAGE) -> FakeBatch:
    addresses = [name if "@" in name else f"{name}@example.org" for name in names]
    return FakeBatch(
        deque(Message(recipient=Recipient(key=one, email=one), write=lambda _: [message]) for one in addresses)
    )


def transport(server: ScriptedServer, *, timeouts: Timeouts = QUICK, per_connection: int = 100) -> SmtpTransport:
    settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none")
    return SmtpTransport(settings, sender="news@example.org", timeouts=timeouts, per_connection=per_connection)


async def carry(batch: FakeBatch, server: ScriptedServer, *, timeouts: Timeouts = QUICK) -> str:
    """Carry messages over one connection; returns how it ended."""
    try:
        await transport(server, timeouts=timeouts).carry(batch)
    except BrokenConnectionError as error:
        return f"broken: {error}"
    except DeliveryStoppedError as error:
        return f"stopped: {error}"
    return "done"
