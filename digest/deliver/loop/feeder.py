"""From the ledger to the queue: recipients are claimed as they are needed, and as the limits allow."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from digest.deliver.loop.context import RunContext, finished
from digest.deliver.loop.queue import Queue
from digest.deliver.pacing.backoff import moment_after
from digest.deliver.pacing.calendar import quiet_until
from digest.deliver.pacing.limits import Limits
from digest.deliver.wire.transport import Message
from digest.model import DeliveryState, Outcome, Recipient

#: Recipients are claimed in groups of at most so many: a commit costs as much for one as for a hundred.
GROUP = 100
#: Seconds of work that are claimed ahead: what a power cut leaves uncertain though it was not begun.
_AHEAD = 0.02


@dataclass(slots=True)
class _ClaimSize:
    """How many to claim at once: for a slow server little by little, so that a crash leaves little open."""

    least: int
    last: int = 0
    _at: float = 0.0
    _settled: int = 0

    def next(self, at: float, settled: int) -> int:
        rate = (settled - self._settled) / max(at - self._at, 1e-3)
        self.last = min(GROUP, max(self.least, math.ceil(rate * _AHEAD)))
        self._at, self._settled = at, settled
        return self.last


@dataclass(slots=True, kw_only=True)
class Feeder:
    """Keeps the queue filled."""

    context: RunContext
    queue: Queue
    limits: Limits
    #: The messages to recipients who were claimed.
    messages: Callable[[Sequence[Recipient]], Iterable[Message]]
    _claims: _ClaimSize = field(init=False)

    def __post_init__(self) -> None:
        self._claims = _ClaimSize(least=self.context.settings.connections)

    async def feed_round(self) -> bool:
        """Claim recipients until everybody who is due has been tried; False where the queue is closed before."""
        queue, context = self.queue, self.context
        while not queue.closed:
            if queue.aside:
                await finished(self._put_off_aside())
            elif len(queue.waiting) > max(self._claims.least, self._claims.last // 2):
                await queue.change()
            elif ends := self._quiet_until():
                await self._rest_until(ends)
            elif wait := self.limits.wait(context.clock()):
                await self._wait_for_room(wait)
            elif await finished(self._claim()):
                pass
            elif queue.waiting or queue.open:
                # One of these may be deferred for a short time.
                await queue.change()
            else:
                return True
        return False

    async def some_due_soon(self) -> bool:
        """Wait for the next deferred message if its time comes soon; False where there is none."""
        context = self.context
        due = await context.in_ledger(context.ledger.next_due, context.issue)
        if due is None or due - context.now() > context.patience:
            return False
        await self.queue.rest((due - context.now()).total_seconds())
        return True

    async def release(self) -> None:
        """Give back the claims of messages that were not begun, and what permits they had."""
        context = self.context
        rest = [message.recipient for message in (*self.queue.aside, *self.queue.waiting)]
        for start in range(0, len(rest), GROUP):
            group = rest[start : start + GROUP]
            await context.in_ledger(context.ledger.release, context.issue, group, now=context.now())
        self.limits.give_back(recipient.key for recipient in rest)
        await context.save_permits(self.limits.kept())

    # --- claiming -----------------------------------------------------------------------------------------------

    async def _claim(self) -> bool:
        """Fill the queue; False where nobody is due."""
        context, at = self.context, self.context.clock()
        limit = self.limits.room(at, self._claims.next(at, self.queue.settled))
        claimed = await context.in_ledger(context.ledger.claim, context.issue, limit=limit, now=context.now())
        admitted = await self._admitted(claimed) if self.limits.active else claimed
        self.queue.add(self.messages(admitted))
        return bool(claimed)

    async def _admitted(self, claimed: Sequence[Recipient]) -> list[Recipient]:
        """Those that may go now; the others are put off, out of the way of those behind them."""
        at, now = self.context.clock(), self.context.now()
        delays = [(recipient, self.limits.admit(recipient.key, at)) for recipient in claimed]
        await self._put_off([self._later(recipient, delay, now) for recipient, delay in delays if delay])
        return [recipient for recipient, delay in delays if not delay]

    async def _put_off_aside(self) -> None:
        aside, self.queue.aside = [message.recipient for message in self.queue.aside], []
        self.limits.give_back(recipient.key for recipient in aside)
        now, at = self.context.now(), self.context.clock()
        await self._put_off([self._later(one, self.limits.turn(one.key, at), now) for one in aside])

    async def _put_off(self, outcomes: Sequence[Outcome]) -> None:
        context = self.context
        if outcomes:
            await context.in_ledger(context.ledger.record, context.issue, outcomes, now=context.now())
        await context.save_permits(self.limits.kept())

    def _later(self, recipient: Recipient, delay: float, now: datetime) -> Outcome:
        provider = self.limits.providers.of(recipient.key)
        return Outcome(
            recipient=recipient,
            state=DeliveryState.DEFERRED,
            detail=f"held back by the limit for {provider}",
            retry_at=moment_after(now, delay),
            tried=False,
        )

    # --- waiting ------------------------------------------------------------------------------------------------

    def _quiet_until(self) -> datetime | None:
        """When the quiet hours end that it is now."""
        hours = self.context.settings.quiet_hours
        return quiet_until(self.context.now(), *hours, self.context.zone) if hours else None

    async def _rest_until(self, end: datetime) -> None:
        """Wait for the end of the quiet hours, or end the run where that is too far."""
        wait = end - self.context.now()
        if wait <= self.context.patience:
            await self.queue.rest(wait.total_seconds())
        else:
            self.queue.close(f"quiet hours until {end:%H:%M %Z}", resume_at=end)

    async def _wait_for_room(self, wait: float) -> None:
        """Wait until the limits have room, or end the run where that is too far."""
        if wait <= self.context.patience.total_seconds():
            await self.queue.rest(wait)
        elif self.queue.waiting or self.queue.open:
            await self.queue.change()
        else:
            self.queue.close("what the limits allow for now is sent", resume_at=moment_after(self.context.now(), wait))
