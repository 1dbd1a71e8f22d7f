"""The loop between a real ledger and a transport: who gets a message, when, and what is on record."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from digest.deliver.wire.transport import Batch, Message
from digest.model import DeliveryState as State
from digest.store.ledger import Ledger
from tests.deliver.conftest import ISSUE, NOW
from tests.deliver.post import Planned, Post, name_of, names, run, said


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

    async def look(post: Post, batch: Batch, message: Message) -> None:
        assert ledger.tally(ISSUE)[State.CLAIMED] == 1
        await post.send(batch, message)

    await run(ledger, Post(look))
    assert ledger.tally(ISSUE)[State.SENT] == 1


async def test_the_progress_ends_with_all(planned: Planned) -> None:
    told: list[tuple[int, int]] = []
    await run(
        planned(*(f"p{n}" for n in range(120))), Post(), progress=lambda done, total, _: told.append((done, total))
    )
    assert told[-1] == (120, 120)
    assert told == sorted(told)


# --- what servers say -------------------------------------------------------------------------------------------


async def test_who_did_not_get_it_is_named_with_the_servers_words(planned: Planned) -> None:
    words = {"bob": (State.FAILED, "550 5.1.1 No such user"), "cy": (State.DEFERRED, "450 4.2.1 Greylisted")}

    async def answer(post: Post, batch: Batch, message: Message) -> None:
        if name_of(message) in words:
            batch.settle(message, said(message, *words[name_of(message)]))
        else:
            await post.send(batch, message)

    report = await run(planned("ada", "bob", "cy"), Post(answer))
    assert report.sent == 1
    assert [(names([one])[0], one.detail) for one in report.failed] == [("bob", "550 5.1.1 No such user")]
    [cy] = report.deferred
    assert (cy.code, cy.retry_at) == (450, NOW + timedelta(minutes=1))


async def test_a_deferred_message_is_tried_again_in_the_same_run_if_its_time_comes_soon(planned: Planned) -> None:
    moments = iter(NOW + timedelta(seconds=20 * n) for n in range(10_000))
    tries = Counter[str]()

    async def greylist(post: Post, batch: Batch, message: Message) -> None:
        tries[name_of(message)] += 1
        if tries[name_of(message)] == 1:
            batch.settle(message, said(message, State.DEFERRED, "450 4.2.1 Greylisted"))
        else:
            await post.send(batch, message)

    post = Post(greylist)
    ledger = planned("ada", "bob")
    report = await run(ledger, post, now=lambda: next(moments), patience=timedelta(minutes=2))
    assert sorted(post.taken) == ["ada", "bob"]
    assert report.deferred == ()


async def test_a_deferred_message_whose_time_is_far_is_left_for_the_next_run(planned: Planned) -> None:
    async def greylist(_: Post, batch: Batch, message: Message) -> None:
        batch.settle(message, said(message, State.DEFERRED, "450 4.2.1 Greylisted"))

    ledger = planned("ada")
    report = await run(ledger, Post(greylist))
    assert names(report.deferred) == ["ada"]
    post = Post()
    await run(ledger, post, now=lambda: NOW + timedelta(minutes=1))
    assert post.taken == ["ada"]


async def test_a_message_that_is_always_deferred_fails_in_the_end(planned: Planned) -> None:
    async def full(_: Post, batch: Batch, message: Message) -> None:
        batch.settle(message, said(message, State.DEFERRED, "452 4.2.2 Mailbox full"))

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
