"""Permits to send: at an even rate, so many in any minute, hour or day, so many on each day of the calendar.

Pure: the caller has the clocks.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from digest.deliver.pacing.calendar import moment_at

#: An unused allowance is kept for this long: a sender that wakes late catches up, and no burst is felt.
_BURST_SECONDS = 0.1
#: Permits are counted together up to these parts of a window's permits and of its span: the finer, the sooner a permit
#: comes back, and the more is kept. Each run a day waits for a part of the last one's, and so begins later by as much.
_PARTS, _MOMENTS = 600, 60
#: Nobody plans further ahead than a year.
_FAR = 368


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


class _TakenPermits:
    """Permits that were taken, in parts: each has a number that grows with time, and how many are in it.

    Args:
        taken: what `kept` gave in earlier runs.
    """

    def __init__(self, taken: Iterable[tuple[int, int]] = ()) -> None:
        self._slots = deque(sorted([slot, count] for slot, count in taken))
        self._used = sum(count for _, count in self._slots)

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

    def _add(self, slot: int, count: int) -> None:
        if not self._slots or self._slots[-1][0] < slot:
            self._slots.append([slot, 0])
        self._slots[-1][1] += count
        self._used += count

    def _forget(self, now: int, before: int) -> None:
        """Drop the slots before one; what lies behind `now` is taken for now's."""
        # The clock went back, now or between runs: what it calls the future was not later than now.
        ahead = 0
        while self._slots and self._slots[-1][0] > now:
            ahead += self._slots.pop()[1]
        if ahead:
            self._used -= ahead
            self._add(now, ahead)
        while self._slots and self._slots[0][0] < before:
            self._used -= self._slots.popleft()[1]


class SlidingWindow(_TakenPermits):
    """At most so many permits in any stretch of `span` seconds, however it is cut, over as many runs as there are.

    A permit counts until it is as old as the span, to the millisecond: a run at the same time each day finds all of its
    day's permits again, one after the other as the last run took them. Where they are many, some are counted together
    and until the last of them is as old: that errs on the side of fewer.

    Args:
        most: in any span; 0 is none at all.
        span: seconds.
        taken: what `kept` gave in earlier runs; a slot is dated by its last permit, in milliseconds since 1970.
    """

    def __init__(self, most: int, span: float, taken: Iterable[tuple[int, int]] = ()) -> None:
        super().__init__(taken)
        self.most = most
        self.span = span
        self._full = math.ceil(most / _PARTS)
        #: When the last slot was begun; a slot of an earlier run is not gone on with.
        self._begun = -math.inf

    def room(self, at: float) -> int:
        """How many permits may be taken now; `at` in seconds since 1970."""
        self._expire(at)
        return max(0, self.most - self._used)

    def wait(self, at: float) -> float:
        """Seconds until there is room; no longer than a span. For ever where there never is any."""
        if self.room(at) > 0:
            return 0.0
        over = self._used - self.most
        for slot, count in self._slots:
            over -= count
            if over < 0:
                return slot / 1000 + self.span - at
        return math.inf

    def take(self, at: float, count: int = 1) -> None:
        """Take permits, whether there is room or not."""
        self._expire(at)
        if self._slots and self._slots[-1][1] + count <= self._full and at - self._begun < self.span / _MOMENTS:
            self._slots[-1][0] = _milliseconds(at)
        else:
            self._begun = at
        self._add(_milliseconds(at), count)

    def _expire(self, at: float) -> None:
        self._forget(_milliseconds(at), math.floor((at - self.span) * 1000) + 1)


class CalendarDays(_TakenPermits):
    """So many permits on each day of the calendar, a number that may differ from day to day.

    Args:
        most: on a day; None is no limit.
        zone: whose midnight ends a day.
        taken: what `kept` gave in earlier runs; a slot is a day, by its ordinal.
    """

    def __init__(self, most: Callable[[date], int | None], zone: tzinfo, taken: Iterable[tuple[int, int]] = ()) -> None:
        super().__init__(taken)
        self._most = most
        self._zone = zone

    def room(self, at: float) -> float:
        """How many permits may be taken now; `at` in seconds since 1970."""
        return self._room(self._today(at))

    def wait(self, at: float) -> float:
        """Seconds until there is room: until the midnight that begins the next day on which there is any."""
        today = self._today(at)
        if self._room(today) > 0:
            return 0.0
        coming = (today + timedelta(days=number) for number in range(1, _FAR))
        return next((self._begin(day) - at for day in coming if self._most(day) != 0), math.inf)

    def take(self, at: float, count: int = 1) -> None:
        """Take permits, whether there is room or not."""
        self._add(self._today(at).toordinal(), count)

    def ahead(self, at: float) -> tuple[tuple[float, float], ...]:
        """What is left of today and what there will be: (seconds from now, permits) for each day, the last for ever."""
        today = self._today(at)
        days = [(-math.inf, self._room(today))]
        for number in range(1, _FAR):
            if days[-1][1] == math.inf:
                break
            day = today + timedelta(days=number)
            most = self._most(day)
            days.append((self._begin(day) - at, math.inf if most is None else most))
        return tuple(days)

    def _room(self, today: date) -> float:
        most = self._most(today)
        return math.inf if most is None else max(0, most - self._used)

    def _today(self, at: float) -> date:
        """The day that it is, all others forgotten."""
        day = datetime.fromtimestamp(at, self._zone).date()
        self._forget(day.toordinal(), day.toordinal())
        return day

    def _begin(self, day: date) -> float:
        return moment_at(day, time(), self._zone).timestamp()


def _milliseconds(at: float) -> int:
    return math.ceil(at * 1000)
