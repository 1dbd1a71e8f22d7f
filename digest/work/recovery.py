"""What a run that died left behind, and what a person decides on it."""

from __future__ import annotations

from contextlib import suppress

from digest.errors import LockedError, UsageError
from digest.model import DeliveryState, Outcome
from digest.store.deliveries import any_claimed, try_again
from digest.store.lock import project_lock
from digest.work.holds import cancelled_report, end_cancelled
from digest.work.reports import save_report
from digest.workspace import Workspace

#: Issues that are looked through: nothing of an older one waits any more.
_RECENT = 10


def recover(workspace: Workspace) -> list[str]:
    """Call uncertain what a dead run left claimed, end what was cancelled; returns the last issues, newest first."""
    ledger = workspace.ledger
    recent = [record.key for record in workspace.book.recent(_RECENT)]
    for issue in recent:
        ledger.recover(issue, now=workspace.clock())
    for issue in end_cancelled(workspace):
        save_report(workspace, cancelled_report(workspace, issue))
    return recent


def uncertain(workspace: Workspace, issue: str) -> list[Outcome]:
    return list(workspace.ledger.deliveries(issue, DeliveryState.UNCERTAIN))


def resend_uncertain(workspace: Workspace, issue: str) -> None:
    """Plan the uncertain ones again: the owner prefers a message twice to none."""
    if try_again(workspace.engine, issue, [DeliveryState.UNCERTAIN], now=workspace.clock()):
        workspace.book.reopen(issue)


def settle(workspace: Workspace) -> None:
    """Find out what became of messages that a dead run was about to send; of a living one's nobody can tell yet."""
    recent = [record.key for record in workspace.book.recent(_RECENT)]
    lock = project_lock(workspace.project.lock, workspace.engine, command="digest deliveries", now=workspace.clock())
    if any_claimed(workspace.engine, recent):
        with suppress(LockedError), lock:
            recover(workspace)


def mailed_issue(workspace: Workspace, name: str) -> str:
    """The key of an issue that is on its way or was sent. Raises UsageError."""
    if name == "latest":
        last = workspace.book.last_mailed()
        if last is None:
            raise UsageError("No issue was sent yet.", hint="Send one with: digest send")
        return last.key
    key = workspace.archive.find(name)
    if not workspace.book.mailings(key):
        raise UsageError(f"Issue {key} is a draft: nobody was sent it.", hint="Send it with: digest send")
    return key


def refuse_cancelled(workspace: Workspace, key: str) -> None:
    """Nothing more of a cancelled issue is mailed. Raises UsageError."""
    record = workspace.book.get(key)
    if record and record.cancelled_at:
        raise UsageError(
            f"Issue {key} was cancelled on {workspace.local(record.cancelled_at):%d %b %Y at %H:%M %Z}, for good.",
            hint="Make another with digest build, then send it with: digest send --extra",
        )
