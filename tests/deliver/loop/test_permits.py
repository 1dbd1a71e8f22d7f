"""When one server may be given a message, and what of it is on disk."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from digest.deliver.loop.permits import ServerPermits
from digest.deliver.pacing.limits import Taken
from digest.settings.mail import Rates
from tests.deliver.loop.contexts import context_of

AN_HOUR = "by a/hour"


class Kept:
    """Permits on disk."""

    def __init__(self) -> None:
        self.taken: Taken = {}

    def load(self) -> Taken:
        return self.taken

    def save(self, taken: Taken) -> None:
        self.taken = taken

    @property
    def count(self) -> int:
        return sum(count for _, count in self.taken.get(AN_HOUR, ()))


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


def permits_of(kept: Kept, thread: ThreadPoolExecutor, **rates: float) -> ServerPermits:
    return ServerPermits(context_of(object(), thread, allowances=kept), "a", Rates.model_validate(rates), kept.taken)


async def test_a_server_without_a_limit_may_always_be_given_one(thread: ThreadPoolExecutor) -> None:
    kept = Kept()
    permits = permits_of(kept, thread)
    assert all(permits.try_take() for _ in range(1000))
    assert kept.taken == {}


async def test_permits_are_on_disk_before_the_first_is_used_and_the_rest_go_back(thread: ThreadPoolExecutor) -> None:
    kept = Kept()
    permits = permits_of(kept, thread, per_hour=20)
    assert not permits.try_take()
    assert await permits.restock() == 0
    assert kept.count == 20
    assert [permits.try_take() for _ in range(3)] == [True] * 3
    permits.give_back()
    await permits.release()
    assert kept.count == 2


async def test_what_earlier_runs_took_is_waited_for(thread: ThreadPoolExecutor) -> None:
    kept = Kept()
    await permits_of(kept, thread, per_hour=1).restock()
    again = permits_of(kept, thread, per_hour=1)
    assert not again.try_take()
    assert 3500 < await again.restock() <= 3600


async def test_a_server_that_finds_us_too_fast_rests(thread: ThreadPoolExecutor) -> None:
    permits = permits_of(Kept(), thread)
    permits.slow_down(10.0)
    assert not permits.try_take()
    assert await permits.restock() == 60
