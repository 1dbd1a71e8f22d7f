"""What became of an issue's messages: a report by the ledger, and report.txt for people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Protocol

from digest.model import DeliveryState, Outcome, Report, Skipped

#: What differs from reply to reply though the reason is the same: addresses, queue ids, times in seconds.
_OWN = re.compile(r"<?[^\s<>]+@[^\s<>]+>?|\b[0-9A-Za-z]*\d[0-9A-Za-z]{7,}\b|\b\d+(?= ?s(?:econds?)?\b)")
_REASON_LENGTH = 120
#: Characters of a mailbox that replies name without its domain.
_A_NAME = 3

_NEXT_STEPS: tuple[tuple[DeliveryState, str], ...] = (
    (DeliveryState.UNCERTAIN, "They may have it already. To send it all the same: digest deliveries retry --uncertain"),
    (DeliveryState.FAILED, "Once the reason is gone, to try again: digest deliveries retry --failed"),
    (DeliveryState.DEFERRED, "The next digest send whose time has come tries them again."),
)  # fmt: skip


class Records(Protocol):
    """What is asked of the ledger; `store.ledger` says what each tells."""

    def tally(self, issue: str) -> Mapping[DeliveryState, int]: ...
    def deliveries(self, issue: str, state: DeliveryState) -> Iterator[Outcome]: ...


def report_so_far(ledger: Records, issue: str) -> Report:
    """Where an issue stands: the report of a run that did nothing."""
    tally = ledger.tally(issue)
    return Report(
        issue=issue,
        sent=0,
        sent_total=tally[DeliveryState.SENT],
        deferred=tuple(ledger.deliveries(issue, DeliveryState.DEFERRED)),
        failed=tuple(ledger.deliveries(issue, DeliveryState.FAILED)),
        uncertain=tuple(ledger.deliveries(issue, DeliveryState.UNCERTAIN)),
        skipped=tuple(
            Skipped(email=one.recipient.email, line=0, why=one.detail)
            for one in ledger.deliveries(issue, DeliveryState.SKIPPED)
        ),
        remaining=tally[DeliveryState.PLANNED],
    )


def report_text(report: Report, tally: Mapping[DeliveryState, int], *, subject: str, by: str, ended: datetime) -> str:
    """report.txt: how many in which state, then by reason each person who did not get it.

    Args:
        tally: the ledger's count for the issue over all runs.
        by: where messages go, "by mail.example.org".
        ended: when the run ended, in the newsletter's zone.
    """
    return "\n".join(_lines(report, tally, subject, by, ended)) + "\n"


def by_reason(outcomes: Sequence[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """Outcomes with the same reply but for addresses and numbers in it, the most frequent reply first."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[_reason(outcome)].append(outcome)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _reason(outcome: Outcome) -> str:
    said = _OWN.sub("…", outcome.detail)
    mailbox = outcome.recipient.email.rpartition("@")[0]
    # A shorter one is a word of the reply as well.
    if len(mailbox) >= _A_NAME:
        said = re.sub(rf"(?<!\w){re.escape(mailbox)}(?!\w)", "…", said, flags=re.IGNORECASE)
    told = said if said.startswith(str(outcome.code)) else f"{outcome.code or ''} {said}".strip()
    return told[:_REASON_LENGTH] or "no reply"


def _lines(report: Report, tally: Mapping[DeliveryState, int], subject: str, by: str, ended: datetime) -> Iterator[str]:
    yield f'Issue {report.issue}: "{subject}"'
    yield f"Run ended {ended:%d %b %Y %H:%M:%S %Z}, {by}."
    yield ""
    yield f"{sum(tally.values()):,} on record:"
    for state, count in tally.items():
        if count:
            yield f"{count:>9,} {_word(state, report)}"
    if report.stopped:
        when = f" after {report.resume_at.astimezone(ended.tzinfo):%d %b %H:%M %Z}" if report.resume_at else ""
        yield f"\nThe run was stopped: {report.stopped.rstrip('.')}. To go on{when}: digest send"
    yield from (f"\nNote: {note}" for note in report.notes)
    outcomes = {
        DeliveryState.UNCERTAIN: report.uncertain,
        DeliveryState.FAILED: report.failed,
        DeliveryState.DEFERRED: report.deferred,
    }
    for state, step in _NEXT_STEPS:
        if outcomes[state]:
            yield f"\n{state.capitalize()}: {len(outcomes[state]):,}. {step}"
            yield from _people(outcomes[state], ended.tzinfo)
    if report.skipped:
        yield f"\nSkipped: {len(report.skipped):,}. They left or were suppressed after the issue was planned."
        yield from (f"    {one.email}: {one.why}" for one in report.skipped)


def _word(state: DeliveryState, report: Report) -> str:
    if state is not DeliveryState.SENT:
        return state
    return f"{'written, not mailed' if report.only_written else state} ({report.sent:,} in this run)"


def _people(outcomes: Sequence[Outcome], zone: tzinfo | None) -> Iterator[str]:
    for reason, group in by_reason(outcomes):
        yield f"  {reason} ({len(group):,})"
        for one in group:
            again = f", not before {one.retry_at.astimezone(zone):%d %b %H:%M %Z}" if one.retry_at else ""
            yield f"    {one.recipient.email}{again}"
