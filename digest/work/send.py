"""Delivers what is left of an issue: at first, after an interruption, when deferred messages are due."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.deliver.loop.recorder import trouble
from digest.deliver.plan import plan
from digest.deliver.report import report_so_far
from digest.errors import UsageError
from digest.model import (
    Edition,
    Progress,
    Report,
    Subscriber,
    silent,
)
from digest.pipeline import mail
from digest.store.database import open_database, sqlite_url
from digest.store.ledger import Ledger
from digest.work.holds import as_wanted, heeded
from digest.work.outlet import only_written, taken_by
from digest.work.reports import save_report
from digest.work.unsubscribed import Unsubscribed
from digest.work.wiring import personal_parts, transport_of, without_limits
from digest.workspace import Workspace

_log = logging.getLogger(__name__)


async def deliver_rest(workspace: Workspace, issue: str, *, stop: asyncio.Event, progress: Progress) -> Report:
    """Deliver what the ledger still holds of an issue, and close its mailings once nobody is left to be tried.

    Who has left its lists since the recipients were frozen is not mailed. Where nobody is left, neither lists nor the
    edition are needed, which may be gone by then.

    Raises:
        UsageError: the edition or all of the lists can't be read.
    """
    # What a dead run left claimed is planned again, or uncertain, before it is looked through.
    workspace.ledger.recover(issue, now=workspace.clock())
    some_left = anybody_left(workspace, issue)
    async with heeded(workspace, issue, stop):
        report = (
            await _delivered(workspace, issue, stop, progress) if some_left else report_so_far(workspace.ledger, issue)
        )
    report = replace(as_wanted(workspace, report), only_written=only_written(workspace, issue))
    if not (report.remaining or report.deferred or report.stopped):
        for mailing in workspace.book.mailings(issue):
            workspace.book.finish(issue, mailing.list, now=workspace.clock())
    _log.info("delivery ended", extra={"fields": _figures(report)})
    save_report(workspace, report)
    return report


def anybody_left(workspace: Workspace, issue: str) -> bool:
    """Whether somebody is still to be tried."""
    return any(True for _ in workspace.ledger.left(issue))


async def _delivered(workspace: Workspace, issue: str, stop: asyncio.Event, progress: Progress) -> Report:
    first, *_ = workspace.book.mailings(issue)
    edition = _frozen_edition(workspace, issue)
    unsubscribed = Unsubscribed(workspace, issue, ledger=workspace.ledger, stopped=stop.is_set)
    # A list of a million takes its time: Ctrl-C is heard meanwhile.
    await asyncio.to_thread(unsubscribed.skip)
    workspace.book.note_taker(issue, taken_by(workspace))
    report = await mail(
        edition,
        workspace.settings,
        ledger=workspace.ledger.asking_first(unsubscribed.skip_again),
        transport=transport_of(workspace, issue),
        personal=personal_parts(workspace),
        allowances=workspace.allowances,
        date=first.started_at,
        now=workspace.clock,
        stop=stop,
        progress=progress,
        keys=workspace.keys,
    )
    report = replace(report, notes=(*report.notes, *unsubscribed.notes))
    return _stopped_in_time(report)


def _frozen_edition(workspace: Workspace, issue: str) -> Edition:
    """The edition that an issue on its way began with. Raises UsageError where its file can't be read."""
    try:
        return workspace.archive.load_edition(issue)
    except UsageError as error:
        hint = (
            f"Issue {issue} is on its way, and goes on with this file only: put it back from a backup. "
            f"To end the issue for good: digest deliveries cancel {issue}"
        )
        raise UsageError(error.message, hint=hint) from error


def _stopped_in_time(report: Report) -> Report:
    """A run that is stopped when nobody is left to be tried has done its work: there is nothing to go on with."""
    if not report.stopped or report.remaining or report.deferred:
        return report
    return replace(report, stopped="", notes=(*report.notes, "it was stopped when everybody had been tried"))


def _figures(report: Report) -> dict[str, object]:
    """A report without the people in it."""
    outcomes = {"deferred": report.deferred, "failed": report.failed, "uncertain": report.uncertain}
    return {
        "issue": report.issue,
        "written" if report.only_written else "sent": report.sent,
        **{name: len(those) for name, those in outcomes.items()},
        "remaining": report.remaining,
        "stopped": report.stopped,
        "reasons": Counter(trouble(one) for those in outcomes.values() for one in those),
    }


async def send_test(workspace: Workspace, edition: Edition, address: str, *, stop: asyncio.Event) -> Report:
    """Send an edition to one address, marked as a test; on record only in a ledger that is thrown away."""
    marked = replace(edition, subject=f"[TEST] {edition.subject}")
    # Message-IDs are made with the secret: no test may bear that of the message in earnest, or of another test.
    personal = replace(personal_parts(workspace), secret=secrets.token_bytes(16))
    with TemporaryDirectory() as folder:
        engine = open_database(sqlite_url(Path(folder) / "test.db"))
        try:
            ledger = Ledger(engine)
            plan(edition.issue, [Subscriber(email=address)], ledger=ledger)
            return await mail(
                marked,
                without_limits(workspace.settings),
                ledger=ledger,
                transport=transport_of(workspace, "test"),
                personal=personal,
                date=workspace.clock(),
                now=workspace.clock,
                stop=stop,
                progress=silent,
                keys=workspace.keys,
            )
        finally:
            engine.dispose()
