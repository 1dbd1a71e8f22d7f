"""The run of `digest send`: finish what was begun, then send what is due in this period.

recover ─▶ go on with each issue that was begun ─▶ due? ─▶ build ─▶ render ─▶ freeze ─▶ deliver
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from digest.deliver.report import report_so_far
from digest.errors import UsageError
from digest.model import Report
from digest.work.console import Console, Ended, Left, MailedNow, NobodyLeft, NothingBegun, NothingToDo, Planned, Waits
from digest.work.due import due_step, extra_step
from digest.work.forecast import ahead_of
from digest.work.holds import paused, under_way
from digest.work.outgoing import outgoing, refuse_in_vain
from digest.work.outlet import mail_what_was_written
from digest.work.recipients import freeze, rehearse
from digest.work.recovery import recover, resend_uncertain, uncertain
from digest.work.reports import close
from digest.work.schedule import IssueRequest, Step
from digest.work.send import anybody_left, deliver_rest
from digest.workspace import Workspace

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What came of a run."""

    #: Of each issue that was gone on with: its report, or why it waits.
    issues: Sequence[Report | UsageError] = ()
    #: Whether it was stopped with something left to begin.
    unfinished: bool = False


def send_due(workspace: Workspace, list_name: str, console: Console, *, extra: bool = False) -> Ran:
    """Finish what was begun, then send what is due.

    Args:
        extra: send the draft that waits, though this period's issue was sent.
    """
    begun = _begun(workspace, console)
    ran = _finish(workspace, begun, console)
    # An extra issue that was interrupted is no draft any more.
    step = extra_step(workspace, list_name) if extra and not begun else due_step(workspace, list_name)
    if console.stopped:
        return _stopped(ran, begun, step, console)
    if step.action != "nothing":
        # Before hours of work: a list that is missing is told at once.
        workspace.project.list_file(list_name)
        ran.append(_send(workspace, _issue_of(workspace, step, console), list_name, console))
    elif step.issue not in begun:
        # Of one that was begun it has just been told what became of it.
        console.tell(NothingToDo(step=step))
    return Ran(issues=ran)


def send_left(workspace: Workspace, console: Console) -> Ran:
    """Finish what was begun, and nothing else."""
    begun = _begun(workspace, console)
    if not begun:
        console.tell(NothingBegun())
    ran = _finish(workspace, begun, console)
    return _stopped(ran, begun, None, console) if console.stopped else Ran(issues=ran)


def _begun(workspace: Workspace, console: Console) -> list[str]:
    """The issues with somebody left to be tried, oldest first."""
    for issue in recover(workspace):
        record = workspace.book.get(issue)
        if record and record.cancelled_at:
            continue
        doubtful = uncertain(workspace, issue)
        if doubtful and console.agrees_to_resend(issue, doubtful, workspace.today):
            resend_uncertain(workspace, issue)
    for one in paused(workspace):
        console.tell(one)
    return under_way(workspace)


def _finish(workspace: Workspace, begun: Sequence[str], console: Console) -> list[Report | UsageError]:
    """Go on with issues until one is stopped.

    One whose lists or files are gone waits, and keeps no other from being sent.
    """
    ran: list[Report | UsageError] = []
    for issue in begun:
        try:
            ran.append(_go_on(workspace, issue, console))
        except UsageError as error:
            console.tell(Waits(error=error))
            _log.warning("issue waits", extra={"fields": {"issue": issue, "error": error.message}})
            ran.append(error)
        if console.stopped:
            break
    return ran


def _stopped(ran: Sequence[Report | UsageError], begun: Sequence[str], step: Step | None, console: Console) -> Ran:
    left, due = begun[len(ran) :], step if step and step.action != "nothing" else None
    console.tell(Left(issues=left, due=due))
    return Ran(issues=ran, unfinished=bool(left or due))


def _issue_of(workspace: Workspace, step: Step, console: Console) -> str:
    """The key of the issue that a step is about, rendered and without an error."""
    if step.action in {"send to this list too", "mail what was written"}:
        return step.issue
    # Picking and rendering take 0.8 s to import, and most runs of a cron line have no use for them.
    from digest.work.editions import build_and_render, refuse_errors, render_waiting  # noqa: PLC0415 - see above

    if step.action == "build":
        edition, findings = build_and_render(workspace, IssueRequest(), console)
    else:
        edition, findings = render_waiting(workspace, console)
    refuse_errors(findings)
    return edition.issue


def _send(workspace: Workspace, issue: str, list_name: str, console: Console) -> Report:
    """Freeze the recipients of an issue and deliver it."""
    console.confirm_sending(
        list_name,
        lambda: ahead_of(workspace, issue, list_name=list_name),
        lambda: rehearse(workspace, issue, list_name),
    )
    # A wrong password or a limit of size is told while the issue can still be changed.
    refuse_in_vain(workspace, issue)
    with console.steps() as step:
        plan = freeze(workspace, issue, list_name, progress=step("Planning"))
    console.tell(Planned(plan=plan, list=list_name))
    return _go_on(workspace, issue, console)


def _go_on(workspace: Workspace, issue: str, console: Console) -> Report:
    """Deliver what is left of an issue.

    Where nobody is left, neither lists nor the edition are needed, which may be gone by then.
    """
    # What a dead run left claimed is planned again, or uncertain, before it is looked through.
    workspace.ledger.recover(issue, now=workspace.clock())
    if mail_what_was_written(workspace, issue):
        console.tell(MailedNow(issue=issue))
    if anybody_left(workspace, issue):
        report = _deliver(workspace, issue, console)
    else:
        console.tell(NobodyLeft(issue=issue))
        report = report_so_far(workspace.ledger, issue)
    report = close(workspace, report)
    console.tell(Ended(report=report, now=workspace.today))
    return report


def _deliver(workspace: Workspace, issue: str, console: Console) -> Report:
    ahead = ahead_of(workspace, issue)
    console.tell(ahead)
    messages = outgoing(workspace, issue)
    with console.sending(ahead) as progress:
        return console.until_stopped(lambda stop: deliver_rest(workspace, messages, stop=stop, progress=progress))
