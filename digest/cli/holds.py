"""`digest deliveries pause`, `resume` and `cancel`: an issue on its way waits, goes on, or ends for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import clock
from digest.cli.deliveries import counted, opened
from digest.cli.terminal import say
from digest.errors import LockedError, UsageError
from digest.model.mailing import DeliveryState
from digest.text.plural import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.workspace import Workspace

OneIssue = Annotated[
    str, typer.Argument(help="The issue, where more than one could be meant.", metavar="[ISSUE]", show_default=False)
]


def pause(context: typer.Context, issue: OneIssue = "") -> None:
    """Have an issue on its way wait until you say `resume`; a run that is sending it stops within seconds."""
    from digest.work.holds import under_way  # noqa: PLC0415 - `--help` must not wait for it

    with opened(context) as workspace:
        key = _one_of(under_way(workspace), issue, workspace, "is under way")
        workspace.book.pause(key, now=clock())
        say(f"Issue {key} is paused: nothing more of it is mailed. A run that is sending it stops within seconds.")
        say(f"  Go on with: digest deliveries resume {key}")


def resume(context: typer.Context, issue: OneIssue = "") -> None:
    """Have the next `digest send` go on with an issue that was paused."""
    from digest.work.holds import paused  # noqa: PLC0415 - `--help` must not wait for it

    with opened(context) as workspace:
        key = _one_of([one.issue for one in paused(workspace)], issue, workspace, "is paused")
        workspace.book.go_on(key)
        say(f"Issue {key} is paused no more: the next run of digest send goes on with it.")


def cancel(
    context: typer.Context,
    issue: OneIssue = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
) -> None:
    """Stop an issue on its way for good: whoever has not got it never does. A run that is sending it stops, too."""
    from digest.store.lock import project_lock  # noqa: PLC0415 - `--help` must not wait for it
    from digest.work.holds import paused, under_way  # noqa: PLC0415 - `--help` must not wait for it
    from digest.work.outlet import only_written  # noqa: PLC0415 - `--help` must not wait for it
    from digest.work.recovery import recover  # noqa: PLC0415 - `--help` must not wait for it

    with opened(context) as workspace:
        key = _one_of(
            [*under_way(workspace), *[one.issue for one in paused(workspace)]], issue, workspace, "is under way"
        )
        _make_sure(key, workspace.ledger.tally(key), yes=yes)
        workspace.book.cancel(key, now=clock())
        try:
            with project_lock(workspace.project.lock, workspace.engine, command="digest deliveries", now=clock()):
                recover(workspace)
        except LockedError as error:
            say(f"Issue {key} is cancelled: nothing more of it is mailed. {error.message}")
            say("  If that is sending this issue, it stops within seconds.")
        else:
            stands = counted(workspace.ledger.tally(key), only_written=only_written(workspace, key))
            say(f"Issue {key} is cancelled: {stands}.")
        say("  The next period's issue comes as ever. One more before: digest build, then digest send --extra")


def _one_of(those: Sequence[str], name: str, workspace: Workspace, what: str) -> str:
    """The issue that a person means, which is one of those. Raises UsageError."""
    from digest.work.recovery import mailed_issue, refuse_cancelled  # noqa: PLC0415 - `--help` must not wait for it

    if not name:
        if len(those) == 1:
            return those[0]
        if those:
            raise UsageError(f"More than one issue {what}: {', '.join(those)}.", hint=f"Say which, such as {those[0]}.")
        raise UsageError(f"No issue {what}.", hint="digest status shows the last ones.")
    key = mailed_issue(workspace, name)
    if key in those:
        return key
    refuse_cancelled(workspace, key)
    raise UsageError(f"Issue {key} is not one that {what}.", hint="digest status shows the last ones.")


def _make_sure(key: str, tally: Mapping[DeliveryState, int], *, yes: bool) -> None:
    """Ask before what can't be undone. Raises UsageError where nobody can be asked."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("An issue is cancelled for good.", hint=f"To do so without being asked: cancel {key} --yes")
    left = sum(tally[state] for state in (DeliveryState.PLANNED, DeliveryState.DEFERRED, DeliveryState.CLAIMED))
    say(f"Issue {key}: {number(tally[DeliveryState.SENT], 'person has', 'people have')} got it, {left:,} have not.")
    typer.confirm("Cancel it for good, so that these never do?", default=False, abort=True)
