"""Refusals that are about us and not about the recipients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.loop.lanes import Server
from digest.deliver.loop.streak import Refusal, RefusalStreak
from digest.deliver.wire.transport import Batch, Message
from digest.deliver.wire.verdicts import Verdict
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState as State
from digest.model import Outcome, Recipient, Subscriber
from digest.store.ledger import Ledger
from tests.deliver.conftest import ISSUE, NOW
from tests.deliver.post import Planned, Post, name_of, names, run, said


async def test_refusals_in_a_row_that_may_be_about_us_stop_the_run_and_fail_nobody(planned: Planned) -> None:
    async def refuse(_: Post, batch: Batch, message: Message) -> None:
        batch.settle(message, said(message, State.DEFERRED, "550 5.7.26 Unauthenticated"), Verdict.SUSPECT)

    report = await run(planned(*(f"p{n}" for n in range(20))), Post(refuse), connections=1)
    assert "3 recipients in a row were refused, the last with: 550 5.7.26" in report.stopped
    assert (len(report.deferred), len(report.failed), report.remaining) == (3, 0, 17)


@pytest.mark.parametrize(("verdict", "most"), [(Verdict.REFUSE, 25), (Verdict.GONE, 25)])
async def test_a_server_that_refuses_everybody_in_whatever_words_stops_the_run_and_the_list_stays_whole(
    verdict: Verdict, most: int, planned: Planned
) -> None:
    async def refuse(_: Post, batch: Batch, message: Message) -> None:
        refused = said(message, State.FAILED, "550 Account has been closed")
        batch.settle(message, replace(refused, gone=verdict is Verdict.GONE), verdict)

    ledger = planned(*(f"p{n}" for n in range(60)))
    report = await run(ledger, Post(refuse), connections=1)

    assert f"{most} recipients in a row were refused, the last with: 550 Account" in report.stopped
    assert (len(report.deferred), report.failed, report.remaining) == (most, (), 60 - most)
    assert ledger.suppressed([f"p{n}@example.org" for n in range(60)]) == {}
    assert (await run(ledger, Post(), now=lambda: NOW + timedelta(days=1))).sent == 60


async def test_a_few_that_are_refused_at_the_end_are_failed_and_suppressed(planned: Planned) -> None:
    async def refuse(_: Post, batch: Batch, message: Message) -> None:
        batch.settle(message, replace(said(message, State.FAILED, "550 5.1.1 No"), gone=True), Verdict.GONE)

    ledger = planned("ada", "bob")
    report = await run(ledger, Post(refuse))

    assert (report.stopped, names(report.failed)) == ("", ["ada", "bob"])
    assert set(ledger.suppressed(["ada@example.org", "bob@example.org"])) == {"ada@example.org", "bob@example.org"}


async def test_refusals_stand_once_somebody_is_served_and_not_where_the_run_ends_before(planned: Planned) -> None:
    async def refuse(post: Post, batch: Batch, message: Message) -> None:
        if name_of(message) in ("ada", "cy"):
            batch.settle(message, said(message, State.FAILED, "550 Rejected"), Verdict.REFUSE)
        elif name_of(message) == "dee":
            raise DeliveryStoppedError("The login is refused.")
        else:
            await post.send(batch, message)

    report = await run(planned("ada", "bob", "cy", "dee"), Post(refuse), connections=1)
    assert (names(report.failed), names(report.deferred), report.remaining) == (["ada"], ["cy"], 1)


async def test_a_block_that_lasts_gives_up_nobody_and_the_first_open_day_serves_all(planned: Planned) -> None:
    async def blocked(_: Post, batch: Batch, message: Message) -> None:
        batch.settle(message, said(message, State.DEFERRED, "550 5.7.1 blocked using a list"), Verdict.SUSPECT)

    ledger = planned(*(f"p{n}" for n in range(30)))
    for day in range(10):
        report = await run(ledger, Post(blocked), connections=1, now=lambda day=day: NOW + timedelta(days=day))
        assert (report.failed, bool(report.stopped)) == ((), True)
    assert (await run(ledger, Post(), now=lambda: NOW + timedelta(days=10))).sent == 30


ALIKE = [
    (Verdict.LATER, "451 4.3.0 Try later"),
    (Verdict.GREYLISTED, "450 4.2.0 Greylisted"),
    (Verdict.SLOW_DOWN, "450 4.7.1 Too much mail"),
    (Verdict.DEFER, "452 4.2.2 Mailbox full"),
    (Verdict.SUSPECT, "550 5.7.1 Not wanted"),
    (Verdict.STOP, "550 5.7.26 Unauthenticated"),
    (Verdict.TOO_LARGE, "552 5.3.4 Too large"),
    (Verdict.UNCLEAR, "550 Rejected"),
    (Verdict.REFUSE, "552 5.2.2 Over quota"),
    (Verdict.GONE, "550 5.1.1 User unknown"),
]
FOR_GOOD = (Verdict.TOO_LARGE, Verdict.UNCLEAR, Verdict.REFUSE, Verdict.GONE)


def refusing(verdict: Verdict, words: str, who: Callable[[Message], bool]) -> Post:
    """A server that says this to some, in the way a dialogue has it."""

    async def act(post: Post, batch: Batch, message: Message) -> None:
        if who(message):
            state = State.FAILED if verdict in FOR_GOOD else State.DEFERRED
            outcome = replace(
                said(message, state, words), gone=verdict is Verdict.GONE, tried=verdict is not Verdict.SLOW_DOWN
            )
            batch.settle(message, outcome, verdict)
        else:
            await post.send(batch, message)

    return Post(act)


@pytest.mark.parametrize(("verdict", "words"), ALIKE, ids=lambda value: getattr(value, "name", ""))
async def test_where_nobody_is_served_nobody_loses_an_attempt_whatever_is_said(
    verdict: Verdict, words: str, planned: Planned
) -> None:
    ledger = planned(*(f"p{n}" for n in range(12)))
    for day in range(10):
        now = NOW + timedelta(days=day)
        report = await run(ledger, refusing(verdict, words, lambda _: True), now=lambda now=now: now, since=NOW)
        assert report.failed == ()
        assert {one.recipient.attempts for one in report.deferred} == {0}
    assert ledger.suppressed([f"p{n}@example.org" for n in range(12)]) == {}
    assert (await run(ledger, Post(), now=lambda: NOW + timedelta(days=11))).sent == 12


@pytest.mark.parametrize(
    ("verdict", "words"),
    [pair for pair in ALIKE if pair[0] not in (Verdict.DEFER, Verdict.REFUSE, Verdict.GONE)],
    ids=lambda value: getattr(value, "name", ""),
)
async def test_where_a_server_refuses_everybody_from_some_message_on_nobody_loses_an_attempt(
    verdict: Verdict, words: str, planned: Planned
) -> None:
    ledger, first = planned(*(f"p{n}" for n in range(12))), {"p0", "p1", "p2"}
    for turn in range(10):
        now = NOW + timedelta(hours=3 * turn)
        post = refusing(verdict, words, lambda message: name_of(message) not in first)
        report = await run(ledger, post, connections=1, now=lambda now=now: now, since=NOW)
        assert (report.sent_total, report.failed) == (3, ())
        assert {one.recipient.attempts for one in report.deferred} == {0}


@pytest.mark.parametrize(("verdict", "words"), ALIKE, ids=lambda value: getattr(value, "name", ""))
async def test_a_provider_that_refuses_all_of_its_own_harms_none_of_them_and_the_others_are_served(
    verdict: Verdict, words: str, ledger: Ledger
) -> None:
    # Every second one, so that somebody is served between any two.
    addresses = [f"p{n}@{'gmail.com' if n % 2 else 'example.org'}" for n in range(60)]
    ledger.freeze(ISSUE, ((one, Subscriber(email=one)) for one in addresses))
    post = refusing(verdict, words, lambda message: message.recipient.key.endswith("gmail.com"))
    report = await run(ledger, post, connections=1)
    assert (len(post.taken), report.failed, report.stopped) == (30, (), "")
    assert {one.recipient.attempts for one in report.deferred} == {0}
    assert ledger.suppressed(addresses) == {}
    if verdict in (Verdict.SUSPECT, Verdict.STOP, Verdict.TOO_LARGE):
        assert f"google refuses our mail to everybody there: {words}" in " ".join(report.notes)


@pytest.mark.parametrize(("verdict", "words"), ALIKE[3:], ids=lambda value: getattr(value, "name", ""))
async def test_one_who_is_refused_stops_nobody_behind(verdict: Verdict, words: str, planned: Planned) -> None:
    ledger = planned(*(f"p{n}" for n in range(8)))
    post = refusing(verdict, words, lambda message: name_of(message) == "p0")
    report = await run(ledger, post, connections=1)
    assert (report.sent, report.stopped) == (7, "")
    assert names(report.failed if verdict in FOR_GOOD else report.deferred) == ["p0"]
    assert bool(ledger.suppressed(["p0@example.org"])) == (verdict is Verdict.GONE)


async def test_the_last_of_a_list_who_are_gone_or_full_are_taken_at_their_word(planned: Planned) -> None:
    ledger = planned(*(f"p{n}" for n in range(12)))
    post = refusing(*ALIKE[-1], lambda message: int(name_of(message)[1:]) >= 8)
    report = await run(ledger, post, connections=1)
    assert (report.sent, len(report.failed)) == (8, 4)


async def test_what_one_server_refuses_to_all_is_no_fault_of_theirs_where_another_serves_them(
    planned: Planned,
) -> None:
    ledger = planned(*(f"p{n}" for n in range(40)))
    closed, takes = refusing(*ALIKE[7], lambda _: True), Post()
    servers = [Server(name="closed", transport=closed), Server(name="open", transport=takes)]
    report = await run(ledger, servers, connections=2)
    assert report.failed == ()
    assert report.sent + len(report.deferred) == 40
    assert {one.recipient.attempts for one in report.deferred} <= {0}


async def test_the_stop_says_what_to_do(planned: Planned) -> None:
    async def refuse(_: Post, batch: Batch, message: Message) -> None:
        message.advice = "Log in."
        batch.settle(message, said(message, State.DEFERRED, "530 5.7.0 Who?"), Verdict.STOP)

    report = await run(planned(*(f"p{n}" for n in range(9))), Post(refuse), connections=1)
    assert report.stopped == "3 recipients in a row were refused, the last with: 530 5.7.0 Who?. Log in."


VERDICTS = st.sampled_from([verdict for verdict in Verdict if RefusalStreak.holds(verdict)])


@given(
    refused=st.lists(st.tuples(st.sampled_from("abc"), VERDICTS, st.integers(0, 2)), max_size=60),
    served=st.lists(st.tuples(st.integers(0, 60), st.sampled_from("abc")), max_size=6),
    complete=st.booleans(),
    few=st.booleans(),
)
def test_every_refusal_is_decided_once(
    refused: list[tuple[str, Verdict, int]], served: list[tuple[int, str]], complete: bool, few: bool
) -> None:
    streak, decided = RefusalStreak(lambda key: key.rpartition("@")[2]), list[Refusal]()
    given_in = []
    for number, (provider, verdict, attempts) in enumerate(refused):
        for _, of in (one for one in served if one[0] == number):
            outcome = streak.served(f"served@{of}")
            decided += [*outcome.stand, *outcome.put_off]
        address = f"p{number}@{provider}"
        recipient = Recipient(key=address, email=address, attempts=attempts)
        refusal = Refusal(
            Message(recipient=recipient, write=lambda _: []),
            Outcome(recipient=recipient, state=State.DEFERRED),
            verdict,
        )
        given_in.append(address)
        outcome = streak.add(refusal)
        decided += [*outcome.stand, *outcome.put_off]
    outcome = streak.end(complete=complete, ever=bool(served), few=few)
    decided += [*outcome.stand, *outcome.put_off]
    assert sorted(one.message.recipient.key for one in decided) == sorted(given_in)


def refusal(name: str, verdict: Verdict) -> Refusal:
    recipient = Recipient(key=f"{name}@example.org", email=f"{name}@example.org")
    message = Message(recipient=recipient, write=lambda _: [])
    return Refusal(message, Outcome(recipient=recipient, state=State.DEFERRED), verdict)


@pytest.mark.parametrize("verdict", [Verdict.GONE, Verdict.LATER])
@pytest.mark.parametrize("served", [False, True])
def test_who_comes_back_alone_is_still_of_the_streak(verdict: Verdict, served: bool) -> None:
    # Those put off together come back one by one, as the dice have it, while the run waits for them.
    streak = RefusalStreak(lambda _: "example.org")
    if served:
        streak.served("first@example.org")
    put_off = []
    for number in range(12 if verdict is Verdict.LATER else 30):
        put_off += streak.add(refusal(f"p{number}", verdict)).put_off
    put_off += streak.end(complete=True, ever=served, few=False).put_off
    again = [*streak.add(refusal("p0", verdict)).put_off]
    again += streak.end(complete=True, ever=served, few=False).put_off
    assert [len(put_off), len(again)] == [12 if verdict is Verdict.LATER else 30, 1]


async def test_where_only_some_are_due_again_they_are_no_less_of_a_streak(planned: Planned) -> None:
    # Cron may come when one or two of those put off together are due.
    ledger, moment = planned(*(f"p{n}" for n in range(12))), NOW
    for _ in range(30):
        report = await run(ledger, refusing(*ALIKE[-1], lambda _: True), now=lambda now=moment: now, since=NOW)
        assert report.failed == ()
        moment += timedelta(seconds=10)
    dice = iter([n % 10 / 10 for n in range(1000)])
    for _ in range(60):
        post = refusing(*ALIKE[-1], lambda _: True)
        report = await run(ledger, post, now=lambda now=moment: now, chance=lambda: next(dice), since=NOW)
        assert report.failed == ()
        assert {one.recipient.attempts for one in report.deferred} == {0}
        moment += timedelta(seconds=7)


def test_the_same_few_again_and_again_are_no_longer_a_streak() -> None:
    streak = RefusalStreak(lambda _: "example.org")
    for _ in range(40):
        for name in ("ada", "bob"):
            streak.add(refusal(name, Verdict.SUSPECT))
    assert streak.too_many == 0


async def test_some_who_are_always_refused_do_not_keep_the_others_from_their_mail(planned: Planned) -> None:
    async def some(post: Post, batch: Batch, message: Message) -> None:
        if name_of(message).startswith("x"):
            batch.settle(message, said(message, State.DEFERRED, "550 5.7.1 Not wanted"), Verdict.SUSPECT)
        else:
            await post.send(batch, message)

    ledger, post = planned("a0", "x1", "x2", "x3", "b1", "b2", "x4"), Post(some)
    for day in range(12):
        report = await run(ledger, post, connections=1, now=lambda day=day: NOW + timedelta(days=day), since=NOW)
        # For some days what all of those say who are left may be about us; but an issue must come to its end.
        assert day > 4 or report.failed == ()
    assert sorted(post.taken) == ["a0", "b1", "b2"]
    assert (report.deferred, names(report.failed), report.stopped) == ((), ["x1", "x2", "x3", "x4"], "")


async def test_who_alone_is_refused_among_those_served_is_given_up_after_five_attempts(planned: Planned) -> None:
    async def one(post: Post, batch: Batch, message: Message) -> None:
        if name_of(message) == "x":
            batch.settle(message, said(message, State.DEFERRED, "550 5.7.1 Not wanted"), Verdict.SUSPECT)
        else:
            await post.send(batch, message)

    ledger = planned("x", *(f"p{n}" for n in range(5)))
    failed = []
    for day in range(5):
        now = NOW + timedelta(days=day)
        report = await run(ledger, Post(one), connections=1, send={"per_day": 2}, now=lambda now=now: now)
        failed.append(names(report.failed))
    assert failed == [[], [], [], [], ["x"]]


async def test_single_refusals_stop_nothing(planned: Planned) -> None:
    async def every_second(post: Post, batch: Batch, message: Message) -> None:
        if int(name_of(message)[1:]) % 2:
            batch.settle(message, said(message, State.DEFERRED, "550 5.7.1 Not wanted"), Verdict.SUSPECT)
        else:
            await post.send(batch, message)

    report = await run(planned(*(f"p{n}" for n in range(20))), Post(every_second), connections=1)
    assert (report.stopped, report.sent, len(report.deferred)) == ("", 10, 10)


async def test_a_server_that_refuses_all_mail_stops_the_run_and_the_list_stays_whole(planned: Planned) -> None:
    async def refuse(_: Post, batch: Batch, message: Message) -> None:
        raise DeliveryStoppedError("The login is refused.", hint="Check the password.")

    ledger = planned(*(f"p{n}" for n in range(20)))
    report = await run(ledger, Post(refuse))
    assert report.stopped == "The login is refused. Check the password."
    assert report.remaining == 20
    assert (await run(ledger, Post())).sent == 20
