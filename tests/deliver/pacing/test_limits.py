"""Limits, by themselves and over runs."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from digest.deliver.pacing.buckets import CalendarDays
from digest.deliver.pacing.limits import Limits, Meter, run_limits
from digest.deliver.wire.transport import Batch, Message
from digest.deliver.wire.verdicts import Verdict
from digest.model import DeliveryState as State
from digest.model import Report, Subscriber
from digest.settings import SendSettings
from digest.settings.mail import ProviderLimit, Rates
from digest.store.database import open_database, sqlite_url
from digest.store.ledger import Ledger
from digest.store.sending import Allowances
from tests.deliver.conftest import ISSUE, NOW
from tests.deliver.post import Post, run, said

AT = NOW.timestamp()


# --- by themselves ----------------------------------------------------------------------------------------------


def test_a_provider_that_has_had_enough_is_put_off_and_the_others_go() -> None:
    limits = Limits(Rates(), [ProviderLimit(to="google", per_hour=2)])
    delays = [limits.admit(f"{n}@gmail.com", AT) for n in range(6)]
    assert delays[:2] == [0.0, 0.0]
    # The window opens for two at once.
    assert 3600 <= delays[2] == delays[3] < delays[4] == delays[5]
    assert limits.admit("ada@example.org", AT) == 0.0


def test_permits_given_back_may_be_taken_again() -> None:
    limits = Limits(Rates(per_day=3), [ProviderLimit(to="google", per_hour=2)])
    keys = ["ada@gmail.com", "bob@gmail.com"]
    assert [limits.admit(key, AT) for key in keys] == [0.0, 0.0]
    limits.give_back(keys)
    assert [limits.admit(key, AT) for key in keys] == [0.0, 0.0]
    assert limits.room(AT, 100) == 1


def test_a_provider_that_complains_rests_and_those_put_off_keep_their_order() -> None:
    limits = Limits(Rates())
    assert not limits.active
    assert limits.slow_down("ada@gmail.com", AT, rate=10.0) == "google"
    turns = [limits.admit(f"{n}@gmail.com", AT) for n in range(5)]
    assert turns[0] == 60
    assert turns == sorted(set(turns))
    assert limits.admit("bob@example.org", AT) == 0.0


@pytest.mark.parametrize(("per_day", "first", "room"), [(100, 50, 50), (20, 50, 20), (0, 0, 0)])
def test_the_lower_of_the_limit_a_day_and_the_first_days_number_holds(per_day: int, first: int, room: int) -> None:
    limits = Limits(Rates(per_day=per_day), warm_up=CalendarDays(lambda _: first, UTC))
    assert limits.room(AT, 1000) == room
    assert (limits.wait(AT) > 0) == (room == 0)


def test_a_pace_and_windows_hold_together() -> None:
    meter = Meter("x", Rates(per_second=1, per_minute=2), {})
    meter.take(AT)
    assert meter.wait(AT) == 1
    meter.take(AT + 1)
    assert meter.wait(AT + 2) > 50


# --- over runs --------------------------------------------------------------------------------------------------


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(sqlite_url(tmp_path / "limited.db"))
    yield engine
    engine.dispose()


def plan(engine: Engine, *addresses: str) -> Ledger:
    ledger = Ledger(engine, run="test")
    ledger.freeze(ISSUE, ((one, Subscriber(email=one)) for one in addresses))
    return ledger


async def send(engine: Engine, ledger: Ledger, at: datetime, post: Post | None = None, **send: Any) -> Report:
    return await run(ledger, post or Post(), now=lambda: at, allowances=Allowances(engine), send=send)


async def test_a_limit_by_the_hour_holds_over_runs_and_the_report_says_when_to_go_on(engine: Engine) -> None:
    ledger = plan(engine, *(f"p{n}@example.org" for n in range(12)))
    first = await send(engine, ledger, NOW, per_hour=5)
    assert (first.sent, first.remaining) == (5, 7)
    assert "limits" in first.stopped
    assert first.resume_at is not None
    assert timedelta(hours=1) <= first.resume_at - NOW <= timedelta(minutes=62)
    assert (await send(engine, ledger, NOW + timedelta(minutes=30), per_hour=5)).sent == 0
    assert (await send(engine, ledger, first.resume_at, per_hour=5)).sent == 5
    last = await send(engine, ledger, NOW + timedelta(hours=3), per_hour=5)
    assert (last.sent, last.stopped, last.resume_at) == (2, "", None)


async def test_a_slow_provider_holds_up_nobody_else(engine: Engine) -> None:
    gmail, others = [f"g{n}@gmail.com" for n in range(300)], [f"p{n}@example.org" for n in range(50)]
    ledger, post = plan(engine, *gmail, *others), Post()
    limits = [{"to": "google", "per_hour": 20}]
    report = await send(engine, ledger, NOW, post, limits=limits)
    assert report.sent == 70
    assert len(report.deferred) == 280
    # It is no fault of theirs: none has lost an attempt, and their turns are spread over the hours to come.
    assert {row.recipient.attempts for row in report.deferred} == {0}
    assert {row.detail for row in report.deferred} == {"held back by the limit for google"}
    turns = [row.retry_at for row in report.deferred if row.retry_at]
    assert max(turns) > NOW + timedelta(hours=13)
    assert (await send(engine, ledger, NOW + timedelta(minutes=65), post, limits=limits)).sent == 20


async def test_a_provider_that_finds_us_too_fast_gets_a_rest_and_the_others_go_on(engine: Engine) -> None:
    gmail, others = [f"g{n}@gmail.com" for n in range(100)], [f"p{n}@example.org" for n in range(100)]
    mixed = [one for pair in zip(gmail, others, strict=True) for one in pair]

    async def grumble(post: Post, batch: Batch, message: Message) -> None:
        if "gmail" in message.recipient.email and sum("g" in name for name in post.taken) >= 10:
            outcome = said(message, State.DEFERRED, "421 4.7.28 Unusual rate")
            batch.settle(message, outcome, Verdict.SLOW_DOWN)
        else:
            await post.send(batch, message)

    ledger, post = plan(engine, *mixed), Post(grumble)
    report = await send(engine, ledger, NOW, post)
    assert sum(name.startswith("p") for name in post.taken) == 100
    assert (len(report.deferred), report.remaining, report.stopped) == (90, 0, "")
    assert sum("421" in row.detail for row in report.deferred) <= 2
    assert report.notes == ("google found us too fast: 421 4.7.28 Unusual rate",)


async def test_quiet_hours_end_a_run_and_the_next_goes_on(engine: Engine) -> None:
    ledger = plan(engine, "ada@example.org")
    report = await send(engine, ledger, NOW, quiet="05:00-07:00")
    assert (report.sent, report.remaining, report.stopped) == (0, 1, "quiet hours until 07:00 UTC")
    assert report.resume_at == NOW + timedelta(hours=1)
    assert (await send(engine, ledger, NOW + timedelta(hours=1), quiet="05:00-07:00")).sent == 1


async def test_a_run_that_reaches_the_quiet_hours_stops_there(engine: Engine) -> None:
    ledger = plan(engine, *(f"p{n}@example.org" for n in range(500)))
    moments = iter(range(10**6))

    async def later(post: Post, batch: Batch, message: Message) -> None:
        next(moments)
        await post.send(batch, message)

    post = Post(later)
    clock: Callable[[], datetime] = lambda: NOW + timedelta(seconds=len(post.taken))  # noqa: E731
    report = await run(ledger, post, now=clock, send={"quiet": "06:01-07:00"})
    assert 60 <= report.sent < 500
    assert report.sent + report.remaining == 500


async def test_a_new_sender_begins_with_little(engine: Engine) -> None:
    ledger = plan(engine, *(f"p{n}@example.org" for n in range(100)))
    warm_up = {"since": date(2026, 2, 19), "start": 10, "factor": 3}
    sent = [
        (await send(engine, ledger, NOW + timedelta(days=day, hours=day), warm_up=warm_up)).sent for day in range(4)
    ]
    assert sent == [10, 30, 60, 0]


async def test_a_new_senders_day_is_the_calendars_day_however_late_the_last_run_was(engine: Engine) -> None:
    ledger = plan(engine, *(f"p{n}@example.org" for n in range(100)))
    warm_up = {"since": date(2026, 2, 19), "days": [10, 20, 30]}
    late, early = NOW.replace(hour=23, minute=50), NOW.replace(hour=0, minute=5)
    moments = [late, late + timedelta(minutes=5), early + timedelta(days=1), late + timedelta(days=1)]
    first, *others = [await send(engine, ledger, moment, warm_up=warm_up) for moment in moments]
    assert [first.sent, *(one.sent for one in others)] == [10, 0, 20, 0]
    assert first.resume_at == NOW.replace(day=20, hour=0, second=1)


async def test_a_run_a_day_sends_its_days_number_each_day(engine: Engine) -> None:
    ledger = plan(engine, *(f"p{n}@example.org" for n in range(30)))
    sent = [
        (await send(engine, ledger, NOW + timedelta(hours=24 * day, seconds=day), per_day=10)).sent for day in range(3)
    ]
    assert sent == [10, 10, 10]


def test_the_forecast_knows_what_a_new_sender_may_send_on_each_day_to_come() -> None:
    send = SendSettings.model_validate({"warm_up": {"since": "2026-02-19"}})
    limits = run_limits(send, now=NOW, taken={})
    keys = [f"p{n}@example.org" for n in range(10_000)]
    told = limits.forecast(keys, AT, per_second=0, servers=[]).seconds()
    # 200, 300, 450, ...: the ninth day sends the last of them, 8 midnights from now.
    assert told == pytest.approx((8 * 24 - NOW.hour) * 3600, rel=0.003)


async def test_a_run_that_dies_has_taken_too_many_permits_never_too_few(engine: Engine) -> None:
    ledger = plan(engine, *(f"p{n}@example.org" for n in range(50)))

    async def die(post: Post, batch: Batch, message: Message) -> None:
        # What is on disk at this moment is what a killed run leaves.
        assert sum(count for _, count in Allowances(engine).load()["all/day"]) > len(post.taken)
        await post.send(batch, message)

    assert (await send(engine, ledger, NOW, Post(die), per_day=20)).sent == 20


@given(
    limit=st.integers(1, 12),
    of_google=st.integers(1, 6),
    gaps=st.lists(st.integers(1, 5000), min_size=1, max_size=8),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_never_more_than_the_limit_in_any_hour_over_all_runs(
    limit: int, of_google: int, gaps: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    engine = open_database(sqlite_url(tmp_path_factory.mktemp("limits") / "digest.db"))
    names = [f"g{n}@gmail.com" for n in range(20)] + [f"p{n}@example.org" for n in range(20)]
    ledger, moment, taken = plan(engine, *names), NOW, Counter[tuple[float, str]]()
    for gap in gaps:
        post = Post()
        limits = [{"to": "google", "per_hour": of_google}]
        asyncio.run(send(engine, ledger, moment, post, per_hour=limit, limits=limits))
        taken.update((moment.timestamp(), name[0]) for name in post.taken)
        moment += timedelta(seconds=gap)
    for last, _ in taken:
        in_hour = [(kind, count) for (at, kind), count in taken.items() if last - 3600 < at <= last]
        assert sum(count for _, count in in_hour) <= limit
        assert sum(count for kind, count in in_hour if kind == "g") <= of_google
    engine.dispose()
