"""`digest send` and `digest status`: the command that cron runs, and what it did."""

from __future__ import annotations

import enum
import logging
import os
import sys
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import clock
from digest.cli.deliveries import counted, settle
from digest.cli.holds import tell_paused, under_way
from digest.cli.issues import (
    build_and_render,
    enough_news,
    read_asked,
    refuse_errors,
    render_waiting,
    tell_findings,
    tell_made,
)
from digest.cli.model import asking
from digest.cli.options import stands_alone
from digest.cli.outcomes import TRY_AGAIN, exit_code, tell_outcomes, tell_plan, tell_report
from digest.cli.terminal import number, progress, report_error, say, span, steps
from digest.errors import DeliveryError, DigestError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.cli.interrupt import Stop
    from digest.model import Finding, Outcome
    from digest.newsdesk import Desk
    from digest.schedule import Step

_log = logging.getLogger(__name__)

_ISSUES_SHOWN = 10
_NOTHING_BEGUN = "Nothing to go on with: no run was interrupted, and nobody waits for another try."


class OnUncertain(enum.StrEnum):
    """What to do with messages of which nobody knows whether the server took them."""

    SKIP = "skip"
    RESEND = "resend"
    ASK = "ask"


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
    from digest.cli.log import logged  # noqa: PLC0415
    from digest.newsdesk import open_desk  # noqa: PLC0415 - the stages take 0.5 s to import
    from digest.project import Project  # noqa: PLC0415
    from digest.safeguards import refuse_lost_ledger, refuse_lost_server  # noqa: PLC0415
    from digest.store.lock import project_lock  # noqa: PLC0415

    _refuse_contradictions(
        to=to, list_name=list_name, on_uncertain=on_uncertain, resume=resume, extra=extra, dry_run=dry_run
    )
    project = Project.open(context.obj, os.environ)
    name = list_name or project.settings.newsletter.list
    recipient = _tester(to) if to else ""
    with (
        logged(project.log, level=project.settings.log_level, command="send"),
        open_desk(project, clock=clock) as desk,
        project_lock(project.lock, desk.engine, command="digest send", now=clock()),
    ):
        refuse_lost_ledger(desk)
        if recipient:
            _send_test(desk, recipient)
            return
        refuse_lost_server(desk)
        if dry_run:
            _rehearse(desk, name, resume=resume, extra=extra)
            return
        due = partial(send_due, desk, name, yes=yes, on_uncertain=on_uncertain, extra=extra)
        raise typer.Exit(send_left(desk, on_uncertain) if resume else due())


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


def send_due(
    desk: Desk, list_name: str, *, yes: bool, on_uncertain: OnUncertain = OnUncertain.SKIP, extra: bool = False
) -> int:
    """Finish what was begun, then send what is due. Returns the exit code."""
    from digest.cli.interrupt import Stop  # noqa: PLC0415
    from digest.mailroom import due_step, extra_step  # noqa: PLC0415

    begun, stop = _begun(desk, on_uncertain), Stop()
    codes = _finish(desk, begun, stop)
    # An extra issue that was interrupted is no draft any more.
    step = extra_step(desk, list_name) if extra and not begun else due_step(desk, list_name)
    if stop.asked:
        return _stopped(codes, begun, step)
    if step.action != "nothing":
        # Before hours of work: a list that is missing is told at once.
        desk.project.list_file(list_name)
    match step.action:
        case "nothing" if step.issue in begun:
            # What became of it has just been told.
            pass
        case "nothing":
            say(f"Nothing to do: {step.why} (issue {step.issue}).")
        case "send to this list too" | "mail what was written":
            codes.append(_mail(desk, step.issue, list_name, stop, yes=yes))
        case "send draft":
            edition, findings = render_waiting(desk)
            refuse_errors(findings)
            codes.append(_mail(desk, edition.issue, list_name, stop, yes=yes))
        case "build":
            edition, findings = build_and_render(desk, read_asked(desk.project))
            refuse_errors(findings)
            codes.append(_mail(desk, edition.issue, list_name, stop, yes=yes))
    return max(codes, default=0)


def send_left(desk: Desk, on_uncertain: OnUncertain) -> int:
    """Finish what was begun, and nothing else. Returns the exit code."""
    from digest.cli.interrupt import Stop  # noqa: PLC0415

    begun, stop = _begun(desk, on_uncertain), Stop()
    if not begun:
        say(_NOTHING_BEGUN)
    codes = _finish(desk, begun, stop)
    return _stopped(codes, begun) if stop.asked else max(codes, default=0)


def _finish(desk: Desk, begun: Sequence[str], stop: Stop) -> list[int]:
    """Go on with issues until one is stopped; returns the exit code of each that was gone on with.

    One whose lists or files are gone waits, and keeps no other from being sent.
    """
    codes = []
    for issue in begun:
        try:
            codes.append(_go_on(desk, issue, stop))
        except UsageError as error:
            report_error(error)
            _log.warning("issue waits", extra={"fields": {"issue": issue, "error": error.message}})
            codes.append(error.exit_code)
        if stop.asked:
            break
    return codes


