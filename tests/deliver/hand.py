"""Letters in hand, and what becomes of them on one connection to a scripted server."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from digest.deliver.wire.smtp import SmtpTransport, Timeouts
from digest.deliver.wire.transport import BrokenConnectionError, Letter
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
class Hand:
    """A round that hands out letters and writes down what comes back."""

    waiting: deque[Letter]
    open: list[Letter] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    suspects: list[str] = field(default_factory=list)
    outcome_advice: dict[str, str] = field(default_factory=dict)

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

    def commit(self, letter: Letter) -> None:
        letter.committed = True

    def settle(self, letter: Letter, outcome: Outcome, verdict: Verdict = Verdict.ACCEPTED) -> None:
        self.open.remove(letter)
        self.outcomes.append(outcome)
        self.outcome_advice[outcome.recipient.email] = letter.advice
        if verdict is Verdict.SUSPECT:
            self.suspects.append(outcome.recipient.email)

    @property
    def result(self) -> dict[str, str]:
        """What became of each: its state, "?" where only the server knows, "back" where it can be tried again."""
        settled = {outcome.recipient.email.partition("@")[0]: str(outcome.state) for outcome in self.outcomes}
        left = {letter.recipient.email.partition("@")[0]: "?" if letter.committed else "back" for letter in self.open}
        return {letter.recipient.email.partition("@")[0]: "back" for letter in self.waiting} | settled | left


def hand(*names: str, message: bytes = MESSAGE) -> Hand:
    addresses = [name if "@" in name else f"{name}@example.org" for name in names]
    return Hand(deque(Letter(recipient=Recipient(key=one, email=one), write=lambda _: [message]) for one in addresses))


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
