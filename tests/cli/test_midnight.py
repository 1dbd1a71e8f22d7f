"""Which period a run belongs to: the one it was started for, whenever it ends and whatever was set since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from pathlib import Path

import pytest
from sqlalchemy import update

import digest.cli.issues
import digest.cli.send
from digest.store.database import open_database, sqlite_url
from digest.store.schema import mailings

from .conftest import ARTICLES, SETTINGS, write_articles

SUNDAY = datetime(2026, 2, 22, 23, 59, 58, tzinfo=UTC)
MONDAY = datetime(2026, 2, 23, 0, 3, tzinfo=UTC)


@pytest.fixture
def over_midnight(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Has the next run begin on Sunday just before midnight and do all else on Monday."""

    def begin() -> None:
        times = chain([SUNDAY], repeat(MONDAY))
        for module in (digest.cli.issues, digest.cli.send):
            monkeypatch.setattr(module, "clock", lambda: next(times))

    return begin


def at(moment: datetime, clock, monkeypatch: pytest.MonkeyPatch) -> None:
    clock.now = moment
    for module in (digest.cli.issues, digest.cli.send):
        monkeypatch.setattr(module, "clock", clock)


def news(project: Path, name: str, day: str) -> None:
    write_articles(project, {f"{name}{n}": (f"{name} {n} seen", f"It was {name} {n}.") for n in range(3)}, day=day)


def test_an_issue_begun_before_midnight_is_that_days_and_the_next_period_has_its_own(
    run, project: Path, clock, over_midnight, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(project, ARTICLES, day="2026-02-21")
    over_midnight()

    assert "Wrote 2 messages of issue 0001-2026-02-22" in run("send").out

    news(project, "Swan", "2026-02-23")
    at(MONDAY + timedelta(hours=7), clock, monkeypatch)
    assert "Wrote 2 messages of issue 0002-2026-02-23" in run("send").out
    assert "Nothing to do: the issue of 2026-W09 was written into outbox/ for weekly" in run("send").out


def test_a_run_that_goes_on_beyond_midnight_does_not_begin_the_next_period(
    run, project: Path, clock, over_midnight, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(project, ARTICLES, day="2026-02-21")
    (project / "digest.toml").write_text(f'{SETTINGS}[send]\nquiet = "20:00-23:30"\n')
    at(SUNDAY - timedelta(hours=2), clock, monkeypatch)
    assert run("send").code == 5
    news(project, "Swan", "2026-02-22")
    over_midnight()

    shown = run("send")

    assert "Wrote 2 messages of issue 0001-2026-02-22 into outbox/, 2 in all" in shown.out
    assert "0002" not in shown.out


def test_a_change_of_the_time_zone_does_not_move_an_issue_to_another_week(
    run, project: Path, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(project, ARTICLES, day="2026-02-21")
    at(SUNDAY, clock, monkeypatch)
    assert run("send").code == 0
    news(project, "Swan", "2026-02-23")
    berlin = SETTINGS.replace("[newsletter]", '[newsletter]\ntimezone = "Europe/Berlin"')
    (project / "digest.toml").write_text(berlin)
    at(MONDAY + timedelta(hours=7), clock, monkeypatch)

    assert "Wrote 2 messages of issue 0002-2026-02-23" in run("send").out


def test_after_a_change_of_the_cadence_the_next_issue_comes_in_the_next_period_of_the_new_one(
    run, project: Path, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("send").code == 0
    news(project, "Swan", "2026-02-16")
    (project / "digest.toml").write_text(SETTINGS.replace("[newsletter]", '[newsletter]\ncadence = "daily"'))

    assert "Nothing to do: the issue of 2026-02-16 was written into outbox/ for weekly" in run("send").out
    at(clock.now + timedelta(days=1), clock, monkeypatch)
    assert "Wrote 2 messages of issue 0002-2026-02-17" in run("send").out

    news(project, "Rain", "2026-02-17")
    (project / "digest.toml").write_text(SETTINGS.replace("[newsletter]", '[newsletter]\ncadence = "monthly"'))
    at(clock.now + timedelta(days=3), clock, monkeypatch)
    assert "Nothing to do: the issue of 2026-02 was written into outbox/ for weekly" in run("send").out


def test_what_an_older_version_mailed_counts_by_when_it_began(run, project: Path, clock) -> None:
    assert run("send").code == 0
    engine = open_database(sqlite_url(project / "digest.db"))
    with engine.begin() as connection:
        connection.execute(update(mailings).values(day=None))
    engine.dispose()

    assert "Nothing to do: the issue of 2026-W08 was written into outbox/ for weekly" in run("send").out