def _stopped(codes: Sequence[int], begun: Sequence[str], step: Step | None = None) -> int:
    """Say what a stop leaves besides the issue it came upon. Returns the exit code."""
    if left := begun[len(codes) :]:
        say(_goes_on(left))
    # An issue that was begun has been told of.
    if due := step if step and step.action != "nothing" else None:
        say(_ahead(due))
    return max(*codes, TRY_AGAIN) if left or due else max(codes)


def _begun(desk: Desk, on_uncertain: OnUncertain) -> list[str]:
    """The issues with somebody left to be tried, oldest first."""
    from digest.mailroom import recover, resend_uncertain, uncertain  # noqa: PLC0415

    for issue in recover(desk):
        if _cancelled(desk, issue):
            continue
        doubtful = uncertain(desk, issue)
        if doubtful and _wants_resend(desk, issue, doubtful, on_uncertain):
            resend_uncertain(desk, issue)
    tell_paused(desk)
    return under_way(desk)


def _cancelled(desk: Desk, issue: str) -> bool:
    record = desk.book.get(issue)
    return bool(record and record.cancelled_at)


def _wants_resend(desk: Desk, issue: str, doubtful: list[Outcome], on_uncertain: OnUncertain) -> bool:
    if on_uncertain is not OnUncertain.ASK or not sys.stdin.isatty():
        return on_uncertain is OnUncertain.RESEND
    tell_outcomes(f"uncertain in issue {issue}: they may have arrived", doubtful, zone=desk.today.tzinfo)
    return typer.confirm("Send it to them again?", default=False)


def _mail(desk: Desk, issue: str, list_name: str, stop: Stop, *, yes: bool) -> int:
    """Freeze the recipients of an issue and deliver it."""
    from digest.mailroom import forecast, freeze, refuse_in_vain, rehearse  # noqa: PLC0415
    from digest.safeguards import by_mail  # noqa: PLC0415

    if sys.stdin.isatty() and not yes:
        people = number(rehearse(desk, issue, list_name).recipients, "person", "people")
        ahead = _forecast(desk, forecast(desk, issue, list_name=list_name).seconds())
        what = f"Send issue {issue} to {people}" if by_mail(desk) else f"Write issue {issue} into outbox/ for {people}"
        typer.confirm(f"{what} on {list_name}{ahead}?", abort=True)
    # A wrong password or a limit of size is told while the issue can still be changed.
    refuse_in_vain(desk, issue)
    with progress("Planning") as update:
        plan = freeze(desk, issue, list_name, progress=update)
    tell_plan(plan, list_name)
    return _go_on(desk, issue, stop)


def _go_on(desk: Desk, issue: str, stop: Stop) -> int:
    from digest.cli.interrupt import run_until_stopped  # noqa: PLC0415
    from digest.mailroom import anybody_left, deliver_rest, destination, forecast  # noqa: PLC0415
    from digest.safeguards import by_mail, mail_what_was_written  # noqa: PLC0415

    if mail_what_was_written(desk, issue):
        say(f"Issue {issue} was only written into outbox/ so far, while no SMTP_HOST was set. Now it is mailed.")
    ahead, begun = forecast(desk, issue), desk.clock()
    if anybody_left(desk, issue):
        doing = "Sending" if by_mail(desk) else "Writing"
        say(f"{doing} issue {issue} {destination(desk)}{_forecast(desk, ahead.seconds())}.")
    else:
        say(f"Nobody is left to be sent issue {issue}.")

    def left(done: int, rate: float) -> float | None:
        return ahead.seconds(done=done, measured=rate, elapsed=(desk.clock() - begun).total_seconds())

    with progress("Sending", left=left) as update:
        report = run_until_stopped(lambda stopped: deliver_rest(desk, issue, stop=stopped, progress=update), stop)
    tell_report(report, now=desk.today)
    return exit_code(report)


def _forecast(desk: Desk, seconds: float | None) -> str:
    """When the last message will be out, where limits or quiet hours decide on that."""
    if seconds == 0:
        return ""
    ends = f", on {_in_seconds(desk, seconds):%d %b at %H:%M %Z}" if seconds else ""
    quiet = " and quiet hours" if desk.project.settings.send.quiet_hours else ""
    return f": about {span(seconds)} by the limits{quiet} that are set{ends}"


def _in_seconds(desk: Desk, seconds: float) -> datetime:
    """What the newsletter's clock will show: it may be changed until then."""
    return desk.local(desk.clock() + timedelta(seconds=seconds))


def _tester(address: str) -> str:
    """The address of a test message. Raises UsageError where it is none."""
    from digest.text.addresses import normal_address  # noqa: PLC0415 - the check of addresses takes 0.1 s to import

    try:
        return normal_address(address)
    except ValueError as error:
        raise UsageError(f"--to {address}: {error}", hint="Write it as you@example.org.") from None


