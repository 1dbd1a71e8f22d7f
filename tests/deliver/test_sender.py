"""The loop between a real ledger and transports that fail in every way."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.deliver import sender
from digest.deliver.replies import Verdict
from digest.deliver.sender import deliver
from digest.deliver.transport import BrokenConnectionError, Letter, Round
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState as State
from digest.model import Outcome, Recipient, Report, Subscriber
from digest.settings import SendSettings
from digest.store.database import open_database, sqlite_url
from digest.store.ledger import Ledger

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
ISSUE = "0001-2026-02-19"


class Plain:
    """An edition that says no more than the address."""

    def message(self, recipient: Recipient) -> bytes:
        return recipient.email.encode()


class Post:
    """A transport that does with each letter what a function says, and keeps what was taken."""

    def __init__(self, act: Callable[[Post, Round, Letter], Awaitable[None]] | None = None) -> None:
        self.act = act or Post.send
        self.taken: list[str] = []
        self.connections = 0

    async def carry(self, letters: Round) -> None:
        self.connections += 1
        while letter := await letters.next():
            await self.act(self, letters, letter)

    async def send(self, letters: Round, letter: Letter) -> None:
        letter.committed = True
        self.taken.append(name_of(letter))
        letters.settle(letter, said(letter, State.SENT, "250 2.0.0 Ok"))


def said(letter: Letter, state: State, detail: str) -> Outcome:
    return Outcome(recipient=letter.recipient, state=cast("Any", state), code=int(detail[:3]), detail=detail)


def name_of(letter: Letter) -> str:
    return letter.recipient.email.partition("@")[0]


async def run(ledger: Ledger, post: Any, *, connections: int = 2, attempts: int = 5, **options: Any) -> Report:
    options.setdefault("now", lambda: NOW)
    options.setdefault("chance", lambda: 0.5)
    options.setdefault("patience", timedelta(0))
    return await deliver(
        ISSUE,
        ledger=ledger,
        transport=post,
        mold=Plain(),
        settings=SendSettings(connections=connections, attempts=attempts),
        **options,
    )


def names(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.recipient.email.partition("@")[0] for outcome in outcomes]


@pytest.fixture(autouse=True)
def _no_wait_between_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "reconnect_after", lambda *_: 0.0)


Planned = Callable[..., Ledger]


async def test_everybody_gets_one_message(planned: Planned) -> None:
    people = [f"p{n}" for n in range(250)]
    post = Post()
    report = await run(planned(*people), post)
    assert sorted(post.taken) == sorted(people)
    assert (report.sent, report.sent_total, report.remaining, report.stopped) == (250, 250, 0, "")
    assert report.deferred == report.failed == report.uncertain == ()


async def test_a_second_run_has_nothing_to_do(planned: Planned) -> None:
    ledger = planned("ada", "bob")
    await run(ledger, Post())
    post = Post()
    report = await run(ledger, post)
    assert post.taken == []
    assert (report.sent, report.sent_total) == (0, 2)


async def test_nobody_to_mail_needs_no_connection(ledger: Ledger) -> None:
    report = await run(ledger, Post())
    assert (report.sent, report.remaining) == (0, 0)


async def test_a_claim_is_on_disk_before_the_first_byte_and_the_outcome_after(planned: Planned) -> None:
    ledger = planned("ada")

    async def look(post: Post, letters: Round, letter: Letter) -> None:
        assert ledger.tally(ISSUE)[State.CLAIMED] == 1
        await post.send(letters, letter)

    await run(ledger, Post(look))
    assert ledger.tally(ISSUE)[State.SENT] == 1


async def test_the_progress_ends_with_all(planned: Planned) -> None:
    told: list[tuple[int, int]] = []
    await run(planned(*(f"p{n}" for n in range(120))), Post(), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (120, 120)
    assert told == sorted(told)


# --- what servers say -------------------------------------------------------------------------------------------


async def test_who_did_not_get_it_is_named_with_the_servers_words(planned: Planned) -> None:
    words = {"bob": (State.FAILED, "550 5.1.1 No such user"), "cy": (State.DEFERRED, "450 4.2.1 Greylisted")}

    async def answer(post: Post, letters: Round, letter: Letter) -> None:
        if name_of(letter) in words:
            letters.settle(letter, said(letter, *words[name_of(letter)]))
        else:
            await post.send(letters, letter)

    report = await run(planned("ada", "bob", "cy"), Post(answer))
    assert report.sent == 1
    assert [(names([one])[0], one.detail) for one in report.failed] == [("bob", "550 5.1.1 No such user")]
    [cy] = report.deferred
    assert (cy.code, cy.retry_at) == (450, NOW + timedelta(minutes=1))


async def test_a_deferred_message_is_tried_again_in_the_same_run_if_its_time_comes_soon(planned: Planned) -> None:
    moments = iter(NOW + timedelta(seconds=20 * n) for n in range(10_000))
    tries = Counter[str]()

    async def greylist(post: Post, letters: Round, letter: Letter) -> None:
        tries[name_of(letter)] += 1
        if tries[name_of(letter)] == 1:
            letters.settle(letter, said(letter, State.DEFERRED, "450 4.2.1 Greylisted"))
        else:
            await post.send(letters, letter)

    post = Post(greylist)
    ledger = planned("ada", "bob")
    report = await run(ledger, post, now=lambda: next(moments), patience=timedelta(minutes=2))
    assert sorted(post.taken) == ["ada", "bob"]
    assert report.deferred == ()


async def test_a_deferred_message_whose_time_is_far_is_left_for_the_next_run(planned: Planned) -> None:
    async def greylist(_: Post, letters: Round, letter: Letter) -> None:
        letters.settle(letter, said(letter, State.DEFERRED, "450 4.2.1 Greylisted"))

    ledger = planned("ada")
    report = await run(ledger, Post(greylist))
    assert names(report.deferred) == ["ada"]
    post = Post()
    await run(ledger, post, now=lambda: NOW + timedelta(minutes=1))
    assert post.taken == ["ada"]


async def test_a_message_that_is_always_deferred_fails_in_the_end(planned: Planned) -> None:
    async def full(_: Post, letters: Round, letter: Letter) -> None:
        letters.settle(letter, said(letter, State.DEFERRED, "452 4.2.2 Mailbox full"))

    ledger = planned("ada")
    reports = [
        await run(ledger, Post(full), attempts=3, now=lambda day=day: NOW + timedelta(days=day)) for day in range(4)
    ]
    assert [len(report.deferred) for report in reports] == [1, 1, 0, 0]
    [ada] = reports[-1].failed
    assert ada.detail == "given up after 3 attempts: 452 4.2.2 Mailbox full"


async def test_who_unsubscribed_since_planning_gets_nothing(planned: Planned) -> None:
    ledger = planned("ada", "bob")
    ledger.suppress("bob@example.org", "unsubscribed", now=NOW)
    post = Post()
    report = await run(ledger, post)
    assert post.taken == ["ada"]
    assert [(one.email, one.why) for one in report.skipped] == [("bob@example.org", "unsubscribed")]


# --- refusals that may be about us ------------------------------------------------------------------------------


async def test_refusals_in_a_row_that_may_be_about_us_stop_the_run_and_fail_nobody(planned: Planned) -> None:
    async def refuse(_: Post, letters: Round, letter: Letter) -> None:
        letters.settle(letter, said(letter, State.DEFERRED, "550 5.7.26 Unauthenticated"), Verdict.SUSPECT)

    report = await run(planned(*(f"p{n}" for n in range(20))), Post(refuse), connections=1)
    assert "3 recipients in a row were refused, the last with: 550 5.7.26" in report.stopped
    assert (len(report.deferred), len(report.failed), report.remaining) == (3, 0, 17)


async def test_single_refusals_stop_nothing(planned: Planned) -> None:
    async def every_second(post: Post, letters: Round, letter: Letter) -> None:
        if int(name_of(letter)[1:]) % 2:
            letters.settle(letter, said(letter, State.DEFERRED, "550 5.7.1 Not wanted"), Verdict.SUSPECT)
        else:
            await post.send(letters, letter)

    report = await run(planned(*(f"p{n}" for n in range(20))), Post(every_second), connections=1)
    assert (report.stopped, report.sent, len(report.deferred)) == ("", 10, 10)


async def test_a_server_that_refuses_all_mail_stops_the_run_and_the_list_stays_whole(planned: Planned) -> None:
    async def refuse(_: Post, letters: Round, letter: Letter) -> None:
        raise DeliveryStoppedError("The login is refused.", hint="Check the password.")

    ledger = planned(*(f"p{n}" for n in range(20)))
    report = await run(ledger, Post(refuse))
    assert report.stopped == "The login is refused. Check the password."
    assert report.remaining == 20
    assert (await run(ledger, Post())).sent == 20


# --- connections that break -------------------------------------------------------------------------------------


async def test_a_connection_that_breaks_before_the_end_of_a_message_costs_nothing(planned: Planned) -> None:
    async def limit(post: Post, letters: Round, letter: Letter) -> None:
        await post.send(letters, letter)
        if len(post.taken) % 10 == 0:
            raise BrokenConnectionError("421 too many messages on this connection")

    people = [f"p{n}" for n in range(45)]
    post = Post(limit)
    report = await run(planned(*people), post, connections=1)
    assert sorted(post.taken) == sorted(people)
    assert (report.sent, post.connections) == (45, 5)


async def test_a_message_that_breaks_two_connections_waits_and_the_others_go(planned: Planned) -> None:
    async def choke(post: Post, letters: Round, letter: Letter) -> None:
        if name_of(letter) == "bob":
            raise BrokenConnectionError("the server closed the connection")
        await post.send(letters, letter)

    post = Post(choke)
    report = await run(planned("ada", "bob", "cy", "dee"), post, connections=1)
    assert sorted(post.taken) == ["ada", "cy", "dee"]
    assert names(report.deferred) == ["bob"]
    assert report.stopped == ""


async def test_a_connection_lost_after_the_dot_leaves_the_message_uncertain_and_it_is_not_sent_again(
    planned: Planned,
) -> None:
    async def lose(post: Post, letters: Round, letter: Letter) -> None:
        if name_of(letter) == "bob":
            letter.committed = True
            raise BrokenConnectionError("no answer from the server in 600 seconds")
        await post.send(letters, letter)

    ledger = planned("ada", "bob", "cy")
    report = await run(ledger, Post(lose))
    assert [(names([one])[0], one.detail) for one in report.uncertain] == [
        ("bob", "no answer from the server in 600 seconds")
    ]
    post = Post()
    await run(ledger, post)
    assert post.taken == []
    ledger.resend_uncertain(ISSUE, now=NOW)
    await run(ledger, post)
    assert post.taken == ["bob"]


async def test_a_server_that_is_not_there_stops_the_run_and_nobody_is_tried(planned: Planned) -> None:
    class Nowhere:
        asked = 0

        async def carry(self, letters: Round) -> None:
            if letter := await letters.next():
                self.asked += 1
                letters.put_back(letter)
                raise BrokenConnectionError("mail.example.org:587 can't be reached")

    nowhere = Nowhere()
    report = await run(planned(*(f"p{n}" for n in range(20))), nowhere)
    assert report.stopped == "mail.example.org:587 can't be reached"
    assert (report.remaining, report.deferred) == (20, ())
    assert nowhere.asked <= 6


async def test_a_server_that_allows_one_connection_is_served_by_one(planned: Planned) -> None:
    class Narrow(Post):
        busy = False

        async def carry(self, letters: Round) -> None:
            letter = await letters.next()
            if letter is None:
                return
            if self.busy:
                letters.put_back(letter)
                raise BrokenConnectionError("421 4.7.0 Too many connections", code=421)
            self.busy = True
            while letter:
                await self.send(letters, letter)
                # Lets the others try.
                await asyncio.sleep(0.001)
                letter = await letters.next()
            self.busy = False

    post = Narrow()
    people = [f"p{n}" for n in range(60)]
    report = await run(planned(*people), post, connections=3)
    assert sorted(post.taken) == sorted(people)
    assert (report.stopped, report.sent) == ("", 60)


# --- stopping ---------------------------------------------------------------------------------------------------


async def test_a_stop_lets_messages_on_their_way_end_and_begins_no_more(planned: Planned) -> None:
    stop = asyncio.Event()

    async def slow(post: Post, letters: Round, letter: Letter) -> None:
        letter.committed = True
        stop.set()
        await asyncio.sleep(0.01)
        await post.send(letters, letter)

    ledger = planned(*(f"p{n}" for n in range(30)))
    post = Post(slow)
    report = await run(ledger, post, connections=3, stop=stop)
    assert report.stopped == "stopped on request"
    assert (report.sent, report.remaining, report.uncertain) == (3, 27, ())
    assert ledger.tally(ISSUE)[State.CLAIMED] == 0
    assert (await run(ledger, Post())).sent == 27


async def test_a_stop_does_not_wait_for_ever(planned: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "_GRACE", 0.0)
    stop = asyncio.Event()

    async def silence(_: Post, letters: Round, letter: Letter) -> None:
        letter.committed = name_of(letter) != "bob"
        if name_of(letter) == "cy":
            stop.set()
        await asyncio.Event().wait()

    report = await run(planned("ada", "bob", "cy", "dee"), Post(silence), connections=3, stop=stop)
    assert names(report.uncertain) == ["ada", "cy"]
    assert report.remaining == 2


async def test_a_stop_ends_the_wait_for_deferred_messages(planned: Planned) -> None:
    stop = asyncio.Event()

    async def greylist(_: Post, letters: Round, letter: Letter) -> None:
        letters.settle(letter, said(letter, State.DEFERRED, "450 4.2.1 Greylisted"))
        asyncio.get_running_loop().call_later(0.1, stop.set)

    report = await run(planned("ada"), Post(greylist), stop=stop, patience=timedelta(hours=1))
    assert names(report.deferred) == ["ada"]


async def test_a_run_that_is_cancelled_leaves_a_true_record(planned: Planned) -> None:
    begun = asyncio.Event()

    async def silence(_: Post, letters: Round, letter: Letter) -> None:
        letter.committed = name_of(letter) == "bob"
        if letter.committed:
            begun.set()
        await asyncio.Event().wait()

    ledger = planned("ada", "bob", *(f"p{n}" for n in range(20)))
    running = asyncio.create_task(run(ledger, Post(silence)))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    tally = ledger.tally(ISSUE)
    assert (tally[State.UNCERTAIN], tally[State.PLANNED], tally[State.CLAIMED]) == (1, 21, 0)


async def test_a_fault_of_ours_is_raised_and_the_record_is_true(planned: Planned) -> None:
    async def fault(post: Post, letters: Round, letter: Letter) -> None:
        if name_of(letter) == "bob":
            letter.committed = True
            raise ZeroDivisionError
        await post.send(letters, letter)

    ledger = planned("ada", "bob", "cy")
    with pytest.raises(ZeroDivisionError):
        await run(ledger, Post(fault), connections=1)
    tally = ledger.tally(ISSUE)
    assert (tally[State.SENT], tally[State.UNCERTAIN], tally[State.PLANNED]) == (1, 1, 1)


async def test_a_ledger_that_can_not_be_written_stops_the_run_and_doubles_nobody(planned: Planned) -> None:
    class FullDisk(Ledger):
        full = False

        def record(self, issue: str, outcomes: Sequence[Outcome], *, now: datetime) -> None:
            if self.full:
                raise OSError("No space left on device")
            super().record(issue, outcomes, now=now)

    ledger = planned(*(f"p{n}" for n in range(500)))
    full = FullDisk(ledger._engine)
    full.full = True
    post = Post()
    with pytest.raises(OSError, match="No space"):
        await run(full, post)
    first = list(post.taken)
    full.full = False
    report = await run(full, post)
    assert len(post.taken) == len(set(post.taken))
    assert set(names(report.uncertain)) >= set(first)
    assert report.sent + len(report.uncertain) == 500


async def test_what_a_dead_run_left_claimed_is_uncertain_and_not_sent(planned: Planned) -> None:
    ledger = planned("ada", "bob", "cy")
    ledger.claim(ISSUE, limit=2, now=NOW)
    post = Post()
    report = await run(ledger, post)
    assert post.taken == ["cy"]
    assert names(report.uncertain) == ["ada", "bob"]


# --- everything at once -----------------------------------------------------------------------------------------


class Chaos(Post):
    """Answers, refuses, breaks and goes silent by the roll of the dice."""

    def __init__(self, dice: random.Random, stop: asyncio.Event) -> None:
        super().__init__(Chaos.roll)
        self.dice, self.stop = dice, stop

    async def roll(self, letters: Round, letter: Letter) -> None:
        assert isinstance(self, Chaos)
        for _ in range(self.dice.randrange(3)):
            await asyncio.sleep(0)
        match self.dice.choices(range(8), [60, 8, 8, 8, 4, 4, 4, 1])[0]:
            case 0:
                await self.send(letters, letter)
            case 1:
                letters.settle(letter, said(letter, State.FAILED, "550 5.1.1 No such user"))
            case 2:
                letters.settle(letter, said(letter, State.DEFERRED, "450 4.2.0 Later"))
            case 3:
                raise BrokenConnectionError("lost before the dot")
            case 4:
                letter.committed = True
                raise BrokenConnectionError("lost after the dot, not taken")
            case 5:
                letter.committed = True
                self.taken.append(name_of(letter))
                raise BrokenConnectionError("lost after the dot, taken")
            case 6:
                letters.settle(letter, said(letter, State.DEFERRED, "550 5.7.1 Not wanted"), Verdict.SUSPECT)
            case 7:
                self.stop.set()
                letters.put_back(letter)


@given(seed=st.integers(0, 2**32), connections=st.integers(1, 5))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_nobody_is_lost_and_nobody_gets_it_twice(
    seed: int, connections: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    engine = open_database(sqlite_url(tmp_path_factory.mktemp("chaos") / "digest.db"))
    ledger = Ledger(engine)
    ledger.freeze(ISSUE, _eighty())
    asyncio.run(_send_through_chaos(ledger, random.Random(seed), connections))  # noqa: S311  # dice
    engine.dispose()


async def _send_through_chaos(ledger: Ledger, dice: random.Random, connections: int) -> None:
    taken: list[str] = []
    for day in range(12):
        stop = asyncio.Event()
        post = Chaos(dice, stop)
        report = await run(
            ledger, post, connections=connections, now=lambda day=day: NOW + timedelta(days=day), stop=stop
        )
        taken += post.taken
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
