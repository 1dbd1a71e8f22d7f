"""How long the rest will take, from the limits, the quiet hours and how fast it goes. Pure."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from itertools import pairwise, takewhile

from digest.deliver.pacing.calendar import quiet_hours

#: Nobody plans further ahead than a year.
_LONGEST = 366 * 86400.0
#: When mail may go: from and to, in seconds from now, one stretch after the other.
Stretches = Sequence[tuple[float, float]]
ALWAYS: Stretches = ((0.0, math.inf),)


def open_stretches(now: datetime, quiet: tuple[time, time] | None, zone: tzinfo) -> Stretches:
    """What the quiet hours leave of the next year.

    Args:
        quiet: begin and end, by the clock on the wall in `zone`: a night in which clocks are changed is an hour longer
            or shorter. Where both are the same there are none.
    """
    if quiet is None or quiet[0] == quiet[1]:
        return ALWAYS
    stretches, at, today = [], 0.0, now.astimezone(zone).date()
    for day in (today + timedelta(days=number) for number in range(-1, 368)):
        falls, rises = (moment.timestamp() - now.timestamp() for moment in quiet_hours(day, *quiet, zone))
        if falls > at:
            stretches.append((at, falls))
        at = max(at, rises)
    return tuple(stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What limits allow from now on."""

    per_second: float = 0.0
    #: (how many now, how many in each span, the span in seconds)
    windows: tuple[tuple[int, int, float], ...] = ()
    #: (the second from now at which a day begins, how many may go on it), the last for ever; none where empty.
    days: tuple[tuple[float, float], ...] = ()

    def within(self, stretches: Stretches) -> float:
        """How many messages may go in these stretches of time; without a limit any number, but in none of them none."""
        if not stretches:
            return 0
        counts = [_permits(*window, stretches) for window in self.windows]
        counts += [self.per_second * _length(stretches)] if self.per_second else []
        counts += [_of_days(self.days, stretches)] if self.days else []
        return min(counts, default=math.inf)


def _permits(room: int, most: int, span: float, stretches: Stretches) -> float:
    """How many permits of a window there are to be used; what nobody took in a pause as long as the window is lost."""
    used, opened, paused = 0.0, 0.0, 0.0
    count = 0.0
    for begin, end in stretches:
        if begin - paused >= span:
            used, room, opened = used + count, most, begin
        count = room + most * ((end - opened) // span)
        paused = end
    return used + count


def _of_days(days: Sequence[tuple[float, float]], stretches: Stretches) -> float:
    """What is allowed on those days on which anything may go at all."""
    ends = [end for _, end in stretches]
    count = 0.0
    for (begin, most), (midnight, _) in pairwise([*days, (math.inf, 0)]):
        first = bisect_right(ends, begin)
        if first < len(stretches) and stretches[first][0] < midnight:
            count += most
    return count


def _length(stretches: Stretches) -> float:
    return sum(end - begin for begin, end in stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What is left to send, and all the limits that it is under."""

    #: Messages by provider.
    remaining: Mapping[str, int]
    everybody: Sequence[Allowance] = ()
    providers: Mapping[str, Allowance] = field(default_factory=dict)
    #: They carry together; none is one without a limit.
    servers: Sequence[Allowance] = ()
    #: When anything goes at all.
    open: Stretches = ALWAYS

    def seconds(self, *, done: int = 0, measured: float = 0.0, elapsed: float = 0.0) -> float | None:
        """Seconds until the last one is sent; None where that is further off than a year.

        Args:
            done: how many have gone since, of all providers alike.
            measured: messages a second so far, 0 where nothing has gone.
            elapsed: seconds since this forecast was made.
        """
        total = sum(self.remaining.values())
        share = max(0, total - done) / total if total else 0.0
        ahead = [(max(0.0, begin - elapsed), end - elapsed) for begin, end in self.open if end > elapsed]
        return _first(lambda seconds: self._sent_in(_until(seconds, ahead), share, measured))

    def _sent_in(self, stretches: Stretches, share: float, measured: float) -> bool:
        total = share * sum(self.remaining.values())
        pace = Allowance(per_second=measured)
        together = [allowance.within(stretches) for allowance in (*self.everybody, pace)]
        together += [sum(server.within(stretches) for server in self.servers)] if self.servers else []
        return all(count >= total for count in together) and all(
            self.providers[provider].within(stretches) >= share * count
            for provider, count in self.remaining.items()
            if provider in self.providers
        )


def _until(seconds: float, stretches: Stretches) -> Stretches:
    """The stretches up to a moment."""
    return [(begin, min(end, seconds)) for begin, end in takewhile(lambda stretch: stretch[0] <= seconds, stretches)]


def _first(holds: Callable[[float], bool]) -> float | None:
    """The first second, by and large, at which something holds that holds ever after."""
    if holds(0.0):
        return 0.0
    high = 1.0
    while not holds(high):
        if high > _LONGEST:
            return None
        high *= 2
    low = high / 2 if high > 1 else 0.0
    while high - low > max(0.5, high / 1000):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
