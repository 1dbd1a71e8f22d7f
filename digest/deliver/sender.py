"""The loop that brings the messages of an issue to the transport and the outcomes to the ledger."""

from __future__ import annotations

import asyncio
import math
import random
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, Protocol, TypeVar

from digest.config import SendSettings
from digest.deliver.pace import TokenBucket, reconnect_after, retry_after
from digest.deliver.transport import BrokenConnectionError, Letter, Round, Transport
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState, Outcome, Recipient, Report, Skipped

__all__ = ["Ledger", "Mold", "Round", "Transport", "deliver"]

#: Claims and outcomes are written in groups of at most so many: a commit costs as much for one as for a hundred.
_GROUP = 100
#: An outcome is on disk this many seconds after the server's answer, and the time that the commit takes.
_RECORD_WITHIN = 0.05
#: Work claimed ahead, in seconds: what a crash leaves uncertain though it was not begun.
_CLAIM_AHEAD = 0.05
#: After a request to stop, messages on their way may end for so long; what then has no answer is uncertain.
_GRACE = 8.0
#: A deferred message whose time comes this soon is waited for; the next run takes the others.
_PATIENCE = timedelta(minutes=2)
#: Refusals in a row that may be about us, not the recipients: more would only harm the sender's name.
_SUSPECTS = 3
#: Connections in a row that fail before a worker gives up.
_FAILURES = 6

_T = TypeVar("_T")


class Ledger(Protocol):
    """What the sender needs of the ledger; `store.ledger` says what each does. Called from one thread at a time."""

    def recover(self, issue: str, *, now: datetime) -> int: ...
    def claim(self, issue: str, *, limit: int, now: datetime) -> list[Recipient]: ...
    def record(self, issue: str, outcomes: Sequence[Outcome], *, now: datetime) -> None: ...
    def release(self, issue: str, recipients: Sequence[Recipient], *, now: datetime) -> None: ...
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
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Report:
    """Send what the ledger holds for an issue: what is planned, and what was deferred and is due.

    The caller holds the project's lock. What an earlier run left claimed becomes uncertain first.

    Args:
        stop: when set, no further message is begun; those on their way end, and it returns within 10 seconds.
        progress: told how many messages have come to an end, of how many.
    """
    run = _Run(
        issue=issue_key,
        ledger=ledger,
        transport=transport,
        mold=mold,
        settings=settings,
        now=now,
        progress=progress,
        stop=stop or asyncio.Event(),
        chance=chance,
        sleep=sleep,
    )
    try:
        return await run.run()
    finally:
        run.close()


@dataclass(slots=True)
class _Claims:
    """How many recipients to claim at a time: little when the server is slow, so that a crash leaves little open."""

    connections: int
    size: int = 0
    _since: float = 0.0
    _settled: int = 0

    def adapt(self, at: float, settled: int) -> int:
        """The size of the next claim, from the rate since the last one."""
        if at > self._since:
            rate = (settled - self._settled) / (at - self._since)
            self.size = min(_GROUP, max(self.connections, math.ceil(rate * _CLAIM_AHEAD)))
        self._since, self._settled = at, settled
        return self.size


