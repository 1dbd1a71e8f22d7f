"""`digest status`, without a command line."""

from __future__ import annotations

from digest.model import DeliveryState
from digest.work.run import send_due
from digest.work.status import NextRun, last_issues, next_run
from digest.workspace import Workspace
from tests.consoles import QuietConsole


def test_before_the_first_issue_the_next_run_builds_one(workspace: Workspace) -> None:
    ahead = next_run(workspace)

    assert last_issues(workspace) == []
    assert isinstance(ahead, NextRun)
    assert (ahead.step.action, ahead.paused, ahead.goes_on) == ("build", [], [])


def test_an_issue_tells_its_lists_and_what_became_of_its_messages(workspace: Workspace) -> None:
    send_due(workspace, "weekly", QuietConsole())

    [issue] = last_issues(workspace)
    ahead = next_run(workspace)

    assert (issue.lists, issue.tally[DeliveryState.SENT], issue.only_written) == (["weekly"], 2, True)
    assert isinstance(ahead, NextRun)
    assert ahead.step.action == "nothing"


def test_what_would_stop_the_next_run_is_said(workspace: Workspace) -> None:
    send_due(workspace, "weekly", QuietConsole())
    [issue] = last_issues(workspace)
    workspace.book.note_taker(issue.key, "mail.example.org")

    stop = next_run(workspace)

    assert not isinstance(stop, NextRun)
    assert "no SMTP_HOST is set" in stop.message
