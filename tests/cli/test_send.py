"""`digest send` and `digest status`, into the outbox."""

from __future__ import annotations

import email
import email.policy
import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import digest.work.send
from digest.cli.outcomes import exit_code_of, tell_report
from digest.issue import archive
from digest.model import DeliveryState, Outcome, Recipient, Report
from digest.pipeline import mail

from .conftest import ARTICLES, MONDAY, write_articles


def outbox(project: Path) -> dict[str, EmailMessage]:
    """The messages by file name."""
    files = sorted((project / "outbox").rglob("*.eml"))
    return {
        str(file.relative_to(project / "outbox")): email.message_from_bytes(
            file.read_bytes(), policy=email.policy.default
        )
        for file in files
    }


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content()


def test_the_issue_goes_to_everybody_who_is_active(run, project: Path) -> None:
    shown = run("send")

    assert shown.code == 0, shown.err
    assert "Wrote 2 messages" in shown.out
    assert [str(message["To"]) for message in outbox(project).values()] == [
        "Ada <ada@example.org>",
        "Grace <grace@example.org>",
    ]


def test_the_same_period_is_sent_once(run, project: Path, clock) -> None:
    run("send")
    before = outbox(project).keys()
    clock.now = clock.now.replace(day=22)

    shown = run("send")

    assert shown.code == 0
    assert "Nothing to do: the issue of 2026-W08 was written into outbox/" in shown.out
    assert outbox(project).keys() == before


def test_the_next_period_gets_the_next_issue_with_news_only(run, project: Path, clock) -> None:
    run("send")
    clock.now = clock.now.replace(day=23)
    write_articles(
        project, {"a": ("Swans return", "They came by night."), "b": ("Rain", "It rained.")}, day="2026-02-20"
    )

    shown = run("send")

    assert shown.code == 0, shown.err
    [message] = [one for name, one in outbox(project).items() if name.startswith("0002-2026-02-23/ada")]
    assert "Swans return" in text_of(message)
    assert "Ferry" not in text_of(message)


def test_a_quiet_week_sends_nothing_and_says_so(run, project: Path, clock) -> None:
    run("send")
    clock.now = clock.now.replace(day=23)

    shown = run("send")

    assert shown.code == 3
    assert "Not enough news" in shown.err
    assert not any(name.startswith("0002") for name in outbox(project))


def test_what_the_editor_wrote_is_what_is_sent(run, project: Path) -> None:
    run("build")
    [draft] = (project / "issues").glob("*/draft.md")
    draft.write_text(draft.read_text().replace("Map museum reopens", "The maps are back"))

    run("send")

    assert all("The maps are back" in text_of(message) for message in outbox(project).values())


def test_a_story_that_the_editor_dropped_may_come_later(run, project: Path, clock) -> None:
    run("build")
    [draft] = (project / "issues").glob("*/draft.md")
    head, _, story = draft.read_text().partition("### Map museum reopens")
    draft.write_text(head + "### ".join(["", *story.split("### ")[1:]]))
    run("send")
    clock.now = clock.now.replace(day=23)
    write_articles(project, {"a": ("Swans return", "They came by night."), "maps": ARTICLES["maps"]}, day="2026-02-20")

    run("send")

    [message] = [one for name, one in outbox(project).items() if name.startswith("0002-2026-02-23/ada")]
    assert "Map museum reopens" in text_of(message)


def test_a_dry_run_leaves_no_trace(run, project: Path) -> None:
    shown = run("send", "--dry-run")

    assert shown.code == 0, shown.err
    assert "Would write issue 0001-2026-02-16 for 2 people" in shown.out
    assert not (project / "outbox").exists()
    assert not (project / "issues").exists()
    assert "Wrote 2 messages" in run("send").out


def test_a_test_message_is_marked_and_not_on_record(run, project: Path) -> None:
    shown = run("send", "--to", "me@example.org")

    assert shown.code == 0, shown.err
    [message] = outbox(project).values()
    assert str(message["Subject"]).startswith("[TEST] ")
    assert "draft" in run("status").out
    assert "Wrote 2 messages" in run("send").out


def test_test_messages_and_those_in_earnest_each_have_an_id_of_their_own(run, project: Path) -> None:
    ids, links = [], set()
    for arguments in (["--to", "ada@example.org"], ["--to", "ada@example.org"], []):
        run("send", *arguments)
        for name, message in outbox(project).items():
            if "ada@" in name:
                ids.append(message["Message-ID"])
                links.add(message["List-Unsubscribe"])
        for file in (project / "outbox").rglob("*.eml"):
            file.unlink()

    assert len(set(ids)) == 3
    assert len(links) == 1


