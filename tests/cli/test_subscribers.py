"""`digest subscribers`."""

from __future__ import annotations

from pathlib import Path


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


def test_a_clean_list_passes_its_check(run, project: Path) -> None:
    assert run("subscribers", "check").code == 0
