"""Where an issue stands, by the ledger: what a run's report says besides what the run itself did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from digest.model import DeliveryState, Outcome, Report, Skipped


class Records(Protocol):
    """What is asked of the ledger; `store.ledger` says what each tells."""

    def tally(self, issue: str) -> Mapping[DeliveryState, int]: ...
    def deliveries(self, issue: str, state: DeliveryState) -> Iterator[Outcome]: ...


def standing(ledger: Records, issue: str) -> Report:
    """The report of a run that did nothing."""
    tally = ledger.tally(issue)
    return Report(
        issue=issue,
        sent=0,
        sent_total=tally[DeliveryState.SENT],
        deferred=tuple(ledger.deliveries(issue, DeliveryState.DEFERRED)),
        failed=tuple(ledger.deliveries(issue, DeliveryState.FAILED)),
        uncertain=tuple(ledger.deliveries(issue, DeliveryState.UNCERTAIN)),
        skipped=tuple(
            Skipped(email=row.recipient.email, line=0, why=row.detail)
            for row in ledger.deliveries(issue, DeliveryState.SKIPPED)
        ),
        remaining=tally[DeliveryState.PLANNED],
    )
