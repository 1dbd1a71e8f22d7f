"""Issues that people got and a new ledger does not know: counted as sent by what their folders tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time

from digest.errors import UsageError
from digest.store.issues import OUTBOX, IssueRecord, Mailing
from digest.store.lock import project_lock
from digest.work.drafts import carried_articles
from digest.work.safeguards import unknown_issues
from digest.work.schedule import period_of
from digest.workspace import Workspace


def adopt(workspace: Workspace) -> Mapping[str, str]:
    """Have the ledger know all issues as sent that people got by their folders.

    Returns:
        Their keys, oldest first, each with what can't be told any more.
    """
    lock = project_lock(workspace.project.lock, workspace.engine, command="digest deliveries", now=workspace.clock())
    with lock:
        return {key: _adopt(workspace, key) for key in unknown_issues(workspace)}


def _adopt(workspace: Workspace, key: str) -> str:
    """Have the ledger know an issue as sent, by what its folder tells; returns what can't be told any more."""
    missing, articles = "", []
    day = _sent_at(workspace, key).date()
    try:
        articles = list(carried_articles(workspace, key, on=day))
    except UsageError as error:
        missing = f"its articles may come again: {error.message}"
    workspace.book.adopt(_record(workspace, key), list(_mailings(workspace, key)), articles)
    return missing


def _record(workspace: Workspace, key: str) -> IssueRecord:
    number, _, day = key.partition("-")
    on, subject, until = date.fromisoformat(day), "", _sent_at(workspace, key)
    with suppress(UsageError):
        subject = workspace.archive.load_issue(key).subject
    with suppress(UsageError):
        if ballot := workspace.archive.load_ballot(key):
            until = ballot.until
    period = period_of(on, workspace.settings.newsletter.cadence)
    return IssueRecord(
        key=key, number=int(number), date=on, period=period, subject=subject, until=until, created_at=workspace.clock()
    )


def _mailings(workspace: Workspace, key: str) -> Iterator[Mailing]:
    """To all lists there are: nobody knows any more to which it went, and nobody may be mailed it again."""
    report = None
    with suppress(UsageError):
        report = workspace.archive.load_report(key)
    taker = OUTBOX if report and report.only_written else "a mail server"
    for name in sorted({workspace.settings.newsletter.list, *workspace.project.list_names}):
        yield Mailing(issue=key, list=name, started_at=_sent_at(workspace, key), taken_by=taker)


def _sent_at(workspace: Workspace, key: str) -> datetime:
    """When it went out, as far as its folder tells."""
    zone = workspace.settings.newsletter.zone
    ended = workspace.archive.ended(key) or datetime.combine(date.fromisoformat(key.partition("-")[2]), time(12))
    return min(ended.replace(tzinfo=zone), workspace.today)
