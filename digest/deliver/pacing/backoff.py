"""How long to wait before trying again: a message, a connection, a provider that finds us too fast.

Pure: the caller has the clock and the dice.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta

from digest.deliver.wire.verdicts import Verdict

#: Minutes after a first, second, ... deferral: a server in trouble is soon well again or not for hours (RFC 5321
#: §4.5.4.1 asks for 30 minutes between attempts once the first few have failed).
_BACK_OFF = (1, 5, 30, 120, 240)
#: Greylisting servers let a second attempt through after 1 to 15 minutes, some after an hour, and few want to see it
#: sooner: Postgrey's own delay is 5 minutes, and half of that is the least that the dice give.
_GREYLISTED = (10, 30, 60, 240, 360)
#: Who finds us too fast has had enough for now; that provider gets less from then on, too (`Slowdown`).
_TOO_FAST = (15,)
#: Seconds before a new connection after the first, second, ... that broke in a row.
_RECONNECT = (0.5, 2.0, 5.0, 10.0, 20.0)
#: "Try again in 300 seconds", "please retry after 5 min", "in 00:04:56" (milter-greylist).
_ASKED = re.compile(
    r"\b(?:in|after|for|wait)\s+(?:at least\s+|about\s+)?"
    r"(?:(?P<count>\d{1,6})\s*(?P<unit>s|m|h)(?:ec|in|r|our|inute|econd)?[a-z]*\b|(?P<clock>\d{1,2}:\d\d(?::\d\d)?)\b)",
    re.IGNORECASE,
)
_SECONDS = {"s": 1, "m": 60, "h": 3600}
#: Nobody is waited for longer, whatever a server asks for.
_LONGEST = timedelta(hours=12)

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


def asked_for(words: str) -> timedelta:
    """How long a server asks us to wait; nothing where it does not say so."""
    found = _ASKED.search(words)
    if found is None:
        return timedelta(0)
    if clock := found["clock"]:
        hours, minutes, seconds = [0, *map(int, clock.split(":"))][-3:]
        return min(_LONGEST, timedelta(hours=hours, minutes=minutes, seconds=seconds))
    return min(_LONGEST, timedelta(seconds=int(found["count"]) * _SECONDS[found["unit"].lower()]))


def retry_after(attempts: int, chance: float, verdict: Verdict = Verdict.DEFER, words: str = "") -> timedelta:
    """How long a message waits after its `attempts`-th deferral.

    What the server asks for holds the first time, where it tells of that recipient: one that lets us in after five
    minutes is asked no sooner, and not much later. Later on it is only the least: who asks for it again and again is
    not believed.

    Args:
        attempts: counted from 1.
        verdict: why it was deferred.
        words: the server's.
        chance: from 0 to 1; spreads the messages over half to one and a half times the wait, so that those deferred
            together don't come back together.
    """
    steps = {Verdict.GREYLISTED: _GREYLISTED, Verdict.SLOW_DOWN: _TOO_FAST}.get(verdict, _BACK_OFF)
    wait = timedelta(minutes=steps[min(attempts, len(steps)) - 1]) * (0.5 + chance)
    # Behind it, not at it: our clock and theirs differ.
    asked = asked_for(words) * (1.02 + chance / 10)
    return asked if asked and attempts == 1 and verdict is not Verdict.SLOW_DOWN else max(asked, wait)


def reconnect_after(failures: int, chance: float) -> float:
    """Seconds before the next connection after `failures` in a row."""
    return _RECONNECT[min(failures, len(_RECONNECT)) - 1] * (0.5 + chance)


def moment_after(now: datetime, wait: float) -> datetime:
    """When a wait of so many seconds is surely over. What is further off than a day is asked again then."""
    return now + timedelta(seconds=min(math.ceil(min(wait, 1e6)) + 1, 86400))


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
