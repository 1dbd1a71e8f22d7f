"""`digest send` within limits and quiet hours."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .conftest import ARTICLES, SETTINGS, write_articles


def limited(project: Path, send: str) -> None:
    (project / "digest.toml").write_text(f"{SETTINGS}{send}\n")


def sent(project: Path) -> list[str]:
    return sorted(path.stem.partition("@")[0] for path in (project / "outbox").rglob("*.eml"))


def test_a_limit_is_told_before_the_start_and_the_next_run_goes_on(run, project: Path, clock) -> None:
    limited(project, "[send]\nper_hour = 1")
    shown = run("send")
    assert shown.code == 5
    assert "about 60 min by the limits that are set, on 16 Feb at 08:00 UTC." in shown.out
    assert "Stopped: what the limits allow for now is sent." in shown.out
    assert "Run digest send again after " in shown.out
    assert len(sent(project)) == 1

    assert run("send").code == 5
    assert len(sent(project)) == 1

    clock.now += timedelta(minutes=62)
    shown = run("send")
    assert shown.code == 0, shown.err
    assert sent(project) == ["ada", "grace"]


class Person(io.StringIO):
    """Somebody at a terminal who answers."""

    def isatty(self) -> bool:
        return True


def test_a_person_knows_how_long_it_takes_before_saying_yes(run, project: Path, monkeypatch) -> None:
    limited(project, "[send]\nper_hour = 1")
    monkeypatch.setattr(sys, "stdin", Person("n\n"))
    shown = run("send")
    assert "2 people on weekly: about 60 min by the limits that are set, on 16 Feb at 08:00 UTC?" in shown.out
    assert sent(project) == []


def test_a_rehearsal_tells_how_long_it_would_take(run, project: Path, clock) -> None:
    limited(project, f"[send.warm_up]\nsince = {clock.now.date() + timedelta(days=7)}\nstart = 1\nfactor = 1")
    shown = run("send", "--dry-run")
    assert "(no SMTP_HOST is set): about 8 days by the limits that are set, on 24 Feb at 00:0" in shown.out


def test_quiet_hours_are_kept_and_no_failure(run, project: Path, clock) -> None:
    limited(project, '[send]\nquiet = "06:00-08:00"')
    shown = run("send")
    assert shown.code == 5
    assert ": about 60 min by the limits and quiet hours that are set, on 16 Feb at 08:00 UTC." in shown.out
    assert "Stopped: quiet hours until 08:00 UTC." in shown.out
    assert sent(project) == []

    clock.now += timedelta(hours=1)
    assert run("send").code == 0
    assert sent(project) == ["ada", "grace"]


def test_a_forecast_over_a_change_of_clocks_is_told_as_they_will_show_it(run, project: Path, clock) -> None:
    clock.now = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    write_articles(project, ARTICLES, day="2026-03-28")
    limited(project, '[send]\nquiet = "22:00-07:00"')
    settings = project / "digest.toml"
    settings.write_text(settings.read_text().replace("[newsletter]", '[newsletter]\ntimezone = "Europe/Berlin"'))

    shown = run("send")

    assert ": about 7 h by the limits and quiet hours that are set, on 29 Mar at 07:00 CEST." in shown.out
    assert "Stopped: quiet hours until 07:00 CEST." in shown.out
    assert "Run digest send again after 29 Mar at 07:00 CEST to go on." in shown.out


def test_a_test_message_is_sent_at_any_hour(run, project: Path) -> None:
    limited(project, '[send]\nquiet = "06:00-08:00"\nper_day = 1')
    shown = run("send", "--to", "editor@example.org")
    assert shown.code == 0, shown.err


def test_a_provider_that_is_held_back_holds_up_nobody(run, project: Path) -> None:
    limited(project, '[[send.limits]]\nto = "ours"\ndomains = ["example.org"]\nper_hour = 1')
    shown = run("send")
    assert shown.code == 5
    assert "held back by the limit for ours" in shown.out
    assert len(sent(project)) == 1
