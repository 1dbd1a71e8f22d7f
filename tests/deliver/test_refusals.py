"""Refusals that are about us and not about the recipients."""

from __future__ import annotations

from digest.deliver.replies import Verdict
from digest.deliver.transport import Letter, Round
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState as State
from tests.deliver.post import Planned, Post, name_of, run, said


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
