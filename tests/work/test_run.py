"""The run of `digest send`, without a command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import digest.work.forecast
import digest.work.run
from digest.errors import UsageError
from digest.model import DeliveryState, Report
from digest.work.console import Ahead, Collected, Ended, Left, NobodyLeft, NothingBegun, NothingToDo, Planned, Rendered
from digest.work.holds import under_way
from digest.work.recipients import freeze
from digest.work.run import send_due, send_left
from digest.workspace import Workspace
from tests.consoles import QuietConsole


def kinds(console: QuietConsole) -> list[type]:
    return [type(event) for event in console.told]


def test_a_due_issue_is_built_rendered_frozen_and_delivered(workspace: Workspace, console: QuietConsole) -> None:
    ran = send_due(workspace, "weekly", console)

    assert [one.sent for one in ran.issues if isinstance(one, Report)] == [2]
    wanted = [Collected, Rendered, Planned, Ahead, Ended]
    assert [kind for kind in kinds(console) if kind in wanted] == wanted


def test_a_list_is_not_read_for_a_question_that_nobody_is_asked(
    workspace: Workspace, console: QuietConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest.work.run, "rehearse", None)
    monkeypatch.setattr(digest.work.forecast, "_active_keys", None)

    [report] = send_due(workspace, "weekly", console).issues

    assert isinstance(report, Report)
    assert report.sent == 2


def test_a_second_run_in_the_period_does_nothing(workspace: Workspace, console: QuietConsole) -> None:
    send_due(workspace, "weekly", QuietConsole())

    assert send_due(workspace, "weekly", console).issues == []
    assert kinds(console) == [NothingToDo]


def test_what_was_begun_is_gone_on_with_before_anything_else(workspace: Workspace, console: QuietConsole) -> None:
    first = begun(workspace)

    ran = send_due(workspace, "weekly", console)

    assert [one.issue for one in ran.issues if isinstance(one, Report)] == [first]
    assert NothingToDo not in kinds(console)
    assert workspace.ledger.tally(first)[DeliveryState.SENT] == 2


def test_an_issue_whose_edition_is_gone_waits(workspace: Workspace, folder: Path, console: QuietConsole) -> None:
    issue = begun(workspace)
    for file in (folder / "issues" / issue).glob("edition*"):
        file.unlink()

    [waits] = send_left(workspace, console).issues

    assert isinstance(waits, UsageError)
    assert f"digest deliveries cancel {issue}" in waits.hint
    assert under_way(workspace) == [issue]


def test_an_issue_with_nobody_left_is_closed_without_its_edition(
    workspace: Workspace, folder: Path, console: QuietConsole
) -> None:
    issue = begun(workspace)
    for recipient in workspace.ledger.claim(issue, limit=5, now=workspace.clock()):
        workspace.ledger.skip(issue, lambda key, gone=recipient.key: key == gone, why="left", now=workspace.clock())
    workspace.ledger.release(issue, [], now=workspace.clock())
    workspace.ledger.recover(issue, now=workspace.clock())
    for file in (folder / "issues" / issue).glob("edition*"):
        file.unlink()

    [report] = send_left(workspace, console).issues

    assert isinstance(report, Report)
    assert NobodyLeft in kinds(console)
    assert under_way(workspace) == []


def test_a_stopped_run_begins_nothing_new_and_says_what_it_leaves(workspace: Workspace) -> None:
    issue, console = begun(workspace), StoppedWhileSending()

    ran = send_due(workspace, "weekly", console, extra=False)

    assert [one.issue for one in ran.issues if isinstance(one, Report)] == [issue]
    assert not ran.unfinished
    assert [event for event in console.told if isinstance(event, Left)] == [Left(issues=[], due=None)]


def test_to_resume_where_nothing_was_begun_builds_nothing(workspace: Workspace, console: QuietConsole) -> None:
    assert send_left(workspace, console).issues == []
    assert kinds(console) == [NothingBegun]


class StoppedWhileSending(QuietConsole):
    """Somebody presses Ctrl-C when everybody has just been sent it."""

    def tell(self, event: object) -> None:
        super().tell(event)  # type: ignore[arg-type]
        self.stopped = self.stopped or isinstance(event, Ended)


def begun(workspace: Workspace) -> str:
    """An issue whose recipients are frozen, and nobody has got it."""
    from digest.work.editions import build_and_render  # noqa: PLC0415 - only these tests build
    from digest.work.schedule import IssueRequest  # noqa: PLC0415 - as above

    edition, _ = build_and_render(workspace, IssueRequest(), QuietConsole())
    freeze(workspace, edition.issue, "weekly", progress=lambda *_: None)
    return edition.issue
