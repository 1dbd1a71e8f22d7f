"""The one place that reads the clock."""

from __future__ import annotations

from datetime import UTC, datetime


def clock() -> datetime:
    return datetime.now(UTC)
