"""The servers that messages leave by: each with its connections, its limits and its troubles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from digest.deliver.loop.context import RunContext
from digest.deliver.loop.outcomes import Outcomes
from digest.deliver.loop.permits import ServerPermits
from digest.deliver.loop.queue import Queue
from digest.deliver.pacing.backoff import moment_after, reconnect_after
from digest.deliver.pacing.limits import Taken
from digest.deliver.wire.transport import BrokenConnectionError, Message, ServerRefusedError, Transport
from digest.deliver.wire.verdicts import Verdict
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState, Outcome
from digest.settings.mail import DEFAULT_SERVER, Rates

#: Connections in a row that come to nothing before a worker gives up: where some worked, and where none did.
_FAILURES = (6, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One way out."""

    transport: Transport
    name: str = DEFAULT_SERVER
    #: Its share of the connections, beside the others' weights.
    weight: float = 1.0
    rates: Rates = field(default_factory=Rates)


def shares(connections: int, weights: Sequence[float]) -> list[int]:
    """So many connections for each, by weight, at least one each: Hare's method of largest remainders."""
    exact = [connections * weight / sum(weights) for weight in weights]
    whole = [max(1, int(part)) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda index: whole[index] - exact[index])
    for index in by_remainder[: max(0, connections - sum(whole))]:
        whole[index] += 1
    return whole


class Lane:
    """A server within a run.

    Args:
        connections: how many it may have at once.
        taken: the permits that earlier runs took.
    """

    def __init__(
        self, server: Server, context: RunContext, *, connections: int, queue: Queue, outcomes: Outcomes, taken: Taken
    ) -> None:
        self.server = server
        self.connections = connections
        self.context = context
        self.queue = queue
        self.outcomes = outcomes
        self.permits = ServerPermits(context, server.name, server.rates, taken)
        #: What it refused, as long as nobody knows why.
        self.streak = outcomes.new_streak()
        #: Why this server takes no more; "" while it does.
        self.down = ""
        #: Why its last connection came to nothing.
        self.broken = ""
        #: Messages that it takes over one connection, where it has shown that; 0 before.
        self.per_connection = 0
        #: Workers that have not given up.
        self.working = 0
        #: Seconds until its limits have room, where that is too long for this run.
        self._resting = 0.0

    async def work(self) -> None:
        """Keep one connection busy, and renew it."""
        failures = carried = 0
        self.working += 1
        while not (self.queue.exhausted or self.down or self._resting):
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
                self.permits.slow_down(self.outcomes.rate())
                self.outcomes.note(f"server {self.server.name} found us too fast: {why}")
            return "" if spent else why
        except ServerRefusedError as error:
            self.give_up(_message_and_hint(error))
        except DeliveryStoppedError as error:
            self.queue.close(_message_and_hint(error))
        finally:
            for message in batch.abandon():
                self._settle_left_open(message, why, blame=not spent)
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
            self.outcomes.note(
                f"server {self.server.name} takes {ended:,} message{'s' * (ended > 1)} over one connection "
                f"and then says: {error.detail} "
                f"(the others went over new ones; send.per_connection = {ended} in digest.toml keeps to that)"
            )
        return spent

    def give_up(self, why: str, *, wait: float = 0.0) -> None:
        """Leave the rest to the other servers, if there are any.

        Args:
            wait: seconds until this one takes more, where it will.
        """
        if self.down:
            return
        self.down = why
        self.outcomes.end_server(self.streak)
        resume_at = moment_after(self.context.now(), wait) if wait else None
        if self.queue.leave(why, resume_at=resume_at):
            self.outcomes.note(f"server {self.server.name}: {why}")

    def settle(self, message: Message, outcome: Outcome, verdict: Verdict) -> None:
        """Have it decided what becomes of a message, and heed what that says of this server."""
        stop = self.outcomes.settle(self.streak, message, outcome, verdict)
        if stop and stop.everywhere:
            self.queue.close(stop.why)
        elif stop:
            self.give_up(stop.why)
        self.queue.settle()

    def _settle_left_open(self, message: Message, why: str, *, blame: bool) -> None:
        """Say what becomes of a message that a connection left open.

        Args:
            blame: whether it may be this message that broke it.
        """
        if message.committed:
            self.settle(message, _left_open(message, DeliveryState.UNCERTAIN, why), Verdict.UNCERTAIN)
        elif blame and message.broken and not (self.queue.closed or self.down):
            # The second connection that broke under it: it may be this message that breaks them.
            self.settle(message, _left_open(message, DeliveryState.DEFERRED, why), Verdict.LATER)
        else:
            message.broken += blame and not self.down
            self.queue.give_back(message)

    async def _try_again(self, failures: int, why: str) -> bool:
        """Wait after a connection that delivered nothing; False where this worker should give up."""
        if failures >= _FAILURES[not self.streak.sent]:
            # A server that allows fewer connections than we want still serves the others.
            if self.working == 1 or not self.streak.sent:
                self.give_up(why)
            return False
        await self.queue.rest(reconnect_after(failures, self.context.chance()))
        return True

    async def permit(self) -> bool:
        """Wait until this server may be given a message; False where that is too long, or the end."""
        while not self.permits.try_take():
            if self.down or self.queue.closed:
                return False
            wait = await self.permits.restock()
            if wait > self.context.patience.total_seconds():
                self._resting = wait
                return False
            await self.queue.rest(wait)
        return True

    async def finish(self) -> None:
        """Give back what permits are left, and tell of a server that was of no use.

        A short run is over before its workers give up; month after month nobody would hear that a server is gone.
        """
        if self.broken and not (self.streak.sent or self.down):
            self.outcomes.note(f"server {self.server.name}: {self.broken}")
        await self.permits.release()


