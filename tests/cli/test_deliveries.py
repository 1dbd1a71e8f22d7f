"""`digest deliveries` after a server that put one off, refused one and took one."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

import digest.cli.deliveries
from digest.model import DeliveryState as State
from digest.store.database import open_database, sqlite_url
from digest.store.journal import Journal, this_boot
from digest.store.lock import project_lock
from digest.store.schema import deliveries as table


@pytest.fixture
def sent(run, project: Path, clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue that went to Ada; Grace was refused with words that a spreadsheet would run."""
    monkeypatch.setattr(digest.cli.deliveries, "clock", clock)
    assert run("send").code == 0
    set_state(project, "grace@example.org", State.FAILED, detail='=HYPERLINK("http://evil.example")', code=550)
    return project


def set_state(project: Path, key: str, state: State, **values: object) -> None:
    engine = open_database(sqlite_url(project / "digest.db"))
    with engine.begin() as connection:
        connection.execute(update(table).where(table.c.key == key).values(state=state, **values))
    engine.dispose()


def test_the_list_names_who_did_not_get_it_and_why(run, sent: Path) -> None:
    shown = run("deliveries", "list")

    assert shown.code == 0, shown.err
    assert shown.out.splitlines() == [
        "Issue 0001-2026-02-16: 1 written, 1 failed",
        'grace@example.org\tfailed\t550 =HYPERLINK("http://evil.example")',
    ]


def test_the_list_shows_those_who_got_it_when_asked(run, sent: Path) -> None:
    assert "ada@example.org\twritten" in run("deliveries", "list", "--all").out
    assert run("deliveries", "list", "--state", "sent").out.count("\twritten\t") == 1


def test_one_who_was_refused_gets_it_once_tried_again(run, sent: Path) -> None:
    [before] = (sent / "outbox").rglob("grace*.eml")
    before.unlink()

    shown = run("deliveries", "retry", "--failed")
    again = run("send")

    assert "1 message of issue 0001-2026-02-16 will be tried again" in shown.out
    assert "Wrote 1 message of issue 0001-2026-02-16 into outbox/, 2 in all; none was mailed." in again.out
    assert [file.name.partition("@")[0] for file in (sent / "outbox").rglob("grace*.eml")] != []


def test_a_person_may_be_named_in_any_spelling(run, sent: Path) -> None:
    assert "1 message" in run("deliveries", "retry", "Grace@Example.ORG").out


def test_one_who_got_it_is_never_tried_again(run, sent: Path) -> None:
    shown = run("deliveries", "retry", "ada@example.org")

    assert shown.out == "Nobody of issue 0001-2026-02-16 is deferred or failed or uncertain or skipped among them.\n"


def test_the_deferred_need_not_wait(run, sent: Path, clock) -> None:
    set_state(sent, "grace@example.org", State.DEFERRED, next_at=clock.now + timedelta(hours=4))

    assert "not before 11:00 UTC, 16 Feb" in run("deliveries", "list").out
    run("deliveries", "retry", "--deferred")
    assert "Wrote 1 message" in run("send").out


@pytest.fixture
def killed(sent: Path) -> Path:
    """A run died that was sending to Ada and had Grace's message before it."""
    for name in ("ada", "grace"):
        set_state(sent, f"{name}@example.org", State.CLAIMED, run="dead", code=0, detail="")
    journal = Journal(sent / "digest.db-sending", boot=this_boot())
    journal.start("0001-2026-02-16", "dead")
    journal.begin("ada@example.org")
    journal.close()
    return sent


def test_those_in_doubt_are_listed_as_soon_as_their_run_is_dead(run, killed: Path) -> None:
    assert run("deliveries", "list").out.splitlines() == [
        "Issue 0001-2026-02-16: 1 planned, 1 uncertain",
        "ada@example.org\tuncertain\tthe run ended before the server's answer was on record",
    ]


def test_the_status_after_a_kill_tells_who_is_in_doubt(run, killed: Path) -> None:
    assert "1 planned, 1 uncertain" in run("status").out


def test_an_export_after_a_kill_tells_who_is_in_doubt(run, killed: Path) -> None:
    assert "ada@example.org,uncertain" in run("deliveries", "export").out


def test_those_in_doubt_may_be_tried_again_before_another_run(run, killed: Path) -> None:
    assert "1 message of issue" in run("deliveries", "retry", "--uncertain").out


@pytest.mark.parametrize("command", [("status",), ("deliveries", "list")])
def test_who_is_being_mailed_by_a_living_run_is_in_no_doubt(run, killed: Path, clock, command: tuple[str]) -> None:
    engine = open_database(sqlite_url(killed / "digest.db"))
    with project_lock(killed / ".digest.lock", engine, command="digest send", now=clock.now):
        shown = run(*command)
    engine.dispose()

    assert (shown.code, shown.err) == (0, "")
    assert "2 on their way now" in shown.out


def test_to_retry_nobody_in_particular_is_refused(run, sent: Path) -> None:
    shown = run("deliveries", "retry")

    assert shown.code == 2
    assert "--failed" in shown.err


def test_an_export_is_a_table_that_no_spreadsheet_runs(run, sent: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("deliveries", "export").out)))

    assert [(row["email"], row["state"], row["code"]) for row in rows] == [
        ("ada@example.org", "written", "0"),
        ("grace@example.org", "failed", "550"),
    ]
    assert rows[1]["reply"] == '\'=HYPERLINK("http://evil.example")'


def test_an_exported_file_is_its_owners_only(run, sent: Path) -> None:
    shown = run("deliveries", "export", "out.jsonl", "--format", "json")

    assert shown.out == "wrote 2 deliveries to out.jsonl\n"
    assert (sent / "out.jsonl").stat().st_mode & 0o777 == 0o600
    assert [json.loads(line)["email"] for line in (sent / "out.jsonl").read_text().splitlines()] == [
        "ada@example.org",
        "grace@example.org",
    ]


def test_a_hyphen_prints_the_export_as_everywhere(run, sent: Path) -> None:
    shown = run("deliveries", "export", "-", "--format", "json")

    assert [json.loads(line)["email"] for line in shown.out.splitlines()] == ["ada@example.org", "grace@example.org"]
    assert not (sent / "-").exists()


def test_a_file_that_cannot_be_written_is_named(run, sent: Path) -> None:
    shown = run("deliveries", "export", "no/such/folder.csv")

    assert shown.code == 2
    assert "no/such/folder.csv can't be written" in shown.err


def test_before_the_first_issue_the_next_step_is_said(run, project: Path) -> None:
    shown = run("deliveries", "list")

    assert shown.code == 2
    assert "digest send" in shown.err


def test_a_draft_has_no_deliveries(run, project: Path) -> None:
    run("build")

    assert "is a draft" in run("deliveries", "list", "--issue", "1").err
