"""A newsletter over several weeks: what comes again, what goes on, what is never lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.project import Project
from digest.work.build import build_draft
from digest.work.schedule import IssueRequest
from digest.workspace import open_workspace
from tests.consoles import QuietConsole

from .conftest import write_articles

STORM = {
    "storm": (
        "Storm floods the old harbour of Elsin, twelve streets closed",
        (
            "A storm drove the sea over the harbour wall of Elsin on Friday night. Twelve streets are closed, and "
            "boats lie on the fish market. Nobody was hurt, the mayor said."
        ),
    ),
    "swans": ("Swans return to the mill pond", "Forty swans came by night from the north and rest on the mill pond."),
    "maps": (
        "Map museum reopens in Hallowby",
        "The museum of maps opens its doors again after three years of repairs.",
    ),
}
NEXT_WEEK = {
    "insurers": (
        "Elsin storm: harbour wall was never repaired, twelve streets still closed",
        (
            "The harbour wall of Elsin that the storm broke had waited nine years for repairs, auditors found. The "
            "ministry suspended two engineers, and insurers expect claims of thirty million crowns."
        ),
    ),
    "again": (
        "Twelve streets closed as storm floods old harbour of Elsin",
        (
            "Twelve streets of Elsin are closed after a storm drove the sea over the harbour wall. Boats lie on the "
            "fish market; nobody was hurt, said the mayor."
        ),
    ),
    "bakers": ("Bakers fear a poor harvest", "Wheat prices rose for the sixth week, and flour mills cut their shifts."),
    "chess": ("Chess champion retires at thirty", "She leaves after eleven titles to teach mathematics."),
}


def mail(project: Path, issue: str) -> str:
    return (project / "issues" / issue / "edition.txt").read_text()


def test_a_development_is_marked_as_an_update_and_a_mere_repetition_stays_out(run, project: Path, clock) -> None:
    write_articles(project, STORM)
    assert run("send").code == 0
    clock.now = clock.now.replace(day=23)
    write_articles(project, NEXT_WEEK, day="2026-02-20")

    shown = run("send")

    assert shown.code == 0, shown.err
    assert "1 nothing new since an earlier issue" in shown.out
    second = " ".join(mail(project, "0002-2026-02-23").split())
    update = "Update to #1 (16 February): Storm floods the old harbour of Elsin, twelve streets closed"
    assert f"{update} <https://example.org/storm>" in second
    assert "never repaired" in second
    assert "Twelve streets closed as storm" not in second


def test_an_update_shows_the_headline_that_the_editor_wrote(run, project: Path, clock) -> None:
    write_articles(project, STORM)
    run("build")
    [draft] = (project / "issues").glob("*/draft.md")
    draft.write_text(draft.read_text().replace(STORM["storm"][0], "The night the sea came"))
    run("send")
    clock.now = clock.now.replace(day=23)
    write_articles(project, NEXT_WEEK, day="2026-02-20")

    run("build")

    [draft] = (project / "issues").glob("0002-*/draft.md")
    assert "Update to #1 (2026-02-16): [The night the sea came](https://example.org/storm)" in draft.read_text()


FEW = {"swans": STORM["swans"]}


def test_a_quiet_week_mails_nobody_and_its_news_comes_with_the_next_issue(run, project: Path, clock) -> None:
    assert run("send").code == 0
    clock.now = clock.now.replace(day=23)
    write_articles(project, FEW, day="2026-02-20")

    quiet = run("send")

    assert quiet.code == 3
    assert "Not enough news for an issue: 1 of at least 2 stories." in quiet.err
    assert "Nothing is lost" in quiet.err
    assert not list((project / "outbox").glob("0002*"))
    assert not list((project / "issues").glob("0002*"))

    clock.now = clock.now.replace(month=3, day=2)
    write_articles(project, {"chess": NEXT_WEEK["chess"]}, day="2026-02-27")

    assert run("send").code == 0
    assert "Swans return" in mail(project, "0002-2026-03-02")
    assert "Chess champion" in mail(project, "0002-2026-03-02")


def test_what_came_before_the_first_issue_waits_for_it(run, project: Path, clock) -> None:
    for file in (project / "articles").iterdir():
        file.unlink()
    write_articles(project, FEW)
    assert run("send").code == 3
    clock.now = clock.now.replace(day=23)
    write_articles(project, {"chess": NEXT_WEEK["chess"]}, day="2026-02-20")

    assert run("send").code == 0

    assert "Swans return" in mail(project, "0001-2026-02-23")


def test_a_rehearsal_of_a_quiet_week_notes_nothing(run, project: Path, clock) -> None:
    for file in (project / "articles").iterdir():
        file.unlink()
    write_articles(project, FEW)
    assert run("send", "--dry-run").code == 3
    clock.now = clock.now.replace(day=23)
    write_articles(project, {"chess": NEXT_WEEK["chess"]}, day="2026-02-20")

    assert "1 of at least 2 stories" in run("send").err


def test_the_message_says_how_many_were_too_weak(run, project: Path) -> None:
    settings = project / "digest.toml"
    settings.write_text(settings.read_text() + "[pick]\nmin_score = 9\n")

    shown = run("build")

    assert shown.code == 3
    assert "0 of at least 2 stories; 3 articles more are too weak." in shown.err
    assert "min_score of [pick]" in shown.err


def test_the_newest_story_of_a_section_comes_first_where_the_owner_says_so(run, project: Path) -> None:
    settings = project / "digest.toml"
    words = 'keywords = ["harbour", "pond", "museum"]'
    settings.write_text(settings.read_text() + f'[[sections]]\nname = "Local"\n{words}\norder = "newest"\n')
    for file in (project / "articles").iterdir():
        file.unlink()
    for day, name in (("2026-02-13", "storm"), ("2026-02-15", "swans"), ("2026-02-14", "maps")):
        write_articles(project, {name: STORM[name]}, day=day)

    assert run("build").code == 0

    shown = mail(project, "0001-2026-02-16")
    assert shown.index("Swans return") < shown.index("Map museum") < shown.index("Storm floods")


def test_a_section_may_be_shown_by_example_files(run, project: Path) -> None:
    (project / "shown").mkdir()
    (project / "shown" / "birds.md").write_text(
        "# Forty swans rest on the pond\n\nSwans came from the north by night.\n"
    )
    settings = project / "digest.toml"
    settings.write_text(settings.read_text() + '[[sections]]\nname = "Birds"\nexamples = ["shown/birds.md"]\n')
    write_articles(project, STORM)

    assert run("build").code == 0

    [draft] = (project / "issues").glob("*/draft.md")
    assert "## Birds\n\n### Swans return to the mill pond" in draft.read_text()


def test_an_example_that_is_an_address_is_refused_with_what_to_write(run, project: Path) -> None:
    settings = project / "digest.toml"
    settings.write_text(
        settings.read_text() + '[[sections]]\nname = "Birds"\nexamples = ["https://example.org/swans"]\n'
    )

    shown = run("build")

    assert shown.code == 2
    assert "headline and first paragraph" in shown.err


def test_each_step_tells_how_far_it_is_and_ends_at_its_total(project: Path, clock) -> None:
    write_articles(project, STORM)
    console = QuietConsole()

    with open_workspace(Project.open(project, {}), clock=clock) as workspace:
        build_draft(workspace, IssueRequest(), console)

    told = console.progress
    assert list(told) == ["Collecting", "Picking", "Summarizing"]
    for reports in told.values():
        assert reports == sorted(reports)
        assert len({total for _, total in reports}) == 1
        assert reports[-1][0] == reports[-1][1] > 0


def test_a_draft_of_friday_is_the_issue_of_the_week_it_is_sent_in(run, project: Path, clock) -> None:
    monday = clock.now
    clock.now = monday - timedelta(days=3)
    write_articles(project, STORM, day="2026-02-12")
    run("build")
    [draft] = (project / "issues").glob("*/draft.md")
    draft.write_text(draft.read_text().replace("Swans return", "The swans are back"))
    write_articles(project, NEXT_WEEK, day="2026-02-15")

    # As in the guide's line for cron: 0,30 7-10 * * 1
    shown = []
    for minutes in (0, 30, 60):
        clock.now = monday + timedelta(minutes=minutes)
        shown.append(run("send"))

    assert [one.code for one in shown] == [0, 0, 0], shown
    assert (
        "Nothing to do: the issue of 2026-W08 was written into outbox/ for weekly (issue 0001-2026-02-13)."
        in shown[1].out
    )
    assert len(list((project / "outbox").rglob("*.eml"))) == 2

    clock.now = monday + timedelta(days=7)
    assert "Writing issue 0002-2026-02-23" in run("send").out


def test_a_second_list_gets_the_draft_of_friday_that_the_first_got(run, project: Path, clock) -> None:
    (project / "subscribers" / "board.csv").write_text("email\nedith@example.org\n")
    monday = clock.now
    clock.now = monday - timedelta(days=3)
    write_articles(project, STORM, day="2026-02-12")
    run("build")
    [draft] = (project / "issues").glob("*/draft.md")
    draft.write_text(draft.read_text().replace("Swans return", "The swans are back"))
    clock.now = monday

    run("send")
    shown = run("send", "--list", "board")

    assert shown.code == 0, shown.err
    assert (project / "outbox" / "0001-2026-02-13" / "edith@example.org.eml").exists()


def test_a_day_ends_at_midnight_in_the_newsletters_zone(run, project: Path, clock) -> None:
    settings = project / "digest.toml"
    zone = '[newsletter]\ntimezone = "America/New_York"\ncadence = "daily"\n'
    settings.write_text(settings.read_text().replace("[newsletter]\n", zone))
    write_articles(project, STORM, day="2026-02-16")
    clock.now = datetime(2026, 2, 17, 3, 30, tzinfo=UTC)  # 22:30 on the 16th
    assert run("send").code == 0

    clock.now += timedelta(hours=1)
    assert "Nothing to do: the issue of 2026-02-16" in run("send").out
    clock.now += timedelta(hours=1)
    assert "Not enough news" in run("send").err
