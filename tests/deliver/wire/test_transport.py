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
from digest.deliver.wire.transport import Letter, Transport
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
class Hand:
    """A round of letters, of which some are not ready when asked for."""

    waiting: deque[Letter]
    hesitant: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    held: list[Letter] = field(default_factory=list)

    async def next(self) -> Letter | None:
        await asyncio.sleep(0)
        return self._take()

    def ready(self) -> Letter | None:
        return None if self.hesitant else self._take()

    def put_back(self, letter: Letter) -> None:
        self.held.remove(letter)
        self.waiting.appendleft(letter)

    def commit(self, letter: Letter) -> None:
        letter.committed = True

    def settle(self, letter: Letter, outcome: Outcome, verdict: Verdict = Verdict.ACCEPTED) -> None:
        assert verdict is Verdict.ACCEPTED
        self.held.remove(letter)
        self.outcomes.append(outcome)

    def _take(self) -> Letter | None:
        if not self.waiting:
            return None
        self.held.append(self.waiting.popleft())
        return self.held[-1]


def letters(count: int, write: Callable[[Recipient], list[bytes]]) -> deque[Letter]:
    addresses = [f"p{number}@example.org" for number in range(count)]
    return deque(Letter(recipient=Recipient(key=one, email=one), write=write) for one in addresses)


@pytest.mark.parametrize("hesitant", [False, True])
async def test_every_letter_arrives_unchanged_and_is_settled_once(
    place: AbstractAsyncContextManager[Place], hesitant: bool
) -> None:
    def write(recipient: Recipient) -> list[bytes]:
        return [b"Subject: x\r\n\r\n", recipient.email.encode(), b"\r\n", (b"=20" * 20 + b"\r\n") * 1500]

    hand = Hand(letters(5, write), hesitant=hesitant)
    async with place as there:
        await there.transport.carry(hand)
        arrived = there.arrived()
    assert arrived == {
        one: b"".join(write(Recipient(key="", email=one))) for one in (f"p{n}@example.org" for n in range(5))
    }
    assert [outcome.recipient.email for outcome in hand.outcomes] == [f"p{n}@example.org" for n in range(5)]
    assert {outcome.state for outcome in hand.outcomes} == {DeliveryState.SENT}
    assert all(outcome.detail for outcome in hand.outcomes)
    assert not hand.held


async def test_nothing_to_carry_is_no_error(place: AbstractAsyncContextManager[Place]) -> None:
    async with place as there:
        await there.transport.carry(Hand(deque()))
        assert there.arrived() == {}


async def test_a_message_that_can_not_be_written_leaves_its_letter_open_and_unsent(
    place: AbstractAsyncContextManager[Place],
) -> None:
    def fail(_: Recipient) -> list[bytes]:
        raise ZeroDivisionError

    hand = Hand(letters(2, fail))
    async with place as there:
        with pytest.raises(ZeroDivisionError):
            await there.transport.carry(hand)
        assert there.arrived() == {}
    assert not hand.outcomes
    assert [letter.committed for letter in hand.held] == [False]


async def test_two_connections_at_once_mix_nothing_up(place: AbstractAsyncContextManager[Place]) -> None:
    hand = Hand(letters(40, lambda recipient: [recipient.email.encode(), b"\r\n"]))
    async with place as there:
        await asyncio.gather(*(there.transport.carry(hand) for _ in range(4)))
        assert there.arrived() == {f"p{n}@example.org": f"p{n}@example.org\r\n".encode() for n in range(40)}
    assert len(hand.outcomes) == 40
