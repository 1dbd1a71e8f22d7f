"""An issue that a person pauses or cancels, which may be on its way in another process just then.

Their word stands in the database. The run that sends the issue looks there every few seconds and stops as it does for
Ctrl-C; whoever holds the project's lock next brings what was cancelled to an end.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial

from digest.errors import DigestError
from digest.model import DeliveryState, Report, Skipped
from digest.store.deliveries import cancel
from digest.store.issues import READ, IssueRecord
from digest.work.console import Paused
from digest.workspace import Workspace

_log = logging.getLogger(__name__)

#: Seconds between two looks: a mistake is seen by a person, who waits for the end of it.
_LOOK_AGAIN = 2.0
#: Why a run stopped, in its report.
PAUSED = "a person paused it"


@asynccontextmanager
async def heeded(workspace: Workspace, issue: str, stop: asyncio.Event) -> AsyncIterator[None]:
    """Set the event as soon as a person wants the issue paused or cancelled."""
    watch = asyncio.create_task(_stop_when_held(workspace, issue, stop))
    try:
        yield
    finally:
        watch.cancel()
        # What the database could not be asked for it will not give the sender either, which says so.
        with suppress(asyncio.CancelledError, DigestError):
            await watch


async def _stop_when_held(workspace: Workspace, issue: str, stop: asyncio.Event) -> None:
    while not await asyncio.to_thread(is_held, workspace, issue):  # noqa: ASYNC110  # the word comes from another process
        await asyncio.sleep(_LOOK_AGAIN)
    stop.set()


def is_held(workspace: Workspace, issue: str) -> bool:
    record = workspace.book.get(issue)
    return record is not None and record.held


def end_cancelled(workspace: Workspace) -> list[str]:
    """Bring cancelled issues to an end whose messages no run sends any more; returns them. The caller holds the lock.

    Where nobody can have got one, its articles are news again.
    """
    ended = []
    for issue in dict.fromkeys(mailing.issue for mailing in workspace.book.unfinished()):
        record = workspace.book.get(issue)
        if record and record.cancelled_at:
            _end(workspace, issue)
            ended.append(issue)
    return ended


def _end(workspace: Workspace, issue: str) -> None:
    now = workspace.clock()
    left = cancel(workspace.engine, issue, now=now)
    tally = workspace.ledger.tally(issue)
    if not any(tally[state] for state in READ):
        workspace.book.take_back(issue)
    for mailing in workspace.book.mailings(issue):
        workspace.book.finish(issue, mailing.list, now=now)
    _log.info("issue cancelled", extra={"fields": {"issue": issue, "cancelled": left}})


def as_wanted(workspace: Workspace, report: Report) -> Report:
    """A run's report that says so where a person paused the issue or cancelled it; what is left of that is ended."""
    record = workspace.book.get(report.issue)
    if record and record.cancelled_at:
        end_cancelled(workspace)
        return cancelled_report(workspace, report.issue, sent=report.sent, notes=report.notes)
    if record and record.paused_at and (report.remaining or report.deferred):
        return replace(report, stopped=PAUSED, resume_at=None)
    return report


def cancelled_report(workspace: Workspace, issue: str, *, sent: int = 0, notes: Sequence[str] = ()) -> Report:
    """What is on record of a cancelled issue.

    Args:
        sent: in this run.
        notes: what else there is to say of it.
    """
    ledger = workspace.ledger
    counts, outcomes = ledger.tally(issue), partial(ledger.deliveries, issue)
    return Report(
        issue=issue,
        sent=sent,
        sent_total=counts[DeliveryState.SENT],
        failed=tuple(outcomes(DeliveryState.FAILED)),
        uncertain=tuple(outcomes(DeliveryState.UNCERTAIN)),
        skipped=tuple(
            Skipped(email=one.recipient.email, line=0, why=one.detail) for one in outcomes(DeliveryState.SKIPPED)
        ),
        notes=(*notes, f"a person cancelled it for good; not mailed: {counts[DeliveryState.CANCELLED]:,}"),
    )


def under_way(workspace: Workspace) -> list[str]:
    """The issues with somebody left to be tried, oldest first, but for those that a person holds back."""
    return [record.key for record in _unfinished(workspace) if not record.held]


def paused(workspace: Workspace) -> list[Paused]:
    """The issues that a person paused, oldest first."""
    return [
        Paused(issue=record.key, since=workspace.local(record.paused_at))
        for record in _unfinished(workspace)
        if record.paused_at and not record.cancelled_at
    ]


def _unfinished(workspace: Workspace) -> list[IssueRecord]:
    keys = dict.fromkeys(mailing.issue for mailing in workspace.book.unfinished())
    return [record for key in keys if (record := workspace.book.get(key))]
