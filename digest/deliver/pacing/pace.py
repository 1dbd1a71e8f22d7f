"""How long before trying again. Pure: the caller has the clock and the dice."""

from __future__ import annotations

import re
from datetime import timedelta

from digest.deliver.wire.verdicts import Verdict

#: Minutes after a first, second, ... deferral: a server in trouble is soon well again or not for hours (RFC 5321
#: §4.5.4.1 asks for 30 minutes between attempts once the first few have failed).
_BACK_OFF = (1, 5, 30, 120, 240)
#: Greylisting servers let a second attempt through after 1 to 15 minutes, some after an hour, and few want to see it
#: sooner: Postgrey's own delay is 5 minutes, and half of that is the least that the dice give.
_GREYLISTED = (10, 30, 60, 240, 360)
#: Who finds us too fast has had enough for now; that provider gets less from then on, too (`slowdown.py`).
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
