"""A run's context for a part that is tried alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from digest.deliver.loop.context import Allowances, Ledger, RunContext, UnsavedAllowances
from digest.model import Outcome
from digest.settings import SendSettings
from tests.deliver.conftest import ISSUE, NOW


class Records:
    """A ledger that only records, as a function says."""

    def __init__(self, write: Callable[[Sequence[Outcome]], Any]) -> None:
        self._write = write

    def record(self, issue: str, outcomes: Sequence[Outcome], *, now: datetime) -> None:
        assert issue == ISSUE
        self._write(outcomes)


def context_of(
    ledger: object,
    thread: Executor,
    *,
    allowances: Allowances | None = None,
    at: Callable[[], float] = NOW.timestamp,
    **send: Any,
) -> RunContext:
    return RunContext(
        issue=ISSUE,
        ledger=cast("Ledger", ledger),
        allowances=allowances or UnsavedAllowances(),
        settings=SendSettings.model_validate(send),
        zone=UTC,
        now=lambda: datetime.fromtimestamp(at(), UTC),
        clock=at,
        chance=lambda: 0.5,
        patience=timedelta(0),
        thread=thread,
    )
