"""Refusals that are about us and not about the recipients."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.deliver.wire.replies import Verdict
from digest.deliver.wire.transport import Letter, Round
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState as State
from tests.deliver.conftest import NOW
from tests.deliver.post import Planned, Post, name_of, names, run, said


async def test_refusals_in_a_row_that_may_be_about_us_stop_the_run_and_fail_nobody(planned: Planned) -> None:
    async def refuse(_: Post, letters: Round, letter: Letter) -> None:
        letters.settle(letter, said(letter, State.DEFERRED, "550 5.7.26 Unauthenticated"), Verdict.SUSPECT)

    report = await run(planned(*(f"p{n}" for n in range(20))), Post(refuse), connections=1)
    assert "3 recipients in a row were refused, the last with: 550 5.7.26" in report.stopped
    assert (len(report.deferred), len(report.failed), report.remaining) == (3, 0, 17)


@pytest.mark.parametrize(("verdict", "most"), [(Verdict.REFUSE, 25), (Verdict.GONE, 25)])
async def test_a_server_that_refuses_everybody_in_whatever_words_stops_the_run_and_the_list_stays_whole(
    verdict: Verdict, most: int, planned: Planned
) -> None:
    async def refuse(_: Post, letters: Round, letter: Letter) -> None:
        refused = said(letter, State.FAILED, "550 Account has been closed")
        letters.settle(letter, replace(refused, gone=verdict is Verdict.GONE), verdict)

    ledger = planned(*(f"p{n}" for n in range(60)))
    report = await run(ledger, Post(refuse), connections=1)

    assert f"{most} recipients in a row were refused, the last with: 550 Account" in report.stopped
    assert (len(report.deferred), report.failed, report.remaining) == (most, (), 60 - most)
    assert ledger.suppressed([f"p{n}@example.org" for n in range(60)]) == {}
    assert (await run(ledger, Post(), now=lambda: NOW + timedelta(days=1))).sent == 60


async def test_a_few_that_are_refused_at_the_end_are_failed_and_suppressed(planned: Planned) -> None:
    async def refuse(_: Post, letters: Round, letter: Letter) -> None:
        letters.settle(letter, replace(said(letter, State.FAILED, "550 5.1.1 No"), gone=True), Verdict.GONE)

    ledger = planned("ada", "bob")
    report = await run(ledger, Post(refuse))

    assert (report.stopped, names(report.failed)) == ("", ["ada", "bob"])
    assert set(ledger.suppressed(["ada@example.org", "bob@example.org"])) == {"ada@example.org", "bob@example.org"}


async def test_refusals_stand_once_somebody_is_served_and_not_where_the_run_ends_before(planned: Planned) -> None:
    async def refuse(post: Post, letters: Round, letter: Letter) -> None:
        if name_of(letter) in ("ada", "cy"):
            letters.settle(letter, said(letter, State.FAILED, "550 Rejected"), Verdict.REFUSE)
        elif name_of(letter) == "dee":
            raise DeliveryStoppedError("The login is refused.")
        else:
            await post.send(letters, letter)

    report = await run(planned("ada", "bob", "cy", "dee"), Post(refuse), connections=1)
    assert (names(report.failed), names(report.deferred), report.remaining) == (["ada"], ["cy"], 1)


async def test_a_block_that_lasts_gives_up_nobody_and_the_first_open_day_serves_all(planned: Planned) -> None:
    async def blocked(_: Post, letters: Round, letter: Letter) -> None:
        letters.settle(letter, said(letter, State.DEFERRED, "550 5.7.1 blocked using a list"), Verdict.SUSPECT)

    ledger = planned(*(f"p{n}" for n in range(30)))
    for day in range(10):
        report = await run(ledger, Post(blocked), connections=1, now=lambda day=day: NOW + timedelta(days=day))
        assert (report.failed, bool(report.stopped)) == ((), True)
    assert (await run(ledger, Post(), now=lambda: NOW + timedelta(days=10))).sent == 30


async def test_some_who_are_always_refused_do_not_keep_the_others_from_their_mail(planned: Planned) -> None:
    async def some(post: Post, letters: Round, letter: Letter) -> None:
        if name_of(letter).startswith("x"):
            letters.settle(letter, said(letter, State.DEFERRED, "550 5.7.1 Not wanted"), Verdict.SUSPECT)
        else:
            await post.send(letters, letter)

    ledger, post = planned("a0", "x1", "x2", "x3", "b1", "b2", "x4"), Post(some)
    for day in range(12):
        report = await run(ledger, post, connections=1, now=lambda day=day: NOW + timedelta(days=day))
    assert sorted(post.taken) == ["a0", "b1", "b2"]
    assert (report.deferred, names(report.failed), report.stopped) == ((), ["x1", "x2", "x3", "x4"], "")


async def test_who_alone_is_refused_among_those_served_is_given_up_after_five_attempts(planned: Planned) -> None:
    async def one(post: Post, letters: Round, letter: Letter) -> None:
        if name_of(letter) == "x":
            letters.settle(letter, said(letter, State.DEFERRED, "550 5.7.1 Not wanted"), Verdict.SUSPECT)
        else:
            await post.send(letters, letter)

    ledger = planned("x", *(f"p{n}" for n in range(5)))
    failed = []
    for day in range(5):
        now = NOW + timedelta(days=day)
        report = await run(ledger, Post(one), connections=1, send={"per_day": 2}, now=lambda now=now: now)
        failed.append(names(report.failed))
    assert failed == [[], [], [], [], ["x"]]


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
