"""`digest send` and `digest status`: the command that cron runs, and what it did."""

from __future__ import annotations

import enum
import os
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import clock
from digest.cli.deliveries import counted
from digest.cli.options import stands_alone
from digest.cli.outcomes import exit_code
from digest.cli.terminal import say
from digest.errors import DeliveryError, DigestError, UsageError

if TYPE_CHECKING:
    from digest.cli.console import TerminalConsole
    from digest.workspace import Workspace


class OnUncertain(enum.StrEnum):
    """What to do with messages of which nobody knows whether the server took them."""

    SKIP = "skip"
    RESEND = "resend"
    ASK = "ask"


#: None asks a person.
_RESEND = {OnUncertain.SKIP: False, OnUncertain.RESEND: True, OnUncertain.ASK: None}


def send(
    context: typer.Context,
    to: Annotated[
        str, typer.Option(help="Send only a test message, marked [TEST], to this address.", metavar="ADDRESS")
    ] = "",
    list_name: Annotated[str, typer.Option("--list", help="The list, if not the newsletter's own.")] = "",
    on_uncertain: Annotated[
        OnUncertain,
        typer.Option(help="What to do with messages that an interrupted run may or may not have sent."),
    ] = OnUncertain.SKIP,
    *,
    resume: Annotated[
        bool, typer.Option("--resume", help="Only go on with what an earlier run left; build and begin nothing.")
    ] = False,
    extra: Annotated[
        bool, typer.Option("--extra", help="Send the draft that waits, though this period's issue was sent.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but send and remember.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask before sending.")] = False,
) -> None:
    """Send this period's issue to everybody on the list who has not had it. Made for cron: run it as often as you like.

    It builds the issue unless a draft waits, goes on where an interrupted run stopped, and does nothing if the issue
    was sent.
    """
    # The stages take 0.5 s to import, which `--help` must not pay.
    from digest.cli.console import TerminalConsole  # noqa: PLC0415 - see above
    from digest.cli.log import logged  # noqa: PLC0415 - see above
    from digest.project import Project  # noqa: PLC0415 - see above
    from digest.store.lock import project_lock  # noqa: PLC0415 - see above
    from digest.work.run import send_due, send_left  # noqa: PLC0415 - see above
    from digest.work.safeguards import refuse_lost_ledger, refuse_lost_server  # noqa: PLC0415 - see above
    from digest.workspace import open_workspace  # noqa: PLC0415 - see above

    _refuse_contradictions(
        to=to, list_name=list_name, on_uncertain=on_uncertain, resume=resume, extra=extra, dry_run=dry_run
    )
    project = Project.open(context.obj, os.environ)
    name = list_name or project.settings.newsletter.list
    recipient = _tester(to) if to else ""
    console = TerminalConsole(yes=yes, resend=_RESEND[on_uncertain])
    with (
        logged(project.log, level=project.settings.log_level, command="send"),
        open_workspace(project, clock=clock) as workspace,
        project_lock(project.lock, workspace.engine, command="digest send", now=clock()),
    ):
        refuse_lost_ledger(workspace)
        if recipient:
            _send_test(workspace, recipient, console)
            return
        refuse_lost_server(workspace)
        if dry_run:
            _rehearse(workspace, name, console, resume=resume, extra=extra)
            return
        ran = send_left(workspace, console) if resume else send_due(workspace, name, console, extra=extra)
        raise typer.Exit(exit_code(ran))


def _refuse_contradictions(
    *, to: str, list_name: str, on_uncertain: OnUncertain, resume: bool, extra: bool, dry_run: bool
) -> None:
    if to:
        others = {"--list": list_name, "--resume": resume, "--extra": extra, "--dry-run": dry_run}
        others["--on-uncertain"] = on_uncertain is not OnUncertain.SKIP
        stands_alone("--to", "it sends a test message to one address and touches nobody else's", others)
    if resume:
        others = {"--list": list_name, "--extra": extra}
        stands_alone("--resume", "it goes on with whatever was begun, on every list", others)


def _tester(address: str) -> str:
    """The address of a test message. Raises UsageError where it is none."""
    from digest.text.addresses import normal_address  # noqa: PLC0415 - the check of addresses takes 0.1 s to import

    try:
        return normal_address(address)
    except ValueError as error:
        raise UsageError(f"--to {address}: {error}", hint="Write it as you@example.org.") from None


def _send_test(workspace: Workspace, address: str, console: TerminalConsole) -> None:
    from digest.cli.console import tell_findings  # noqa: PLC0415 - the stages take 0.5 s to import
    from digest.work.editions import edition_to_show  # noqa: PLC0415 - as above
    from digest.work.outlet import by_mail, destination  # noqa: PLC0415 - as above
    from digest.work.send import send_test  # noqa: PLC0415 - as above

    edition, findings = edition_to_show(workspace, console)
    report = console.until_stopped(lambda stop: send_test(workspace, edition, address, stop=stop))
    if not report.sent:
        reasons = [one.detail for one in (*report.failed, *report.deferred, *report.uncertain)] or [report.stopped]
        raise DeliveryError(f"The test message was not sent: {reasons[0]}", hint="See SMTP_* in .env.")
    if by_mail(workspace):
        say(f"Sent a test message to {address} {destination(workspace)}.")
    else:
        say(f"Wrote a test message for {address} {destination(workspace)}; nothing was mailed.")
    tell_findings(findings)


def _rehearse(workspace: Workspace, list_name: str, console: TerminalConsole, *, resume: bool, extra: bool) -> None:
    from digest.work.rehearsal import rehearse_run  # noqa: PLC0415 - picking and rendering take 0.8 s to import

    say("Dry run: nothing is sent and nothing is remembered.")
    rehearse_run(workspace, list_name, console, resume=resume, extra=extra)


def status(context: typer.Context) -> None:
    """Show the last issues, what became of their messages, and what the next run would do."""
    from digest.cli.console import TerminalConsole, goes_on_with, next_step  # noqa: PLC0415 - the stages take 0.5 s to import
    from digest.project import Project  # noqa: PLC0415 - as above
    from digest.work.status import last_issues, next_run  # noqa: PLC0415 - as above
    from digest.workspace import open_workspace  # noqa: PLC0415 - as above

    with open_workspace(Project.open(context.obj, os.environ), clock=clock) as workspace:
        for issue in last_issues(workspace):
            lists = ", ".join(issue.lists)
            say(f'{issue.key}  {f"to {lists}" if lists else "draft"}  "{issue.subject}"')
            if issue.lists:
                say(f"    {counted(issue.tally, only_written=issue.only_written)}")
        ahead = next_run(workspace)
    if isinstance(ahead, DigestError):
        say(f"The next run stops: {ahead.message}")
        say(f"    {ahead.hint}")
        return
    console = TerminalConsole()
    for one in ahead.paused:
        console.tell(one)
    if ahead.goes_on:
        say(goes_on_with(ahead.goes_on))
    if ahead.step.action != "nothing":
        say(next_step(ahead.step))
    elif not ahead.goes_on:
        say(f"The next run has nothing to do: {ahead.step.why}.")
