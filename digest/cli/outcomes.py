"""What became of an issue's messages, told to a person, and the exit code that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.cli.terminal import alike, listed, reply, say
from digest.errors import DeliveryError, DigestError
from digest.text.plural import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from digest.model import Outcome, Plan, Report, Skipped
    from digest.work.run import Ran

#: The documented exit code for "run it again": some messages wait for another try.
TRY_AGAIN = 5
#: Why the sender says that it stopped where Ctrl-C was pressed.
_ON_REQUEST = "stopped on request"
#: Why a run stopped that a person wanted paused; `digest.work.holds` says so.
_PAUSED = "a person paused it"
#: Rows and addresses named one by one; all of them are in the issue's report.json.
_NAMED = 100


def tell_plan(plan: Plan, list_name: str) -> None:
    say(f"{number(plan.recipients, 'recipient')} on record for issue {plan.issue} (list {list_name}).")
    if plan.skipped:
        say(f"  Not mailed: {number(len(plan.skipped), 'row')} of the list.")
        listed(_skipped_lines(plan.skipped), most=_NAMED, indent="    ")


def _skipped_lines(skipped: Sequence[Skipped]) -> list[str]:
    """A line for each reason, with an example where several rows have it."""
    return [
        f"{number(len(group), 'row')}: {kind} (such as line {group[0].line}{_example(group[0])})"
        if len(group) > 1
        else f"line {group[0].line}: {group[0].why}"
        for kind, group in alike(skipped, kind=lambda one: one.kind or one.why).items()
    ]


def _example(one: Skipped) -> str:
    column = f" (column “{one.column}”)" if one.column and f"“{one.column}”" not in one.why else ""
    return f": {one.why}{column}" if one.kind else column


def tell_report(report: Report, *, now: datetime) -> None:
    """Say what became of an issue.

    Args:
        now: by the newsletter's clock.
    """
    if report.only_written:
        written = number(report.sent, "message")
        say(f"Wrote {written} of issue {report.issue} into outbox/, {report.sent_total:,} in all; none was mailed.")
    else:
        say(f"Sent {number(report.sent, 'message')} of issue {report.issue}; {report.sent_total:,} in all.")
    tell_outcomes("deferred: to be tried again later (run digest send again)", report.deferred, zone=now.tzinfo)
    tell_outcomes("failed: the server refused them for good", report.failed, zone=now.tzinfo)
    # All of these, however many: a person has to decide on them.
    tell_outcomes(
        "uncertain: they may or may not have arrived (send again with --on-uncertain resend)",
        report.uncertain,
        zone=now.tzinfo,
        most=len(report.uncertain),
    )
    if report.skipped:
        say(f"  {len(report.skipped):,} skipped: unsubscribed or suppressed since the issue was planned")
    for note in report.notes:
        say(f"  Note: {note}")
    if report.stopped == _PAUSED:
        say(f"Paused: {number(report.remaining + len(report.deferred), 'message')} left.")
        say(f"  Go on with: digest deliveries resume {report.issue}, then digest send")
    elif report.stopped:
        say(f"Stopped: {report.stopped.rstrip('.')}.")
        when = f" after {_moment(report.resume_at.astimezone(now.tzinfo), now)}" if report.resume_at else ""
        untried = f"Not tried: {number(report.remaining, 'message')}. " if report.remaining else ""
        say(f"  {untried}Run digest send again{when} to go on.")


def _moment(then: datetime, now: datetime) -> str:
    return f"{then:%H:%M %Z}" if then.date() == now.date() else f"{then:%d %b at %H:%M %Z}"


def tell_outcomes(what: str, outcomes: Sequence[Outcome], *, zone: tzinfo | None, most: int = _NAMED) -> None:
    if outcomes:
        say(f"  {len(outcomes):,} {what}")
        told = (reply(one.detail, code=one.code, retry_at=one.retry_at, zone=zone) for one in outcomes)
        lines = [f"{one.recipient.email}: {words}" for one, words in zip(outcomes, told, strict=True)]
        listed(lines, most=most, indent="    ")


def exit_code(ran: Ran) -> int:
    """The worst of what came of the issues that a run went on with."""
    codes = [one.exit_code if isinstance(one, DigestError) else exit_code_of(one) for one in ran.issues]
    return max([*codes, TRY_AGAIN] if ran.unfinished else codes, default=0)


def exit_code_of(report: Report) -> int:
    """0 where nobody is left to be tried, 5 where a later run will try again, 7 where nothing could be sent."""
    if report.stopped == _PAUSED:
        # As they wanted: no later run is to try again.
        return 0
    if report.resume_at or report.stopped == _ON_REQUEST:
        return TRY_AGAIN
    if report.sent_total == 0 and (report.stopped or report.failed or report.deferred):
        return DeliveryError.exit_code if not report.deferred or report.stopped else TRY_AGAIN
    return TRY_AGAIN if report.deferred or report.remaining else 0
