"""What a run that died left behind, and what a person decides on it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from digest.errors import LockedError, UsageError
from digest.model import DeliveryState, Outcome
from digest.store.deliveries import Retried, any_claimed, suppressed, try_again
from digest.store.lock import project_lock
from digest.text.addresses import address_key
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """What a person's word to try deliveries again came to."""

    issue: str
    #: How many the next run tries.
    count: int
    #: Addresses that are never mailed, each with the reason.
    suppressed: Sequence[tuple[str, str]]


def retry(workspace: Workspace, name: str, states: Sequence[Retried], addresses: Sequence[str]) -> Retry:
    """Have the next run try those again who did not get an issue.

    Args:
        name: of the issue, as a person writes it.
        addresses: only these people; all of them where it is empty.

    Raises:
        UsageError: nobody was sent the issue, or it was cancelled.
    """
    keys = [address_key(address) for address in addresses] or None
    lock = project_lock(workspace.project.lock, workspace.engine, command="digest deliveries", now=workspace.clock())
    with lock:
        issue = mailed_issue(workspace, name)
        refuse_cancelled(workspace, issue)
        recover(workspace)
        count = try_again(workspace.engine, issue, states, keys=keys, now=workspace.clock())
        lost = suppressed(workspace.engine, issue, states, keys=keys)
        if count:
            workspace.book.reopen(issue)
    return Retry(issue=issue, count=count, suppressed=lost)
