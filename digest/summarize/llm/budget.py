"""How much may be spent on a model in one run, and how much was.

What a request will take is set aside before it is sent and settled when its answer is there, so that several at a time
can't pass the limits together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from digest.settings import ModelSettings
from digest.summarize.llm.results import AnswerError, Usage

#: Bytes of UTF-8 in a token, low: English has about 4.5, Russian 5, Chinese 3 to 4 in today's vocabularies.
_BYTES_PER_TOKEN = 3
#: What a chat adds to each question.
_OVERHEAD = 12


def count_tokens(text: str) -> int:
    """About how many tokens a text has; rather more than fewer."""
    return len(text.encode()) // _BYTES_PER_TOKEN + _OVERHEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """What is set aside for one request, in tokens."""

    tokens_in: int
    tokens_out: int


class Budget:
    """The limits of one run.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, settings: ModelSettings, *, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._began = clock()
        self._requests = 0
        self._in = self._out = 0
        self._aside_in = self._aside_out = 0
        self._guessed = False

    @property
    def seconds_left(self) -> float:
        return self._began + self._settings.seconds - self._clock()

    def reserve(self, tokens_in: int) -> Reservation:
        """Set aside what one request may take. Raises AnswerError where that is over a limit."""
        reservation = Reservation(tokens_in=tokens_in, tokens_out=self._settings.answer_tokens)
        self._refuse_over(reservation)
        self._requests += 1
        self._aside_in += reservation.tokens_in
        self._aside_out += reservation.tokens_out
        return reservation

    def settle(self, reservation: Reservation, *, tokens_in: int | None = None, tokens_out: int | None = None) -> None:
        """Put what was used in the place of what was set aside; where nobody counted, the question is taken as used."""
        self._aside_in -= reservation.tokens_in
        self._aside_out -= reservation.tokens_out
        self._guessed |= tokens_in is None
        self._in += reservation.tokens_in if tokens_in is None else tokens_in
        self._out += tokens_out or 0

    def release(self, reservation: Reservation) -> None:
        """Give back what was set aside for a request that was refused."""
        self._aside_in -= reservation.tokens_in
        self._aside_out -= reservation.tokens_out

    def used(self) -> Usage:
        return Usage(
            requests=self._requests,
            tokens_in=self._in,
            tokens_out=self._out,
            seconds=self._clock() - self._began,
            cost=self.cost(self._in, self._out),
            guessed=self._guessed,
        )

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """By the owner's prices; None where there are none."""
        settings = self._settings
        if settings.price_in is None or settings.price_out is None:
            return None
        return (tokens_in * settings.price_in + tokens_out * settings.price_out) / 1_000_000

    def _refuse_over(self, reservation: Reservation) -> None:
        settings = self._settings
        tokens_in = self._in + self._aside_in + reservation.tokens_in
        tokens_out = self._out + self._aside_out + reservation.tokens_out
        cost = self.cost(tokens_in, tokens_out)
        if self._requests >= settings.max_requests:
            raise _over("max_requests", settings.max_requests)
        if tokens_in + tokens_out > settings.max_tokens:
            raise _over("max_tokens", settings.max_tokens)
        if settings.max_cost is not None and cost is not None and cost > settings.max_cost:
            raise _over("max_cost", settings.max_cost)
        if self.seconds_left <= 0:
            raise out_of_time(settings)


def _over(key: str, limit: float) -> AnswerError:
    return AnswerError(f"over budget: {key} = {limit:g}", hint=f"Raise {key} of [model], or ask for less with writes.")


def out_of_time(settings: ModelSettings) -> AnswerError:
    return AnswerError(
        f"out of time: all answers together took more than {settings.seconds:g} seconds",
        hint="Raise seconds of [model], or run it again: the answers that came are kept.",
    )