@pytest.mark.parametrize("name", ["draft.md", "edition.json", "issue.json", "explain.json"])
def test_nobody_of_another_list_is_on_record_where_the_issue_cannot_be_read(run, project: Path, name: str) -> None:
    (project / "subscribers" / "board.csv").write_text("email\nedith@example.org\n")
    run("send")
    file = project / "issues" / "0001-2026-02-16" / name
    kept = file.read_text()
    file.write_text("broken")

    assert run("send", "--list", "board").code == 2
    assert "planned" not in run("status").out
    file.write_text(kept)
    assert "Wrote 1 message" in run("send", "--list", "board").out


def test_another_list_gets_the_same_issue_and_nobody_gets_it_twice(run, project: Path) -> None:
    (project / "subscribers" / "board.csv").write_text("email\nada@example.org\nedith@example.org\n")
    run("send")

    shown = run("send", "--list", "board")

    assert shown.code == 0, shown.err
    assert "Wrote 1 message" in shown.out
    assert sorted(outbox(project)) == [
        "0001-2026-02-16/ada@example.org.eml",
        "0001-2026-02-16/edith@example.org.eml",
        "0001-2026-02-16/grace@example.org.eml",
    ]


def test_a_list_that_is_not_there_is_an_error_that_names_those_that_are(run, project: Path) -> None:
    shown = run("send", "--list", "bord")

    assert shown.code == 2
    assert "weekly" in shown.err


def test_a_list_cannot_lead_out_of_its_folder(run, project: Path) -> None:
    assert run("send", "--list", "../../etc/passwd").code == 2


def test_an_error_of_a_check_stops_the_send(run, project: Path) -> None:
    settings = project / "digest.toml"
    settings.write_text(settings.read_text().replace('address = "1 Example Street, Exampletown"', ""))

    shown = run("send")

    assert shown.code == 4
    assert "[newsletter] address" in shown.err
    assert not outbox(project)


