"""What the ledger alone tells of an issue."""

from __future__ import annotations

from digest.deliver.loop.standing import standing
from digest.model import DeliveryState, Outcome, Recipient

ADA = Recipient(key="ada@example.org", email="Ada@example.org")


class Records:
    def tally(self, issue: str) -> dict[DeliveryState, int]:
        assert issue == "0001-2026-02-16"
        return dict.fromkeys(DeliveryState, 0) | {DeliveryState.SENT: 7, DeliveryState.PLANNED: 2}

    def deliveries(self, issue: str, state: DeliveryState):
        if state in {DeliveryState.FAILED, DeliveryState.SKIPPED}:
            yield Outcome(recipient=ADA, state=DeliveryState.FAILED, detail=f"{state} for a reason")


def test_a_run_that_did_nothing_reports_what_was_done_before() -> None:
    report = standing(Records(), "0001-2026-02-16")

    assert (report.sent, report.sent_total, report.remaining) == (0, 7, 2)
    assert [one.detail for one in report.failed] == ["failed for a reason"]
    assert [(one.email, one.why) for one in report.skipped] == [("Ada@example.org", "skipped for a reason")]
    assert (report.deferred, report.uncertain, report.stopped) == ((), (), "")
