"""A machine that sleeps for hours in the middle of a run: the lid is closed on a Monday at seven.

On Linux the monotonic clock stands still meanwhile and the clock on the wall leaps; elsewhere it is the monotonic clock
that goes on; and a clock may be set back on waking. The connections are gone at the other end: some say so (a reset),
some say nothing any more. Over the real sender, ledger, journal and SMTP; the server counts what it took.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from digest.deliver.loop.sender import deliver
from digest.deliver.wire.smtp import SmtpTransport, Timeouts
from digest.model import DeliveryState as State
from digest.model import Recipient, Report, Subscriber
from digest.settings import SendSettings
from digest.settings.mail import SmtpSettings
from digest.store.journal import Journal
from digest.store.ledger import Ledger
from digest.store.sending import Allowances
from tests.deliver.conftest import ISSUE, NOW
from tests.smtpd import SILENCE, ScriptedServer

NIGHT = timedelta(hours=9)
STILL = timedelta(0)
PEOPLE = 60
CONNECTIONS = 3
#: What is said to a connection that is gone and does not say so gets no answer; five minutes are too long for a test.
SHORT = Timeouts(connect=5, command=0.3, data=0.3, block=0.3, end=0.3, quit=0.1)


class LeapingLoop(asyncio.SelectorEventLoop):
    """A loop whose monotonic clock may leap forward."""

    leap = 0.0

    def time(self) -> float:
        return super().time() + self.leap


@dataclass
class Machine:
    """Its two clocks, and what its sleep does to each."""

    wall: timedelta
    steady: timedelta
    now: datetime = NOW
    slept: bool = False

    def sleep(self) -> None:
        self.slept = True
        self.now += self.wall
        loop = asyncio.get_running_loop()
        assert isinstance(loop, LeapingLoop)
        loop.leap += self.steady.total_seconds()


@dataclass
class Lid:
    """When it is closed: as the server comes to a point for the so-many-th time; and how connections end by it."""

    machine: Machine
    point: str = "END"
    times: int = 20
    silent: bool = False
    seen: Counter[str] = field(default_factory=Counter)


class Server(ScriptedServer):
    """A server in the world outside, which goes on while the machine sleeps."""

    def __init__(self, lid: Lid) -> None:
        super().__init__()
        self._lid = lid
        self._lost: set[asyncio.Task[Any] | None] = set()
        self.silent = lid.silent

    def scripted(self, point: str, recipient: str) -> str | None:
        lid = self._lid
        lid.seen[point] += 1
        if lid.seen[lid.point] == lid.times and not lid.machine.slept:
            lid.machine.sleep()
            self._lose()
        return SILENCE if asyncio.current_task() in self._lost else super().scripted(point, recipient)

    def _lose(self) -> None:
        if self.silent:
            self._lost |= self._conversations
        else:
            for conversation in self._conversations:
                conversation.cancel()


class Plain:
    """An edition that says no more than the address."""

    def pieces(self, recipient: Recipient) -> list[bytes]:
        return [f"To: {recipient.email}\r\n\r\nHello\r\n".encode()]


@dataclass
class Mailing:
    """An issue for some people, sent by runs that follow one another."""

    engine: Engine
    journal: Path
    machine: Machine

    def plan(self) -> None:
        people = ((f"p{n}@example.org", Subscriber(email=f"p{n}@example.org")) for n in range(PEOPLE))
        Ledger(self.engine).freeze(ISSUE, people)

    async def run(self, server: Server, *, send: dict[str, Any] | None = None) -> Report:
        settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none")
        transport = SmtpTransport(
            settings, sender="news@example.org", timeouts=SHORT if server.silent else Timeouts(quit=0.1)
        )
        ledger = Ledger(self.engine, run=f"{self.machine.now}", journal=Journal(self.journal, boot="this"))
        return await deliver(
            ISSUE,
            ledger=ledger,
            transport=transport,
            template=Plain(),
            settings=SendSettings.model_validate({"connections": CONNECTIONS, **(send or {})}),
            now=lambda: self.machine.now,
            chance=lambda: 0.0,
            patience=timedelta(0),
            allowances=Allowances(self.engine),
        )

    def who(self, state: State) -> set[str]:
        return {one.recipient.email for one in Ledger(self.engine).deliveries(ISSUE, state)}

    def tally(self) -> Counter[State]:
        return Counter({state: count for state, count in Ledger(self.engine).tally(ISSUE).items() if count})


@pytest.fixture
def mailing(engine: Engine, tmp_path: Path) -> Mailing:
    mailing = Mailing(engine, tmp_path / "journal", Machine(NIGHT, STILL))
    mailing.plan()
    return mailing


def in_leaping_time(work: Any) -> Any:
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(work)


@pytest.mark.parametrize("silent", [False, True], ids=["reset", "silent"])
@pytest.mark.parametrize("point", ["MAIL", "DATA", "BODY", "END"])
@pytest.mark.parametrize(
    ("wall", "steady"),
    [(NIGHT, STILL), (STILL, NIGHT), (NIGHT, NIGHT), (-NIGHT, STILL)],
    ids=["wall leaps", "steady leaps", "both leap", "wall goes back"],
)
def test_nobody_is_lost_or_mailed_twice_by_a_machine_that_sleeps(
    mailing: Mailing, wall: timedelta, steady: timedelta, point: str, silent: bool
) -> None:
    machine = mailing.machine = Machine(wall, steady)

    async def sleep_and_go_on() -> Server:
        async with Server(Lid(machine, point, silent=silent)) as server:
            slept = await mailing.run(server)
            assert machine.slept
            assert mailing.tally()[State.CLAIMED] == 0
            assert len(slept.uncertain) <= CONNECTIONS
            # Whoever was put off is due again, also by a clock that was set back.
            machine.now += timedelta(days=2)
            await mailing.run(server)
            return server

    server = in_leaping_time(sleep_and_go_on())

    tally = mailing.tally()
    assert set(tally) <= {State.SENT, State.UNCERTAIN}
    assert tally.total() == PEOPLE
    assert tally[State.UNCERTAIN] <= CONNECTIONS
    taken = Counter(server.recipients)
    assert set(taken.values()) == {1}
    # Everybody called sent was taken; everybody else is called uncertain, and was not sent again.
    assert mailing.who(State.SENT) <= set(taken) <= mailing.who(State.SENT) | mailing.who(State.UNCERTAIN)


def test_a_machine_that_wakes_in_the_quiet_hours_leaves_the_rest_to_the_morning(mailing: Mailing) -> None:
    machine = mailing.machine = Machine(timedelta(hours=17), STILL)

    async def sleep() -> tuple[Report, Report, Server]:
        async with Server(Lid(machine)) as server:
            evening = await mailing.run(server, send={"quiet": "22:00-07:00"})
            machine.now += timedelta(hours=9)
            return evening, await mailing.run(server, send={"quiet": "22:00-07:00"}), server

    evening, morning, server = in_leaping_time(sleep())

    assert evening.stopped == "quiet hours until 07:00 UTC"
    assert evening.remaining > 0
    assert evening.sent_total + evening.remaining + len(evening.uncertain) == PEOPLE
    assert morning.sent_total + len(morning.uncertain) == PEOPLE
    assert set(Counter(server.recipients).values()) == {1}


def test_a_limit_by_the_hour_errs_on_the_side_of_fewer(mailing: Mailing) -> None:
    """The run does not know that it slept: to it the hour is not over."""

    async def sleep() -> tuple[Report, Server]:
        async with Server(Lid(mailing.machine)) as server:
            return await mailing.run(server, send={"per_hour": 40}), server

    report, server = in_leaping_time(sleep())

    assert report.resume_at is not None
    assert len(server.recipients) <= 40
    assert report.sent_total + len(report.uncertain) <= 40
    assert report.remaining + len(report.deferred) >= PEOPLE - 40
