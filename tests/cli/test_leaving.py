"""People who leave, come and come back while an issue is on its way, a few a day, to its list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import digest.work.outgoing
import digest.work.unsubscribed
from digest.audience.subscribers import remove
from digest.deliver.wire.transport import Batch

NAMES = ("ada", "grace", "hedy", "joan", "mary")


def rewrite(project: Path, people: dict[str, str], name: str = "weekly") -> Path:
    """Write a list of people by their status, as its owner does in a spreadsheet."""
    file = project / "subscribers" / f"{name}.csv"
    file.write_text("email,name,status\n" + "".join(f"{who}@example.org,,{status}\n" for who, status in people.items()))
    return file


@pytest.fixture
def on_its_way(run, project: Path, clock) -> dict[str, str]:
    """Who is on the list; the first has had the issue, the others get it one a day."""
    people = dict.fromkeys(NAMES, "active")
    rewrite(project, people)
    settings = project / "digest.toml"
    settings.write_text(settings.read_text() + "[send]\nper_day = 1\n")
    assert run("send").code == 5
    assert mailed(project) == ["ada"]
    return people


def mailed(project: Path) -> list[str]:
    """Who got a message, sorted, as often as they did."""
    return sorted(file.name.partition("@")[0] for file in (project / "outbox").rglob("*.eml"))


def go_on(run, clock, runs: int = 6) -> None:
    for _ in range(runs):
        clock.now += timedelta(days=2)
        if run("send", "--resume").code == 0:
            return


def test_who_unsubscribes_while_an_issue_is_on_its_way_does_not_get_it(
    run, project: Path, clock, on_its_way: dict[str, str]
) -> None:
    rewrite(project, on_its_way | {"grace": "unsubscribed", "hedy": "paused"})

    go_on(run, clock)

    assert mailed(project) == ["ada", "joan", "mary"]
    shown = run("deliveries", "list", "--state", "skipped").out
    assert "grace@example.org\tskipped\tnot active on weekly any more" in shown
    assert "2 skipped" in run("status").out


@pytest.fixture
def in_the_run(project: Path, monkeypatch: pytest.MonkeyPatch):
    """Has something done to the list while the first of many messages leaves; the run looks at each claim."""
    monkeypatch.setattr(digest.work.unsubscribed, "_LOOK_AGAIN", 0)
    rewrite(project, dict.fromkeys(["ada", *(f"p{n}" for n in range(1000)), "zoe"], "active"))

    def meanwhile(act: Callable[[], object]) -> None:
        class Outbox(digest.work.outgoing.Outbox):
            acted = False

            async def carry(self, batch: Batch) -> None:
                if not Outbox.acted:
                    Outbox.acted = True
                    act()
                await super().carry(batch)

        monkeypatch.setattr(digest.work.outgoing, "Outbox", Outbox)

    return meanwhile


def test_who_is_removed_while_a_run_lasts_is_not_mailed_by_it(run, project: Path, in_the_run) -> None:
    in_the_run(lambda: remove(project / "subscribers" / "weekly.csv", "zoe@example.org"))

    shown = run("send")

    assert shown.code == 0, shown.err
    assert mailed(project) == sorted(["ada", *(f"p{n}" for n in range(1000))])
    assert "1 skipped" in shown.out


def test_a_list_that_becomes_unreadable_while_a_run_lasts_stops_it(run, project: Path, in_the_run) -> None:
    in_the_run(lambda: (project / "subscribers" / "weekly.csv").write_bytes(b"PK\x03\x04 a workbook"))

    shown = run("send")

    assert shown.code == 2
    assert "Nobody is mailed issue 0001-2026-02-16 until it can be" in shown.err
    told = run("status").out
    assert "planned" in told
    assert "skipped" not in told
    assert "uncertain" not in told


def test_who_is_only_missing_from_the_list_has_left(run, project: Path, clock, on_its_way: dict[str, str]) -> None:
    assert run("subscribers", "remove", "GRACE@example.org").code == 0

    go_on(run, clock)

    assert "grace" not in mailed(project)


def test_whose_row_has_become_bad_waits_until_it_is_mended(
    run, project: Path, clock, on_its_way: dict[str, str]
) -> None:
    rewrite(project, on_its_way | {"grace": "unsubscribbed"})
    go_on(run, clock)

    shown = run("send", "--resume")

    assert mailed(project) == ["ada", "hedy", "joan", "mary"]
    assert shown.code == 5
    assert "grace@example.org: waits until line 3 of weekly.csv is mended" in shown.out

    rewrite(project, on_its_way)
    go_on(run, clock)
    assert mailed(project) == sorted(NAMES)


def test_who_is_missing_while_a_row_has_no_address_waits(run, project: Path, clock, on_its_way: dict[str, str]) -> None:
    file = project / "subscribers" / "weekly.csv"
    whole = file.read_text()
    file.write_text(whole.replace("grace@example.org", "grace at example.org"))

    go_on(run, clock)

    assert mailed(project) == ["ada", "hedy", "joan", "mary"]
    assert "skipped" not in run("status").out
    file.write_text(whole)
    go_on(run, clock)
    assert mailed(project) == sorted(NAMES)


def test_rows_without_their_last_empty_cells_are_those_who_were_there(
    run, project: Path, clock, on_its_way: dict[str, str]
) -> None:
    file = project / "subscribers" / "weekly.csv"
    rows = [line.rstrip(",") for line in file.read_text().replace(",active", ",").splitlines()]
    file.write_text("\n".join(rows) + "\n")

    go_on(run, clock)

    assert mailed(project) == sorted(NAMES)


def test_a_list_that_names_nobody_any_more_stops_the_run(run, project: Path, clock, on_its_way: dict[str, str]) -> None:
    rewrite(project, {})
    clock.now += timedelta(days=2)

    shown = run("send", "--resume")

    assert shown.code == 4
    assert "names nobody any more, and 4 people wait" in shown.err
    rewrite(project, on_its_way)
    go_on(run, clock)
    assert mailed(project) == sorted(NAMES)


def test_a_list_that_lost_most_of_its_rows_at_once_stops_the_run(run, project: Path, clock) -> None:
    people = {f"p{number}": "active" for number in range(14)}
    rewrite(project, people)
    settings = project / "digest.toml"
    settings.write_text(settings.read_text() + "[send]\nper_day = 2\n")
    run("send")
    rewrite(project, dict(list(people.items())[:6]))
    clock.now += timedelta(days=2)

    shown = run("send", "--resume")

    assert shown.code == 4
    assert "8 of the 12 people who wait for an issue are not in subscribers/weekly.csv any more" in shown.err
    assert len(mailed(project)) == 2


def test_a_column_that_comes_and_is_not_understood_stops_the_run(
    run, project: Path, clock, on_its_way: dict[str, str]
) -> None:
    file = project / "subscribers" / "weekly.csv"
    header, *rows = file.read_text().splitlines()
    file.write_text("\n".join([f"{header},opted_out", *(f"{row},perhaps" for row in rows)]) + "\n")
    clock.now += timedelta(days=2)

    shown = run("send", "--resume")

    assert shown.code == 4
    assert "the column “opted_out” may tell who has left" in shown.err
    assert mailed(project) == ["ada"]


def test_who_leaves_and_comes_back_is_mailed_once_at_most(
    run, project: Path, clock, on_its_way: dict[str, str]
) -> None:
    rewrite(project, on_its_way | {"ada": "unsubscribed", "grace": "unsubscribed"})
    go_on(run, clock, runs=1)
    rewrite(project, on_its_way)

    go_on(run, clock)

    assert mailed(project) == ["ada", "hedy", "joan", "mary"]


def test_who_comes_while_an_issue_is_on_its_way_gets_the_next(
    run, project: Path, clock, on_its_way: dict[str, str]
) -> None:
    rewrite(project, on_its_way | {"katherine": ""})

    go_on(run, clock)

    assert mailed(project) == sorted(NAMES)


def test_a_list_that_cannot_be_read_stops_the_run_and_skips_nobody(
    run, project: Path, clock, on_its_way: dict[str, str]
) -> None:
    file = project / "subscribers" / "weekly.csv"
    clock.now += timedelta(days=1)
    for broken in (b"", b"PK\x03\x04 a workbook", b"name\nGrace\n"):
        file.write_bytes(broken)
        shown = run("send", "--resume")
        assert shown.code == 2
        assert "Nobody is mailed issue 0001-2026-02-16 until it can be" in shown.err
    file.unlink()
    assert run("send", "--resume").code == 2
    assert mailed(project) == ["ada"]

    rewrite(project, on_its_way)
    go_on(run, clock)

    assert mailed(project) == sorted(NAMES)


def test_who_is_still_active_on_another_list_of_the_issue_gets_it(
    run, project: Path, clock, on_its_way: dict[str, str]
) -> None:
    rewrite(project, {"hedy": "", "edith": ""}, "board")
    run("send", "--list", "board")
    rewrite(project, {"ada": "active", "mary": "active"})

    go_on(run, clock)

    assert mailed(project) == ["ada", "edith", "hedy", "mary"]


def test_an_issue_ends_when_all_who_are_left_have_left(run, project: Path, clock, on_its_way: dict[str, str]) -> None:
    rewrite(project, {"ada": "active"})

    shown = run("send")

    assert shown.code == 0, shown.err
    assert "4 skipped: unsubscribed or suppressed since the issue was planned" in shown.out
    assert "Nothing to go on with" in run("send", "--resume").out


def test_a_list_that_was_cut_off_by_mistake_is_made_good(run, project: Path, clock, on_its_way: dict[str, str]) -> None:
    rewrite(project, {"ada": "active"})
    run("send")
    rewrite(project, on_its_way | {"joan": "unsubscribed"})

    shown = run("deliveries", "retry", "--skipped")
    go_on(run, clock)

    assert "4 messages" in shown.out
    assert mailed(project) == ["ada", "grace", "hedy", "mary"]
