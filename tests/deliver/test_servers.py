"""Several servers: each takes its share, and the others go on when one does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.loop import lanes
from digest.deliver.loop.lanes import Server, shares
from digest.deliver.loop.sender import deliver
from digest.deliver.messages.template import MessageTemplate
from digest.deliver.wire.transport import Batch, BrokenConnectionError, Message, ServerRefusedError
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState as State
from digest.settings import SendSettings
from digest.settings.mail import Rates
from digest.store.ledger import Ledger
from digest.store.sending import Allowances
from tests.deliver.batch import transport
from tests.deliver.conftest import ISSUE, NOW
from tests.deliver.post import Planned, Post, names, run
from tests.smtpd import DROP, ScriptedServer


@pytest.fixture(autouse=True)
def _no_wait_between_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "reconnect_after", lambda *_: 0.0)


def people(count: int) -> list[str]:
    return [f"p{number}" for number in range(count)]


@given(connections=st.integers(1, 60), weights=st.lists(st.floats(0.1, 100), min_size=1, max_size=6))
def test_each_server_has_a_connection_and_its_share_of_them(connections: int, weights: list[float]) -> None:
    parts = shares(connections, weights)
    assert min(parts) >= 1
    assert sum(parts) == max(connections, sum(parts)) >= connections
    for part, weight in zip(parts, weights, strict=True):
        assert part <= max(1, connections * weight / sum(weights) + 1)


def test_shares_go_by_weight() -> None:
    assert shares(8, [3, 1]) == [6, 2]
    assert shares(4, [1, 1, 1]) == [2, 1, 1]
    assert shares(2, [1, 1, 1]) == [1, 1, 1]


async def test_all_servers_carry_and_nobody_gets_it_twice(planned: Planned) -> None:
    first, second = Post(), Post()
    servers = [Server(name="one", transport=first), Server(name="two", transport=second)]
    report = await run(planned(*people(300)), servers, connections=4)
    assert sorted(first.taken + second.taken) == sorted(people(300))
    assert report.notes == ()


@pytest.mark.parametrize(
    "error",
    [ServerRefusedError("The login is refused.", hint="Check SMTP_ONE_PASSWORD."), BrokenConnectionError("no route")],
)
async def test_when_one_is_down_the_others_go_on_and_the_report_says_so(planned: Planned, error: Exception) -> None:
    async def fail(_: Post, batch: Batch, message: Message) -> None:
        batch.put_back(message)
        raise error

    down, up = Post(fail), Post()
    servers = [Server(name="one", transport=down), Server(name="two", transport=up)]
    report = await run(planned(*people(200)), servers, connections=4)
    assert sorted(up.taken) == sorted(people(200))
    assert report.stopped == ""
    [note] = report.notes
    assert note.startswith("server one: ")
    # Not one more knock at a door that is shut: wrong passwords lock accounts.
    assert down.connections <= 6


async def test_a_server_that_is_down_is_told_though_the_run_was_short(
    planned: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: Post, batch: Batch, message: Message) -> None:
        batch.put_back(message)
        raise BrokenConnectionError("no route")

    monkeypatch.setattr(lanes, "reconnect_after", lambda *_: 0.05)
    servers = [Server(name="one", transport=Post(fail)), Server(name="two", transport=Post())]
    report = await run(planned(*people(5)), servers, connections=2)
    assert report.sent == 5
    assert report.notes == ("server one: no route",)


async def test_when_all_are_down_the_run_ends_and_nobody_is_crossed_off(planned: Planned) -> None:
    async def refuse(_: Post, batch: Batch, message: Message) -> None:
        raise ServerRefusedError("The login is refused.")

    servers = [Server(name=name, transport=Post(refuse)) for name in ("one", "two")]
    report = await run(planned(*people(20)), servers, connections=4)
    assert (report.sent, report.remaining) == (0, 20)
    assert "The login is refused" in report.stopped
    assert len(report.notes) == 1


async def test_rules_that_hold_everywhere_are_not_tried_on_another_server(planned: Planned) -> None:
    async def refuse(_: Post, batch: Batch, message: Message) -> None:
        raise DeliveryStoppedError("550 5.7.26 Unauthenticated")

    other = Post()
    servers = [Server(name="one", transport=Post(refuse)), Server(name="two", transport=other, weight=0.001)]
    report = await run(planned(*people(500)), servers, connections=2)
    assert "5.7.26" in report.stopped
    assert len(other.taken) < 500


async def test_a_message_that_one_server_may_have_taken_goes_to_no_other(planned: Planned) -> None:
    async def lose(_: Post, batch: Batch, message: Message) -> None:
        batch.commit(message)
        raise BrokenConnectionError("lost after the dot")

    loses, takes = Post(lose), Post()
    ledger = planned(*people(100))
    servers = [Server(name="one", transport=loses), Server(name="two", transport=takes)]
    report = await run(ledger, servers, connections=2)
    assert report.uncertain
    assert not set(names(report.uncertain)) & set(takes.taken)
    assert len(report.uncertain) + report.sent == 100


async def test_each_server_keeps_its_own_limits_and_the_others_take_the_rest(planned: Planned) -> None:
    small, large = Post(), Post()
    servers = [
        Server(name="small", transport=small, rates=Rates(per_hour=7)),
        Server(name="large", transport=large),
    ]
    ledger = planned(*people(200))
    report = await run(ledger, servers, connections=4, allowances=Allowances(ledger._engine))
    assert len(small.taken) <= 7
    assert report.sent == 200
    taken = Allowances(ledger._engine).load().get("by small/hour", [])
    assert sum(count for _, count in taken) == len(small.taken)


async def test_a_servers_limit_holds_over_runs(planned: Planned) -> None:
    ledger, taken = planned(*people(30)), Counter[int]()
    for hour in range(4):
        post = Post()
        server = Server(name="only", transport=post, rates=Rates(per_hour=10))
        report = await run(
            ledger,
            [server],
            now=lambda hour=hour: NOW + timedelta(minutes=61 * hour),
            allowances=Allowances(ledger._engine),
        )
        taken[hour] = len(post.taken)
    assert taken == {0: 10, 1: 10, 2: 10, 3: 0}
    assert report.stopped == ""


async def test_a_server_that_drops_every_connection_hands_over_to_the_other(
    planned: Callable[..., Ledger], template: MessageTemplate
) -> None:
    ledger = planned(*people(60))
    async with ScriptedServer({"MAIL": DROP}) as bad, ScriptedServer() as good:
        report = await deliver(
            ISSUE,
            ledger=ledger,
            transport=[Server(name="bad", transport=transport(bad)), Server(name="good", transport=transport(good))],
            template=template,
            settings=SendSettings(connections=2),
            now=lambda: NOW,
            patience=timedelta(0),
        )
        taken = good.recipients
    assert len(taken) == len(set(taken)) == report.sent
    # Those under which connections broke twice wait, in case that it was their fault.
    assert report.sent + len(report.deferred) == 60
    assert len(report.deferred) <= 3
    assert ledger.tally(ISSUE)[State.PLANNED] == 0


async def test_who_is_refused_by_one_server_only_is_not_marked_by_it(planned: Planned) -> None:
    async def refuse(_: Post, batch: Batch, message: Message) -> None:
        raise ServerRefusedError("552 5.3.4 too large")

    takes = Post()
    servers = [Server(name="one", transport=Post(refuse)), Server(name="two", transport=takes)]
    report = await run(planned(*people(10)), servers, connections=2)
    assert (report.sent, report.deferred, report.failed) == (10, (), ())
