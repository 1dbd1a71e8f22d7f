"""Connections and servers that break."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Engine

from digest.deliver.loop import lanes
from digest.deliver.wire.transport import Batch, BrokenConnectionError, Message
from digest.model import DeliveryState
from digest.store.deliveries import try_again
from tests.deliver.conftest import ISSUE, NOW
from tests.deliver.post import Planned, Post, name_of, names, run


@pytest.fixture(autouse=True)
def _no_wait_between_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "reconnect_after", lambda *_: 0.0)


async def test_a_connection_that_breaks_before_the_end_of_a_message_costs_nothing(planned: Planned) -> None:
    async def limit(post: Post, batch: Batch, message: Message) -> None:
        await post.send(batch, message)
        if len(post.taken) % 10 == 0:
            raise BrokenConnectionError("421 too many messages on this connection")

    people = [f"p{n}" for n in range(45)]
    post = Post(limit)
    report = await run(planned(*people), post, connections=1)
    assert sorted(post.taken) == sorted(people)
    assert (report.sent, post.connections) == (45, 5)


async def test_a_message_that_breaks_two_connections_waits_and_the_others_go(planned: Planned) -> None:
    async def choke(post: Post, batch: Batch, message: Message) -> None:
        if name_of(message) == "bob":
            raise BrokenConnectionError("the server closed the connection")
        await post.send(batch, message)

    post = Post(choke)
    report = await run(planned("ada", "bob", "cy", "dee"), post, connections=1)
    assert sorted(post.taken) == ["ada", "cy", "dee"]
    assert names(report.deferred) == ["bob"]
    assert report.stopped == ""


async def test_a_connection_lost_after_the_dot_leaves_the_message_uncertain_and_it_is_not_sent_again(
    planned: Planned, engine: Engine
) -> None:
    async def lose(post: Post, batch: Batch, message: Message) -> None:
        if name_of(message) == "bob":
            message.committed = True
            raise BrokenConnectionError("no answer from the server in 600 seconds")
        await post.send(batch, message)

    ledger = planned("ada", "bob", "cy")
    report = await run(ledger, Post(lose))
    assert [(names([one])[0], one.detail) for one in report.uncertain] == [
        ("bob", "no answer from the server in 600 seconds")
    ]
    post = Post()
    await run(ledger, post)
    assert post.taken == []
    try_again(engine, ISSUE, [DeliveryState.UNCERTAIN], now=NOW)
    await run(ledger, post)
    assert post.taken == ["bob"]


async def test_a_server_that_is_not_there_stops_the_run_and_nobody_is_tried(planned: Planned) -> None:
    class Nowhere:
        asked = 0

        async def carry(self, batch: Batch) -> None:
            if message := await batch.next():
                self.asked += 1
                batch.put_back(message)
                raise BrokenConnectionError("mail.example.org:587 can't be reached")

    nowhere = Nowhere()
    report = await run(planned(*(f"p{n}" for n in range(20))), nowhere)
    assert report.stopped == "mail.example.org:587 can't be reached"
    assert (report.remaining, report.deferred) == (20, ())
    assert nowhere.asked <= 6


async def test_a_server_that_allows_one_connection_is_served_by_one(planned: Planned) -> None:
    class Narrow(Post):
        busy = False

        async def carry(self, batch: Batch) -> None:
            message = await batch.next()
            if message is None:
                return
            if self.busy:
                batch.put_back(message)
                raise BrokenConnectionError("421 4.7.0 Too many connections", code=421)
            self.busy = True
            while message:
                await self.send(batch, message)
                # Lets the others try.
                await asyncio.sleep(0.001)
                message = await batch.next()
            self.busy = False

    post = Narrow()
    people = [f"p{n}" for n in range(60)]
    report = await run(planned(*people), post, connections=3)
    assert sorted(post.taken) == sorted(people)
    assert (report.stopped, report.sent) == ("", 60)
