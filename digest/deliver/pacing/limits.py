"""What may go now: to everybody, to each provider, through each server. Pure: the caller has the clock and the disk.

A meter counts one of these. Permits are taken, and written down, before the messages they are for leave: a run that
dies has taken too many, never too few.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from digest.deliver.pacing.backoff import Slowdown
from digest.deliver.pacing.buckets import CalendarDays, SlidingWindow, TokenBucket
from digest.deliver.pacing.calendar import warm_up_limit
from digest.deliver.pacing.forecast import Allowance, Forecast
from digest.deliver.pacing.providers import Providers
from digest.settings import SendSettings
from digest.settings.mail import ProviderLimit, Rates, WarmUpSettings

_SPANS = {"minute": 60.0, "hour": 3600.0, "day": 86400.0}
#: The warm-up's name for the permits on disk.
_WARM_UP = "all/warm-up"
#: What was taken, by the limit's name: (slot, permits).
Taken = Mapping[str, Sequence[tuple[int, int]]]
#: Seconds that a message is put off at least: it costs two writes.
_LEAST_DELAY = 1.0


class Meter:
    """The limits of one thing together.

    Args:
        name: for the permits on disk.
        rates: its limits.
        taken: what earlier runs took, for all meters.
    """

    def __init__(self, name: str, rates: Rates, taken: Taken) -> None:
        self.name = name
        self._bucket = TokenBucket(rates.per_second)
        most = {"minute": rates.per_minute, "hour": rates.per_hour, "day": rates.per_day}
        self._windows = {
            f"{name}/{label}": SlidingWindow(count, _SPANS[label], taken.get(f"{name}/{label}", ()))
            for label, count in most.items()
            if count
        }
        self._slowdown: Slowdown | None = None
        self._per_second = rates.per_second
        #: When the next message that is put off has its turn.
        self._line = -math.inf

    @property
    def limited(self) -> bool:
        return bool(self._per_second or self._windows or self._slowdown)

    def room(self, at: float, most: int) -> int:
        """How many may be taken by the windows, up to `most`."""
        return min([most, *(window.room(at) for window in self._windows.values())])

    def wait(self, at: float) -> float:
        """Seconds until one may be taken; infinite where none ever may."""
        return max(self.pace_wait(at), self.windows_wait(at))

    def pace_wait(self, at: float) -> float:
        """Seconds until the pace allows the next."""
        if self._slowdown and self._slowdown.over(at):
            self._slowdown = None
        return max(self._bucket.wait(at), self._slowdown.wait(at) if self._slowdown else 0.0)

    def windows_wait(self, at: float) -> float:
        """Seconds until the windows have room."""
        return max((window.wait(at) for window in self._windows.values()), default=0.0)

    def take(self, at: float) -> None:
        self.reserve(at, 1)
        self.keep_pace(at)

    def reserve(self, at: float, count: int) -> None:
        """Take permits of the windows."""
        for window in self._windows.values():
            window.take(at, count)

    def keep_pace(self, at: float) -> None:
        """Say that a message goes now: the next one waits as the pace has it."""
        self._bucket.reserve(at)
        if self._slowdown:
            self._slowdown.take(at)

    def give_back(self, count: int = 1) -> None:
        for window in self._windows.values():
            window.give_back(count)

    def complain(self, at: float, rate: float) -> None:
        """It finds us too fast, at `rate` messages a second."""
        if self._slowdown is None:
            self._slowdown = Slowdown(rate, at)
        else:
            self._slowdown.complain(at)

    def turn(self, at: float) -> float:
        """Seconds until the turn of a message that is put off; each call is another message's, in their order."""
        first = at + max(_LEAST_DELAY, self.wait(at))
        self._line = max(first, self._line + 1 / self.rate if self.rate else 0)
        slowest = min(self._windows.values(), key=lambda window: window.most / window.span, default=None)
        if slowest and slowest.most / slowest.span == self.rate:
            # A window opens for all that it holds at once.
            return first + (self._line - first) // slowest.span * slowest.span - at
        return self._line - at

    def allowance(self, at: float) -> Allowance:
        """What it allows from now on."""
        windows = tuple((window.room(at), window.most, window.span) for window in self._windows.values())
        return Allowance(per_second=self._per_second, windows=windows)

    @property
    def rate(self) -> float:
        """Messages a second in the long run; 0 is no limit."""
        rates = [window.most / window.span for window in self._windows.values()]
        rates += [self._slowdown.rate] if self._slowdown else []
        rates += [self._per_second] if self._per_second else []
        return min(rates, default=0.0)

    @property
    def windowed(self) -> bool:
        """Whether permits are kept on disk."""
        return bool(self._windows)

    def kept(self) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        for name, window in self._windows.items():
            yield name, window.kept()


