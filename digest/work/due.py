"""What a run has to do, from the ledger and the calendar."""

from __future__ import annotations

from datetime import timedelta

from digest.errors import UsageError
from digest.work.drafts import waiting_draft
from digest.work.outlet import by_mail, only_written
from digest.work.schedule import LONGEST_PERIOD, Step, next_step, period_of
from digest.workspace import Workspace

#: What may be of the period that it is: none is longer, and a mailing begins some time after its run.
_LATELY = LONGEST_PERIOD + timedelta(days=2)


def due_step(workspace: Workspace, list_name: str) -> Step:
    """What a run has to do for a list in this period, once interrupted mailings have been seen to."""
    period = period_of(workspace.day, workspace.settings.newsletter.cadence)
    mailed, held = _mailed(workspace, period)
    waiting = waiting_draft(workspace)
    return next_step(
        period=period,
        list_name=list_name,
        mailed=mailed,
        held=held,
        written={issue for issue in mailed.values() if only_written(workspace, issue)},
        by_mail=by_mail(workspace),
        draft=waiting.record.key if waiting else "",
        draft_period=waiting.record.period if waiting else "",
        edited=bool(waiting and waiting.edited),
    )


def extra_step(workspace: Workspace, list_name: str) -> Step:
    """To send the draft that waits though the period's issue was sent; never builds one, so that no cron line can.

    Raises:
        UsageError: the period's own issue is still due, or no draft waits.
    """
    due = due_step(workspace, list_name)
    if due.action != "nothing":
        raise UsageError(
            f"This period's own issue has not been sent to {list_name} yet, and --extra is for one more.",
            hint="Send it first, with: digest send",
        )
    waiting = waiting_draft(workspace)
    if waiting is None:
        raise UsageError("No draft waits to be sent.", hint="Make one with digest build, then: digest send --extra")
    return Step(action="send draft", issue=waiting.record.key, why="it is one more in this period")


def _mailed(workspace: Workspace, period: str) -> tuple[dict[str, str], dict[str, str]]:
    """The lists that got an issue in a period, each with the issue, and which of these issues a person holds back.

    What counts is when it went out: a draft that was built on Friday and edited is the issue of the week after. And it
    is the day on which that run began, whatever cadence and time zone the newsletter had then.
    """
    newsletter = workspace.settings.newsletter
    lately = workspace.book.mailed(since=workspace.began - _LATELY)
    days = {one: one.day or one.started_at.astimezone(newsletter.zone).date() for one in lately}
    of_period = [one for one, day in days.items() if period_of(day, newsletter.cadence) == period]
    held = {key: word for key in {one.issue for one in of_period} if (word := _held(workspace, key))}
    # The first is the period's issue, behind it may be extra ones; but one more stands in for one that was cancelled.
    mailed: dict[str, str] = {}
    for one in sorted(of_period, key=lambda one: one.issue in held):
        mailed.setdefault(one.list, one.issue)
    return mailed, held


def _held(workspace: Workspace, issue: str) -> str:
    """ "was cancelled", "is paused", or nothing."""
    record = workspace.book.get(issue)
    if record and record.cancelled_at:
        return "was cancelled"
    return "is paused" if record and record.paused_at else ""
