"""What the work of a command tells, printed; and its questions, asked."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import singledispatch
from typing import TypeVar

import typer

from digest.cli.interrupt import Stop, run_until_stopped
from digest.cli.model import tell_account, tell_estimate
from digest.cli.outcomes import tell_outcomes, tell_plan, tell_report
from digest.cli.terminal import listed, plain_progress, progress, report_error, say, span, steps, warn
from digest.model import Finding, Outcome, Plan, Progress, SourceReport, Steps
from digest.text.plural import number
from digest.work import console as events
from digest.work.console import Ahead, Event
from digest.work.schedule import Step

T = TypeVar("T")

#: Sources named one by one before "... and N more"; a report that scrolls away helps nobody.
_SOURCES_SHOWN = 200
_NOTES_SHOWN = 30
#: Sources that are well and had nothing new, above which they are only counted: of 120 real feeds 83 were silent in a
#: week, and hid the one that had failed.
_QUIET_SHOWN = 10


class TerminalConsole:
    """The console of the command line: lines on stdout, progress on stderr, Ctrl-C.

    Args:
        yes: send without asking.
        resend: whether people are sent an issue again of whom nobody knows whether they got it; None asks.
    """

    def __init__(self, *, yes: bool = False, resend: bool | None = False) -> None:
        self._yes = yes
        self._resend = resend
        self._stop = Stop()

    @property
    def stopped(self) -> bool:
        return self._stop.asked

    def tell(self, event: Event) -> None:
        _tell(event)

    def confirm_sending(self, list_name: str, ahead: Callable[[], Ahead], plan: Callable[[], Plan]) -> None:
        if self._yes or not sys.stdin.isatty():
            return
        people, delivery = number(plan().recipients, "person", "people"), ahead()
        what = "Send issue {} to {}" if delivery.by_mail else "Write issue {} into outbox/ for {}"
        typer.confirm(f"{what.format(delivery.issue, people)} on {list_name}{_takes(delivery)}?", abort=True)

    def agrees_to_resend(self, issue: str, doubtful: Sequence[Outcome], now: datetime) -> bool:
        if self._resend is not None or not sys.stdin.isatty():
            return bool(self._resend)
        tell_outcomes(f"uncertain in issue {issue}: they may have arrived", doubtful, zone=now.tzinfo)
        return typer.confirm("Send it to them again?", default=False)

    @property
    def asking(self) -> Progress:
        return plain_progress("Asking the model")

    def steps(self) -> AbstractContextManager[Steps]:
        return steps()

    def sending(self, ahead: Ahead) -> AbstractContextManager[Progress]:
        begun = ahead.now()

        def left(done: int, rate: float) -> float | None:
            return ahead.forecast.seconds(done=done, measured=rate, elapsed=(ahead.now() - begun).total_seconds())

        return progress("Sending", left=left)

    def until_stopped(self, work: Callable[[asyncio.Event], Awaitable[T]]) -> T:
        return run_until_stopped(work, self._stop)


@singledispatch
def _tell(event: Event) -> None:
    raise TypeError(type(event))


# --- an issue is made -------------------------------------------------------------------------------------------


@_tell.register
def _(event: events.Estimated) -> None:
    tell_estimate(event.estimate)


@_tell.register
def _(event: events.Collected) -> None:
    made = event.made
    window, sources = made.collection.window, made.collection.sources
    silent = [report for report in sources if report.problem]
    say(
        f"Collected {number(len(made.collection.articles), 'article')} from {len(sources) - len(silent)} of "
        f"{number(len(sources), 'source')}, published {window.begin:%d %b %H:%M} to {window.until:%d %b %Y %H:%M}."
    )
    quiet = [report for report in silent if report.newest and not report.failed]
    few = len(quiet) <= _QUIET_SHOWN
    listed([_silent(report) for report in silent if few or report not in quiet], most=_SOURCES_SHOWN)
    if not few:
        say(f"  {number(len(quiet), 'source')} had nothing inside that time (each of them: digest sources check).")
    notes = [f"{report.source.name or report.source.location}: {note}" for report in sources for note in report.notes]
    if notes:
        say(f"  {number(len(notes), 'note')} on what was odd in them:")
        listed(notes, most=_NOTES_SHOWN, indent="    ")
    used = sum(len(story.articles) for story in made.picked.stories)
    say(f"Picked {number(len(made.picked.stories), 'story', 'stories')} from {number(used, 'article')}.")
    reasons = Counter(str(dropped.why) for dropped in made.picked.dropped)
    if reasons:
        say("  Left out: " + ", ".join(f"{count} {why}" for why, count in reasons.most_common()) + ".")
    if made.written:
        tell_account(made.written.account)


def _silent(report: SourceReport) -> str:
    return f"{report.source.name or report.source.location}: {report.problem}"


@_tell.register
def _(event: events.SectionsFull) -> None:
    for sentence in event.sentences:
        say(f"  {sentence}")


@_tell.register
def _(event: events.Rendered) -> None:
    edition, size = event.edition, f"({len(event.edition.html.encode()) / 1024:.0f} KiB)"
    if event.folder is None:
        say(f'Issue {edition.issue}: "{edition.subject}" {size}')
    else:
        say(f'Issue {edition.issue}: "{edition.subject}"')
        say(f"  draft    {event.folder / 'draft.md'}   (edit it, then: digest build --from-draft)")
        say(f"  edition  {event.folder / 'edition.html'}   {size}")
    tell_findings(event.findings)


def tell_findings(findings: Iterable[Finding]) -> None:
    for finding in findings:
        warn(f"  {finding.level}: {finding.message} {finding.hint}".rstrip())


@_tell.register
def _(event: events.ShownAgain) -> None:
    say(f"{event.why} This is issue {event.issue}, the last one, as it went out.")


# --- and sent ---------------------------------------------------------------------------------------------------


@_tell.register
def _(event: events.Paused) -> None:
    say(f"Issue {event.issue} is paused since {event.since:%d %b, %H:%M %Z}.")
    say(f"  Go on with: digest deliveries resume {event.issue}")


@_tell.register
def _(event: events.Planned) -> None:
    tell_plan(event.plan, event.list)


@_tell.register
def _(event: events.MailedNow) -> None:
    say(f"Issue {event.issue} was only written into outbox/ so far, while no SMTP_HOST was set. Now it is mailed.")


@_tell.register
def _(event: events.Ahead) -> None:
    doing = "Sending" if event.by_mail else "Writing"
    say(f"{doing} issue {event.issue} {event.destination}{_takes(event)}.")


def _takes(ahead: Ahead) -> str:
    """When the last message will be out, where limits or quiet hours decide on that."""
    seconds = ahead.forecast.seconds()
    if seconds == 0:
        return ""
    last = ahead.local(ahead.now() + timedelta(seconds=seconds)) if seconds else None
    ends = f", on {last:%d %b at %H:%M %Z}" if last else ""
    quiet = " and quiet hours" if ahead.quiet else ""
    return f": about {span(seconds)} by the limits{quiet} that are set{ends}"


@_tell.register
def _(event: events.NobodyLeft) -> None:
    say(f"Nobody is left to be sent issue {event.issue}.")


@_tell.register
def _(event: events.Ended) -> None:
    tell_report(event.report, now=event.now)


@_tell.register
def _(event: events.Waits) -> None:
    report_error(event.error)


@_tell.register
def _(event: events.NothingToDo) -> None:
    say(f"Nothing {'else ' if event.besides else ''}to do: {event.step.why} (issue {event.step.issue}).")


@_tell.register
def _(_event: events.NothingBegun) -> None:
    say("Nothing to go on with: no run was interrupted, and nobody waits for another try.")


@_tell.register
def _(event: events.WouldGoOn) -> None:
    say(f"Would go on with issue {event.issue} to {', '.join(event.lists)}.")


@_tell.register
def _(event: events.WouldSend) -> None:
    ahead, people = event.ahead, number(event.people, "person", "people")
    what = f"send issue {ahead.issue} to" if ahead.by_mail else f"write issue {ahead.issue} for"
    say(f"Would {what} {people} {ahead.destination}{_takes(ahead)}.")


@_tell.register
def _(event: events.Left) -> None:
    if event.issues:
        say(goes_on_with(event.issues))
    if event.due:
        say(next_step(event.due))


def goes_on_with(issues: Iterable[str]) -> str:
    return f"The next run goes on with {', '.join(issues)}."


def next_step(step: Step) -> str:
    """What the next run does about a step that is due."""
    what = {
        "send draft": f"sends issue {step.issue}",
        "build": "builds an issue and sends it",
        "send to this list too": f"sends issue {step.issue} to this list too",
        "mail what was written": f"mails issue {step.issue}",
    }[step.action]
    return f"The next run {what}: {step.why}."