class Limits:
    """The limits of a run, but for those of its servers.

    Args:
        everybody: for all messages together; its rate a second is the queue's affair.
        to: by provider.
        taken: what earlier runs took.
        warm_up: how many messages a day at most, if the sender is new.
    """

    def __init__(
        self,
        everybody: Rates,
        to: Sequence[ProviderLimit] = (),
        *,
        taken: Taken | None = None,
        warm_up: CalendarDays | None = None,
    ) -> None:
        taken = taken or {}
        windows = Rates(per_minute=everybody.per_minute, per_hour=everybody.per_hour, per_day=everybody.per_day)
        self._everybody = Meter("all", windows, taken)
        self._warm_up = warm_up
        self.providers = Providers({limit.to: limit.domains for limit in to if limit.domains})
        self._meters = {limit.to: Meter(f"to {limit.to}", limit, taken) for limit in to}

    @property
    def active(self) -> bool:
        """Whether there is any limit, the queue's apart."""
        return bool(self._meters or self._warm_up) or self._everybody.limited

    def room(self, at: float, most: int) -> int:
        """How many recipients may be claimed now."""
        if self._warm_up:
            most = int(min(most, self._warm_up.room(at)))
        return self._everybody.room(at, most)

    def wait(self, at: float) -> float:
        """Seconds until there is room."""
        return max(self._everybody.wait(at), self._warm_up.wait(at) if self._warm_up else 0.0)

    def admit(self, key: str, at: float) -> float:
        """Take permits for a claimed recipient; 0, or the seconds to put it off, and then none are taken."""
        meter = self._meters.get(self.providers.of(key)) if self._meters else None
        if meter and meter.wait(at) > 0:
            return meter.turn(at)
        if meter:
            meter.take(at)
        if self._warm_up:
            self._warm_up.take(at)
        self._everybody.take(at)
        return 0.0

    def turn(self, key: str, at: float) -> float:
        """Seconds until the turn of a recipient whose provider rests."""
        return self._meters[self.providers.of(key)].turn(at)

    def give_back(self, keys: Iterable[str]) -> None:
        """Say that these messages, admitted before, did not go."""
        for key in keys:
            self._everybody.give_back()
            if self._warm_up:
                self._warm_up.give_back()
            if self._meters and (meter := self._meters.get(self.providers.of(key))):
                meter.give_back()

    def slow_down(self, key: str, at: float, rate: float) -> str:
        """The provider of this recipient finds us too fast, at `rate` a second; returns its name."""
        provider = self.providers.of(key)
        if provider not in self._meters:
            self._meters[provider] = Meter(f"to {provider}", Rates(), {})
        self._meters[provider].complain(at, rate)
        return provider

    def forecast(self, keys: Iterable[str], at: float, *, per_second: float, servers: Sequence[Meter]) -> Forecast:
        """What is left to send, and what limits it is under.

        Args:
            keys: of those who have not got it.
            per_second: of all together.
        """
        return Forecast(
            remaining=Counter(map(self.providers.of, keys)),
            everybody=[
                self._everybody.allowance(at),
                Allowance(per_second=per_second, days=self._warm_up.ahead(at) if self._warm_up else ()),
            ],
            providers={provider: meter.allowance(at) for provider, meter in self._meters.items()},
            servers=[meter.allowance(at) for meter in servers],
        )

    def kept(self) -> dict[str, list[tuple[int, int]]]:
        """What the next run must know."""
        kept = dict(pair for meter in (self._everybody, *self._meters.values()) for pair in meter.kept())
        return kept | {_WARM_UP: self._warm_up.kept()} if self._warm_up else kept


def run_limits(settings: SendSettings, *, now: datetime, taken: Taken) -> Limits:
    """The limits of a run that begins now, by the newsletter's clock."""
    return Limits(settings, settings.limits, taken=taken, warm_up=_first_days(settings.warm_up, now, taken))


def _first_days(settings: WarmUpSettings, now: datetime, taken: Taken) -> CalendarDays | None:
    """What a new sender may send a day; None where it is warm."""
    since = settings.since
    if since is None or now.tzinfo is None:
        return None

    def most(day: date) -> int | None:
        return warm_up_limit(day, since, start=settings.start, factor=settings.factor, days=settings.days)

    return CalendarDays(most, now.tzinfo, taken.get(_WARM_UP, ())) if most(now.date()) is not None else None
