"""What becomes of each message, by the server's answer and by what it answers to others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from digest.deliver.loop.context import RunContext
from digest.deliver.loop.queue import Queue
from digest.deliver.loop.recorder import Recorder
from digest.deliver.loop.streak import Decision, Refusal, RefusalStreak
from digest.deliver.pacing.backoff import retry_after
from digest.deliver.pacing.limits import Limits, Taken
from digest.deliver.wire.rules import AUTHENTICATE
from digest.deliver.wire.transport import Message
from digest.deliver.wire.verdicts import Verdict
from digest.model import DeliveryState, Outcome, Recipient

#: So many are enough to compare with one another.
_FEW = 3
#: Notes in a report.
_NOTES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Where the issue stood when the run began."""

    #: Seconds since 1970.
    at: float
    #: How many had got it, and how many were still to be tried.
    sent: int
    left: int
    #: Whether refusals may be about us.
    doubting: bool
    #: The permits that earlier runs took.
    taken: Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerStop:
    """A server refused so many one after the other that more would only harm the sender's name."""

    why: str
    #: The rules of those who receive hold everywhere; a sender that one server does not know may be another's.
    everywhere: bool


class Outcomes:
    """Decides on every answer of a run, and hands the outcome to the recorder."""

    def __init__(self, context: RunContext, begun: Begun, *, queue: Queue, limits: Limits, recorder: Recorder) -> None:
        self.sent = 0
        #: What else the report says.
        self.notes: list[str] = []
        self._context = context
        self._begun = begun
        self._queue = queue
        self._limits = limits
        self._recorder = recorder
        self._streaks: list[RefusalStreak] = []
        #: How often everybody had been tried and some were put off for what is about us.
        self._rounds = 0
        #: Some were, since.
        self._doubted = False

    def new_streak(self) -> RefusalStreak:
        """Where the refusals of one more server are held."""
        self._streaks.append(RefusalStreak(self._limits.providers.of, doubting=self._begun.doubting))
        return self._streaks[-1]

    def settle(self, streak: RefusalStreak, message: Message, outcome: Outcome, verdict: Verdict) -> ServerStop | None:
        """Decide what becomes of a message; says so where its server, or all of them, must get no more."""
        if RefusalStreak.holds(verdict):
            return self._hold(streak, Refusal(message, outcome, verdict))
        if outcome.state is DeliveryState.SENT:
            self.sent += 1
            self._carry_out(streak.served(message.recipient.key))
        elif verdict is Verdict.SLOW_DOWN:
            self._slow_down(message.recipient, f"found us too fast: {outcome.detail}")
        outcome = self._with_retry(message, outcome, verdict)
        if message.committed:
            self._context.ledger.answer(outcome)
        self._recorder.add(outcome)
        return None

    def end_server(self, streak: RefusalStreak) -> None:
        """Decide on what a server refused that is given no more."""
        streak.over = True
        self._end(streak, complete=False)

    async def end_round(self) -> None:
        """Everybody who is due has been tried: decide on all that waits, and write it down."""
        for streak in self._streaks:
            self._end(streak, complete=True)
        self._rounds += self._doubted
        self._doubted = False
        await self._recorder.write()

    async def end_run(self, *, complete: bool) -> None:
        """Decide on what still waits, and write it down.

        Args:
            complete: everybody who is due has been tried.
        """
        for streak in self._streaks:
            self._end(streak, complete=complete)
        await self._recorder.write()

    def rate(self) -> float:
        """Messages a second of this run so far."""
        return self.sent / max(1.0, self._context.clock() - self._begun.at)

    def note(self, text: str) -> None:
        """Have the report say so, once."""
        if text not in self.notes and len(self.notes) < _NOTES:
            self.notes.append(text)

    # --- refusals -----------------------------------------------------------------------------------------------

    def _hold(self, streak: RefusalStreak, refusal: Refusal) -> ServerStop | None:
        """Keep a refusal until it is known whether others are served."""
        message, outcome = refusal.message, refusal.outcome
        if message.committed:
            # If the run is killed meanwhile, the milder holds.
            self._context.ledger.answer(self._put_off(refusal))
        self._carry_out(streak.add(refusal))
        if count := streak.too_many:
            why = f"{count} recipients in a row were refused, the last with: {outcome.detail}"
            why = f"{why}. {message.advice}" if message.advice else why
            return ServerStop(why=why, everywhere=message.advice == AUTHENTICATE)
        if not (self._queue.closed or streak.over) and streak.provider_refuses_all(message.recipient.key):
            words = f"{outcome.detail} {message.advice}".rstrip()
            self._slow_down(message.recipient, f"refuses our mail to everybody there: {words}")
        return None

    def _slow_down(self, recipient: Recipient, why: str) -> None:
        """Let a provider rest, and what waits for it."""
        limits = self._limits
        provider = limits.slow_down(recipient.key, self._context.clock(), self.rate())
        self._queue.set_aside(lambda message: limits.providers.of(message.recipient.key) == provider)
        self.note(f"{provider} {why}")

    def _end(self, streak: RefusalStreak, *, complete: bool) -> None:
        ever = self.sent + self._begun.sent > 0
        self._carry_out(streak.end(complete=complete, ever=ever, few=self._begun.left < _FEW))

    def _carry_out(self, decision: Decision) -> None:
        for refusal in decision.stand:
            self._recorder.add(self._with_retry(refusal.message, refusal.outcome, refusal.verdict))
        for refusal in decision.put_off:
            self._doubted = True
            self._recorder.add(self._put_off(refusal))

    # --- when to try again --------------------------------------------------------------------------------------

    def _put_off(self, refusal: Refusal) -> Outcome:
        """A refusal that is about us: it counts as no attempt, and each round of them waits longer than the last."""
        times = refusal.message.recipient.attempts + self._rounds + 1
        wait = retry_after(times, self._context.chance(), refusal.verdict, refusal.outcome.detail)
        later = self._context.now() + wait
        return replace(refusal.outcome, state=DeliveryState.DEFERRED, gone=False, tried=False, retry_at=later)

    def _with_retry(self, message: Message, outcome: Outcome, verdict: Verdict) -> Outcome:
        """The outcome with the time of the next try; after the last one it has failed."""
        if outcome.state is not DeliveryState.DEFERRED:
            return outcome
        context, attempts = self._context, message.recipient.attempts + 1
        if outcome.tried and attempts >= context.settings.attempts:
            detail = f"given up after {attempts} attempts: {outcome.detail}"
            return replace(outcome, state=DeliveryState.FAILED, detail=detail)
        wait = retry_after(attempts, context.chance(), verdict, outcome.detail)
        return replace(outcome, retry_at=context.now() + wait)
