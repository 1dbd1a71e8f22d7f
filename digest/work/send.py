"""Delivers what is left of an issue: at first, after an interruption, when deferred messages are due."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.deliver.plan import plan
from digest.model import Edition, Progress, Report, Subscriber, silent
from digest.pipeline import Outgoing, mail
from digest.settings import SendSettings, Settings
from digest.store.database import open_database, sqlite_url
from digest.store.ledger import Ledger
from digest.work.holds import heeded
from digest.work.outgoing import outgoing_test
from digest.work.outlet import taken_by
from digest.work.unsubscribed import Unsubscribed
from digest.workspace import Workspace


def anybody_left(workspace: Workspace, issue: str) -> bool:
    """Whether somebody is still to be tried."""
    return any(True for _ in workspace.ledger.left(issue))


async def deliver_rest(workspace: Workspace, outgoing: Outgoing, *, stop: asyncio.Event, progress: Progress) -> Report:
    """Deliver an issue to whom it is still to reach; who has left its lists meanwhile is not mailed.

    Raises:
        UsageError: none of the lists can be read.
    """
    issue = outgoing.issue
    unsubscribed = Unsubscribed(workspace, issue, ledger=workspace.ledger, stopped=stop.is_set)
    async with heeded(workspace, issue, stop):
        # A list of a million takes its time: Ctrl-C is heard meanwhile.
        await asyncio.to_thread(unsubscribed.skip)
        workspace.book.note_taker(issue, taken_by(workspace))
        report = await mail(
            outgoing,
            workspace.settings,
            ledger=workspace.ledger.asking_first(unsubscribed.skip_again),
            allowances=workspace.allowances,
            now=workspace.clock,
            stop=stop,
            progress=progress,
        )
    return _stopped_in_time(replace(report, notes=(*report.notes, *unsubscribed.notes)))


def _stopped_in_time(report: Report) -> Report:
    """A run that is stopped when nobody is left to be tried has done its work: there is nothing to go on with."""
    if not report.stopped or report.remaining or report.deferred:
        return report
    return replace(report, stopped="", notes=(*report.notes, "it was stopped when everybody had been tried"))


async def send_test(workspace: Workspace, edition: Edition, address: str, *, stop: asyncio.Event) -> Report:
    """Send an edition to one address, marked as a test; on record only in a ledger that is thrown away."""
    with TemporaryDirectory() as folder:
        engine = open_database(sqlite_url(Path(folder) / "test.db"))
        try:
            ledger = Ledger(engine)
            plan(edition.issue, [Subscriber(email=address)], ledger=ledger)
            return await mail(
                outgoing_test(workspace, edition),
                _without_limits(workspace.settings),
                ledger=ledger,
                now=workspace.clock,
                stop=stop,
                progress=silent,
            )
        finally:
            engine.dispose()


def _without_limits(settings: Settings) -> Settings:
    """The settings for a test: one message to its own author breaks no limit."""
    keep = {"connections": 1, "per_connection": settings.send.per_connection}
    return settings.model_copy(update={"send": SendSettings.model_validate(keep)})
