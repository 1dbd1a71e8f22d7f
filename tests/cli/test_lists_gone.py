"""Lists that are renamed, deleted or emptied while issues are on their way, and afterwards."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from .conftest import write_articles

ISSUE = "0001-2026-02-16"
LATER = {"swans": ("Swans return", "They came back to the lake."), "rain": ("Rain", "It rained on the hills all day.")}


def mailed(project: Path, issue: str = ISSUE) -> list[str]:
    return sorted(file.name.partition("@")[0] for file in (project / "outbox" / issue).glob("*.eml"))


def people(project: Path, name: str, *names: str) -> Path:
    file = project / "subscribers" / f"{name}.csv"
    file.write_text("email\n" + "".join(f"{one}@example.org\n" for one in names))
    return file


def settings(project: Path, old: str, new: str) -> None:
    toml = project / "digest.toml"
    assert old in toml.read_text()
    toml.write_text(toml.read_text().replace(old, new))


def rename(project: Path, old: str, new: str) -> None:
    (project / "subscribers" / f"{old}.csv").rename(project / "subscribers" / f"{new}.csv")
    settings(project, f'list = "{old}"', f'list = "{new}"')


def next_week(project: Path, clock) -> None:
    clock.now += timedelta(days=7)
    write_articles(project, LATER, day=f"{clock.now - timedelta(days=2):%Y-%m-%d}")


@pytest.fixture
def one_a_run(project: Path) -> Path:
    """Each run sends to one person, whoever is next."""
    toml = project / "digest.toml"
    toml.write_text(toml.read_text() + "[send]\nper_day = 1\n")
    return people(project, "weekly", "ada", "grace", "hedy")


def test_a_list_renamed_in_the_same_week_gets_nothing_twice_and_next_week_goes_on(run, project: Path, clock) -> None:
    run("send")
    rename(project, "weekly", "members")

    again = run("send")
    next_week(project, clock)
    later = run("send")

    assert again.code == 0, again.err
    assert f"Nobody is left to be sent issue {ISSUE}" in again.out
    assert later.code == 0, later.err
    assert mailed(project) == mailed(project, "0002-2026-02-23") == ["ada", "grace"]


def test_a_list_renamed_in_a_later_week_changes_nothing(run, project: Path, clock) -> None:
    run("send")
    rename(project, "weekly", "members")
    next_week(project, clock)

    assert run("send").code == 0
    assert mailed(project, "0002-2026-02-23") == ["ada", "grace"]


def test_an_issue_that_all_have_got_ends_though_its_list_and_edition_are_gone(
    run, project: Path, one_a_run: Path, clock
) -> None:
    for _ in range(3):
        run("send")
        clock.now += timedelta(days=1)
    reopen(project)
    one_a_run.unlink()
    people(project, "members", "joan")
    settings(project, 'list = "weekly"', 'list = "members"')
    shutil.rmtree(project / "issues" / ISSUE)

    shown = run("send", "--resume")

    assert shown.code == 0, shown.err
    assert "Nothing to go on with" in run("send", "--resume").out


def reopen(project: Path) -> None:
    """Leave a mailing open that nobody waits for, as a run does that is killed behind its last message."""
    with sqlite3.connect(project / "digest.db") as database:
        database.execute("UPDATE mailings SET finished_at = NULL")
    database.close()


def test_an_issue_whose_only_list_is_gone_waits_and_the_next_is_sent(
    run, project: Path, one_a_run: Path, clock
) -> None:
    run("send")
    one_a_run.unlink()
    people(project, "members", "joan")
    settings(project, 'list = "weekly"', 'list = "members"')
    next_week(project, clock)

    shown = run("send")

    assert shown.code == 2
    assert "There is no list subscribers/weekly.csv" in shown.err
    assert f"digest deliveries cancel {ISSUE}" in shown.err
    assert (mailed(project), mailed(project, "0002-2026-02-23")) == (["ada"], ["joan"])
    told = [line for line in (project / "digest.log").read_text().splitlines() if "issue waits" in line]
    assert len(told) == 1


def test_an_issue_whose_list_is_put_back_goes_on(run, project: Path, one_a_run: Path, clock) -> None:
    run("send")
    away = one_a_run.rename(project / "away.csv")
    clock.now += timedelta(days=1)
    assert run("send", "--resume").code == 2
    away.rename(one_a_run)

    for _ in range(2):
        clock.now += timedelta(days=1)
        run("send", "--resume")

    assert mailed(project) == ["ada", "grace", "hedy"]


def test_who_is_on_the_renamed_list_gets_the_rest_of_the_issue_and_who_left_it_does_not(
    run, project: Path, one_a_run: Path, clock
) -> None:
    run("send")
    rename(project, "weekly", "members")
    people(project, "members", "ada", "hedy")

    for _ in range(3):
        clock.now += timedelta(days=1)
        shown = run("send")

    assert mailed(project) == ["ada", "hedy"]
    assert shown.code == 5
    assert "1 of the issue's readers wait: subscribers/weekly.csv is gone" in shown.out
    assert f"digest deliveries cancel {ISSUE}" in shown.out


def test_a_gone_list_keeps_its_people_waiting_and_no_other_list(run, project: Path, one_a_run: Path, clock) -> None:
    settings(project, "per_day = 1\n", "per_day = 10\nquiet = '09:00-10:00'\n")
    people(project, "board", "edith")
    clock.now += timedelta(hours=2)
    assert run("send").code == 5
    run("send", "--list", "board")
    one_a_run.unlink()
    clock.now += timedelta(hours=2)

    shown = run("send", "--resume")

    assert shown.code == 5, shown.err
    assert mailed(project) == ["edith"]
    assert "3 of the issue's readers wait" in shown.out
    assert "3 deferred" in run("status").out


def test_a_missing_list_is_told_before_an_issue_is_built(run, project: Path) -> None:
    (project / "subscribers" / "weekly.csv").unlink()

    shown = run("send")

    assert shown.code == 2
    assert "There is no list subscribers/weekly.csv" in shown.err
    assert not (project / "issues").exists()


def test_a_list_of_which_only_the_header_is_left_stops_the_run_and_nobody_has_left(
    run, project: Path, one_a_run: Path, clock
) -> None:
    run("send")
    people(project, "weekly")
    clock.now += timedelta(days=1)

    assert run("send").code == 4
    assert mailed(project) == ["ada"]
    assert "skipped" not in run("status").out


def test_an_issue_whose_folder_is_gone_waits_and_the_next_is_sent(run, project: Path, one_a_run: Path, clock) -> None:
    run("send")
    shutil.rmtree(project / "issues" / ISSUE)
    settings(project, "per_day = 1\n", "per_day = 10\n")
    next_week(project, clock)

    shown = run("send")

    assert shown.code == 2
    assert f"{ISSUE}/edition.json is missing" in shown.err
    assert "put it back from a backup" in shown.err
    assert mailed(project, "0002-2026-02-23") == ["ada", "grace", "hedy"]


def test_a_name_is_found_however_its_letters_are_composed(run, project: Path) -> None:
    settings(project, 'list = "weekly"', 'list = "M\u00fcnster Leser"')
    (project / "subscribers" / "weekly.csv").rename(project / "subscribers" / "Mu\u0308nster Leser.csv")

    assert run("send").code == 0
    assert mailed(project) == ["ada", "grace"]
    assert "M\u00fcnster Leser" in run("status").out
