"""A ledger that is gone, empty, older or broken, while issues/ tells of what people got."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from .conftest import write_articles

ISSUE = "0001-2026-02-16"


def messages(project: Path) -> list[str]:
    return sorted(f"{file.parent.name}/{file.name.partition('@')[0]}" for file in (project / "outbox").rglob("*.eml"))


def lose(project: Path) -> None:
    for file in project.glob("digest.db*"):
        file.unlink()


def news(project: Path) -> None:
    write_articles(project, {"a": ("Swans return", "They came."), "b": ("Rain", "It rained.")}, day="2026-02-20")


@pytest.fixture
def sent(run, project: Path) -> Path:
    assert run("send").code == 0
    for file in (project / "outbox").rglob("*.eml"):
        file.unlink()
    return project


@pytest.mark.parametrize(
    "command",
    [
        ("send",),
        ("send", "--extra"),
        ("send", "--resume"),
        ("send", "--dry-run"),
        ("send", "--list", "weekly"),
        ("build",),
        ("build", "--window", "30d"),
        ("preview", "--once", "page.html"),
        ("send", "--to", "me@example.org"),
    ],
)
def test_a_lost_ledger_stops_what_would_send_again(run, sent: Path, command: tuple[str, ...]) -> None:
    before = (sent / "issues" / ISSUE / "draft.md").read_bytes()
    lose(sent)

    shown = run(*command)

    assert shown.code == 4
    assert f"issue {ISSUE} (2 messages by its report)" in shown.err
    assert "Put the ledger back from a backup" in shown.err
    assert "digest deliveries adopt" in shown.err
    assert messages(sent) == []
    assert [path.name for path in (sent / "issues").iterdir()] == [ISSUE]
    assert (sent / "issues" / ISSUE / "draft.md").read_bytes() == before


def test_another_database_than_before_stops_as_a_lost_one_does(run, sent: Path) -> None:
    assert run("send", DATABASE_URL="sqlite:///other.db").code == 4
    assert "Nothing to do" in run("send", DATABASE_URL="").out


def test_a_ledger_from_an_old_backup_stops_at_the_issue_that_it_does_not_know(run, sent: Path, clock) -> None:
    shutil.copy(sent / "digest.db", sent / "backup")
    clock.now += timedelta(days=7)
    news(sent)
    run("send")
    lose(sent)
    (sent / "backup").rename(sent / "digest.db")

    shown = run("send")

    assert shown.code == 4
    assert "issue 0002-2026-02-23 (2 messages by its report)" in shown.err


def test_status_and_doctor_tell_of_a_lost_ledger(run, sent: Path) -> None:
    lose(sent)

    assert "The next run stops: issues/ tells of issue" in run("status").out
    examined = run("doctor", "--offline")
    assert examined.code == 4
    assert f"issue {ISSUE}" in examined.out


def test_an_adopted_issue_is_not_sent_again_and_the_next_one_has_other_news(run, sent: Path, clock) -> None:
    lose(sent)

    adopted = run("deliveries", "adopt")
    same_week = run("send")
    other_list = run("send", "--dry-run")
    clock.now += timedelta(days=7)
    news(sent)
    next_week = run("send")

    assert adopted.code == 0
    assert f"Issue {ISSUE} counts as sent." in adopted.out
    assert "Nothing to do" in same_week.out
    assert "Nothing else to do" in other_list.out
    assert next_week.code == 0, next_week.err
    assert messages(sent) == ["0002-2026-02-23/ada", "0002-2026-02-23/grace"]
    text = next((sent / "outbox" / "0002-2026-02-23").glob("ada*")).read_text()
    assert "Swans return" in text
    assert "Ferry runs aground" not in text
    assert "There is nothing to adopt" in run("deliveries", "adopt").out


def test_an_issue_is_adopted_by_what_is_left_of_its_folder(run, sent: Path) -> None:
    lose(sent)
    for file in (sent / "issues" / ISSUE).iterdir():
        if file.name != "report.txt":
            file.unlink()

    assert run("send").code == 4
    adopted = run("deliveries", "adopt")

    assert adopted.code == 0
    assert "its articles may come again" in adopted.out
    assert "Nothing to do" in run("send").out


def test_a_draft_that_was_never_sent_stops_nobody_and_is_not_written_over(run, project: Path) -> None:
    run("build")
    draft = project / "issues" / ISSUE / "draft.md"
    draft.write_text(draft.read_text().replace("Ferry", "A ferry"))
    lose(project)

    assert run("send").code == 0
    assert draft.read_text().count("A ferry") > 0
    assert messages(project) == ["0002-2026-02-16/ada", "0002-2026-02-16/grace"]


def test_issues_that_nobody_got_stop_nobody(run, project: Path) -> None:
    run("send", SMTP_HOST="127.0.0.1", SMTP_PORT="1", SMTP_SECURITY="none")
    lose(project)

    assert run("send", SMTP_HOST="", SMTP_PORT="", SMTP_SECURITY="").code == 0


def test_the_key_of_links_is_told_of_where_it_went_with_the_ledger(run, sent: Path) -> None:
    lose(sent)
    shutil.rmtree(sent / "keys")

    assert "without it, those in mails that are out tell nobody" in run("send").err


@pytest.mark.parametrize("content", [b"", b"\x00" * 4096, b"SQLite format 3\x00 and nothing more"])
def test_a_broken_ledger_is_told_in_words_and_sends_nothing(run, sent: Path, content: bytes) -> None:
    lose(sent)
    (sent / "digest.db").write_bytes(content)

    shown = run("send")

    assert shown.code in {2, 4}
    assert "digest.db" in shown.err
    assert "Traceback" not in shown.err
    assert messages(sent) == []


def test_a_ledger_without_the_files_beside_it_still_knows_what_was_sent(
    run, sent: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    moved = tmp_path_factory.mktemp("moved") / "Größe & Co"
    shutil.copytree(sent, moved, ignore=shutil.ignore_patterns(".*", "digest.db-*"))

    assert "Nothing to do" in run("--project", moved, "send").out
    link = moved.parent / "link"
    link.symlink_to(moved)
    assert "Nothing to do" in run("--project", link, "send").out
