"""From the ledger to the queue: recipients are claimed as they are needed, and as the limits allow."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from digest.deliver.loop.queue import Queue
from digest.deliver.loop.recorder import finished
from digest.deliver.pacing.limits import Limits
from digest.deliver.wire.transport import Message
from digest.model import DeliveryState, Outcome, Recipient

#: Recipients are claimed in groups of at most so many: a commit costs as much for one as for a hundred.
GROUP = 100
#: Seconds of work that are claimed ahead: what a power cut leaves uncertain though it was not begun.
_AHEAD = 0.02


class Source(Protocol):
    """What the feeder needs of the ledger; `store.ledger` says what each does."""

    def claim(self, issue: str, *, limit: int, now: datetime) -> list[Recipient]: ...
    def record(self, issue: str, outcomes: Sequence[Outcome], *, now: datetime) -> None: ...
    def release(self, issue: str, recipients: Sequence[Recipient], *, now: datetime) -> None: ...
    def next_due(self, issue: str) -> datetime | None: ...


class Allowances(Protocol):
    """Where permits are written down; `store.allowances` says how."""

    def load(self) -> Mapping[str, Sequence[tuple[int, int]]]: ...
    def save(self, taken: Mapping[str, Sequence[tuple[int, int]]]) -> None: ...


class Forgotten:
    """Permits that nobody writes down: they hold for one run."""

    def load(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        return {}

    def save(self, taken: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        """Forget them."""


def in_seconds(now: datetime, wait: float) -> datetime:
    """When a wait is surely over. What is further off than a day is asked again then."""
    return now + timedelta(seconds=min(math.ceil(min(wait, 1e6)) + 1, 86400))


@dataclass(slots=True, kw_only=True)
class Feeder:
    """Keeps the queue filled."""

    issue: str
    ledger: Source
    allowances: Allowances
    limits: Limits
    queue: Queue
    messages: Callable[[Sequence[Recipient]], Iterable[Message]]
    #: Runs a transaction; the ledger's run one after the other in a thread.
    in_ledger: Callable[[Callable[[], Any]], Awaitable[Any]]
    #: Writes down the outcomes that are known.
    recorded: Callable[[], Awaitable[None]]
    connections: int
    now: Callable[[], datetime]
    #: Seconds since 1970 by a clock that only goes forward.
    at: Callable[[], float]
    #: When the quiet hours end that it is now.
    quiet_until: Callable[[datetime], datetime | None]
    #: How long to wait for a limit, or for a deferred message; the next run takes the others.
    patience: timedelta
    #: How many messages have been settled.
    settled: Callable[[], int]
    #: Why this run will claim no more, and when the next may.
    stopped: str = ""
    resume_at: datetime | None = None
    _aside: list[Message] = field(default_factory=list)
    #: The size of the last claim, when it was, and what had been settled by then.
    _claim_size: int = 0
    _claimed_at: float = 0.0
    _claimed_after: int = 0

    async def feed(self) -> None:
        """Claim recipients while there are any."""
        while not self.queue.closed:
            if self._aside:
                await finished(self._put_off_aside())
            elif len(self.queue.waiting) > max(self.connections, self._claim_size // 2):
                await self.queue.change()
            elif ends := self.quiet_until(self.now()):
                await self._rest_until(ends)
            elif wait := self.limits.wait(self.at()):
                if not await self._room_soon(wait):
                    break
            elif await finished(self._claim()):
                pass
            elif self.queue.waiting or self.queue.open:
                # One of these may be deferred for a short time.
                await self.queue.change()
            elif not await self._due_soon():
                break
        self.queue.finish()

    def slow_down(self, recipient: Recipient, rate: float) -> str:
        """Let a provider rest that finds us too fast at `rate` messages a second; returns its name."""
        provider = self.limits.slow_down(recipient.key, self.at(), rate)
        self._aside += self.queue.set_aside(lambda message: self.limits.providers.of(message.recipient.key) == provider)
        self.queue.tell()
        return provider

    async def release(self) -> None:
        """Give back the claims of messages that were not begun, and what permits they had."""
        rest = [message.recipient for message in (*self._aside, *self.queue.waiting)]
        for start in range(0, len(rest), GROUP):
            group = rest[start : start + GROUP]
            await self.in_ledger(partial(self.ledger.release, self.issue, group, now=self.now()))
        self.limits.give_back(recipient.key for recipient in rest)
        await self._write_permits()

    # --- claiming -----------------------------------------------------------------------------------------------

    async def _claim(self) -> bool:
        """Fill the queue; False where nobody is due."""
        at = self.at()
        limit = self.limits.room(at, self._next_claim(at))
        claimed = await self.in_ledger(partial(self.ledger.claim, self.issue, limit=limit, now=self.now()))
        admitted = await self._admitted(claimed) if self.limits.active else claimed
        self.queue.add(self.messages(admitted))
        return bool(claimed)

    def _next_claim(self, at: float) -> int:
        """How many to claim: a slow server's work is claimed little by little, so that a crash leaves little open."""
        rate = (self.settled() - self._claimed_after) / max(at - self._claimed_at, 1e-3)
        self._claim_size = min(GROUP, max(self.connections, math.ceil(rate * _AHEAD)))
        self._claimed_at, self._claimed_after = at, self.settled()
        return self._claim_size

    async def _admitted(self, claimed: Sequence[Recipient]) -> list[Recipient]:
        """Those that may go now; the others are put off, out of the way of those behind them."""
        at, now = self.at(), self.now()
        delays = [(recipient, self.limits.admit(recipient.key, at)) for recipient in claimed]
        await self._put_off([self._later(recipient, delay, now) for recipient, delay in delays if delay])
        return [recipient for recipient, delay in delays if not delay]

    async def _put_off_aside(self) -> None:
        aside, self._aside = self._aside, []
        now, keys = self.now(), [message.recipient.key for message in aside]
        self.limits.give_back(keys)
        delays = [self.limits.turn(key, self.at()) for key in keys]
        await self._put_off(
            [self._later(message.recipient, delay, now) for message, delay in zip(aside, delays, strict=True)]
        )

    async def _put_off(self, outcomes: Sequence[Outcome]) -> None:
        if outcomes:
            await self.in_ledger(partial(self.ledger.record, self.issue, outcomes, now=self.now()))
        await self._write_permits()

    def _later(self, recipient: Recipient, delay: float, now: datetime) -> Outcome:
        provider = self.limits.providers.of(recipient.key)
        return Outcome(
            recipient=recipient,
            state=DeliveryState.DEFERRED,
            detail=f"held back by the limit for {provider}",
            retry_at=in_seconds(now, delay),
            tried=False,
        )

    async def _write_permits(self) -> None:
        if kept := self.limits.kept():
            await self.in_ledger(partial(self.allowances.save, kept))

    # --- waiting ------------------------------------------------------------------------------------------------

    async def _room_soon(self, wait: float) -> bool:
        """Wait until the limits have room; False where that is too far."""
        if wait <= self.patience.total_seconds():
            await self.queue.rest(wait)
        elif self.queue.waiting or self.queue.open:
            await self.queue.change()
        else:
            self.resume_at = in_seconds(self.now(), wait)
            self.stopped = "what the limits allow for now is sent"
            return False
        return True

    async def _rest_until(self, end: datetime) -> None:
        """Wait for the end of the quiet hours, or end the run where that is too far."""
        if end - self.now() <= self.patience:
            await self.queue.rest((end - self.now()).total_seconds())
        else:
            self.resume_at = end
            self.queue.close(f"quiet hours until {end:%H:%M %Z}")

    async def _due_soon(self) -> bool:
        """Wait for the next deferred message if its time comes soon; False where there is none."""
        await self.recorded()
        due = await self.in_ledger(partial(self.ledger.next_due, self.issue))
        if due is None or due - self.now() > self.patience:
            return False
        await self.queue.rest((due - self.now()).total_seconds())
        return True
