"""`digest send --dry-run`, without a command line."""

from __future__ import annotations

from pathlib import Path

from digest.work.console import NothingBegun, NothingToDo, Planned, Rendered, WouldSend
from digest.work.rehearsal import rehearse_run
from digest.work.run import send_due
from digest.workspace import Workspace
from tests.consoles import QuietConsole


def test_a_rehearsal_tells_what_would_be_sent_and_leaves_nothing(
    workspace: Workspace, folder: Path, console: QuietConsole
) -> None:
    rehearse_run(workspace, "weekly", console, resume=False, extra=False)

    [rendered] = [event for event in console.told if isinstance(event, Rendered)]
    [planned] = [event for event in console.told if isinstance(event, Planned)]
    [would] = [event for event in console.told if isinstance(event, WouldSend)]
    assert (rendered.folder, planned.plan.recipients, would.people) == (None, 2, 2)
    assert workspace.book.recent(5) == []
    assert not list((folder / "issues").glob("*"))


def test_a_rehearsal_says_when_nothing_is_due(workspace: Workspace, console: QuietConsole) -> None:
    send_due(workspace, "weekly", QuietConsole())

    rehearse_run(workspace, "weekly", console, resume=False, extra=False)

    assert [type(event) for event in console.told] == [NothingToDo]


def test_a_rehearsed_resume_begins_nothing(workspace: Workspace, console: QuietConsole) -> None:
    rehearse_run(workspace, "weekly", console, resume=True, extra=False)

    assert console.told == [NothingBegun()]
