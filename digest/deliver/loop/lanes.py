"""The servers that messages leave by: each with its connections, its limits and its troubles."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, Protocol

from digest.deliver.loop.queue import Queue
from digest.deliver.loop.refusals import Refusals
from digest.deliver.pacing.limits import Meter, Taken
from digest.deliver.pacing.pace import reconnect_after
from digest.deliver.wire.transport import BrokenConnectionError, Message, ServerRefusedError, Transport
from digest.deliver.wire.verdicts import Verdict
from digest.errors import DeliveryStoppedError
from digest.mailsettings import DEFAULT_SERVER, Rates
from digest.model import DeliveryState, Outcome, Recipient

#: Connections in a row that come to nothing before a worker gives up: where some worked, and where none did.
_FAILURES = (6, 3)
#: Permits that a server takes at once of its limits by the minute and longer: each time they are written to disk.
_STOCK = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One way out."""

    transport: Transport
    name: str = DEFAULT_SERVER
    #: Its share of the connections, beside the others' weights.
    weight: float = 1.0
    rates: Rates = field(default_factory=Rates)


class Run(Protocol):
    """What the lanes need of the run they are part of."""

    queue: Queue
    doubting: bool

    def settle(self, lane: Lane, message: Message, outcome: Outcome, verdict: Verdict) -> None: ...
    def provider_of(self, key: str) -> str: ...
    def begin(self, recipient: Recipient) -> None: ...
    def at(self) -> float: ...
    def chance(self) -> float: ...
    def rate(self) -> float: ...
    def note(self, text: str) -> None: ...
    def settle_row(self, lane: Lane) -> None: ...
    def lane_down(self, name: str, why: str, *, wait: float = 0.0) -> None: ...
    def write_permits(self, taken: Mapping[str, Sequence[tuple[int, int]]]) -> Awaitable[None]: ...


def shares(connections: int, weights: Sequence[float]) -> list[int]:
    """So many connections for each, by weight, at least one each: Hare's method of largest remainders."""
    exact = [connections * weight / sum(weights) for weight in weights]
    whole = [max(1, int(part)) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda index: whole[index] - exact[index])
    for index in by_remainder[: max(0, connections - sum(whole))]:
        whole[index] += 1
    return whole


