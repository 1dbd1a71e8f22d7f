"""The loop that brings the messages of an issue to the transport, and what became of them to the ledger.

    ledger ── claim ──▶ tray ── take ──▶ connections ── settle ──▶ recorder ── record ──▶ ledger

Each arrow is a task of its own; the ledger's transactions run one after the other in a thread.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, Protocol, TypeVar

from digest.deliver.pace import TokenBucket, reconnect_after, retry_after
from digest.deliver.press import Press
from digest.deliver.recorder import Recorder, finished
from digest.deliver.replies import Verdict
from digest.deliver.transport import BrokenConnectionError, Letter, Transport
from digest.deliver.tray import Tray
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState, Outcome, Recipient, Report, Skipped
from digest.settings import SendSettings

#: Recipients are claimed in groups of at most so many: a commit costs as much for one as for a hundred.
_GROUP = 100
#: Seconds of work that are claimed ahead: what a crash leaves uncertain though it was not begun.
_AHEAD = 0.02
#: Seconds that messages on their way may take to end after a request to stop; without an answer they are uncertain.
_GRACE = 8.0
#: A deferred message whose time comes this soon is waited for; the next run takes the others.
_PATIENCE = timedelta(minutes=2)
#: Refusals in a row, nobody served between them, that stop a run. Those that may be about us: more would only harm the
#: sender's name. And mailboxes that are no more: of the worst list three in ten are, and 25 in a row one time in 10^13,
#: but a server that has lost its tables says so of everybody.
_IN_A_ROW = {Verdict.SUSPECT: 3, Verdict.GONE: 25}
#: Connections in a row that come to nothing before a worker gives up: where some worked, and where none did.
_FAILURES = (6, 3)

_T = TypeVar("_T")


class Ledger(Protocol):
    """What the sender needs of the ledger; `store.ledger` says what each does.

    Called from one thread at a time, except for `begin` and `answer`, which take no time and are called in the loop.
    """

    def recover(self, issue: str, *, now: datetime) -> int: ...
    def claim(self, issue: str, *, limit: int, now: datetime) -> list[Recipient]: ...
    def record(self, issue: str, outcomes: Sequence[Outcome], *, now: datetime) -> None: ...
    def release(self, issue: str, recipients: Sequence[Recipient], *, now: datetime) -> None: ...
    def start(self, issue: str) -> None: ...
    def finish(self) -> None: ...
    def begin(self, recipient: Recipient) -> None: ...
    def answer(self, outcome: Outcome) -> None: ...
    def next_due(self, issue: str) -> datetime | None: ...
    def tally(self, issue: str) -> Mapping[DeliveryState, int]: ...
    def deliveries(self, issue: str, state: DeliveryState) -> Iterator[Outcome]: ...


class Mold(Protocol):
    """An edition that only lacks its recipient."""

    def message(self, recipient: Recipient) -> bytes: ...


def quiet(_done: int, _total: int) -> None:
    """Show no progress."""


async def deliver(
    issue_key: str,
    *,
    ledger: Ledger,
    transport: Transport,
    mold: Mold,
    settings: SendSettings,
    now: Callable[[], datetime],
    progress: Callable[[int, int], None] = quiet,
    stop: asyncio.Event | None = None,
    chance: Callable[[], float] = random.random,
    patience: timedelta = _PATIENCE,
    ahead: int = 0,
) -> Report:
    """Send what the ledger holds for an issue: what is planned, and what was deferred and is due.

    The caller holds the project's lock. What an earlier run left claimed becomes uncertain first.

    Args:
        progress: told how many messages have come to an end, of how many.
        stop: when set, no further message is begun; those on their way end, and it returns within 10 seconds.
        chance: a number from 0 to 1, another one each time.
        patience: how long to wait for a deferred message whose time comes; the next run takes the others.
        ahead: threads that write messages before their turn, where that takes long.

    Returns:
        What was sent, and every address that did not get its message, from this run or an earlier one.
    """
    with (
        ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger") as thread,
        Press(mold.message, threads=ahead) as press,
    ):
        run = _Run(
            issue=issue_key,
            ledger=ledger,
            transport=transport,
            press=press,
            settings=settings,
            now=now,
            chance=chance,
            patience=patience,
            recorder=Recorder(partial(_record, ledger, issue_key, now), thread, progress),
            tray=Tray(TokenBucket(settings.per_second), asyncio.get_running_loop().time),
            thread=thread,
            working=settings.connections,
        )
        try:
            await run.run(stop or asyncio.Event())
        except BaseExceptionGroup as group:
            raise _first(group) from group
        return await run.in_ledger(partial(_report, ledger, issue_key, run.sent, run.tray.closed))


def _record(ledger: Ledger, issue: str, now: Callable[[], datetime], outcomes: Sequence[Outcome]) -> None:
    ledger.record(issue, outcomes, now=now())


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


def _report(ledger: Ledger, issue: str, sent: int, stopped: str) -> Report:
    tally = ledger.tally(issue)
    skipped = ledger.deliveries(issue, DeliveryState.SKIPPED)
    return Report(
        issue=issue,
        sent=sent,
        sent_total=tally[DeliveryState.SENT],
        deferred=tuple(ledger.deliveries(issue, DeliveryState.DEFERRED)),
        failed=tuple(ledger.deliveries(issue, DeliveryState.FAILED)),
        uncertain=tuple(ledger.deliveries(issue, DeliveryState.UNCERTAIN)),
        skipped=tuple(Skipped(email=row.recipient.email, line=0, why=row.detail) for row in skipped),
        remaining=tally[DeliveryState.PLANNED],
        stopped=stopped,
    )


@dataclass(slots=True, kw_only=True)
class _Run:
    """One run over one issue."""

    issue: str
    ledger: Ledger
    transport: Transport
    press: Press
    settings: SendSettings
    now: Callable[[], datetime]
    chance: Callable[[], float]
    patience: timedelta
    recorder: Recorder
    tray: Tray
    thread: ThreadPoolExecutor
    #: Workers that have not given up.
    working: int
    sent: int = 0
    settled: int = 0
    #: Refusals since the last message that was sent, of those kinds that stop a run.
    in_a_row: Counter[Verdict] = field(default_factory=Counter)
    #: The size of the last claim, when it was, and what had been settled by then.
    claim_size: int = 0
    claimed_at: float = 0.0
    claimed_after: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        await self.in_ledger(partial(self.ledger.recover, self.issue, now=self.now()))
        await self.in_ledger(partial(self.ledger.start, self.issue))
        tally = await self.in_ledger(partial(self.ledger.tally, self.issue))
        self.recorder.total = tally[DeliveryState.PLANNED] + tally[DeliveryState.DEFERRED]
        try:
            async with asyncio.TaskGroup() as beside:
                recording = beside.create_task(self.recorder.run())
                async with asyncio.TaskGroup() as group:
                    group.create_task(self.feed())
                    workers = [group.create_task(self.work()) for _ in range(self.settings.connections)]
                    stopping = beside.create_task(self.heed(stop, workers))
                stopping.cancel()
                recording.cancel()
        finally:
            await self.recorder.write()
            await self.release()
            await self.in_ledger(self.ledger.finish)

    async def heed(self, stop: asyncio.Event, workers: Sequence[asyncio.Task[None]]) -> None:
        await stop.wait()
        self.tray.close("stopped on request")
        await asyncio.sleep(_GRACE)
        for worker in workers:
            worker.cancel()

    # --- from the ledger ----------------------------------------------------------------------------------------

    async def feed(self) -> None:
        """Claim recipients while there are any, as they are needed."""
        while not self.tray.closed:
            if len(self.tray.waiting) > max(self.settings.connections, self.claim_size // 2):
                await self.tray.change()
            elif await finished(self.claim()):
                pass
            elif self.tray.waiting or self.tray.open:
                # One of these may be deferred for a short time.
                await self.tray.change()
            elif not await self.due_soon():
                break
        self.tray.finish()

    async def claim(self) -> bool:
        """Fill the tray; False where nobody is due."""
        limit = self.next_claim(asyncio.get_running_loop().time())
        claimed = await self.in_ledger(partial(self.ledger.claim, self.issue, limit=limit, now=self.now()))
        self.tray.add(map(self.press.letter, claimed))
        return bool(claimed)

    def next_claim(self, at: float) -> int:
        """How many to claim: a slow server's work is claimed little by little, so that a crash leaves little open."""
        rate = (self.settled - self.claimed_after) / max(at - self.claimed_at, 1e-3)
        self.claim_size = min(_GROUP, max(self.settings.connections, math.ceil(rate * _AHEAD)))
        self.claimed_at, self.claimed_after = at, self.settled
        return self.claim_size

    async def due_soon(self) -> bool:
        """Wait for the next deferred message if its time comes soon; False where there is none."""
        await self.recorder.write()
        due = await self.in_ledger(partial(self.ledger.next_due, self.issue))
        if due is None or due - self.now() > self.patience:
            return False
        await self.tray.rest((due - self.now()).total_seconds())
        return True

    # --- to the transport ---------------------------------------------------------------------------------------

    async def work(self) -> None:
        """Keep one connection busy, and renew it."""
        failures = 0
        while not self.tray.exhausted:
            letters = _Round(self)
            broken = await self.carry(letters)
            if not broken or letters.sent:
                failures = 0
            elif not await self.try_again(failures := failures + 1, broken):
                break
        self.working -= 1

    async def carry(self, letters: _Round) -> str:
        """Deliver letters over one connection; returns why it broke, "" where it did not."""
        why = "the run was stopped before the server's answer"
        try:
            await self.transport.carry(letters)
        except BrokenConnectionError as error:
            why = error.detail
            return why
        except DeliveryStoppedError as error:
            self.tray.close(" ".join(filter(None, (error.message, error.hint))))
        finally:
            for letter in letters.abandon():
                self.decide(letter, why)
        return ""

    def decide(self, letter: Letter, why: str) -> None:
        """Say what becomes of a letter that a connection left open."""
        if letter.committed:
            self.settle(letter, _open_end(letter, DeliveryState.UNCERTAIN, why))
            self.tray.let_go()
        elif letter.broken and not self.tray.closed:
            # The second connection that broke under it: it may be this message that breaks them.
            self.settle(letter, _open_end(letter, DeliveryState.DEFERRED, why))
            self.tray.let_go()
        else:
            letter.broken += 1
            self.tray.give_back(letter)

    async def try_again(self, failures: int, why: str) -> bool:
        """Wait after a connection that delivered nothing; False where this worker should give up."""
        if failures >= _FAILURES[not self.sent]:
            # A server that allows fewer connections than we want still serves the others.
            if self.working == 1 or not self.sent:
                self.tray.close(why)
            return False
        await self.tray.rest(reconnect_after(failures, self.chance()))
        return True

    # --- back to the ledger -------------------------------------------------------------------------------------

    def settle(self, letter: Letter, outcome: Outcome, verdict: Verdict = Verdict.ACCEPTED) -> None:
        self.settled += 1
        if outcome.state is DeliveryState.SENT:
            self.sent += 1
            self.in_a_row.clear()
        elif most := _IN_A_ROW.get(verdict):
            self.in_a_row[verdict] += 1
            if self.in_a_row[verdict] == most:
                self.tray.close(f"{most} recipients in a row were refused, the last with: {outcome.detail}")
        outcome = self.with_retry(letter, outcome, verdict)
        if letter.committed:
            self.ledger.answer(outcome)
        self.recorder.add(outcome)

    def with_retry(self, letter: Letter, outcome: Outcome, verdict: Verdict) -> Outcome:
        if outcome.state is not DeliveryState.DEFERRED:
            return outcome
        attempts = letter.recipient.attempts + 1
        if outcome.tried and attempts >= self.settings.attempts:
            detail = f"given up after {attempts} attempts: {outcome.detail}"
            return replace(outcome, state=DeliveryState.FAILED, detail=detail)
        return replace(outcome, retry_at=self.now() + retry_after(attempts, self.chance(), verdict))

    async def release(self) -> None:
        """Give back the claims of letters that were not begun."""
        rest = [letter.recipient for letter in self.tray.waiting]
        for start in range(0, len(rest), _GROUP):
            group = rest[start : start + _GROUP]
            await self.in_ledger(partial(self.ledger.release, self.issue, group, now=self.now()))

    async def in_ledger(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)


class _Round:
    """What one connection has in hand."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._letters: list[Letter] = []
        self.sent = 0

    async def next(self) -> Letter | None:
        return self._hold(await self._run.tray.take())

    def ready(self) -> Letter | None:
        return self._hold(self._run.tray.take_ready())

    def put_back(self, letter: Letter) -> None:
        self._letters.remove(letter)
        self._run.tray.give_back(letter)

    def commit(self, letter: Letter) -> None:
        self._run.ledger.begin(letter.recipient)
        letter.committed = True

    def settle(self, letter: Letter, outcome: Outcome, verdict: Verdict = Verdict.ACCEPTED) -> None:
        self._letters.remove(letter)
        self.sent += outcome.state is DeliveryState.SENT
        self._run.settle(letter, outcome, verdict)
        self._run.tray.let_go()

    def abandon(self) -> list[Letter]:
        letters, self._letters = self._letters, []
        return letters

    def _hold(self, letter: Letter | None) -> Letter | None:
        if letter is not None:
            self._letters.append(letter)
        return letter


def _open_end(letter: Letter, state: Literal[DeliveryState.UNCERTAIN, DeliveryState.DEFERRED], why: str) -> Outcome:
    return Outcome(recipient=letter.recipient, state=state, detail=why)
