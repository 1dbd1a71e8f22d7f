"""`digest send --dry-run`: what a run would do, and nothing of it done or remembered."""

from __future__ import annotations

from digest.model import Finding
from digest.work.build import enough_news, make_only
from digest.work.console import Collected, Console, NothingBegun, NothingToDo, Planned, Rendered, WouldGoOn, WouldSend
from digest.work.drafts import waiting_draft
from digest.work.due import due_step, extra_step
from digest.work.editions import refuse_errors, render_only
from digest.work.forecast import ahead_of
from digest.work.holds import paused, under_way
from digest.work.recipients import rehearse
from digest.work.schedule import IssueRequest, Step
from digest.workspace import Workspace


def rehearse_run(workspace: Workspace, list_name: str, console: Console, *, resume: bool, extra: bool) -> None:
    """Tell what `run.send_due` would do, or `run.send_left` where `resume` is set.

    Raises:
        CheckFailedError: the issue has an error, so that it would not be sent.
    """
    for one in paused(workspace):
        console.tell(one)
    begun = under_way(workspace)
    for issue in begun:
        console.tell(WouldGoOn(issue=issue, lists=[one.list for one in workspace.book.mailings(issue)]))
    if resume:
        if not begun:
            console.tell(NothingBegun())
        return
    step = extra_step(workspace, list_name) if extra and not begun else due_step(workspace, list_name)
    if step.action == "nothing":
        console.tell(NothingToDo(step=step, besides=True))
        return
    issue, findings = _issue_of(workspace, step, console)
    plan = rehearse(workspace, issue, list_name)
    console.tell(Planned(plan=plan, list=list_name))
    console.tell(WouldSend(ahead=ahead_of(workspace, issue, list_name=list_name), people=plan.recipients))
    refuse_errors(findings)


def _issue_of(workspace: Workspace, step: Step, console: Console) -> tuple[str, tuple[Finding, ...]]:
    if step.action in {"send to this list too", "mail what was written"}:
        return step.issue, ()
    waiting = waiting_draft(workspace)
    if waiting and step.action != "build":
        issue = waiting.issue
    else:
        made = make_only(workspace, IssueRequest(), console)
        console.tell(Collected(made=made))
        issue = enough_news(made)
    edition, findings = render_only(workspace, issue)
    console.tell(Rendered(edition=edition, findings=findings))
    return issue.key, findings