def lanes_of(
    servers: Sequence[Server], context: RunContext, *, queue: Queue, outcomes: Outcomes, taken: Taken
) -> list[Lane]:
    """A lane for each server, with its share of the connections."""
    parts = shares(context.settings.connections, [server.weight for server in servers])
    return [
        Lane(server, context, connections=part, queue=queue, outcomes=outcomes, taken=taken)
        for server, part in zip(servers, parts, strict=True)
    ]


class _Batch:
    """What one connection has taken and not settled.

    Args:
        most: messages that it may carry; 0 is no limit.
    """

    def __init__(self, lane: Lane, *, most: int = 0) -> None:
        self._lane = lane
        self._queue = lane.queue
        self._open: list[Message] = []
        self._most = most
        self.sent = 0
        #: Messages that came to an outcome.
        self.ended = 0

    async def next(self) -> Message | None:
        if self._full or not await self._lane.permit():
            return None
        message = await self._queue.take()
        if message and self._lane.down:
            self._queue.give_back(message)
            message = None
        return self._hold(message)

    def ready(self) -> Message | None:
        if self._full or self._lane.down or not self._lane.permits.try_take():
            return None
        return self._hold(self._queue.take_ready())

    def put_back(self, message: Message) -> None:
        self._open.remove(message)
        self._lane.permits.give_back()
        self._queue.give_back(message)

    def commit(self, message: Message) -> None:
        self._lane.context.ledger.begin(message.recipient)
        message.committed = True

    def settle(self, message: Message, outcome: Outcome, verdict: Verdict = Verdict.ACCEPTED) -> None:
        self._open.remove(message)
        self.sent += outcome.state is DeliveryState.SENT
        self.ended += 1
        self._lane.settle(message, outcome, verdict)

    def abandon(self) -> list[Message]:
        messages, self._open = self._open, []
        return messages

    @property
    def _full(self) -> bool:
        return bool(self._most) and self.ended + len(self._open) >= self._most

    def _hold(self, message: Message | None) -> Message | None:
        if message is None:
            self._lane.permits.give_back()
        else:
            self._open.append(message)
        return message


def _message_and_hint(error: DeliveryStoppedError) -> str:
    return " ".join(filter(None, (error.message, error.hint)))


def _left_open(message: Message, state: Literal[DeliveryState.UNCERTAIN, DeliveryState.DEFERRED], why: str) -> Outcome:
    return Outcome(recipient=message.recipient, state=state, detail=why)
