"""`digest subscribers`."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

import digest.cli.deliveries
from digest.store.database import open_database, sqlite_url
from digest.store.ledger import Ledger
from digest.store.schema import deliveries

from .conftest import write_articles


def test_the_list_names_those_who_are_mailed(run, project: Path) -> None:
    assert run("subscribers", "list").out == "ada@example.org\tAda\ngrace@example.org\tGrace\n"
    assert "bob@example.org\tBob\tunsubscribed" in run("subscribers", "list", "--all").out


def test_who_is_added_gets_the_next_issue(run, project: Path) -> None:
    assert run("subscribers", "add", "edith@example.org", "--name", "Edith").code == 0

    run("send")

    assert (project / "outbox" / "0001-2026-02-16" / "edith@example.org.eml").exists()


def test_an_address_that_is_none_is_not_added(run, project: Path) -> None:
    before = (project / "subscribers" / "weekly.csv").read_bytes()

    shown = run("subscribers", "add", "edith at example.org")

    assert shown.code == 2
    assert (project / "subscribers" / "weekly.csv").read_bytes() == before


def test_who_is_removed_is_gone(run, project: Path) -> None:
    assert run("subscribers", "remove", "ADA@example.org").code == 0
    assert "ada@" not in run("subscribers", "list").out
    assert run("subscribers", "remove", "ada@example.org").code == 1


def test_a_check_counts_and_names_bad_rows_by_line(run, project: Path) -> None:
    with (project / "subscribers" / "weekly.csv").open("a") as file:
        file.write("nobody,No,\n")

    shown = run("subscribers", "check")

    assert shown.code == 4
    assert "weekly.csv: 2 active, 1 unsubscribed" in shown.out
    assert "weekly.csv:5: nobody" in shown.out


def test_rows_with_one_fault_are_one_line_with_an_example(run, project: Path) -> None:
    with (project / "subscribers" / "weekly.csv").open("a") as file:
        file.writelines(f"nobody{number},No,\n" for number in range(50))

    checked, sent = run("subscribers", "check"), run("send")

    assert "  50 rows: not an address (such as weekly.csv:5: nobody0: not an address: an email" in checked.out
    assert "(column “email”)" in checked.out
    assert "    50 rows: not an address (such as line 5: not an address: an email" in sent.out


UNCLEAR = "email,name,Status\nada@example.org,Ada,1\ngrace@example.org,Grace,2\n"


def test_a_list_that_is_not_understood_is_not_sent_to_and_every_command_says_so(run, project: Path) -> None:
    (project / "subscribers" / "weekly.csv").write_text(UNCLEAR)

    checked, sent = run("subscribers", "check"), run("send")
    rehearsed, examined = run("send", "--dry-run"), run("doctor", "--offline")

    for shown in (checked, sent, rehearsed, examined):
        assert shown.code == 4
        told = shown.out + shown.err
        assert "the column “Status” may tell who has left, and what it holds in 2 rows is not understood" in told
        assert "[lists.weekly.columns]\n" in told
        assert '"Status" = ["1"]\n' in told
        assert '"Status" = "ignore"' in told
    assert not (project / "outbox").exists()
    assert "on record" not in sent.out
    assert (
        run("send", "--resume").out
        == "Nothing to go on with: no run was interrupted, and nobody waits for another try.\n"
    )


@pytest.mark.parametrize(("said", "mailed"), [('["1"]', ["ada"]), ('"ignore"', ["ada", "grace"])])
def test_the_lines_that_are_printed_settle_it(run, project: Path, said: str, mailed: list[str]) -> None:
    (project / "subscribers" / "weekly.csv").write_text(UNCLEAR)
    with (project / "digest.toml").open("a") as file:
        file.write(f'[lists.weekly.columns]\n"Status" = {said}\n')

    assert run("subscribers", "check").code == 0
    assert run("send").code == 0
    assert sorted(file.name.partition("@")[0] for file in (project / "outbox").rglob("*.eml")) == mailed
    assert run("subscribers", "add", "edith@example.org").code == 0
    assert "edith@example.org" in run("subscribers", "list").out


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ('"State" = ["1"]', "weekly.csv has no column “State”"),
        ('"Status" = []', "write the values of those who are mailed"),
        ('"Status" = "ignored"', "write the values of those who are mailed"),
    ],
)
def test_what_is_said_of_a_column_wrongly_is_refused(run, project: Path, said: str, problem: str) -> None:
    (project / "subscribers" / "weekly.csv").write_text(UNCLEAR)
    with (project / "digest.toml").open("a") as file:
        file.write(f"[lists.weekly.columns]\n{said}\n")

    shown = run("subscribers", "check")

    assert shown.code == 2
    assert problem in shown.err


def test_a_list_on_which_nobody_is_mailed_is_not_sent_to(run, project: Path) -> None:
    (project / "subscribers" / "weekly.csv").write_text("email,UNSUB_TIME\nada@example.org,2023-07-23 12:19:27\n")

    shown = run("send")

    assert shown.code == 4
    assert "Nobody on subscribers/weekly.csv is mailed (1 unsubscribed)" in shown.err
    assert run("send", "--resume").out.startswith("Nothing to go on with")


def test_a_clean_list_passes_its_check(run, project: Path) -> None:
    assert run("subscribers", "check").code == 0


def test_a_token_of_an_issue_that_went_to_two_lists_finds_its_person_on_either(run, project: Path, clock) -> None:
    (project / "subscribers" / "board.csv").write_text("email,status\nedith@example.org,\nGrace@example.org,active\n")
    run("send")
    clock.now += timedelta(hours=1)
    run("send", "--list", "board")

    assert run("subscribers", "find", token(project, "edith")).out == "edith@example.org: board.csv, line 2, active\n"
    assert run("subscribers", "find", token(project, "grace")).out.splitlines() == [
        "Grace@example.org: board.csv, line 3, active",
        "grace@example.org: weekly.csv, line 3, active",
    ]
    here = run("subscribers", "find", token(project, "edith"), "--list", "weekly")
    assert (here.code, here.out) == (1, "It is nobody's on weekly.\n")
    assert run("subscribers", "find", "a" * 24).out == "It is nobody's on any list.\n"


def test_an_address_is_found_on_its_lists_however_it_is_written(run, project: Path) -> None:
    (project / "subscribers" / "board.csv").write_text("email,status\nGrace@example.org,unsubscribed\n")

    assert run("subscribers", "find", "Grace <grace@EXAMPLE.org>").out.splitlines() == [
        "Grace@example.org: board.csv, line 2, unsubscribed",
        "grace@example.org: weekly.csv, line 3, active",
    ]
    assert run("subscribers", "find", "race@example.org").code == 1


@pytest.fixture
def suppressed(run, project: Path, clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue went to Ada; the server knew no Grace."""
    monkeypatch.setattr(digest.cli.deliveries, "clock", clock)
    run("send")
    engine = open_database(sqlite_url(project / "digest.db"))
    Ledger(engine).suppress("grace@example.org", "bounced: 550 5.1.1 No such user", now=clock.now)
    with engine.begin() as connection:
        connection.execute(update(deliveries).where(deliveries.c.key == "grace@example.org").values(state="failed"))
    engine.dispose()
    return project


