"""The loop that brings the messages of an issue to the servers, and what became of them to the ledger.

    ledger ── claim ──▶ queue ── take ──▶ lanes ── settle ──▶ outcomes ── record ──▶ ledger
            (feeder)                 (connections)           (recorder)

What is fixed for the run is in its context; each part knows those that it hands on to, and none knows who made it. The
feeder, each connection and the recorder are tasks; the ledger's transactions run one after the other in a thread.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol

from digest.deliver.loop.context import Allowances, Ledger, RunContext, UnsavedAllowances
from digest.deliver.loop.feeder import Feeder
from digest.deliver.loop.lanes import Lane, Server, lanes_of
from digest.deliver.loop.outcomes import Begun, Outcomes
from digest.deliver.loop.prerender import Prerenderer
from digest.deliver.loop.queue import Queue
from digest.deliver.loop.recorder import Recorder
from digest.deliver.pacing.buckets import TokenBucket
from digest.deliver.pacing.limits import run_limits
from digest.deliver.report import report_so_far
from digest.deliver.wire.transport import Message, Transport
from digest.model import DeliveryState, Progress, Recipient, Report, silent
from digest.settings import SendSettings

#: Seconds that messages on their way may take to end after a request to stop; without an answer they are uncertain.
_GRACE = 8.0
#: A deferred message whose time comes this soon is waited for; the next run takes the others.
_PATIENCE = timedelta(minutes=2)
#: How long those who are left of an issue, when everybody else has it, are put off for what may be about us: an issue
#: must come to its end. RFC 5321 §4.5.4.1 wants four or five days before a message is given up.
_LONGEST_DOUBT = timedelta(days=5)


class MessageTemplate(Protocol):
    """An edition that only lacks its recipient."""

    def pieces(self, recipient: Recipient) -> Sequence[bytes]: ...


async def deliver(
    issue: str,
    *,
    ledger: Ledger,
    transport: Transport | Sequence[Server],
    template: MessageTemplate,
    settings: SendSettings,
    now: Callable[[], datetime],
    progress: Progress = silent,
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
        context = RunContext(
            issue=issue,
            ledger=ledger,
            allowances=allowances or UnsavedAllowances(),
            settings=settings,
            zone=zone,
            now=now,
            clock=_steady_clock(now().timestamp(), asyncio.get_running_loop().time),
            chance=chance,
            patience=max(patience, settings.wait),
            thread=thread,
        )
        begun = await _begin(context, since)
        return await _run(
            context, begun, servers, messages=prerenderer.messages, progress=progress, stop=stop or asyncio.Event()
        )


async def _begin(context: RunContext, since: datetime | None) -> Begun:
    """Settle what an earlier run left, begin to take notes, and see where the issue stands."""
    ledger, issue = context.ledger, context.issue
    await context.in_ledger(ledger.recover, issue, now=context.now())
    await context.in_ledger(ledger.start, issue)
    tally = await context.in_ledger(ledger.tally, issue)
    taken = await context.in_ledger(context.allowances.load)
    planned, sent = tally[DeliveryState.PLANNED], tally[DeliveryState.SENT]
    old = since is not None and context.now() - since >= _LONGEST_DOUBT
    return Begun(
        at=context.clock(),
        sent=sent,
        left=planned + tally[DeliveryState.DEFERRED],
        doubting=bool(planned) or not sent or not old,
        taken=taken,
    )


async def _run(
    context: RunContext,
    begun: Begun,
    servers: Sequence[Server],
    *,
    messages: Callable[[Sequence[Recipient]], Iterable[Message]],
    progress: Progress,
    stop: asyncio.Event,
) -> Report:
    """Make the parts, let them work, and bring what is left back to the ledger, however they end."""
    settings = context.settings
    queue = Queue(TokenBucket(settings.per_second), asyncio.get_running_loop().time, servers=len(servers))
    limits = run_limits(settings, now=context.now().astimezone(context.zone), taken=begun.taken)
    recorder = Recorder(context, total=begun.left, progress=progress)
    outcomes = Outcomes(context, begun, queue=queue, limits=limits, recorder=recorder)
    lanes = lanes_of(servers, context, queue=queue, outcomes=outcomes, taken=begun.taken)
    feeder = Feeder(context=context, queue=queue, limits=limits, messages=messages)
    try:
        await _send(feeder, lanes, outcomes, recorder, stop)
    finally:
        try:
            await outcomes.end_run(complete=queue.complete and not queue.closed)
            await feeder.release()
            for lane in lanes:
                await lane.finish()
        finally:
            await context.in_ledger(context.ledger.finish)
    return await context.in_ledger(_report, context, queue, outcomes)


async def _send(
    feeder: Feeder, lanes: Sequence[Lane], outcomes: Outcomes, recorder: Recorder, stop: asyncio.Event
) -> None:
    """Keep queue, connections and ledger busy at once, until nothing more is to be sent or may be."""
    try:
        async with asyncio.TaskGroup() as beside:
            recording = beside.create_task(recorder.run())
            async with asyncio.TaskGroup() as group:
                group.create_task(_feed(feeder, outcomes))
                workers = [group.create_task(lane.work()) for lane in lanes for _ in range(lane.connections)]
                stopping = beside.create_task(_stop_on_request(stop, feeder.queue, workers))
            stopping.cancel()
            recording.cancel()
    except BaseExceptionGroup as group_of_errors:
        raise _first_error(group_of_errors) from group_of_errors


async def _feed(feeder: Feeder, outcomes: Outcomes) -> None:
    """Fill the queue until everybody has been tried, and again as long as some are due soon after."""
    while await feeder.feed_round():
        await outcomes.end_round()
        if not await feeder.some_due_soon():
            break
    feeder.queue.finish()


async def _stop_on_request(stop: asyncio.Event, queue: Queue, workers: Sequence[asyncio.Task[None]]) -> None:
    """End the run on request: nothing more is begun, and what takes too long is cut off."""
    await stop.wait()
    queue.close("stopped on request")
    await asyncio.sleep(_GRACE)
    for worker in workers:
        worker.cancel()


def _report(context: RunContext, queue: Queue, outcomes: Outcomes) -> Report:
    left = report_so_far(context.ledger, context.issue)
    # The last permit went to the last message: no limit has held up anybody.
    held_up_nobody = queue.resume_at is not None and not (left.remaining or left.deferred)
    return replace(
        left,
        sent=outcomes.sent,
        stopped="" if held_up_nobody else queue.closed,
        resume_at=None if held_up_nobody else queue.resume_at,
        notes=tuple(outcomes.notes),
    )


def _steady_clock(start: float, time: Callable[[], float]) -> Callable[[], float]:
    """Seconds since 1970 that only go forward, and by no leaps: the clock may be set while a run lasts."""
    begun = time()
    return lambda: start + time() - begun


def _first_error(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error = group.exceptions[0]
    return _first_error(error) if isinstance(error, BaseExceptionGroup) else error