@contextmanager
def somebody_else_runs(project: Path) -> Iterator[None]:
    with (project / ".digest.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.mark.parametrize("command", ["send", "build"])
def test_two_runs_at_once_are_one_too_many(run, project: Path, command: str) -> None:
    with somebody_else_runs(project):
        shown = run(command)

    assert shown.code == 6
    assert "lock" in shown.err


def test_a_server_that_is_not_there_sends_nothing_and_keeps_everybody(run, project: Path) -> None:
    shown = run("send", SMTP_HOST="127.0.0.1", SMTP_PORT="1", SMTP_SECURITY="none")

    assert shown.code == 7
    assert "127.0.0.1" in shown.out + shown.err
    status = run("status").out
    assert "2 planned" in status
    assert "goes on with 0001-2026-02-16" in status
    assert "nothing to do" not in status


def test_a_run_leaves_a_report_for_people(run, project: Path) -> None:
    run("send")

    report = (project / "issues/0001-2026-02-16/report.txt").read_text()
    assert "2 on record:\n        2 written, not mailed (2 in this run)\n" in report


def test_to_resume_goes_on_with_what_was_left_and_begins_nothing(run, project: Path) -> None:
    fresh = run("send", "--resume")
    run("send", SMTP_HOST="127.0.0.1", SMTP_PORT="1", SMTP_SECURITY="none")
    resumed = run("send", "--resume", SMTP_HOST="", SMTP_PORT="", SMTP_SECURITY="")

    assert (fresh.code, fresh.out.partition(":")[0]) == (0, "Nothing to go on with")
    assert resumed.code == 0, resumed.err
    assert "Wrote 2 messages of issue 0001-2026-02-16 into outbox/, 2 in all; none was mailed." in resumed.out


def test_status_tells_what_was_sent_and_what_comes(run, project: Path, clock) -> None:
    assert "builds an issue and sends it" in run("status").out
    run("send")

    shown = run("status").out

    assert "0001-2026-02-16  to weekly" in shown
    assert "2 written" in shown
    assert "nothing to do" in shown


def test_a_run_stopped_behind_its_last_message_has_done_its_work(
    run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stopped_late(*arguments: Any, **named: Any) -> Report:
        return replace(await mail(*arguments, **named), stopped="stopped on request")

    monkeypatch.setattr(digest.work.send, "mail", stopped_late)

    shown = run("send")

    assert shown.code == 0, shown.err
    assert "Note: it was stopped when everybody had been tried" in shown.out
    assert "Stopped:" not in shown.out
    assert "Nothing to go on with" in run("send", "--resume").out


@pytest.mark.parametrize("detail", ["450 4.2.1 Mailbox busy", "4.2.1 Mailbox busy"])
def test_a_reply_is_told_with_its_code_once(detail: str, capsys: pytest.CaptureFixture[str]) -> None:
    recipient = Recipient(key="a@example.org", email="a@example.org")
    deferred = Outcome(recipient=recipient, state=DeliveryState.DEFERRED, code=450, detail=detail)

    tell_report(Report(issue="0001-2026-02-16", sent=0, sent_total=0, deferred=(deferred,)), now=MONDAY)

    assert "a@example.org: 450 4.2.1 Mailbox busy\n" in capsys.readouterr().out


def test_the_next_try_is_told_by_the_newsletters_clock(capsys: pytest.CaptureFixture[str]) -> None:
    recipient = Recipient(key="a@example.org", email="a@example.org")
    retry_at = datetime.fromisoformat("2026-02-16T11:00+00:00")
    deferred = Outcome(recipient=recipient, state=DeliveryState.DEFERRED, code=451, detail="busy", retry_at=retry_at)

    tell_report(
        Report(issue="0001-2026-02-16", sent=0, sent_total=0, deferred=(deferred,)),
        now=MONDAY.astimezone(ZoneInfo("Asia/Kolkata")),
    )

    assert "451 busy (not before 16:30 IST, 16 Feb)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("resume_at", "told"), [("2026-02-16T22:30+00:00", "23:30 CET"), ("2026-02-16T23:30+00:00", "17 Feb at 00:30 CET")]
)
def test_when_to_go_on_is_told_by_the_newsletters_clock(
    resume_at: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report(
        issue="0001-2026-02-16", sent=1, sent_total=1, stopped="enough", resume_at=datetime.fromisoformat(resume_at)
    )

    tell_report(report, now=MONDAY.astimezone(ZoneInfo("Europe/Berlin")))

    assert f"Run digest send again after {told} to go on." in capsys.readouterr().out


def outcome(state: DeliveryState) -> Outcome:
    return Outcome(recipient=Recipient(key="a@example.org", email="a@example.org"), state=state)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "report"),
    [
        (0, {"sent": 2}),
        (0, {"sent": 1, "failed": (outcome(DeliveryState.FAILED),)}),
        (0, {"sent": 1, "uncertain": (outcome(DeliveryState.UNCERTAIN),)}),
        (5, {"sent": 1, "deferred": (outcome(DeliveryState.DEFERRED),)}),
        (5, {"sent": 0, "deferred": (outcome(DeliveryState.DEFERRED),)}),
        (5, {"sent": 1, "remaining": 1, "stopped": "stopped on request"}),
        (5, {"sent": 0, "remaining": 2, "stopped": "stopped on request"}),
        (7, {"sent": 0, "remaining": 2, "stopped": "no such host"}),
        (7, {"sent": 0, "failed": (outcome(DeliveryState.FAILED),)}),
    ],
)
def test_the_exit_code_says_whether_to_try_again(code: int, report: dict) -> None:
    assert exit_code_of(Report(issue="0001-2026-02-16", sent_total=report["sent"], **report)) == code


def test_a_test_message_to_no_address_is_refused_before_anything_is_built(run, project: Path) -> None:
    shown = run("send", "--to", "you")

    assert shown.code == 2
    assert "--to you: " in shown.err
    assert not (project / "issues").exists()


def test_a_list_named_with_its_ending_is_told_how_to_write_it(run, project: Path) -> None:
    (project / "subscribers" / "folder.csv").mkdir()

    shown = run("send", "--list", "weekly.csv")

    assert shown.code == 2
    assert 'A list is named without ".csv". Lists in subscribers/: weekly.' in shown.err


def test_what_was_begun_and_could_not_be_sent_is_not_called_sent(run, project: Path) -> None:
    nobody_there = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": "1", "SMTP_SECURITY": "none"}
    run("send", **nobody_there)

    shown = run("send", **nobody_there)

    assert shown.code == 7
    assert "Not tried: 2 messages" in shown.out
    assert "Nothing to do" not in shown.out


def test_a_test_message_after_the_issue_was_sent_is_of_that_issue(run, project: Path) -> None:
    run("send")

    shown = run("send", "--to", "me@example.org")

    assert shown.code == 0, shown.err
    assert "This is issue 0001-2026-02-16, the last one, as it went out." in shown.out
    assert str(outbox(project)["test/me@example.org.eml"]["Subject"]).startswith("[TEST] ")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOTDIR])
def test_a_disk_that_is_full_is_told_without_a_traceback(
    run, project: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as disk:
        disk.setattr(archive, "write_atomically", full)
        shown = run("send")

    assert shown.code == 1
    assert f"a file of the newsletter can't be written or read: {os.strerror(number)}." in shown.err
    assert "nothing is lost" in shown.err
    assert "Wrote 2 messages" in run("send").out
