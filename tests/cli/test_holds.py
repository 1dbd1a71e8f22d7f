"""`digest deliveries pause`, `resume` and `cancel`, while nothing is sent and while another process sends."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import digest.cli.deliveries
import digest.work.holds
from tests.smtpd import ScriptedServer

from .conftest import SETTINGS, serving, write_articles

ISSUE = "0001-2026-02-16"


@pytest.fixture
def begun(run, project: Path, clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue that Ada has got and Grace has not: an hour's limit ended the run."""
    monkeypatch.setattr(digest.cli.deliveries, "clock", clock)
    (project / "digest.toml").write_text(f"{SETTINGS}[send]\nper_hour = 1\n")
    assert run("send").code == 5
    clock.now += timedelta(minutes=62)
    return project


@pytest.fixture
def unread(run, project: Path, clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue whose recipients are on record, and that nobody has got: the hours were quiet."""
    monkeypatch.setattr(digest.cli.deliveries, "clock", clock)
    (project / "digest.toml").write_text(f'{SETTINGS}[send]\nquiet = "06:00-08:00"\n')
    assert run("send").code == 5
    (project / "digest.toml").write_text(SETTINGS)
    clock.now += timedelta(hours=1)
    return project


def mails(project: Path) -> list[str]:
    return sorted(path.stem.partition("@")[0] for path in (project / "outbox").rglob("*.eml"))


def next_week(project: Path, clock) -> None:
    clock.now += timedelta(days=7)
    day = clock.now.date() - timedelta(days=2)
    write_articles(
        project, {name: (f"{name} again", f"It was {name} again.") for name in ("Rain", "Swans")}, day=f"{day}"
    )


class Person(io.StringIO):
    """Somebody at a terminal who answers."""

    def isatty(self) -> bool:
        return True


# --- cancelled --------------------------------------------------------------------------------------------------


def test_what_was_sent_stays_on_record_and_the_rest_is_cancelled(run, begun: Path) -> None:
    shown = run("deliveries", "cancel", "--yes")

    assert (shown.code, shown.err) == (0, "")
    assert f"Issue {ISSUE} is cancelled: 1 written, 1 cancelled." in shown.out
    assert run("send").code == 0
    assert mails(begun) == ["ada"]
    listed = run("deliveries", "list")
    assert listed.out.splitlines() == [
        f"Issue {ISSUE}: 1 written, 1 cancelled",
        "grace@example.org\tcancelled\tthe issue was cancelled",
    ]


def test_in_the_same_period_no_other_issue_is_sent_by_itself_and_the_next_comes_as_ever(
    run, begun: Path, clock
) -> None:
    run("deliveries", "cancel", "--yes")

    assert run("send").out == f"Nothing to do: the issue of 2026-W08 was cancelled (issue {ISSUE}).\n"
    assert "The next run has nothing to do: the issue of 2026-W08 was cancelled." in run("status").out
    next_week(begun, clock)
    (begun / "digest.toml").write_text(SETTINGS)
    assert "Wrote 2 messages of issue 0002-2026-02-23 into outbox/, 2 in all" in run("send").out


def test_a_cancelled_issue_goes_to_no_other_list_by_itself_and_one_more_stands_in_for_it(
    run, unread: Path, clock
) -> None:
    (unread / "subscribers" / "board.csv").write_text("email\nchair@example.org\n")
    run("deliveries", "cancel", "--yes")

    assert "Nothing to do: the issue of 2026-W08 was cancelled" in run("send", "--list", "board").out
    assert run("build").code == 0
    assert "Wrote 2 messages of issue 0002-2026-02-16" in run("send", "--extra").out
    assert "Wrote 1 message of issue 0002-2026-02-16" in run("send", "--list", "board").out
    assert mails(unread) == ["ada", "chair", "grace"]


def test_the_news_of_an_issue_that_nobody_got_comes_again(run, unread: Path, clock) -> None:
    run("deliveries", "cancel", "--yes")

    clock.now += timedelta(days=1)
    assert run("build").code == 0
    draft = next((unread / "issues").glob("0002-*/draft.md")).read_text()
    assert "Moss wakes after forty years" in draft


def test_the_news_of_an_issue_that_somebody_got_does_not(run, begun: Path) -> None:
    run("deliveries", "cancel", "--yes")

    assert run("build").code == 3


def test_the_report_says_that_it_was_cancelled(run, begun: Path) -> None:
    run("deliveries", "cancel", "--yes")

    told = (begun / "issues" / ISSUE / "report.txt").read_text()
    assert "        1 cancelled\n" in told
    assert "a person cancelled it for good; not mailed: 1" in told
    assert "digest send" not in told
    report = json.loads((begun / "issues" / ISSUE / "report.json").read_text())["report"]
    assert (report["sent_total"], report["remaining"], report["deferred"]) == (1, 0, [])


def test_an_export_names_those_who_do_not_get_it(run, begun: Path) -> None:
    run("deliveries", "cancel", "--yes")

    assert "grace@example.org,cancelled," in run("deliveries", "export").out


@pytest.mark.parametrize(
    "again",
    [
        ("deliveries", "cancel", "1", "--yes"),
        ("deliveries", "pause", "1"),
        ("deliveries", "resume", "1"),
        ("deliveries", "retry", "grace@example.org"),
    ],
)
def test_cancelled_is_for_good(run, begun: Path, again: tuple[str, ...]) -> None:
    run("deliveries", "cancel", "--yes")

    shown = run(*again)

    assert shown.code == 2
    assert f"Issue {ISSUE} was cancelled on 16 Feb 2026 at 08:02 UTC, for good." in shown.err
    assert "digest send --extra" in shown.err


def test_what_is_uncertain_is_not_sent_again_once_the_issue_is_cancelled(run, begun: Path) -> None:
    run("deliveries", "cancel", "--yes")

    assert run("send", "--on-uncertain", "resend").code == 0
    assert mails(begun) == ["ada"]


def test_a_person_is_told_how_many_have_it_and_may_think_again(run, begun: Path, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", Person("n\n"))

    shown = run("deliveries", "cancel")

    assert f"Issue {ISSUE}: 1 person has got it, 1 have not." in shown.out
    assert shown.code != 0
    assert "1 planned, 1 written" in run("status").out


def test_nobody_there_to_be_asked_means_no(run, begun: Path) -> None:
    shown = run("deliveries", "cancel")

    assert shown.code == 2
    assert "--yes" in shown.err
    assert "1 planned, 1 written" in run("status").out


@pytest.mark.parametrize("command", [("cancel", "--yes"), ("pause",), ("resume",)])
def test_with_no_issue_on_its_way_there_is_nothing_to_stop(run, project: Path, command: tuple[str, ...]) -> None:
    assert "No issue is" in run("deliveries", *command).err
    run("send")
    assert "No issue is" in run("deliveries", *command).err
    assert f"Issue {ISSUE} is not one that is" in run("deliveries", *command, "1").err


def test_of_two_issues_on_their_way_one_must_be_named(run, begun: Path, clock) -> None:
    run("deliveries", "pause")
    next_week(begun, clock)
    assert run("send").code == 5

    shown = run("deliveries", "cancel", "--yes")

    assert shown.code == 2
    assert "More than one issue is under way: 0002-2026-02-23, 0001-2026-02-16." in shown.err
    assert "Issue 0001-2026-02-16 is cancelled" in run("deliveries", "cancel", "1", "--yes").out


# --- paused -----------------------------------------------------------------------------------------------------


def test_a_paused_issue_waits_until_a_person_goes_on_with_it(run, begun: Path) -> None:
    assert f"Issue {ISSUE} is paused" in run("deliveries", "pause").out

    waits = run("send")
    assert waits.code == 0
    assert waits.out.splitlines()[:2] == [
        f"Issue {ISSUE} is paused since 16 Feb, 08:02 UTC.",
        f"  Go on with: digest deliveries resume {ISSUE}",
    ]
    assert run("send", "--resume").code == 0
    assert "is paused since" in run("status").out
    assert "Would go on" not in run("send", "--dry-run").out
    assert mails(begun) == ["ada"]

    assert "the next run of digest send goes on with it" in run("deliveries", "resume").out
    assert run("send").code == 0
    assert mails(begun) == ["ada", "grace"]


def test_a_paused_issue_does_not_keep_the_next_ones_back(run, begun: Path, clock) -> None:
    (begun / "digest.toml").write_text(SETTINGS)
    run("deliveries", "pause")
    next_week(begun, clock)

    shown = run("send")

    assert "Issue 0001-2026-02-16 is paused since" in shown.out
    assert "Wrote 2 messages of issue 0002-2026-02-23 into outbox/, 2 in all" in shown.out


def test_a_paused_issue_goes_to_no_other_list(run, begun: Path) -> None:
    (begun / "subscribers" / "board.csv").write_text("email\nchair@example.org\n")
    run("deliveries", "pause")

    assert "Nothing to do: the issue of 2026-W08 is paused" in run("send", "--list", "board").out


def test_a_paused_issue_may_be_cancelled(run, begun: Path) -> None:
    run("deliveries", "pause")

    assert "1 written, 1 cancelled" in run("deliveries", "cancel", "--yes").out


# --- while another process sends --------------------------------------------------------------------------------


class Regretting(ScriptedServer):
    """Somebody sees the first message and runs a command in the project's folder."""

    command: tuple[str, ...] = ()
    folder = Path()
    said = ""

    def scripted(self, point: str, recipient: str) -> str | None:
        if point == "BODY" and self.command:
            command, self.command = self.command, ()
            done = subprocess.run(
                [sys.executable, "-m", "digest", "deliveries", *command],
                cwd=self.folder,
                capture_output=True,
                text=True,
                check=False,
            )
            self.said = done.stdout + done.stderr
        return super().scripted(point, recipient)


@pytest.fixture
def server(project: Path) -> Iterator[Regretting]:
    with serving(Regretting()) as server:
        server.folder = project
        yield server


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("cancel --yes", ("is cancelled", "a person cancelled it for good; not mailed: 1", "1 sent, 1 cancelled")),
        ("pause", ("is paused", "Paused: 1 message left.", "1 planned, 1 sent")),
    ],
)
def test_the_run_that_is_sending_stops(
    command: str, told: tuple[str, str, str], run, server: Regretting, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, reported, then = told
    # Often enough to be at once, and seldom enough to leave the machine to the command.
    monkeypatch.setattr(digest.work.holds, "_LOOK_AGAIN", 0.2)
    # The second one would have its turn in a minute, which a run waits for.
    (server.folder / "digest.toml").write_text(f"{SETTINGS}[send]\nper_minute = 1\nconnections = 1\n")
    server.command = tuple(command.split())

    shown = run("send", SMTP_HOST="127.0.0.1", SMTP_PORT=str(server.port), SMTP_SECURITY="none")

    assert shown.code == 0, shown.err
    assert f"Issue {ISSUE} {said}" in server.said
    assert "stops within seconds" in server.said
    assert reported in shown.out
    assert len(server.recipients) == 1
    assert then in run("status").out
    assert "Sent 0" not in run("send").out
    assert len(server.recipients) == 1
