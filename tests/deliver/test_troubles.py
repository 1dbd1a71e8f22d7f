"""A full disk, a locked database, a clock that is set back, a cable that is pulled: nobody lost, nobody twice."""

from __future__ import annotations

import asyncio
import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from digest.deliver.loop import lanes
from digest.deliver.loop.sender import deliver
from digest.deliver.messages.template import MessageTemplate
from digest.deliver.wire.dialogue import Timeouts
from digest.deliver.wire.transport import Batch, Message
from digest.errors import DigestError
from digest.model import DeliveryState as State
from digest.model import Report, Subscriber
from digest.settings import SendSettings
from digest.store.database import open_database, sqlite_url
from digest.store.journal import Journal
from digest.store.ledger import Ledger
from tests.deliver.batch import transport
from tests.deliver.conftest import ISSUE, NOW
from tests.deliver.post import Post, names, run, said
from tests.smtpd import SILENCE, ScriptedServer

#: Holds the write lock of a database until its standard input ends.
LOCKER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _no_wait_between_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "reconnect_after", lambda *_: 0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "troubled.db"


def opened(path: Path, *pragmas: str) -> Engine:
    """The database as a run opens it, but for these settings."""
    engine = open_database(sqlite_url(path))

    @event.listens_for(engine, "connect")
    def _set(connection: Any, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    # The connections made so far know nothing of it.
    engine.dispose()
    return engine


def ledger_of(engine: Engine, path: Path, run: str) -> Ledger:
    return Ledger(engine, run=run, journal=Journal(path.with_suffix(".sending"), boot="boot"))


def plan(path: Path, count: int) -> None:
    engine = open_database(sqlite_url(path))
    people = (Subscriber(email=f"p{number}@example.org", name=f"P {number}") for number in range(count))
    Ledger(engine).freeze(ISSUE, ((one.email, one) for one in people))
    engine.dispose()


def pages(path: Path) -> int:
    engine = open_database(sqlite_url(path))
    with engine.connect() as connection:
        count: int = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    engine.dispose()
    return count


@contextmanager
def locked(path: Path) -> Iterator[Callable[[], None]]:
    """Another process holds the database's write lock; call it to let go."""
    with subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process.stdin.close
        process.stdin.close()


async def all_in_the_end(path: Path, count: int, taken: list[str]) -> Report:
    """A run once the trouble is over: everybody has it, once, and nobody is in doubt."""
    engine, post = open_database(sqlite_url(path)), Post()
    report = await run(ledger_of(engine, path, "after"), post)
    taken += post.taken
    assert len(taken) == len(set(taken))
    assert len(taken) == report.sent_total == count
    assert report.uncertain == ()
    engine.dispose()
    return report


async def test_a_full_disk_ends_the_run_and_the_next_goes_on(path: Path) -> None:
    plan(path, 600)
    engine, post = opened(path, f"max_page_count = {pages(path) + 3}"), Post()
    ledger = ledger_of(engine, path, "full")

    async def talkative(post: Post, batch: Batch, message: Message) -> None:
        batch.commit(message)
        post.taken.append(message.recipient.email.partition("@")[0])
        batch.settle(message, said(message, State.SENT, "250 2.0.0 Ok: " + "queued as a long name " * 20))

    post.act = talkative
    with pytest.raises(DigestError, match="full"):
        await run(ledger, post)
    assert 0 < len(post.taken) < 600
    engine.dispose()
    # The server's answers that did not fit are in the journal: nobody is even uncertain.
    await all_in_the_end(path, 600, post.taken)


async def test_a_database_that_another_process_holds_for_a_moment_is_waited_for(path: Path) -> None:
    plan(path, 300)
    engine = opened(path)
    with locked(path) as let_go:
        # By then the run waits; and where it does not yet, it finds the lock gone, which is as good.
        asyncio.get_running_loop().call_later(0.05, let_go)
        report = await run(ledger_of(engine, path, "waits"), Post())
        assert (report.sent, report.stopped) == (300, "")
    engine.dispose()


async def test_a_database_that_another_process_keeps_ends_the_run_and_the_next_goes_on(path: Path) -> None:
    plan(path, 300)
    engine, held = opened(path, "busy_timeout = 50"), asyncio.Event()
    begun = asyncio.Event()

    async def pause(post: Post, batch: Batch, message: Message) -> None:
        if len(post.taken) == 20:
            begun.set()
            await held.wait()
        await post.send(batch, message)

    post = Post(pause)
    running = asyncio.create_task(run(ledger_of(engine, path, "locked"), post))
    await begun.wait()
    with locked(path):
        held.set()
        with pytest.raises(DigestError, match="locked"):
            await running
    engine.dispose()
    assert 20 <= len(post.taken) < 300
    await all_in_the_end(path, 300, post.taken)


async def test_a_clock_that_is_set_back_and_forth_loses_nobody(path: Path) -> None:
    plan(path, 100)
    engine = opened(path)
    ledger, taken = ledger_of(engine, path, "clock"), list[str]()
    jumps = itertools.cycle(timedelta(days=days) for days in (0, 40, -3, 0, -400, 1))

    async def greylist(post: Post, batch: Batch, message: Message) -> None:
        if message.recipient.attempts == 0 and int(message.recipient.email[1:].partition("@")[0]) % 3 == 0:
            batch.settle(message, said(message, State.DEFERRED, "450 4.2.0 Greylisted"))
        else:
            await post.send(batch, message)

    # Some are put off until next year by a clock that was wrong; the next runs see that nothing waits so long.
    for day in range(4):
        post = Post(greylist)
        moments = (lambda day=day: NOW + timedelta(days=2 * day)) if day else (lambda: NOW + next(jumps))
        await run(ledger, post, now=moments)
        taken += post.taken
    assert len(taken) == len(set(taken)) == 100
    engine.dispose()


@pytest.mark.parametrize("point", ["BODY", "END"])
async def test_a_cable_that_is_pulled_within_a_message_doubles_nobody(
    point: str, path: Path, template: MessageTemplate
) -> None:
    plan(path, 3)
    engine = opened(path)
    brief = Timeouts(connect=0.3, command=0.3, data=0.3, block=0.3, end=0.3, quit=0.1)
    async with ScriptedServer({f"{point} p0@example.org": [SILENCE]}) as server:
        report = await deliver(
            ISSUE,
            ledger=ledger_of(engine, path, "pulled"),
            transport=transport(server, timeouts=brief),
            template=template,
            settings=SendSettings(connections=1),
            now=lambda: NOW,
            patience=timedelta(0),
        )
        # What the server has of it nobody here can know: the dot had left.
        assert names(report.uncertain) == ["p0"]
        assert sorted(server.recipients) == ["p1@example.org", "p2@example.org"]
    engine.dispose()