class Lane:
    """A server within a run."""

    def __init__(self, server: Server, run: Run, *, taken: Taken, patience: timedelta) -> None:
        self.server = server
        self.run = run
        self.patience = patience
        self.meter = Meter(f"by {server.name}", server.rates, taken)
        #: Why this server takes no more; "" while it does.
        self.down = ""
        #: Why its last connection came to nothing.
        self.broken = ""
        self.sent = 0
        #: What it refused, as long as nobody knows why.
        self.refusals = Refusals(run.provider_of, doubting=run.doubting)
        #: Messages that it takes over one connection, where it has shown that; 0 before.
        self.per_connection = 0
        #: Workers that have not given up.
        self.working = 0
        #: Permits of the limits by the minute and longer that are on disk and not used.
        self._stock = 0
        self._restocking = asyncio.Lock()
        #: Seconds until its limits have room, where that is too long for this run.
        self._resting = 0.0

    async def work(self) -> None:
        """Keep one connection busy, and renew it."""
        failures = carried = 0
        self.working += 1
        while not (self.run.queue.exhausted or self.down or self._resting):
            batch = _Batch(self, most=self.per_connection)
            broken = await self._carry(batch, carried)
            if broken or batch.sent:
                # One that had nothing to carry says nothing of the server.
                self.broken = broken
            carried = batch.ended
            if not broken or batch.sent:
                failures = 0
            elif not await self._try_again(failures := failures + 1, broken):
                break
        self.working -= 1
        # Until then another of its connections may hold the last permit.
        if self._resting and not self.working:
            self.give_up("what its limits allow for now is sent", wait=self._resting)

    async def _carry(self, batch: _Batch, before: int) -> str:
        """Deliver messages over one connection; returns why it broke, "" where it did not.

        Args:
            before: how many the connection before this one carried.
        """
        why, spent = "the run was stopped before the server's answer", False
        try:
            await self.server.transport.carry(batch)
        except BrokenConnectionError as error:
            why = error.detail
            spent = self._is_spent(error, batch.ended, before)
            if error.verdict is Verdict.SLOW_DOWN:
                self.meter.complain(self.run.at(), self.run.rate())
                self.run.note(f"server {self.server.name} found us too fast: {why}")
            return "" if spent else why
        except ServerRefusedError as error:
            self.give_up(_told(error))
        except DeliveryStoppedError as error:
            self.run.queue.close(_told(error))
        finally:
            for message in batch.abandon():
                self._decide(message, why, blame=not spent)
        return ""

    def _is_spent(self, error: BrokenConnectionError, ended: int, before: int) -> bool:
        """Whether a connection broke because it had carried what this server takes over one; the next carry no more.

        Some servers say so, others hang up: twice after the same number is no chance.
        """
        spent = ended > 0 and (
            error.verdict is Verdict.SPENT or (error.verdict is Verdict.RECONNECT and ended == before)
        )
        if spent and not 0 < self.per_connection <= ended:
            self.per_connection = ended
            self.run.note(
                f"server {self.server.name} takes {ended:,} message{'s' * (ended > 1)} over one connection "
                f"and then says: {error.detail} "
                f"(the others went over new ones; send.per_connection = {ended} in digest.toml keeps to that)"
            )
        return spent

    def give_up(self, why: str, *, wait: float = 0.0) -> None:
        """Leave the rest to the other servers, if there are any."""
        if not self.down:
            self.down = why
            self.run.settle_row(self)
            self.run.lane_down(self.server.name, why, wait=wait)

    def _decide(self, message: Message, why: str, *, blame: bool) -> None:
        """Say what becomes of a message that a connection left open.

        Args:
            blame: whether it may be this message that broke it.
        """
        queue = self.run.queue
        if message.committed:
            self.run.settle(self, message, _open_end(message, DeliveryState.UNCERTAIN, why), Verdict.UNCERTAIN)
            queue.let_go()
        elif blame and message.broken and not (queue.closed or self.down):
            # The second connection that broke under it: it may be this message that breaks them.
            self.run.settle(self, message, _open_end(message, DeliveryState.DEFERRED, why), Verdict.LATER)
            queue.let_go()
        else:
            message.broken += blame and not self.down
            queue.give_back(message)

    async def _try_again(self, failures: int, why: str) -> bool:
        """Wait after a connection that delivered nothing; False where this worker should give up."""
        if failures >= _FAILURES[not self.sent]:
            # A server that allows fewer connections than we want still serves the others.
            if self.working == 1 or not self.sent:
                self.give_up(why)
            return False
        await self.run.queue.rest(reconnect_after(failures, self.run.chance()))
        return True

    # --- its limits ---------------------------------------------------------------------------------------------

    async def permit(self) -> bool:
        """Wait until this server may be given a message; False where that is too long, or the end."""
        while not self.try_permit():
            if self.down or self.run.queue.closed:
                return False
            wait = await self._restocked()
            if wait > self.patience.total_seconds():
                self._resting = wait
                return False
            await self.run.queue.rest(wait)
        return True

    def try_permit(self) -> bool:
        """Take a permit if one is to be had at once."""
        if not self.meter.limited:
            return True
        at = self.run.at()
        if self.meter.beat(at) or (self.meter.windowed and not self._stock):
            return False
        self.meter.go(at)
        self._stock -= self.meter.windowed
        return True

    def give_back(self) -> None:
        """Say that a permit was not needed."""
        self._stock += self.meter.windowed

    async def finish(self) -> None:
        """Give back what permits are left, and tell of a server that was of no use.

        A short run is over before its workers give up; month after month nobody would hear that a server is gone.
        """
        if self.broken and not (self.sent or self.down):
            self.run.note(f"server {self.server.name}: {self.broken}")
        if self._stock:
            self.meter.give_back(self._stock)
            self._stock = 0
            await self.run.write_permits(dict(self.meter.kept()))

    async def _restocked(self) -> float:
        """Take permits of the windows if none are left; returns the seconds until one may be used."""
        async with self._restocking:
            at = self.run.at()
            if self.meter.windowed and not self._stock:
                if not (count := self.meter.room(at, _STOCK)):
                    return self.meter.wait(at)
                self.meter.reserve(at, count)
                await self.run.write_permits(dict(self.meter.kept()))
                self._stock += count
            return self.meter.beat(self.run.at())


class _Batch:
    """What one connection has in hand.

    Args:
        most: messages that it may carry; 0 is no limit.
    """

    def __init__(self, lane: Lane, *, most: int = 0) -> None:
        self._lane = lane
        self._run = lane.run
        self._open: list[Message] = []
        self._most = most
        self.sent = 0
        #: Messages that came to an outcome.
        self.ended = 0

    async def next(self) -> Message | None:
        if self._full or not await self._lane.permit():
            return None
        message = await self._run.queue.take()
        if message and self._lane.down:
            self._run.queue.give_back(message)
            message = None
        return self._hold(message)

    def ready(self) -> Message | None:
        if self._full or self._lane.down or not self._lane.try_permit():
            return None
        return self._hold(self._run.queue.take_ready())

    def put_back(self, message: Message) -> None:
        self._open.remove(message)
        self._lane.give_back()
        self._run.queue.give_back(message)

    def commit(self, message: Message) -> None:
        self._run.begin(message.recipient)
        message.committed = True

    def settle(self, message: Message, outcome: Outcome, verdict: Verdict = Verdict.ACCEPTED) -> None:
        self._open.remove(message)
        taken = outcome.state is DeliveryState.SENT
        self.sent += taken
        self.ended += 1
        self._lane.sent += taken
        self._run.settle(self._lane, message, outcome, verdict)
        self._run.queue.let_go()

    def abandon(self) -> list[Message]:
        messages, self._open = self._open, []
        return messages

    @property
    def _full(self) -> bool:
        return bool(self._most) and self.ended + len(self._open) >= self._most

    def _hold(self, message: Message | None) -> Message | None:
        if message is None:
            self._lane.give_back()
        else:
            self._open.append(message)
        return message


def _told(error: DeliveryStoppedError) -> str:
    return " ".join(filter(None, (error.message, error.hint)))


def _open_end(message: Message, state: Literal[DeliveryState.UNCERTAIN, DeliveryState.DEFERRED], why: str) -> Outcome:
    return Outcome(recipient=message.recipient, state=state, detail=why)
