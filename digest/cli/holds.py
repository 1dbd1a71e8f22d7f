"""`digest deliveries pause`, `resume` and `cancel`: an issue on its way waits, goes on, or ends for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import clock
from digest.cli.deliveries import counted, mailed, opened, refuse_cancelled
from digest.cli.terminal import number, say
from digest.errors import LockedError, UsageError
from digest.mailing import DeliveryState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.newsdesk import Desk
    from digest.store.issues import IssueRecord

OneIssue = Annotated[
    str, typer.Argument(help="The issue, where more than one could be meant.", metavar="[ISSUE]", show_default=False)
]


def pause(context: typer.Context, issue: OneIssue = "") -> None:
    """Have an issue on its way wait until you say `resume`; a run that is sending it stops within seconds."""
    with opened(context) as desk:
        key = _one_of(under_way(desk), issue, desk, "is under way")
        desk.book.pause(key, now=clock())
        say(f"Issue {key} is paused: nothing more of it is mailed. A run that is sending it stops within seconds.")
        say(f"  Go on with: digest deliveries resume {key}")


def resume(context: typer.Context, issue: OneIssue = "") -> None:
    """Have the next `digest send` go on with an issue that was paused."""
    with opened(context) as desk:
        key = _one_of(_paused(desk), issue, desk, "is paused")
        desk.book.go_on(key)
        say(f"Issue {key} is paused no more: the next run of digest send goes on with it.")


def cancel(
    context: typer.Context,
    issue: OneIssue = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
) -> None:
    """Stop an issue on its way for good: whoever has not got it never does. A run that is sending it stops, too."""
    from digest.mailroom import recover, tally  # noqa: PLC0415
    from digest.safeguards import only_written  # noqa: PLC0415
    from digest.store.lock import project_lock  # noqa: PLC0415

    with opened(context) as desk:
        key = _one_of([*under_way(desk), *_paused(desk)], issue, desk, "is under way")
        _make_sure(key, tally(desk, key), yes=yes)
        desk.book.cancel(key, now=clock())
        try:
            with project_lock(desk.project.lock, desk.engine, command="digest deliveries", now=clock()):
                recover(desk)
        except LockedError as error:
            say(f"Issue {key} is cancelled: nothing more of it is mailed. {error.message}")
            say("  If that is sending this issue, it stops within seconds.")
        else:
            say(f"Issue {key} is cancelled: {counted(tally(desk, key), only_written=only_written(desk, key))}.")
        say("  The next period's issue comes as ever. One more before: digest build, then digest send --extra")


def under_way(desk: Desk) -> list[str]:
    """The issues with somebody left to be tried, oldest first, but for those that a person holds back."""
    return [record.key for record in _unfinished(desk) if not record.held]


def _paused(desk: Desk) -> list[str]:
    return [record.key for record in _unfinished(desk) if record.paused_at and not record.cancelled_at]


def _unfinished(desk: Desk) -> list[IssueRecord]:
    keys = dict.fromkeys(mailing.issue for mailing in desk.book.unfinished())
    return [record for key in keys if (record := desk.book.get(key))]


def tell_paused(desk: Desk) -> None:
    """Remind a person of what they paused: no run goes on with it."""
    for record in _unfinished(desk):
        if record.paused_at and not record.cancelled_at:
            say(f"Issue {record.key} is paused since {desk.local(record.paused_at):%d %b, %H:%M %Z}.")
            say(f"  Go on with: digest deliveries resume {record.key}")


def _one_of(those: Sequence[str], name: str, desk: Desk, what: str) -> str:
    """The issue that a person means, which is one of those. Raises UsageError."""
    if not name:
        if len(those) == 1:
            return those[0]
        if those:
            raise UsageError(f"More than one issue {what}: {', '.join(those)}.", hint=f"Say which, such as {those[0]}.")
        raise UsageError(f"No issue {what}.", hint="digest status shows the last ones.")
    key = mailed(desk, name)
    if key in those:
        return key
    refuse_cancelled(desk, key)
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
