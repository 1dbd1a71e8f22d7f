"""How long the rest will take, from the limits and from how fast it goes. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

#: Nobody plans further ahead than a year.
_LONGEST = 366 * 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What limits allow from now on."""

    per_second: float = 0.0
    #: (how many now, how many in each span, the span in seconds)
    windows: tuple[tuple[int, int, float], ...] = ()

    def within(self, seconds: float) -> float:
        """How many messages may go in the next seconds."""
        counts = [room + most * (seconds // span) for room, most, span in self.windows]
        counts += [self.per_second * seconds] if self.per_second else []
        return min(counts, default=math.inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is left to send, and all the limits that it is under."""

    #: Messages by provider.
    remaining: Mapping[str, int]
    everybody: Sequence[Allowance] = ()
    providers: Mapping[str, Allowance] = field(default_factory=dict)
    #: They carry together; none is one without a limit.
    servers: Sequence[Allowance] = ()

    def seconds(self, *, done: int = 0, measured: float = 0.0) -> float | None:
        """Seconds until the last one is sent; None where that is further off than a year.

        Args:
            done: how many have gone since, of all providers alike.
            measured: messages a second so far, 0 where nothing has gone.
        """
        total = sum(self.remaining.values())
        share = max(0, total - done) / total if total else 0.0
        return _first(lambda seconds: self._sent_by(seconds, share, measured))

    def _sent_by(self, seconds: float, share: float, measured: float) -> bool:
        total = share * sum(self.remaining.values())
        together = [allowance.within(seconds) for allowance in self.everybody]
        together += [sum(server.within(seconds) for server in self.servers)] if self.servers else []
        together += [measured * seconds] if measured else []
        return all(count >= total for count in together) and all(
            self.providers[provider].within(seconds) >= share * count
            for provider, count in self.remaining.items()
            if provider in self.providers
        )


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
