"""The loop that brings the messages of an issue to the servers, and what became of them to the ledger.

    ledger ── claim ──▶ queue ── take ──▶ lanes ── settle ──▶ recorder ── record ──▶ ledger
            (feeder)                 (connections)

Each arrow is a task of its own; the ledger's transactions run one after the other in a thread.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from typing import Protocol, TypeVar

from digest.deliver.loop.feeder import Allowances, Feeder, Forgotten, in_seconds
from digest.deliver.loop.lanes import Lane, Server, shares
from digest.deliver.loop.prerender import Prerenderer
from digest.deliver.loop.queue import Queue
from digest.deliver.loop.recorder import Recorder, Telling
from digest.deliver.loop.refusals import Decided, Refusal, Refusals
from digest.deliver.loop.standing import standing
from digest.deliver.pacing.buckets import TokenBucket
from digest.deliver.pacing.calendar import quiet_until
from digest.deliver.pacing.limits import run_limits
from digest.deliver.pacing.pace import retry_after
from digest.deliver.wire.rules import AUTHENTICATE
from digest.deliver.wire.transport import Message, Transport
from digest.deliver.wire.verdicts import Verdict
from digest.model import DeliveryState, Outcome, Recipient, Report
from digest.settings import SendSettings

#: Seconds that messages on their way may take to end after a request to stop; without an answer they are uncertain.
_GRACE = 8.0
#: A deferred message whose time comes this soon is waited for; the next run takes the others.
_PATIENCE = timedelta(minutes=2)
#: How long those who are left of an issue, when everybody else has it, are put off for what may be about us: an issue
#: must come to its end. RFC 5321 §4.5.4.1 wants four or five days before a message is given up.
_LONGEST_DOUBT = timedelta(days=5)
#: So many are enough to compare with one another.
_FEW = 3
#: Notes in a report.
_NOTES = 20

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


class MessageTemplate(Protocol):
    """An edition that only lacks its recipient."""

    def pieces(self, recipient: Recipient) -> Sequence[bytes]: ...


def quiet(_done: int, _total: int, _troubles: str) -> None:
    """Show no progress."""


async def deliver(
    issue_key: str,
    *,
    ledger: Ledger,
    transport: Transport | Sequence[Server],
    template: MessageTemplate,
    settings: SendSettings,
    now: Callable[[], datetime],
    progress: Telling = quiet,
    stop: asyncio.Event | None = None,
    chance: Callable[[], float] = random.random,
    patience: timedelta = _PATIENCE,
    ahead: int = 0,
    allowances: Allowances | None = None,
    zone: tzinfo = UTC,
    since: datetime | None = None,
) -> Report:
    """Send what the ledger holds for an issue: what is planned, and what was deferred and is due.

    The caller holds the project's lock. What an earlier run left claimed is settled first.

    Args:
        transport: one server, or several; a message goes to another only if the first surely did not take it.
        progress: told how many messages have come to an end, of how many, and what went wrong so far.
        stop: when set, no further message is begun; those on their way end, and it returns within 10 seconds.
        chance: a number from 0 to 1, another one each time.
        patience: how long to wait for a deferred message or for the limits; the next run takes the others. At least
            `send.wait`.
        ahead: threads that write messages before their turn, where that takes long.
        allowances: where the limits by the minute and longer are kept over all runs.
        zone: of the quiet hours and of the days that a new sender warms up in.
        since: when the issue was begun to be sent.

    Returns:
        What was sent, and every address that did not get its message, from this run or an earlier one.
    """
    servers = transport if isinstance(transport, Sequence) else [Server(transport=transport)]
    with (
        ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger") as thread,
        Prerenderer(template.pieces, threads=ahead) as prerenderer,
    ):
        run = _Run(
            issue=issue_key,
            ledger=ledger,
            settings=settings,
            now=now,
            dice=chance,
            recorder=Recorder(partial(_record, ledger, issue_key, now), thread, progress),
            queue=Queue(TokenBucket(settings.per_second), asyncio.get_running_loop().time),
            thread=thread,
            allowances=allowances or Forgotten(),
            since=since,
            clock=_steady(now().timestamp(), asyncio.get_running_loop().time),
        )
        try:
            await run.run(
                servers, prerenderer, zone, patience=max(patience, settings.wait), stop=stop or asyncio.Event()
            )
        except BaseExceptionGroup as group:
            raise _first(group) from group
        return await run.in_ledger(run.report)


def _steady(start: float, time: Callable[[], float]) -> Callable[[], float]:
    """Seconds since 1970 that only go forward, and by no leaps: the clock may be set while a run lasts."""
    begun = time()
    return lambda: start + time() - begun


def _record(ledger: Ledger, issue: str, now: Callable[[], datetime], outcomes: Sequence[Outcome]) -> None:
    ledger.record(issue, outcomes, now=now())


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


@dataclass(slots=True, kw_only=True)
class _Run:
    """One run over one issue."""

    issue: str
    ledger: Ledger
    settings: SendSettings
    now: Callable[[], datetime]
    dice: Callable[[], float]
    recorder: Recorder
    queue: Queue
    thread: ThreadPoolExecutor
    allowances: Allowances
    since: datetime | None
    #: Seconds since 1970.
    clock: Callable[[], float]
    #: Lanes that are not down.
    lanes_up: int = 0
    lanes: Sequence[Lane] = ()
    sent: int = 0
    #: Sent of this issue by earlier runs.
    sent_before: int = 0
    settled: int = 0
    #: How often everybody had been tried, and some were put off for what is about us.
    rounds: int = 0
    #: One or two were left when it began.
    few: bool = False
    #: Refusals may be about us.
    doubting: bool = True
    #: Some were, since.
    _doubted: bool = False
    began: float = 0.0
    notes: list[str] = field(default_factory=list)
    feeder: Feeder = field(init=False)

    async def run(
        self,
        servers: Sequence[Server],
        prerenderer: Prerenderer,
        zone: tzinfo,
        *,
        patience: timedelta,
        stop: asyncio.Event,
    ) -> None:
        await self.in_ledger(partial(self.ledger.recover, self.issue, now=self.now()))
        await self.in_ledger(partial(self.ledger.start, self.issue))
        tally = await self.in_ledger(partial(self.ledger.tally, self.issue))
        self.sent_before = tally[DeliveryState.SENT]
        self.doubting = bool(tally[DeliveryState.PLANNED]) or not self.sent_before or not self._old
        self.few = tally[DeliveryState.PLANNED] + tally[DeliveryState.DEFERRED] < _FEW
        self.recorder.total = tally[DeliveryState.PLANNED] + tally[DeliveryState.DEFERRED]
        taken = await self.in_ledger(self.allowances.load)
        self.feeder = self._make_feeder(prerenderer, zone, taken, patience)
        self.lanes = lanes = [Lane(server, self, taken=taken, patience=patience) for server in servers]
        self.began = self.at()
        try:
            await self._send(lanes, stop)
        finally:
            try:
                self._end_rows(complete=self.queue.complete and not (self.queue.closed or self.feeder.stopped))
                await self.recorder.write()
                await self.feeder.release()
                for lane in lanes:
                    await lane.finish()
            finally:
                await self.in_ledger(self.ledger.finish)

    def _make_feeder(
        self,
        prerenderer: Prerenderer,
        zone: tzinfo,
        taken: Mapping[str, Sequence[tuple[int, int]]],
        patience: timedelta,
    ) -> Feeder:
        hours = self.settings.quiet_hours
        return Feeder(
            issue=self.issue,
            ledger=self.ledger,
            allowances=self.allowances,
            limits=run_limits(self.settings, now=self.now().astimezone(zone), taken=taken),
            queue=self.queue,
            messages=prerenderer.messages,
            in_ledger=self.in_ledger,
            recorded=self._all_tried,
            connections=self.settings.connections,
            now=self.now,
            at=self.at,
            quiet_until=lambda now: quiet_until(now, *hours, zone) if hours else None,
            patience=patience,
            settled=lambda: self.settled,
        )

    async def _send(self, lanes: Sequence[Lane], stop: asyncio.Event) -> None:
        parts = shares(self.settings.connections, [lane.server.weight for lane in lanes])
        self.lanes_up = len(lanes)
        async with asyncio.TaskGroup() as beside:
            recording = beside.create_task(self.recorder.run())
            async with asyncio.TaskGroup() as group:
                group.create_task(self.feeder.feed())
                workers = [
                    group.create_task(lane.work()) for lane, part in zip(lanes, parts, strict=True) for _ in range(part)
                ]
                stopping = beside.create_task(self._heed(stop, workers))
            stopping.cancel()
            recording.cancel()

    async def _heed(self, stop: asyncio.Event, workers: Sequence[asyncio.Task[None]]) -> None:
        await stop.wait()
        self.queue.close("stopped on request")
        await asyncio.sleep(_GRACE)
        for worker in workers:
            worker.cancel()

    # --- back to the ledger -------------------------------------------------------------------------------------

    def settle(self, lane: Lane, message: Message, outcome: Outcome, verdict: Verdict) -> None:
        self.settled += 1
        if Refusals.holds(verdict):
            self._hold(lane, Refusal(message, outcome, verdict))
            return
        if outcome.state is DeliveryState.SENT:
            self.sent += 1
            self._settle(lane.refusals.served(message.recipient.key))
        elif verdict is Verdict.SLOW_DOWN:
            provider = self.feeder.slow_down(message.recipient, self.rate())
            self.note(f"{provider} found us too fast: {outcome.detail}")
        outcome = self._with_retry(message, outcome, verdict)
        if message.committed:
            self.ledger.answer(outcome)
        self.recorder.add(outcome)

    def _hold(self, lane: Lane, refusal: Refusal) -> None:
        """Keep a refusal until it is known whether others are served."""
        message, outcome = refusal.message, refusal.outcome
        if message.committed:
            # If the run is killed meanwhile, the milder holds.
            self.ledger.answer(self._put_off(refusal))
        self._settle(lane.refusals.add(refusal))
        if count := lane.refusals.stop:
            why = f"{count} recipients in a row were refused, the last with: {outcome.detail}"
            # A sender that one server does not know may be another's; the rules of those who receive hold everywhere.
            refused = self.queue.close if message.advice == AUTHENTICATE else lane.give_up
            refused(f"{why}. {message.advice}" if message.advice else why)
        elif not (self.queue.closed or lane.down) and lane.refusals.shut(message.recipient.key):
            provider = self.feeder.slow_down(message.recipient, self.rate())
            self.note(f"{provider} refuses our mail to everybody there: {outcome.detail} {message.advice}".rstrip())

    def settle_row(self, lane: Lane) -> None:
        """Decide on what a server refused that takes no more."""
        self._end_row(lane, complete=False)

    def _end_row(self, lane: Lane, *, complete: bool) -> None:
        ever = self.sent + self.sent_before > 0
        self._settle(lane.refusals.end(complete=complete, served=lane.sent > 0, ever=ever, few=self.few))

    def _end_rows(self, *, complete: bool) -> None:
        for lane in self.lanes:
            self._end_row(lane, complete=complete)

    async def _all_tried(self) -> None:
        """Everybody who is due has been tried: write down what came of it."""
        self._end_rows(complete=True)
        self.rounds += self._doubted
        self._doubted = False
        await self.recorder.write()

    def _settle(self, decided: Decided) -> None:
        for refusal in decided.stand:
            self.recorder.add(self._with_retry(refusal.message, refusal.outcome, refusal.verdict))
        for refusal in decided.put_off:
            self._doubted = True
            self.recorder.add(self._put_off(refusal))

    def _put_off(self, refusal: Refusal) -> Outcome:
        """A refusal that is about us: it counts as no attempt, and each round of them waits longer than the last."""
        times = refusal.message.recipient.attempts + self.rounds + 1
        later = self.now() + retry_after(times, self.dice(), refusal.verdict, refusal.outcome.detail)
        return replace(refusal.outcome, state=DeliveryState.DEFERRED, gone=False, tried=False, retry_at=later)

    def _with_retry(self, message: Message, outcome: Outcome, verdict: Verdict) -> Outcome:
        if outcome.state is not DeliveryState.DEFERRED:
            return outcome
        attempts = message.recipient.attempts + 1
        if outcome.tried and attempts >= self.settings.attempts:
            detail = f"given up after {attempts} attempts: {outcome.detail}"
            return replace(outcome, state=DeliveryState.FAILED, detail=detail)
        return replace(outcome, retry_at=self.now() + retry_after(attempts, self.dice(), verdict, outcome.detail))

    def report(self) -> Report:
        left = standing(self.ledger, self.issue)
        # The last permit went to the last message: no limit has held up anybody.
        resume_at = self.feeder.resume_at if left.remaining or left.deferred else None
        return replace(
            left,
            sent=self.sent,
            stopped=(self.queue.closed or self.feeder.stopped) if resume_at == self.feeder.resume_at else "",
            resume_at=resume_at,
            notes=tuple(self.notes),
        )

    # --- what lanes need ----------------------------------------------------------------------------------------

    @property
    def _old(self) -> bool:
        return self.since is not None and self.now() - self.since >= _LONGEST_DOUBT

    def provider_of(self, key: str) -> str:
        return self.feeder.limits.providers.of(key)

    def begin(self, recipient: Recipient) -> None:
        self.ledger.begin(recipient)

    def at(self) -> float:
        return self.clock()

    def chance(self) -> float:
        return self.dice()

    def rate(self) -> float:
        """Messages a second of this run so far."""
        return self.sent / max(1.0, self.at() - self.began)

    def note(self, text: str) -> None:
        """Have the report say so, once."""
        if text not in self.notes and len(self.notes) < _NOTES:
            self.notes.append(text)

    def lane_down(self, name: str, why: str, *, wait: float = 0.0) -> None:
        """A server takes no more of this run, or not for `wait` seconds; the last one ends it."""
        self.lanes_up -= 1
        if self.lanes_up:
            self.note(f"server {name}: {why}")
            return
        if wait:
            self.feeder.resume_at = in_seconds(self.now(), wait)
        self.queue.close(why)

    async def write_permits(self, taken: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        await self.in_ledger(partial(self.allowances.save, taken))

    async def in_ledger(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)