def test_who_is_never_mailed_again_is_listed_with_the_reason(run, suppressed: Path) -> None:
    assert run("subscribers", "suppressed").out == "grace@example.org\tbounced: 550 5.1.1 No such user\t2026-02-16\n"


def test_to_retry_a_suppressed_address_promises_nothing_and_says_how_to_lift_it(run, suppressed: Path) -> None:
    shown = run("deliveries", "retry", "grace@example.org")

    assert "will be tried again" not in shown.out
    assert "  grace@example.org: bounced: 550 5.1.1 No such user\n" in shown.out
    assert "digest subscribers restore ADDRESS" in shown.out


def test_who_is_restored_gets_what_was_missed_when_it_is_tried_again(run, suppressed: Path) -> None:
    [message] = (suppressed / "outbox").rglob("grace*.eml")
    message.unlink()

    shown = run("subscribers", "restore", "Grace@Example.org")
    run("deliveries", "retry", "grace@example.org")
    run("send")

    assert shown.out.startswith(
        "grace@example.org: not suppressed any more (it was: bounced: 550 5.1.1 No such user)\n"
    )
    assert "digest deliveries retry grace@example.org" in shown.out
    assert run("subscribers", "suppressed").out == ""
    assert message.exists()


def test_to_restore_who_is_not_suppressed_says_so(run, project: Path) -> None:
    shown = run("subscribers", "restore", "ada@example.org")

    assert (shown.code, shown.out) == (1, "ada@example.org: not suppressed\n")


def token(project: Path, name: str) -> str:
    message = (project / "outbox" / "0001-2026-02-16" / f"{name}@example.org.eml").read_text()
    found = re.search(r"unsubscribe%20([a-z2-7]{24})", message)
    assert found
    return found[1]


def test_the_links_of_a_person_are_the_same_whichever_list_an_issue_went_to_first(run, project: Path, clock) -> None:
    (project / "subscribers" / "board.csv").write_text("email\nedith@example.org\n")
    run("send", "--list", "board")
    of_the_board = token(project, "edith")
    (project / "outbox" / "0001-2026-02-16" / "edith@example.org.eml").unlink()
    clock.now += timedelta(days=7)
    with (project / "subscribers" / "weekly.csv").open("a") as file:
        file.write("edith@example.org,,\n")
    write_articles(project, {"a": ("Swans return", "They came."), "b": ("Rain", "It rained.")}, day="2026-02-20")
    run("send")

    [message] = (project / "outbox").rglob("edith@*.eml")
    assert of_the_board in message.read_text()
