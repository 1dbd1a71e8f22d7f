"""How long what a source says of an article may be, and how much of it counts: a bound on what a hostile one costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

#: Characters of a headline; what is longer is a paragraph in the wrong place.
LONGEST_TITLE = 300
#: Characters of a text; the longest of 4,223 real entries has 187,000.
LONGEST_TEXT = 200_000


def newest(things: Sequence[T], most: int, *, moment: Callable[[T], datetime | None]) -> tuple[T, ...]:
    """The newest, in the order of all: many lists begin with the oldest. What has no time gives way, last to first."""
    if len(things) <= most:
        return tuple(things)
    ranked = sorted(range(len(things)), key=lambda place: moment(things[place]) or _LONG_AGO, reverse=True)
    return tuple(things[place] for place in sorted(ranked[:most]))
