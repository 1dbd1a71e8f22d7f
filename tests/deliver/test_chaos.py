"""Everything that can go wrong, at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.deliver.loop import lanes
from digest.deliver.loop.lanes import Server
from digest.deliver.wire.transport import Batch, BrokenConnectionError, Message
from digest.deliver.wire.verdicts import Verdict
from digest.model import DeliveryState as State
from digest.model import Subscriber
from digest.store.database import open_database, sqlite_url
from digest.store.journal import Journal
from digest.store.ledger import Ledger
from digest.store.sending import Allowances
from tests.deliver.conftest import ISSUE, NOW
from tests.deliver.post import Post, name_of, names, run, said


@pytest.fixture(autouse=True)
def _no_wait_between_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "reconnect_after", lambda *_: 0.0)


class Chaos(Post):
    """Answers, refuses, breaks and goes silent by the roll of the dice."""

    def __init__(self, dice: random.Random, stop: asyncio.Event) -> None:
        super().__init__(Chaos.roll)
        self.dice, self.stop = dice, stop

    async def roll(self, batch: Batch, message: Message) -> None:
        assert isinstance(self, Chaos)
        for _ in range(self.dice.randrange(3)):
            await asyncio.sleep(0)
        match self.dice.choices(range(8), [60, 8, 8, 8, 4, 4, 4, 1])[0]:
            case 0:
                await self.send(batch, message)
            case 1:
                batch.settle(message, said(message, State.FAILED, "550 5.1.1 No such user"))
            case 2:
                batch.settle(message, said(message, State.DEFERRED, "450 4.2.0 Later"))
            case 3:
                raise BrokenConnectionError("lost before the dot")
            case 4:
                message.committed = True
                raise BrokenConnectionError("lost after the dot, not taken")
            case 5:
                message.committed = True
                self.taken.append(name_of(message))
                raise BrokenConnectionError("lost after the dot, taken")
            case 6:
                batch.settle(message, said(message, State.DEFERRED, "550 5.7.1 Not wanted"), Verdict.SUSPECT)
            case 7:
                self.stop.set()
                batch.put_back(message)


#: Limits that come into play with 80 people a day.
LIMITED = {"per_day": 50, "per_second": 2000, "limits": [{"to": "example.org", "per_minute": 30}]}


@given(
    seed=st.integers(0, 2**32),
    connections=st.integers(1, 5),
    servers=st.integers(1, 3),
    send=st.sampled_from([{}, LIMITED]),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_nobody_is_lost_and_nobody_gets_it_twice(
    seed: int, connections: int, servers: int, send: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("chaos")
    engine = open_database(sqlite_url(folder / "digest.db"))
    ledger = Ledger(engine, run="chaos", journal=Journal(folder / "sending", boot="boot"))
    ledger.freeze(ISSUE, _eighty())
    asyncio.run(_send_through_chaos(ledger, random.Random(seed), connections, servers, send))  # noqa: S311  # dice
    engine.dispose()


async def _send_through_chaos(
    ledger: Ledger, dice: random.Random, connections: int, servers: int, send: dict[str, Any]
) -> None:
    taken: list[str] = []
    for day in range(16):
        stop = asyncio.Event()
        posts = [Chaos(dice, stop) for _ in range(servers)]
        report = await run(
            ledger,
            [Server(name=f"s{number}", transport=post) for number, post in enumerate(posts)],
            connections=connections,
            now=lambda day=day: NOW + timedelta(days=1.1 * day),
            stop=stop,
            send=send,
            allowances=Allowances(ledger._engine),
        )
        today = [name for post in posts for name in post.taken]
        assert len(today) <= send.get("per_day", 80)
        taken += today
        tally = ledger.tally(ISSUE)
        assert sum(tally.values()) == 80
        assert tally[State.CLAIMED] == 0
    assert len(taken) == len(set(taken))
    sent = {row.recipient.email.partition("@")[0] for row in ledger.deliveries(ISSUE, State.SENT)}
    assert sent <= set(taken) <= sent | set(names(report.uncertain))
    assert report.remaining == 0


def _eighty() -> Iterator[tuple[str, Subscriber]]:
    for number in range(80):
        yield f"p{number}@example.org", Subscriber(email=f"p{number}@example.org")
