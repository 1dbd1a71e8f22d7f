"""A newsletter over several weeks: what comes again, what goes on, what is never lost."""

from __future__ import annotations

from pathlib import Path

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
