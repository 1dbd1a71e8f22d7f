"""Freezes who an issue goes to: everybody on the list, once, except those with a reason against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from digest.model import BadRow, DeliveryState, Plan, Skipped, Subscriber
from digest.text.addresses import address_key


class Register(Protocol):
    """What planning needs of the ledger."""

    def tally(self, issue: str) -> Mapping[DeliveryState, int]: ...

    def freeze(self, issue: str, people: Iterable[tuple[str, Subscriber]]) -> list[Skipped]:
        """Put recipients on record, all or none; returns the duplicates and the suppressed."""
        ...


def plan(issue_key: str, rows: Iterable[Subscriber | BadRow], *, ledger: Register) -> Plan:
    """Put the recipients of an issue on record, and say who is left out.

    Who is on record already, from another list or an earlier call, stays so, once. The rows are read once and not kept:
    the list may be of any length.
    """
    skipped: list[Skipped] = []
    refused = ledger.freeze(issue_key, _mailable(rows, skipped))
    skipped = sorted([*skipped, *refused], key=lambda one: one.line)
    return Plan(issue=issue_key, recipients=sum(ledger.tally(issue_key).values()), skipped=tuple(skipped))


def _mailable(rows: Iterable[Subscriber | BadRow], skipped: list[Skipped]) -> Iterator[tuple[str, Subscriber]]:
    for row in rows:
        if isinstance(row, BadRow):
            skipped.append(Skipped(email=row.content, line=row.line, why=row.problem, kind=row.kind, column=row.column))
        elif row.status != "active":
            skipped.append(Skipped(email=row.email, line=row.line, why=row.status))
        else:
            yield address_key(row.email), row
