"""Issues that are written before a mail server is set, and a server that is set no more."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digest.cli.demo import _mail_server

from .conftest import write_articles

ISSUE = "0001-2026-02-16"
BY_SERVER = {"SMTP_HOST": "127.0.0.1", "SMTP_SECURITY": "none"}
BY_NONE = {"SMTP_HOST": "", "SMTP_PORT": "", "SMTP_SECURITY": ""}


@pytest.fixture
def mailbox(project: Path) -> Iterator[Path]:
    """A mail server's; its settings are in .env."""
    folder = project / "mailbox"
    with _mail_server(folder) as port:
        env = "".join(f"{name}={value}\n" for name, value in (BY_SERVER | {"SMTP_PORT": str(port)}).items())
        (project / "with.env").write_text(env)
        yield folder


def set_server(project: Path) -> None:
    shutil.copy(project / "with.env", project / ".env")


def names(folder: Path) -> list[str]:
    return sorted(file.name.partition("@")[0] for file in folder.rglob("*.eml"))


def test_what_was_only_written_is_mailed_once_a_server_is_set(run, project: Path, mailbox: Path, clock) -> None:
    run("send")
    set_server(project)
    clock.now += timedelta(days=1)

    ahead = run("status").out
    shown = run("send")
    again = run("send")

    assert f"The next run mails issue {ISSUE}: the issue of 2026-W08 was only written" in ahead
    assert shown.code == 0, shown.err
    assert "was only written into outbox/ so far" in shown.out
    assert f"Sent 2 messages of issue {ISSUE}; 2 in all." in shown.out
    assert names(mailbox) == ["ada", "grace"]
    assert "Date: Tue, 17 Feb 2026" in next(mailbox.glob("ada*")).read_text()
    assert "Nothing to do: the issue of 2026-W08 was sent to weekly" in again.out
    assert "2 sent" in run("status").out


def test_an_issue_begun_in_the_outbox_is_mailed_to_all_once_a_server_is_set(
    run, project: Path, mailbox: Path, clock
) -> None:
    settings = project / "digest.toml"
    before = settings.read_text()
    settings.write_text(before + "[send]\nper_day = 1\n")
    assert run("send").code == 5
    assert names(project / "outbox") == ["ada"]
    set_server(project)
    settings.write_text(before)
    clock.now += timedelta(days=1)

    assert run("send", "--resume").code == 0
    assert names(mailbox) == ["ada", "grace"]


def test_a_later_issue_is_the_first_that_is_mailed(run, project: Path, mailbox: Path, clock) -> None:
    run("send")
    set_server(project)
    clock.now += timedelta(days=7)
    write_articles(project, {"a": ("Swans return", "They came."), "b": ("Rain", "It rained.")}, day="2026-02-20")

    assert "Sent 2 messages of issue 0002-2026-02-23" in run("send").out
    assert all("Swans return" in file.read_text() for file in mailbox.glob("*.eml"))
    assert "written" in run("deliveries", "list", "--issue", "1").out


def test_a_rehearsal_says_what_would_be_mailed_and_mails_nothing(run, project: Path, mailbox: Path) -> None:
    run("send")
    set_server(project)

    assert f"Would send issue {ISSUE} to " in run("send", "--dry-run").out
    assert names(mailbox) == []


@pytest.mark.parametrize("command", [("send",), ("send", "--resume"), ("send", "--dry-run"), ("send", "--extra")])
def test_a_server_that_is_set_no_more_stops_the_run_before_anything(
    run, project: Path, mailbox: Path, clock, command: tuple[str, ...]
) -> None:
    set_server(project)
    run("send")
    (project / ".env").unlink()
    clock.now += timedelta(days=7)

    shown = run(*command)

    assert shown.code == 2
    assert f"Issue {ISSUE} went by 127.0.0.1, and now no SMTP_HOST is set" in shown.err
    assert not (project / "outbox").exists()
    assert len(list((project / "issues").iterdir())) == 1
    assert "The next run stops: Issue" in run("status").out


def test_a_copy_of_the_folder_without_its_hidden_files_stops(
    run, project: Path, mailbox: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    set_server(project)
    run("send")
    copy = tmp_path_factory.mktemp("copied to") / "Neuer Ort, größer"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns(".*"))

    shown = run("--project", copy, "send")

    assert shown.code == 2
    assert f"Set it again, in .env of {copy}" in shown.err


def test_a_server_that_never_took_a_message_does_not_keep_a_trial_from_the_outbox(run, project: Path) -> None:
    run("send", **BY_SERVER, SMTP_PORT="1")

    shown = run("send", **BY_NONE)

    assert shown.code == 0, shown.err
    assert names(project / "outbox") == ["ada", "grace"]


def test_nothing_that_was_only_written_is_called_sent(run, project: Path) -> None:
    shown = run("send").out + run("status").out + run("send").out
    shown += run("deliveries", "list", "--all").out + run("deliveries", "export").out
    shown += run("send", "--to", "me@example.org").out
    folder = project / "issues" / ISSUE
    shown += (folder / "report.txt").read_text()
    report = json.loads((folder / "report.json").read_text())["report"]

    # Why articles are left out: those of this issue, which was made before.
    assert "sent" not in shown.lower().replace("sent before", "")
    assert report["only_written"] is True


def test_a_server_of_several_that_is_gone_keeps_nobody_waiting(run, project: Path, mailbox: Path, clock) -> None:
    settings = project / "digest.toml"
    before = settings.read_text()
    settings.write_text(before + '[[servers]]\nname = "backup"\nper_day = 1\n[send]\nper_day = 1\n')
    set_server(project)
    with (project / ".env").open("a") as env:
        env.write("SMTP_BACKUP_HOST=127.0.0.1\nSMTP_BACKUP_PORT=1\nSMTP_BACKUP_SECURITY=none\n")
    run("send")
    settings.write_text(before)
    set_server(project)
    clock.now += timedelta(days=1)

    assert run("send", "--resume").code == 0
    assert names(mailbox) == ["ada", "grace"]