class _Run:
    """One run over one issue."""

    def __init__(
        self,
        *,
        issue: str,
        ledger: Ledger,
        transport: Transport,
        mold: Mold,
        settings: SendSettings,
        now: Callable[[], datetime],
        progress: Callable[[int, int], None],
        stop: asyncio.Event,
        chance: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._issue = issue
        self._ledger = ledger
        self._transport = transport
        self._mold = mold
        self._settings = settings
        self._now = now
        self._progress = progress
        self._stop = stop
        self._chance = chance
        self._sleep = sleep
        # One thread, so that the ledger's transactions don't wait for each other.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        self._time = asyncio.get_running_loop().time
        self._bucket = TokenBucket(settings.per_second)
        self._claims = _Claims(settings.connections)
        self._queue: deque[Letter] = deque()
        self._outcomes: list[Outcome] = []
        #: Set whenever something happened that somebody may wait for.
        self._changed = asyncio.Event()
        #: Letters in the hands of a connection.
        self._open = 0
        #: The ledger has nothing more for this run.
        self._fed = False
        #: Why the run stopped early; "" while it goes on.
        self._stopped = ""
        self._settled = 0
        self._sent = 0
        self._suspects = 0
        self._working = settings.connections

    # --- the run ------------------------------------------------------------------------------------------------

    async def run(self) -> Report:
        await self._in_ledger(lambda: self._ledger.recover(self._issue, now=self._now()))
        self._total = _unsettled(await self._in_ledger(lambda: self._ledger.tally(self._issue)))
        recording = asyncio.create_task(self._keep_record())
        workers = [asyncio.create_task(self._work()) for _ in range(self._settings.connections)]
        tasks = [*workers, asyncio.create_task(self._feed())]
        stopping = asyncio.create_task(self._heed_stop(workers))
        try:
            await _all_or_first_error([*tasks, recording], until=tasks)
        except BaseException:
            self.halt("cancelled")
            raise
        finally:
            # The feeder ends by itself: cancelled in a claim, it would leave rows claimed that nobody begins.
            for task in (stopping, *workers, recording):
                task.cancel()
            await asyncio.wait([stopping, *tasks, recording])
            await self._write_record()
            await self._release()
        return await self._in_ledger(self._report)

    def close(self) -> None:
        self._thread.shutdown()

    async def _heed_stop(self, workers: Iterable[asyncio.Task[None]]) -> None:
        await self._stop.wait()
        self.halt("stopped on request")
        await asyncio.sleep(_GRACE)
        for worker in workers:
            worker.cancel()

    def halt(self, why: str) -> None:
        """Begin no more messages."""
        self._stopped = self._stopped or why
        self._changed.set()

    # --- from the ledger ----------------------------------------------------------------------------------------

    async def _feed(self) -> None:
        """Claim recipients while there are any and there is need for them."""
        while not self._stopped:
            if len(self._queue) > max(self._settings.connections, self._claims.size // 2):
                await self._change()
            elif claimed := await self._claim():
                self._queue += [Letter(recipient=recipient, write=self._mold.message) for recipient in claimed]
                self._changed.set()
            elif self._stopped:
                # Meanwhile: nobody may be left to wake it.
                break
            elif self._queue or self._open or self._outcomes:
                # One of these may be deferred for a short time.
                await self._change()
            elif not await self._due_soon():
                break
        self._fed = True
        self._changed.set()

    async def _claim(self) -> list[Recipient]:
        limit = self._claims.adapt(self._time(), self._settled)
        return await self._in_ledger(lambda: self._ledger.claim(self._issue, limit=limit, now=self._now()))

    async def _due_soon(self) -> bool:
        """Wait for the next deferred message if its time comes soon; False where there is none."""
        due = await self._in_ledger(lambda: self._ledger.next_due(self._issue))
        if due is None or due - self._now() > _PATIENCE:
            return False
        await self._rest(max(0.0, (due - self._now()).total_seconds()))
        return True

    # --- to the transport ---------------------------------------------------------------------------------------

    async def _work(self) -> None:
        """Keep one connection busy."""
        failures = 0
        while not self._done():
            letters = _Round(self)
            broken: BrokenConnectionError | None = None
            why = "the sender was stopped before the server's answer"
            try:
                await self._transport.carry(letters)
            except BrokenConnectionError as error:
                broken, why = error, error.detail
            except DeliveryStoppedError as error:
                self.halt(" ".join(filter(None, (error.message, error.hint))))
            finally:
                self._clear(letters, why)
            failures = failures + 1 if broken and not letters.sent else 0
            if broken and failures and not await self._try_again(failures, broken):
                break
        self._working -= 1

    async def _try_again(self, failures: int, broken: BrokenConnectionError) -> bool:
        """Wait after a connection that delivered nothing; False where this worker should give up."""
        # A server that was never reached is likely not there; one that limits connections serves the other workers.
        if failures >= (_FAILURES if self._sent else _FAILURES // 2):
            if self._working == 1 or not self._sent:
                self.halt(broken.detail)
            return False
        await self._rest(reconnect_after(failures, self._chance()))
        return True

    def _clear(self, letters: _Round, why: str) -> None:
        """Decide on what a connection left open."""
        for letter in letters.abandon():
            letter.broken += 1
            if letter.committed:
                self.settle(letter, _outcome(letter, DeliveryState.UNCERTAIN, why), suspect=False)
            elif letter.broken > 1 and not self._stopped:
                self.settle(letter, _outcome(letter, DeliveryState.DEFERRED, why), suspect=False)
            else:
                self._queue.appendleft(letter)
        self._changed.set()

    async def take(self) -> Letter | None:
        """The next letter when the limits allow it; None where there will be none."""
        while not self._queue:
            if self._done():
                return None
            await self._change()
        if self._stopped:
            return None
        letter = self._queue.popleft()
        self._open += 1
        try:
            await self._rest(self._bucket.reserve(self._time()))
        except asyncio.CancelledError:
            self.give_back(letter)
            raise
        if self._stopped:
            self.give_back(letter)
            return None
        self._changed.set()
        return letter

    def take_ready(self) -> Letter | None:
        if not self._queue or self._stopped or not self._bucket.try_take(self._time()):
            return None
        self._open += 1
        self._changed.set()
        return self._queue.popleft()

    def give_back(self, letter: Letter) -> None:
        self._open -= 1
        self._queue.appendleft(letter)
        self._changed.set()

    def let_go(self) -> None:
        """A letter is in no connection's hands any more."""
        self._open -= 1

    def _done(self) -> bool:
        return bool(self._stopped) or (self._fed and not self._queue and not self._open)

    # --- back to the ledger -------------------------------------------------------------------------------------

    def settle(self, letter: Letter, outcome: Outcome, *, suspect: bool) -> None:
        self._settled += 1
        if outcome.state is DeliveryState.SENT:
            self._sent += 1
            self._suspects = 0
        elif suspect:
            self._suspects += 1
            if self._suspects >= _SUSPECTS:
                self.halt(f"{_SUSPECTS} recipients in a row were refused, the last with: {outcome.detail}")
        self._outcomes.append(self._with_retry(letter, outcome))
        self._changed.set()

    def _with_retry(self, letter: Letter, outcome: Outcome) -> Outcome:
        if outcome.state is not DeliveryState.DEFERRED:
            return outcome
        attempts = letter.recipient.attempts + 1
        if attempts >= self._settings.attempts:
            detail = f"given up after {attempts} attempts: {outcome.detail}"
            return replace(outcome, state=DeliveryState.FAILED, detail=detail)
        return replace(outcome, retry_at=self._now() + retry_after(attempts, self._chance()))

    async def _keep_record(self) -> None:
        while True:
            while not self._outcomes:
                await self._change()
            if len(self._outcomes) < _GROUP:
                await asyncio.sleep(_RECORD_WITHIN)
            await self._write_record()

    async def _write_record(self) -> None:
        while self._outcomes:
            group = self._outcomes[:_GROUP]
            await self._in_ledger(partial(self._ledger.record, self._issue, group, now=self._now()))
            del self._outcomes[: len(group)]
            self._progress(min(self._settled, self._total), self._total)
            self._changed.set()

    async def _release(self) -> None:
        rest = [letter.recipient for letter in self._queue]
        for start in range(0, len(rest), _GROUP):
            group = rest[start : start + _GROUP]
            await self._in_ledger(partial(self._ledger.release, self._issue, group, now=self._now()))

    def _report(self) -> Report:
        tally = self._ledger.tally(self._issue)
        return Report(
            issue=self._issue,
            sent=self._sent,
            sent_total=tally[DeliveryState.SENT],
            deferred=self._list(DeliveryState.DEFERRED),
            failed=self._list(DeliveryState.FAILED),
            uncertain=self._list(DeliveryState.UNCERTAIN),
            skipped=tuple(
                Skipped(email=row.recipient.email, line=0, why=row.detail)
                for row in self._ledger.deliveries(self._issue, DeliveryState.SKIPPED)
            ),
            remaining=tally[DeliveryState.PLANNED],
            stopped=self._stopped,
        )

    def _list(self, state: DeliveryState) -> tuple[Outcome, ...]:
        return tuple(self._ledger.deliveries(self._issue, state))

    # --- waiting ------------------------------------------------------------------------------------------------

    async def _change(self) -> None:
        """Wait until something happens."""
        self._changed.clear()
        await self._changed.wait()

    async def _rest(self, seconds: float) -> None:
        """Sleep, but not through a stop."""
        if seconds <= 0:
            return
        sleeping = asyncio.ensure_future(self._sleep(seconds))
        try:
            while not sleeping.done() and not self._stopped:
                changed = asyncio.create_task(self._change())
                await asyncio.wait([sleeping, changed], return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
        finally:
            sleeping.cancel()

    async def _in_ledger(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


class _Round:
    """What one connection has in hand."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._letters: list[Letter] = []
        self.sent = 0

    async def next(self) -> Letter | None:
        return self._hold(await self._run.take())

    def ready(self) -> Letter | None:
        return self._hold(self._run.take_ready())

    def put_back(self, letter: Letter) -> None:
        self._letters.remove(letter)
        self._run.give_back(letter)

    def settle(self, letter: Letter, outcome: Outcome, *, suspect: bool = False) -> None:
        self._letters.remove(letter)
        self._run.let_go()
        self.sent += outcome.state is DeliveryState.SENT
        self._run.settle(letter, outcome, suspect=suspect)

    def abandon(self) -> list[Letter]:
        letters, self._letters = self._letters, []
        for _ in letters:
            self._run.let_go()
        return letters

    def _hold(self, letter: Letter | None) -> Letter | None:
        if letter is not None:
            self._letters.append(letter)
        return letter


def _outcome(letter: Letter, state: Literal[DeliveryState.UNCERTAIN, DeliveryState.DEFERRED], why: str) -> Outcome:
    return Outcome(recipient=letter.recipient, state=state, detail=why)


def _unsettled(tally: Mapping[DeliveryState, int]) -> int:
    return tally[DeliveryState.PLANNED] + tally[DeliveryState.DEFERRED]


async def _all_or_first_error(tasks: Sequence[asyncio.Task[None]], *, until: Sequence[asyncio.Task[None]]) -> None:
    """Wait until all of `until` have ended, or one of `tasks` fails: then its error is raised."""
    while not all(task.done() for task in until):
        unfinished = [task for task in tasks if not task.done()]
        done, _ = await asyncio.wait(unfinished, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            if not task.cancelled() and (error := task.exception()):
                raise error
