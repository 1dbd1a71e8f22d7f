"""What every transport must do, checked on each."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from digest.deliver.wire.catcher import Catcher
from digest.deliver.wire.outbox import Outbox
from digest.deliver.wire.smtp import SmtpTransport
from digest.deliver.wire.transport import Message, Transport
from digest.deliver.wire.verdicts import Verdict
from digest.model import DeliveryState, Outcome, Recipient
from digest.settings.mail import SmtpSettings
from tests.smtpd import ScriptedServer


@dataclass
class Place:
    """A transport and what has arrived at its other end, by recipient."""

    transport: Transport
    arrived: Callable[[], dict[str, bytes]]


@asynccontextmanager
async def outbox(folder: Path) -> AsyncIterator[Place]:
    yield Place(Outbox(folder), lambda: {path.stem: path.read_bytes() for path in folder.glob("*.eml")})


@asynccontextmanager
async def catcher(folder: Path) -> AsyncIterator[Place]:
    async with Catcher(folder) as server:
        settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none")
        arrived = lambda: {path.stem: path.read_bytes() for path in server.caught}  # noqa: E731
        yield Place(SmtpTransport(settings, sender="news@example.org"), arrived)


@asynccontextmanager
async def pipelining(folder: Path) -> AsyncIterator[Place]:
    async with ScriptedServer() as server:
        settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none")
        yield Place(SmtpTransport(settings, sender="news@example.org"), lambda: dict(server.taken))


@asynccontextmanager
async def one_at_a_time(folder: Path) -> AsyncIterator[Place]:
    async with ScriptedServer(offers=()) as server:
        settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none")
        yield Place(SmtpTransport(settings, sender="news@example.org"), lambda: dict(server.taken))


Open = Callable[[Path], AbstractAsyncContextManager[Place]]


@pytest.fixture(params=[outbox, catcher, pipelining, one_at_a_time], ids=lambda made: made.__name__)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> AbstractAsyncContextManager[Place]:
    made: Open = request.param
    return made(tmp_path / "arrived")


@dataclass
class FakeBatch:
    """A batch of messages, of which some are not ready when asked for."""

    waiting: deque[Message]
    hesitant: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    held: list[Message] = field(default_factory=list)

    async def next(self) -> Message | None:
        await asyncio.sleep(0)
        return self._take()

    def ready(self) -> Message | None:
        return None if self.hesitant else self._take()

    def put_back(self, message: Message) -> None:
        self.held.remove(message)
        self.waiting.appendleft(message)

    def commit(self, message: Message) -> None:
        message.committed = True

    def settle(self, message: Message, outcome: Outcome, verdict: Verdict = Verdict.ACCEPTED) -> None:
        assert verdict is Verdict.ACCEPTED
        self.held.remove(message)
        self.outcomes.append(outcome)

    def _take(self) -> Message | None:
        if not self.waiting:
            return None
        self.held.append(self.waiting.popleft())
        return self.held[-1]


def messages(count: int, write: Callable[[Recipient], list[bytes]]) -> deque[Message]:
    addresses = [f"p{number}@example.org" for number in range(count)]
    return deque(Message(recipient=Recipient(key=one, email=one), write=write) for one in addresses)


@pytest.mark.parametrize("hesitant", [False, True])
async def test_every_message_arrives_unchanged_and_is_settled_once(
    place: AbstractAsyncContextManager[Place], hesitant: bool
) -> None:
    def write(recipient: Recipient) -> list[bytes]:
        return [b"Subject: x\r\n\r\n", recipient.email.encode(), b"\r\n", (b"=20" * 20 + b"\r\n") * 1500]

    batch = FakeBatch(messages(5, write), hesitant=hesitant)
    async with place as there:
        await there.transport.carry(batch)
        arrived = there.arrived()
    assert arrived == {
        one: b"".join(write(Recipient(key="", email=one))) for one in (f"p{n}@example.org" for n in range(5))
    }
    assert [outcome.recipient.email for outcome in batch.outcomes] == [f"p{n}@example.org" for n in range(5)]
    assert {outcome.state for outcome in batch.outcomes} == {DeliveryState.SENT}
    assert all(outcome.detail for outcome in batch.outcomes)
    assert not batch.held


async def test_nothing_to_carry_is_no_error(place: AbstractAsyncContextManager[Place]) -> None:
    async with place as there:
        await there.transport.carry(FakeBatch(deque()))
        assert there.arrived() == {}


async def test_a_message_that_can_not_be_written_leaves_it_open_and_unsent(
    place: AbstractAsyncContextManager[Place],
) -> None:
    def fail(_: Recipient) -> list[bytes]:
        raise ZeroDivisionError

    batch = FakeBatch(messages(2, fail))
    async with place as there:
        with pytest.raises(ZeroDivisionError):
            await there.transport.carry(batch)
        assert there.arrived() == {}
    assert not batch.outcomes
    assert [message.committed for message in batch.held] == [False]


async def test_two_connections_at_once_mix_nothing_up(place: AbstractAsyncContextManager[Place]) -> None:
    batch = FakeBatch(messages(40, lambda recipient: [recipient.email.encode(), b"\r\n"]))
    async with place as there:
        await asyncio.gather(*(there.transport.carry(batch) for _ in range(4)))
        assert there.arrived() == {f"p{n}@example.org": f"p{n}@example.org\r\n".encode() for n in range(40)}
    assert len(batch.outcomes) == 40
