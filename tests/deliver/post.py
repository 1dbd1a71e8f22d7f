"""A transport that does what a test says, and a run over it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, cast

from digest.deliver.loop.sender import deliver
from digest.deliver.wire.transport import Batch, Message
from digest.model import DeliveryState as State
from digest.model import Outcome, Recipient, Report
from digest.settings import SendSettings
from digest.store.ledger import Ledger
from tests.deliver.conftest import ISSUE, NOW

Planned = Callable[..., Ledger]


class Plain:
    """An edition that says no more than the address."""

    def pieces(self, recipient: Recipient) -> list[bytes]:
        return [recipient.email.encode()]


class Post:
    """A transport that does with each message what a function says, and keeps what was taken."""

    def __init__(self, act: Callable[[Post, Batch, Message], Awaitable[None]] | None = None) -> None:
        self.act = act or Post.send
        self.taken: list[str] = []
        self.connections = 0

    async def carry(self, batch: Batch) -> None:
        self.connections += 1
        while message := await batch.next():
            await self.act(self, batch, message)

    async def send(self, batch: Batch, message: Message) -> None:
        batch.commit(message)
        self.taken.append(name_of(message))
        batch.settle(message, said(message, State.SENT, "250 2.0.0 Ok"))


def said(message: Message, state: State, detail: str) -> Outcome:
    return Outcome(recipient=message.recipient, state=cast("Any", state), code=int(detail[:3]), detail=detail)


def name_of(message: Message) -> str:
    return message.recipient.email.partition("@")[0]


async def run(
    ledger: Ledger,
    post: Any,
    *,
    connections: int = 2,
    attempts: int = 5,
    send: dict[str, Any] | None = None,
    **options: Any,
) -> Report:
    options.setdefault("now", lambda: NOW)
    options.setdefault("chance", lambda: 0.5)
    options.setdefault("patience", timedelta(0))
    return await deliver(
        ISSUE,
        ledger=ledger,
        transport=post,
        template=Plain(),
        settings=SendSettings.model_validate({"connections": connections, "attempts": attempts, **(send or {})}),
        **options,
    )


def names(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.recipient.email.partition("@")[0] for outcome in outcomes]
