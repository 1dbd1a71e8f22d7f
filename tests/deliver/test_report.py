"""The report of a run, and the text of it for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from digest.deliver.report import by_reason, report_so_far, report_text
from digest.model import DeliveryState as State
from digest.model import Outcome, Recipient, Report, Skipped

NOW = datetime(2026, 2, 16, 7, 2, 11, tzinfo=UTC)
LATER = datetime(2026, 2, 16, 7, 7, tzinfo=UTC)


def outcome(name: str, state: State, code: int = 0, detail: str = "", retry_at: datetime | None = None) -> Outcome:
    recipient = Recipient(key=f"{name}@example.org", email=f"{name}@example.org")
    return Outcome(recipient=recipient, state=cast("Any", state), code=code, detail=detail, retry_at=retry_at)


def told(report: Report, *, ended: datetime = NOW, **tally: int) -> list[str]:
    counts = {state: tally.get(str(state), 0) for state in State}
    return report_text(report, counts, subject="Rain ahead", by="by mail.example.org", ended=ended).splitlines()


def test_a_run_that_went_through_is_told_in_a_few_lines() -> None:
    report = Report(issue="0001-2026-02-16", sent=2, sent_total=5000)

    assert told(report, sent=5000) == [
        'Issue 0001-2026-02-16: "Rain ahead"',
        "Run ended 16 Feb 2026 07:02:11 UTC, by mail.example.org.",
        "",
        "5,000 on record:",
        "    5,000 sent (2 in this run)",
    ]


def test_everybody_who_did_not_get_it_is_named_below_the_reason_with_the_next_step() -> None:
    report = Report(
        issue="0001-2026-02-16",
        sent=1,
        sent_total=1,
        uncertain=(outcome("ann", State.UNCERTAIN, 0, "the connection was lost"),),
        failed=(
            outcome("bob", State.FAILED, 550, "550 5.1.1 <bob@example.org>: no such user"),
            outcome("cy", State.FAILED, 550, "550 5.1.1 <cy@example.org>: no such user"),
        ),
        deferred=(outcome("dan", State.DEFERRED, 451, "451 4.7.1 Greylisted for 300 seconds", LATER),),
        skipped=(Skipped(email="eve@example.org", line=4, why="unsubscribed"),),
        stopped="the server refuses the login",
        remaining=3,
    )

    lines = told(report, sent=1, uncertain=1, failed=2, deferred=1, skipped=1, planned=3)

    assert "The run was stopped: the server refuses the login. To go on: digest send" in lines
    at = lines.index("Failed: 2. Once the reason is gone, to try again: digest deliveries retry --failed")
    assert lines[at + 1 : at + 4] == [
        "  550 5.1.1 …: no such user (2)",
        "    bob@example.org",
        "    cy@example.org",
    ]
    assert "    dan@example.org, not before 16 Feb 07:07 UTC" in lines
    assert "    ann@example.org" in lines
    assert "    eve@example.org: unsubscribed" in lines


def test_the_next_try_is_told_by_the_newsletters_clock() -> None:
    dan = outcome("dan", State.DEFERRED, 451, "451 4.7.1 Greylisted", LATER)

    lines = told(
        Report(issue="0001-2026-02-16", sent=0, sent_total=0, deferred=(dan,)),
        ended=NOW.astimezone(ZoneInfo("Asia/Kolkata")),
    )

    assert "    dan@example.org, not before 16 Feb 12:37 IST" in lines


def test_a_run_that_limits_ended_says_when_to_go_on_and_what_else_there_was() -> None:
    report = Report(
        issue="0001-2026-02-16", sent=1, sent_total=1, stopped="the limit of the day", resume_at=LATER, remaining=1,
        notes=("backup.example.org was down",),
    )  # fmt: skip

    lines = told(report, sent=1, planned=1)

    assert "The run was stopped: the limit of the day. To go on after 16 Feb 07:07 UTC: digest send" in lines
    assert "Note: backup.example.org was down" in lines


def test_replies_that_differ_in_a_queue_id_or_a_number_of_seconds_are_one_reason() -> None:
    replies = [
        outcome("a", State.DEFERRED, 450, "450 4.2.0 Greylisted, try again in 287 s"),
        outcome("b", State.DEFERRED, 450, "450 4.2.0 Greylisted, try again in 31 s"),
        outcome("c", State.FAILED, 552, "552 5.3.4 4Xy7Kd1Qz8z9 is too big"),
    ]

    assert [(reason, len(group)) for reason, group in by_reason(replies)] == [
        ("450 4.2.0 Greylisted, try again in … s", 2),
        ("552 5.3.4 … is too big", 1),
    ]


def test_no_reply_at_all_is_a_reason_too() -> None:
    [(reason, _)] = by_reason([outcome("a", State.UNCERTAIN)])

    assert reason == "no reply"


def test_replies_that_name_the_mailbox_without_its_domain_are_one_reason() -> None:
    gone = [
        outcome(name, State.FAILED, 550, f"550 5.1.1 mailbox {name} does not exist") for name in ("jane.doe", "Bob-3")
    ]
    assert [(reason, len(group)) for reason, group in by_reason(gone)] == [("550 5.1.1 mailbox … does not exist", 2)]


class Records:
    def tally(self, issue: str) -> dict[State, int]:
        assert issue == "0001-2026-02-16"
        return dict.fromkeys(State, 0) | {State.SENT: 7, State.PLANNED: 2}

    def deliveries(self, issue: str, state: State) -> Iterator[Outcome]:
        if state in {State.FAILED, State.SKIPPED}:
            yield outcome("ada", State.FAILED, detail=f"{state} for a reason")


def test_a_run_that_did_nothing_reports_what_was_done_before() -> None:
    report = report_so_far(Records(), "0001-2026-02-16")

    assert (report.sent, report.sent_total, report.remaining) == (0, 7, 2)
    assert [one.detail for one in report.failed] == ["failed for a reason"]
    assert [(one.email, one.why) for one in report.skipped] == [("ada@example.org", "skipped for a reason")]
    assert (report.deferred, report.uncertain, report.stopped) == ((), (), "")
