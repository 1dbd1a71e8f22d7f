"""Permits to send: at an even rate, and so many in any minute, hour or day. Pure: the caller has the clocks."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable

#: An unused allowance is kept for this long: a sender that wakes late catches up, and no burst is felt.
_BURST_SECONDS = 0.1
#: Parts of a window that are counted together: the finer, the sooner a permit comes back, and the more is kept.
_SLOTS = 60


class TokenBucket:
    """Permits at an even rate.

    Args:
        rate: permits a second; 0 is no limit.
    """

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate if rate else 0.0
        self._kept = max(_BURST_SECONDS, self._gap) - self._gap if rate else 0.0
        self._next = float("-inf")

    def reserve(self, at: float) -> float:
        """Take the next permit; returns the seconds to wait until it holds."""
        self._next = max(self._next, at - self._kept)
        wait = max(0.0, self._next - at)
        self._next += self._gap
        return wait

    def wait(self, at: float) -> float:
        """Seconds until a permit may be taken."""
        return max(0.0, self._next - at)

    def try_take(self, at: float) -> bool:
        """Take a permit if one holds now."""
        if not self._gap:
            return True
        if self._next > at:
            return False
        self.reserve(at)
        return True


class Window:
    """At most so many permits in any stretch of `span` seconds, however it is cut, over as many runs as there are.

    Permits are counted by slots, a sixtieth of the span each, and a slot counts until its last moment is as old as the
    span: that errs on the side of fewer.

    Args:
        most: in any span; 0 is none at all.
        span: seconds.
        taken: what `kept` gave in earlier runs.
    """

    def __init__(self, most: int, span: float, taken: Iterable[tuple[int, int]] = ()) -> None:
        self.most = most
        self.span = span
        self._width = span / _SLOTS
        self._slots = deque(sorted([slot, count] for slot, count in taken))
        self._used = sum(count for _, count in self._slots)

    def room(self, at: float) -> int:
        """How many permits may be taken now; `at` in seconds since 1970."""
        self._expire(at)
        return max(0, self.most - self._used)

    def wait(self, at: float) -> float:
        """Seconds until there is room; no longer than a span and a slot. For ever where there never is any."""
        if self.room(at) > 0:
            return 0.0
        over = self._used - self.most
        for slot, count in self._slots:
            over -= count
            if over < 0:
                return self._end(slot) - at
        return math.inf

    def take(self, at: float, count: int = 1) -> None:
        """Take permits, whether there is room or not."""
        self._expire(at)
        slot = int(at // self._width)
        if not self._slots or self._slots[-1][0] < slot:
            self._slots.append([slot, 0])
        self._slots[-1][1] += count
        self._used += count

    def give_back(self, count: int = 1) -> None:
        """Say that the permits taken last were not used."""
        while count > 0 and self._slots:
            back = min(count, self._slots[-1][1])
            self._slots[-1][1] -= back
            self._used -= back
            count -= back
            if not self._slots[-1][1]:
                self._slots.pop()

    def kept(self) -> list[tuple[int, int]]:
        """What the next run must know: (slot, permits)."""
        return [(slot, count) for slot, count in self._slots]

    def _end(self, slot: int) -> float:
        return (slot + 1) * self._width + self.span

    def _expire(self, at: float) -> None:
        now = int(at // self._width)
        # The clock went back, now or between runs: what it calls the future was not later than now.
        ahead = 0
        while self._slots and self._slots[-1][0] > now:
            ahead += self._slots.pop()[1]
        if ahead:
            if self._slots and self._slots[-1][0] == now:
                self._slots[-1][1] += ahead
            else:
                self._slots.append([now, ahead])
        while self._slots and self._end(self._slots[0][0]) <= at:
            self._used -= self._slots.popleft()[1]
