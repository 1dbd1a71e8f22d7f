"""A provider finds us too fast: it gets a rest and then less, and more again while it does not complain. Pure."""

from __future__ import annotations

#: Seconds of rest after the first, second, ... complaint in a row; Yahoo asks for minutes, Gmail's lists last an hour.
_RESTS = (60.0, 300.0, 900.0, 3600.0)
#: Of the rate at which it complained. As TCP does: down by half at once, up by a little at a time.
_DOWN, _UP = 0.5, 1.25
#: Seconds without a complaint before the next step up.
_STEP = 60.0
#: Messages a second: the least, one every 10 seconds.
_LEAST = 0.1
#: Complaints that come together are about the same burst.
_TOGETHER = 5.0


class Slowdown:
    """How fast one provider, or one server, may be sent to since it complained.

    Args:
        rate: messages a second at which it complained first.
    """

    def __init__(self, rate: float, at: float) -> None:
        self._full = max(rate, _LEAST)
        self._rate = self._full
        self._complaints = 0
        self._rest_until = self._next = self._stepped = self._heard = at - 2 * _TOGETHER
        self.complain(at)

    def complain(self, at: float) -> None:
        """It said so (again)."""
        if at < max(self._heard + _TOGETHER, self._rest_until):
            return
        self._heard = at
        self._rate = max(_LEAST, self._rate * _DOWN)
        self._rest_until = at + _RESTS[min(self._complaints, len(_RESTS) - 1)]
        self._next = self._stepped = self._rest_until
        self._complaints += 1

    def wait(self, at: float) -> float:
        """Seconds until the next message may go."""
        return max(0.0, self._next - at)

    def take(self, at: float) -> None:
        """A message goes."""
        self._recover(at)
        self._next = max(self._next, at) + 1 / self._rate

    @property
    def rate(self) -> float:
        return self._rate

    def over(self, at: float) -> bool:
        """It takes again what it took before, and has not complained for long."""
        self._recover(at)
        return self._rate >= self._full and at >= self._rest_until + 10 * _STEP

    def _recover(self, at: float) -> None:
        while at >= self._stepped + _STEP and self._rate < self._full:
            self._stepped += _STEP
            self._rate = min(self._full, self._rate * _UP)
            if self._rate >= self._full:
                self._complaints = 0
