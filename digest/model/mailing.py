"""The values of mailing, from the list to the report: the only ones that hold personal data.

`digest.model` hands them on; they are made as those are.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A person with a status and topics: a valid row of a list."""

    email: str
    name: str = ""
    status: str = "active"
    topics: tuple[str, ...] = ()
    #: The line of the CSV file, counted from 1.
    line: int = 0


class DeliveryState(enum.StrEnum):
    """Where a delivery stands; the transitions are in `store.transitions`."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    #: Suppressed between planning and sending.
    SKIPPED = "skipped"
    #: Not mailed, since a person cancelled the issue.
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row of a list that is never mailed until somebody mends it."""

    line: int
    #: The cell or row as far as it could be read, control characters removed.
    content: str
    problem: str
    hint: str = ""
    #: The problem without what this row alone has, where that differs: rows of one kind are told together.
    kind: str = ""
    #: The column it is in, where it is one.
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A subscriber who is not mailed, and why."""

    email: str
    line: int
    why: str
    #: The reason without what this row alone has, where that differs: rows of one kind are told together.
    kind: str = ""
    #: The column it is in, where it is one.
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The recipients of an issue, frozen in the ledger."""

    issue: str
    #: Recipients in the ledger for this issue, from this plan or an earlier one.
    recipients: int
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A row of the ledger that is to be mailed."""

    #: The address as a key: lower case, IDNA domain.
    key: str
    email: str
    name: str = ""
    #: How often it was tried before.
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one message."""

    recipient: Recipient
    state: Literal[DeliveryState.SENT, DeliveryState.DEFERRED, DeliveryState.FAILED, DeliveryState.UNCERTAIN]
    #: The server's reply code, 0 where there was none.
    code: int = 0
    #: The server's words or what broke, one line.
    detail: str = ""
    retry_at: datetime | None = None
    #: There is no such mailbox (any more): the address is never mailed again.
    gone: bool = False
    #: It counts as an attempt at this recipient; False where only our rate was at fault.
    tried: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run delivered; the lists name every address that did not get its message."""

    issue: str
    #: Taken by the server in this run; written into a folder, where `only_written`.
    sent: int
    #: Taken by the server for this issue in all runs.
    sent_total: int
    deferred: tuple[Outcome, ...] = ()
    failed: tuple[Outcome, ...] = ()
    uncertain: tuple[Outcome, ...] = ()
    #: Who unsubscribed or was suppressed between planning and sending.
    skipped: tuple[Skipped, ...] = ()
    #: Recipients not tried because the run was stopped.
    remaining: int = 0
    #: Why the run stopped early; "" where it went through.
    stopped: str = ""
    #: When limits or quiet hours let the next run go on; None where they did not end this one.
    resume_at: datetime | None = None
    #: What else the owner should know: a server that was down, a provider that found us too fast.
    notes: tuple[str, ...] = ()
    #: No server is set: the messages are in a folder, and nobody has got one.
    only_written: bool = False