def _send_test(desk: Desk, address: str) -> None:
    from digest.cli.interrupt import Stop, run_until_stopped  # noqa: PLC0415 - asyncio costs `--help` 25 ms
    from digest.cli.issues import edition_to_show  # noqa: PLC0415
    from digest.mailroom import destination, send_test  # noqa: PLC0415
    from digest.safeguards import by_mail  # noqa: PLC0415

    edition, findings = edition_to_show(desk)
    report = run_until_stopped(lambda stopped: send_test(desk, edition, address, stop=stopped), Stop())
    if not report.sent:
        reasons = [one.detail for one in (*report.failed, *report.deferred, *report.uncertain)] or [report.stopped]
        raise DeliveryError(f"The test message was not sent: {reasons[0]}", hint="See SMTP_* in .env.")
    if by_mail(desk):
        say(f"Sent a test message to {address} {destination(desk)}.")
    else:
        say(f"Wrote a test message for {address} {destination(desk)}; nothing was mailed.")
    tell_findings(findings)


def _rehearse(desk: Desk, list_name: str, *, resume: bool, extra: bool) -> None:
    """Say what a run would do, and do none of it."""
    from digest.mailroom import destination, due_step, extra_step, forecast, rehearse  # noqa: PLC0415
    from digest.safeguards import by_mail  # noqa: PLC0415

    say("Dry run: nothing is sent and nothing is remembered.")
    tell_paused(desk)
    begun = under_way(desk)
    for issue in begun:
        say(f"Would go on with issue {issue} to {', '.join(one.list for one in desk.book.mailings(issue))}.")
    if resume and not begun:
        say(_NOTHING_BEGUN)
    if resume:
        return
    step = extra_step(desk, list_name) if extra and not begun else due_step(desk, list_name)
    if step.action == "nothing":
        say(f"Nothing else to do: {step.why} (issue {step.issue}).")
        return
    issue, findings = _rehearsed_issue(desk, step)
    tell_findings(findings)
    plan = rehearse(desk, issue, list_name)
    tell_plan(plan, list_name)
    ahead = _forecast(desk, forecast(desk, issue, list_name=list_name).seconds())
    what = f"send issue {issue} to" if by_mail(desk) else f"write issue {issue} for"
    say(f"Would {what} {number(plan.recipients, 'person', 'people')} {destination(desk)}{ahead}.")
    refuse_errors(findings)


def _rehearsed_issue(desk: Desk, step: Step) -> tuple[str, tuple[Finding, ...]]:
    from digest.newsdesk import Asked, make_only, render_only, waiting_draft  # noqa: PLC0415

    if step.action in {"send to this list too", "mail what was written"}:
        return step.issue, ()
    waiting = waiting_draft(desk)
    if waiting and step.action != "build":
        issue = waiting.issue
    else:
        with steps() as begin:
            made = make_only(desk, Asked(), steps=begin, model=asking())
        tell_made(made)
        issue = enough_news(made)
    edition, findings = render_only(desk, issue)
    say(f'Issue {edition.issue}: "{edition.subject}" ({len(edition.html.encode()) / 1024:.0f} KiB)')
    return issue.key, findings


def status(context: typer.Context) -> None:
    """Show the last issues, what became of their messages, and what the next run would do."""
    from digest.mailroom import due_step, tally  # noqa: PLC0415
    from digest.newsdesk import open_desk  # noqa: PLC0415
    from digest.project import Project  # noqa: PLC0415
    from digest.safeguards import only_written, refuse_lost_ledger, refuse_lost_server  # noqa: PLC0415

    project = Project.open(context.obj, os.environ)
    with open_desk(project, clock=clock) as desk:
        settle(desk)
        for record in desk.book.recent(_ISSUES_SHOWN):
            mailings = desk.book.mailings(record.key)
            lists = ", ".join(mailing.list for mailing in mailings)
            say(f'{record.key}  {f"to {lists}" if lists else "draft"}  "{record.subject}"')
            if mailings:
                say(f"    {counted(tally(desk, record.key), only_written=only_written(desk, record.key))}")
        try:
            refuse_lost_ledger(desk)
            refuse_lost_server(desk)
        except DigestError as error:
            say(f"The next run stops: {error.message}")
            say(f"    {error.hint}")
            return
        step = due_step(desk, project.settings.newsletter.list)
        tell_paused(desk)
        unfinished = under_way(desk)
        if unfinished:
            say(_goes_on(unfinished))
        if step.action != "nothing":
            say(_ahead(step))
        elif not unfinished:
            say(f"The next run has nothing to do: {step.why}.")


def _goes_on(issues: Iterable[str]) -> str:
    return f"The next run goes on with {', '.join(issues)}."


def _ahead(step: Step) -> str:
    what = {
        "send draft": f"sends issue {step.issue}",
        "build": "builds an issue and sends it",
        "send to this list too": f"sends issue {step.issue} to this list too",
        "mail what was written": f"mails issue {step.issue}",
    }[step.action]
    return f"The next run {what}: {step.why}."
