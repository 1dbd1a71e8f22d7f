"""How long before trying again. Pure: the caller has the clock and the dice."""

from __future__ import annotations

from datetime import timedelta

from digest.deliver.wire.replies import Verdict

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


def retry_after(attempts: int, chance: float, verdict: Verdict = Verdict.DEFER) -> timedelta:
    """How long a message waits after its `attempts`-th deferral.

    Args:
        attempts: counted from 1.
        verdict: why it was deferred.
        chance: from 0 to 1; spreads the messages over half to one and a half times the wait, so that those deferred
            together don't come back together.
    """
    steps = {Verdict.GREYLISTED: _GREYLISTED, Verdict.SLOW_DOWN: _TOO_FAST}.get(verdict, _BACK_OFF)
    return timedelta(minutes=steps[min(attempts, len(steps)) - 1]) * (0.5 + chance)


def reconnect_after(failures: int, chance: float) -> float:
    """Seconds before the next connection after `failures` in a row."""
    return _RECONNECT[min(failures, len(_RECONNECT)) - 1] * (0.5 + chance)
