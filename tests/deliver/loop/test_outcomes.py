"""What becomes of a message, by what the server said to it and to others."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from digest.deliver.loop.outcomes import Begun, Outcomes, ServerStop
from digest.deliver.loop.queue import Queue
from digest.deliver.loop.recorder import Recorder
from digest.deliver.pacing.buckets import TokenBucket
from digest.deliver.pacing.limits import Limits
from digest.deliver.wire.rules import AUTHENTICATE
from digest.deliver.wire.transport import Message
from digest.deliver.wire.verdicts import Verdict
from digest.model import DeliveryState as State
from digest.model import Outcome, Recipient
from digest.settings.mail import Rates
from tests.deliver.conftest import NOW
from tests.deliver.loop.contexts import Records, context_of
from tests.deliver.post import said

BEGUN = Begun(at=NOW.timestamp(), sent=0, left=100, doubting=True, taken={})


class Run:
    """Outcomes over a ledger that keeps them in a list."""

    def __init__(self, thread: ThreadPoolExecutor, begun: Begun = BEGUN) -> None:
        self.recorded: list[Outcome] = []
        context = context_of(Records(self.recorded.extend), thread, attempts=3)
        self.queue = Queue(TokenBucket(0), lambda: 0.0)
        recorder = Recorder(context, total=begun.left)
        self.outcomes = Outcomes(context, begun, queue=self.queue, limits=Limits(Rates()), recorder=recorder)
        self.streak = self.outcomes.new_streak()

    def settle(self, name: str, state: State, words: str, verdict: Verdict, *, advice: str = "") -> ServerStop | None:
        message = message_to(name, advice=advice)
        return self.outcomes.settle(self.streak, message, said(message, state, words), verdict)

    async def states(self) -> dict[str, str]:
        await self.outcomes.end_round()
        return {one.recipient.email.partition("@")[0]: str(one.state) for one in self.recorded}


@pytest.fixture
def run() -> Iterator[Run]:
    with ThreadPoolExecutor(max_workers=1) as thread:
        yield Run(thread)


def message_to(name: str, *, attempts: int = 0, advice: str = "") -> Message:
    address = name if "@" in name else f"{name}@example.org"
    recipient = Recipient(key=address, email=address, attempts=attempts)
    return Message(recipient=recipient, write=lambda _: [], advice=advice)


async def test_what_was_taken_is_recorded_at_once(run: Run) -> None:
    assert run.settle("ada", State.SENT, "250 2.0.0 Ok", Verdict.ACCEPTED) is None
    assert run.outcomes.sent == 1
    assert await run.states() == {"ada": "sent"}


async def test_a_refusal_waits_until_somebody_else_is_served(run: Run) -> None:
    run.settle("ada", State.FAILED, "550 5.1.1 Unknown", Verdict.GONE)
    await run.outcomes._recorder.write()
    assert run.recorded == []
    run.settle("bob", State.SENT, "250 2.0.0 Ok", Verdict.ACCEPTED)
    await run.outcomes._recorder.write()
    assert [one.state for one in run.recorded] == [State.FAILED, State.SENT]


@pytest.mark.parametrize(("advice", "everywhere"), [("Log in.", False), (AUTHENTICATE, True)])
async def test_a_server_that_refuses_three_for_our_sake_is_given_no_more(
    advice: str, everywhere: bool, run: Run
) -> None:
    stops = [run.settle(name, State.DEFERRED, "550 5.7.1 No", Verdict.SUSPECT, advice=advice) for name in "abc"]
    why = f"3 recipients in a row were refused, the last with: 550 5.7.1 No. {advice}"
    assert stops == [None, None, ServerStop(why=why, everywhere=everywhere)]


async def test_a_message_that_was_tried_as_often_as_may_be_has_failed(run: Run) -> None:
    message = message_to("ada", attempts=2)
    outcome = Outcome(recipient=message.recipient, state=State.DEFERRED, detail="no answer")
    run.outcomes.settle(run.streak, message, outcome, Verdict.UNCERTAIN)
    await run.outcomes.end_run(complete=True)
    assert [(one.state, one.detail) for one in run.recorded] == [(State.FAILED, "given up after 3 attempts: no answer")]


async def test_who_is_refused_for_our_sake_loses_no_attempt_and_each_round_waits_longer(run: Run) -> None:
    waits = []
    for _ in range(3):
        for name in "abc":
            run.settle(name, State.DEFERRED, "451 4.3.0 Later", Verdict.LATER)
        await run.outcomes.end_round()
        assert {one.tried for one in run.recorded} == {False}
        waits.append(run.recorded[-1].retry_at)
    assert [wait - NOW for wait in waits if wait] == [timedelta(minutes=minutes) for minutes in (1, 5, 30)]


async def test_a_provider_that_finds_us_too_fast_is_set_aside_and_named(run: Run) -> None:
    run.queue.add(message_to(name) for name in ("bob@gmail.com", "cy@example.org"))
    run.settle("ada@gmail.com", State.DEFERRED, "421 4.7.28 Too fast", Verdict.SLOW_DOWN)
    assert [message.recipient.email for message in run.queue.aside] == ["bob@gmail.com"]
    assert [message.recipient.email for message in run.queue.waiting] == ["cy@example.org"]
    assert run.outcomes.notes == ["google found us too fast: 421 4.7.28 Too fast"]


async def test_what_a_server_refused_that_is_given_no_more_is_put_off(run: Run) -> None:
    run.settle("ada", State.FAILED, "550 5.1.1 Unknown", Verdict.GONE)
    run.outcomes.end_server(run.streak)
    assert await run.states() == {"ada": "deferred"}


async def test_the_last_two_of_an_issue_that_others_have_are_taken_at_their_word() -> None:
    with ThreadPoolExecutor(max_workers=1) as thread:
        run = Run(thread, replace(BEGUN, sent=10, left=2))
        run.settle("ada", State.FAILED, "550 Rejected", Verdict.UNCLEAR)
        assert await run.states() == {"ada": "failed"}


def test_the_report_says_a_thing_once_and_not_too_many(run: Run) -> None:
    for number in range(30):
        run.outcomes.note("the same")
        run.outcomes.note(str(number))
    assert run.outcomes.notes[:3] == ["the same", "0", "1"]
    assert len(run.outcomes.notes) == 20
