"""`digest status`: the last issues, what became of their messages, and what the next run would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.errors import DigestError
from digest.model import DeliveryState
from digest.work.console import Paused
from digest.work.due import due_step
from digest.work.holds import paused, under_way
from digest.work.outlet import only_written
from digest.work.recovery import settle
from digest.work.safeguards import refuse_lost_ledger, refuse_lost_server
from digest.work.schedule import Step
from digest.workspace import Workspace

_ISSUES_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStatus:
    """Where an issue stands."""

    key: str
    subject: str
    #: The lists that it goes to; none while it is a draft.
    lists: Sequence[str]
    tally: Mapping[DeliveryState, int]
    only_written: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRun:
    """What the next run would do."""

    step: Step
    paused: Sequence[Paused]
    #: The issues that it would go on with.
    goes_on: Sequence[str]


def last_issues(workspace: Workspace) -> list[IssueStatus]:
    """The last issues, newest first."""
    settle(workspace)
    return [
        IssueStatus(
            key=record.key,
            subject=record.subject,
            lists=[mailing.list for mailing in workspace.book.mailings(record.key)],
            tally=workspace.ledger.tally(record.key),
            only_written=only_written(workspace, record.key),
        )
        for record in workspace.book.recent(_ISSUES_SHOWN)
    ]


def next_run(workspace: Workspace) -> NextRun | DigestError:
    """What the next run would do, or why it would stop."""
    try:
        refuse_lost_ledger(workspace)
        refuse_lost_server(workspace)
    except DigestError as error:
        return error
    step = due_step(workspace, workspace.settings.newsletter.list)
    return NextRun(step=step, paused=paused(workspace), goes_on=under_way(workspace))
