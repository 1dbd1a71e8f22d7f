"""Leave to give one server a message, by its limits."""

from __future__ import annotations

import asyncio

from digest.deliver.loop.context import RunContext
from digest.deliver.pacing.limits import Meter, Taken
from digest.settings.mail import Rates

#: Permits that are taken at once of the limits by the minute and longer: each time they are written to disk.
_STOCK = 50


class ServerPermits:
    """The permits of one server within a run.

    Args:
        name: the server's.
        taken: what earlier runs took, of all limits.
    """

    def __init__(self, context: RunContext, name: str, rates: Rates, taken: Taken) -> None:
        self._context = context
        self._meter = Meter(f"by {name}", rates, taken)
        #: Permits of the limits by the minute and longer that are on disk and not used.
        self._stock = 0
        self._restocking = asyncio.Lock()

    def try_take(self) -> bool:
        """Take a permit if one is to be had at once."""
        meter = self._meter
        if not meter.limited:
            return True
        at = self._context.clock()
        if meter.pace_wait(at) or (meter.windowed and not self._stock):
            return False
        meter.keep_pace(at)
        self._stock -= meter.windowed
        return True

    def give_back(self) -> None:
        """Say that a permit was not needed."""
        self._stock += self._meter.windowed

    async def restock(self) -> float:
        """Take permits of the windows if none are left; returns the seconds until one may be used."""
        context, meter = self._context, self._meter
        async with self._restocking:
            at = context.clock()
            if meter.windowed and not self._stock:
                if not (count := meter.room(at, _STOCK)):
                    return meter.wait(at)
                meter.reserve(at, count)
                await context.save_permits(dict(meter.kept()))
                self._stock += count
            return meter.pace_wait(context.clock())

    def slow_down(self, rate: float) -> None:
        """The server finds us too fast, at `rate` messages a second."""
        self._meter.complain(self._context.clock(), rate)

    async def release(self) -> None:
        """Give back those that are left."""
        if self._stock:
            self._meter.give_back(self._stock)
            self._stock = 0
            await self._context.save_permits(dict(self._meter.kept()))
