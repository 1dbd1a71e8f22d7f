"""How fast: messages a second, and how long before trying again. Pure: the caller has the clock and the dice."""

from __future__ import annotations

from datetime import timedelta

#: After a first, second, ... deferral. Greylisting servers let a second attempt through after 1 to 15 minutes, full
#: mailboxes take hours (RFC 5321 §4.5.4.1 asks for 30 minutes between attempts once the first few have failed).
_BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 240))
#: Seconds before a new connection after the first, second, ... that broke in a row.
_RECONNECT = (0.5, 2.0, 5.0, 10.0, 20.0)
#: An unused allowance is kept for this long: a sender that wakes late catches up, and no burst is felt.
_BURST_SECONDS = 0.1


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

    def try_take(self, at: float) -> bool:
        """Take a permit if one holds now."""
        if self._next > at:
            return False
        self.reserve(at)
        return True


def retry_after(attempts: int, chance: float) -> timedelta:
    """How long a message waits after its `attempts`-th deferral.

    Args:
        attempts: counted from 1.
        chance: from 0 to 1; spreads the messages over half to one and a half times the wait, so that those deferred
            together don't come back together.
    """
    step = _BACK_OFF[min(attempts, len(_BACK_OFF)) - 1]
    return step * (0.5 + chance)


def reconnect_after(failures: int, chance: float) -> float:
    """Seconds before the next connection after `failures` in a row."""
    return _RECONNECT[min(failures, len(_RECONNECT)) - 1] * (0.5 + chance)
