"""One more issue in a period, by a person's word; and a cron that goes on as if nothing were."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import write_articles

NEWS = {"a": ("Swans return to the lake", "They came by night."), "b": ("Rain floods the fair", "It rained for days.")}


def sent(project: Path) -> list[str]:
    return sorted(str(path.relative_to(project / "outbox")).partition("@")[0] for path in project.rglob("*.eml"))


@pytest.fixture
def mailed(run, project: Path, clock) -> Path:
    """A project on Tuesday: the week's issue went out on Monday, and there is news."""
    assert run("send").code == 0
    clock.now = clock.now.replace(day=17)
    write_articles(project, NEWS, day="2026-02-16")
    return project


def test_an_extra_issue_is_built_by_a_person_and_sent_once(run, mailed: Path) -> None:
    assert run("build").code == 0
    # Cron runs in between.
    assert "Nothing to do" in run("send").out
    rehearsed = run("send", "--extra", "--dry-run")
    assert "Would write issue 0002-2026-02-17 for 2 people" in rehearsed.out

    shown = run("send", "--extra")

    assert shown.code == 0, shown.err
    assert sent(mailed)[2:] == ["0002-2026-02-17/ada", "0002-2026-02-17/grace"]
    again = run("send", "--extra")
    assert (again.code, "No draft waits" in again.err) == (2, True)
    assert "Nothing to do" in run("send").out
    assert len(sent(mailed)) == 4


def test_the_next_period_has_its_own_issue_all_the_same(run, mailed: Path, clock) -> None:
    run("build")
    run("send", "--extra")
    clock.now = clock.now.replace(day=23)
    write_articles(
        mailed, {"c": ("Choir sings", "All of it."), "d": ("Bridge is mended", "At last.")}, day="2026-02-20"
    )

    shown = run("send")

    assert shown.code == 0, shown.err
    assert sent(mailed)[4:] == ["0003-2026-02-23/ada", "0003-2026-02-23/grace"]


def test_an_extra_issue_is_never_built_by_the_run_that_sends_it(run, mailed: Path) -> None:
    shown = run("send", "--extra")

    assert shown.code == 2
    assert "digest build" in shown.err
    assert len(sent(mailed)) == 2


def test_the_periods_own_issue_comes_first(run, project: Path) -> None:
    run("build")

    shown = run("send", "--extra")

    assert shown.code == 2
    assert "has not been sent to weekly yet" in shown.err
    assert sent(project) == []


def test_an_interrupted_extra_issue_is_finished_by_any_run_and_not_sent_twice(run, mailed: Path) -> None:
    run("build")
    in_the_way = mailed / "outbox" / "0002-2026-02-17"
    in_the_way.touch()
    assert run("send", "--extra").code == 7
    in_the_way.unlink()

    assert run("send", "--extra").code == 0

    assert sent(mailed)[2:] == ["0002-2026-02-17/ada", "0002-2026-02-17/grace"]
    assert "Nothing to do" in run("send").out


def test_another_list_gets_the_periods_own_issue_and_not_the_extra_one(run, mailed: Path) -> None:
    (mailed / "subscribers" / "board.csv").write_text("email\nedith@example.org\n")
    run("build")
    run("send", "--extra")

    run("send", "--list", "board")

    assert "0001-2026-02-16/edith" in sent(mailed)
    assert "0002-2026-02-17/edith" not in sent(mailed)
