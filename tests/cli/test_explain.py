"""`digest explain`: each answer held to what really happens once the settings are changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

#: Titles and texts on six subjects, each longer than the one before, so that the last ranks first.
TOPICS = {
    "Ferry runs aground off Elsin": (
        "The captain blamed thick fog and a broken radar. Tugs pulled the ship free at dawn."
    ),
    "Moss wakes after forty years": (
        "Botanists watered a dried tuft that had lain in a drawer of their museum since 1986. It turned green "
        "within an hour, and grew a new shoot by the weekend."
    ),
    "Map museum reopens in Hallowby": (
        "Visitors can again see globes, sea charts and a road atlas printed on silk. The roof had leaked for three "
        "winters. Volunteers dried four thousand sheets between blotting paper, one after another, and lost only "
        "two of them."
    ),
    "Orchestra tours the northern valleys": (
        "Sixty musicians play Dvorak in barns, schools and a cable car station. Tickets cost as much as a loaf of "
        "bread. The conductor grew up in one of the villages and says that nobody there should have to travel five "
        "hours to hear a cello. The first evening sold out before the posters were dry, and a second was added."
    ),
    "Bakers strike over flour prices": (
        "Ovens stay cold in most towns from Wednesday on. Mills have raised what they ask for wheat by a third "
        "since the drought. The guild wants the government to open its grain stores, as it did twenty years ago, "
        "while ministers point to the market. Supermarkets say that their shelves are full. Families queue at the "
        "few shops that still sell rolls, and a pastry cook in the old town gives away yesterday's cakes to "
        "pensioners for free."
    ),
    "Telescope finds a wandering planet": (
        "The world has no sun of its own and drifts between the stars. Astronomers saw it by the faint warmth that "
        "it has kept since it was born. It weighs eleven times as much as Jupiter and carries a thin belt of dust. "
        "Such orphans may outnumber the planets that circle a star, theory says, but fewer than a dozen have been "
        "photographed. The mirror on the mountain needed nine nights to collect enough light. Students who had "
        "been sent to calibrate the camera noticed the dot first, and the discovery will carry both of their names "
        "in the catalogue."
    ),
}


def write_topics(project: Path, *, folder: str = "articles", day: str = "2026-02-14") -> None:
    (project / folder).mkdir(exist_ok=True)
    for number, (title, text) in enumerate(TOPICS.items()):
        head = f"---\ntitle: {title}\ndate: {day}\nurl: https://example.org/{folder}/{number}\n---\n"
        (project / folder / f"{number}.md").write_text(f"{head}{text}\n", encoding="utf-8")


@pytest.fixture
def project(project: Path) -> Path:
    for path in (project / "articles").iterdir():
        path.unlink()
    write_topics(project)
    set_pick(project, "max_stories = 3", "per_source = 10", "per_section = 10")
    return project


def set_pick(project: Path, *lines: str) -> None:
    settings = (project / "digest.toml").read_text().partition("[pick]")[0]
    (project / "digest.toml").write_text(f"{settings}[pick]\n" + "".join(f"{line}\n" for line in lines))


def replace_in(project: Path, name: str, old: str, new: str) -> None:
    text = (project / name).read_text()
    assert old in text
    (project / name).write_text(text.replace(old, new))


def out_of(run) -> str:
    """The title of the best article that is not in."""
    return re.search(r"^out .*?  [0-9a-f]{16}  (.+?) \(", run("explain").out, flags=re.MULTILINE)[1]


def is_in(run, title: str, *how: str) -> bool:
    assert run("build", *how).code == 0
    return f"  {title} (" in "".join(line for line in run("explain").out.splitlines() if line.startswith("in "))


def test_every_article_has_its_fate(run, project: Path) -> None:
    run("build")

    shown = run("explain").out

    assert all(title in shown for title in TOPICS)
    assert len(re.findall("^in ", shown, flags=re.MULTILINE)) == 3


def test_the_list_shows_stories_and_near_misses_and_counts_the_others(run, project: Path) -> None:
    text = (project / "articles" / "5.md").read_text()
    (project / "articles" / "copy.md").write_text(text.replace("/articles/5", "/copy/5"))
    run("build")

    first, everything = run("explain").out.splitlines(), run("explain", "--all").out.splitlines()

    assert [line.split()[0] for line in first] == ["in"] * 3 + ["out"] * 3 + ["..."]
    assert [float(line.split()[1]) for line in first[3:6]] == sorted(
        (float(line.split()[1]) for line in first[3:6]), reverse=True
    )
    assert first[-1] == "... and 1 more; list them with --all"
    assert len(everything) == 7


def test_an_article_that_is_in_is_explained_by_place_and_terms(run, project: Path) -> None:
    run("build")

    shown = run("explain", "telescope").out

    assert "It is in as story 1 of 3." in shown
    assert re.search(r"Its score is \d\.\d\d, the sum of\n    \+\d\.\d\d  recency: published", shown)


def test_an_article_below_the_cut_is_told_the_setting_that_brings_it_in(run, project: Path) -> None:
    run("build")
    title = out_of(run)

    shown = run("explain", title).out

    assert "It is not in: below the cut. The issue's 3 places are taken from" in shown
    assert "It would be in with max_stories = 4" in shown
    assert re.search(r", the sum of\n    \+\d\.\d\d  recency: ", shown)
    assert "  stories above: " in shown
    set_pick(project, "max_stories = 4", "per_source = 10", "per_section = 10")
    assert is_in(run, title)


def test_a_boost_word_that_is_told_brings_it_in(run, project: Path) -> None:
    run("build")
    title = out_of(run)

    word = re.search(r'"([^"]+)" in boost', run("explain", title).out)[1]

    set_pick(project, "max_stories = 3", "per_source = 10", f'boost = ["{word}"]')
    assert is_in(run, title)


def test_a_weight_that_is_told_brings_it_in(run, project: Path) -> None:
    (project / "others").mkdir()
    text = (
        "Growers light candles between the rows at night. " + "Buds that opened a month early would not survive. " * 12
    )
    (project / "others" / "a.md").write_text(f"---\ntitle: Vineyards fear the frost\ndate: 2026-02-09\n---\n{text}\n")
    replace_in(
        project,
        "digest.toml",
        "[[sources]]",
        '[[sources]]\nfolder = "others"\nname = "Others"\nweight = 0.1\n[[sources]]',
    )
    for path in (project / "articles").iterdir():
        path.write_text(path.read_text().replace("2026-02-14", "2026-02-16T05:00"))
    run("build", "--since", "2026-02-08")
    title = "Vineyards fear the frost"

    shown = run("explain", title).out
    assert "It is not in: below the cut." in shown
    weight = re.search(r"weight = ([\d.]+) for Others", shown)[1]

    replace_in(project, "digest.toml", "weight = 0.1", f"weight = {weight}")
    assert is_in(run, title, "--since", "2026-02-08")


def test_a_full_source_is_told_the_number_that_makes_room(run, project: Path) -> None:
    set_pick(project, "max_stories = 10", "per_source = 2", "per_section = 10")
    run("build")
    title = out_of(run)

    shown = run("explain", title).out

    assert "source is full" in shown
    assert "It would be in with per_source = 3" in shown
    set_pick(project, "max_stories = 10", "per_source = 3", "per_section = 10")
    assert is_in(run, title)


def test_a_full_section_is_told_the_number_that_makes_room(run, project: Path) -> None:
    replace_in(
        project,
        "digest.toml",
        "[pick]",
        '[[sections]]\nname = "Culture"\nmax_stories = 2\nsources = ["articles"]\n[pick]',
    )
    run("build")
    title = out_of(run)

    shown = run("explain", title).out

    assert "section is full" in shown
    assert "max_stories = 3 for the section Culture" in shown
    replace_in(project, "digest.toml", 'name = "Culture"\nmax_stories = 2', 'name = "Culture"\nmax_stories = 3')
    assert is_in(run, title)


def test_a_section_that_keeps_out_better_stories_than_some_that_are_in_says_which_number_makes_room(
    run, project: Path
) -> None:
    sections = '[[sections]]\nname = "Culture"\nmax_stories = 2\nsources = ["articles"]\n[pick]'
    replace_in(project, "digest.toml", "[pick]", sections)

    built, listed = run("build").out, run("explain").out

    sentence = "Culture is full: 1 more of its stories would be in with max_stories = 3 for the section Culture."
    assert sentence in built
    assert sentence in listed
    replace_in(project, "digest.toml", "max_stories = 2", "max_stories = 3")
    assert "is full" not in run("build").out
    assert len(re.findall(r"^in ", run("explain").out, flags=re.MULTILINE)) == 3


@pytest.mark.parametrize("number", [1, 2, 3])
def test_one_that_is_in_is_told_what_takes_it_out(run, project: Path, number: int) -> None:
    run("build")
    title = re.findall(r"^in .*?  [0-9a-f]{16}  (.+?) \(", run("explain").out, flags=re.MULTILINE)[number - 1]

    shown = run("explain", title).out

    word = re.search(r'"([^"]+)" in mute', shown)[1]
    set_pick(project, "max_stories = 3", "per_source = 10", f'mute = ["{word}"]')
    assert not is_in(run, title)
    assert f'muted. It speaks of "{word}", which is muted.' in run("explain", title).out
    assert "Without that word in mute" in run("explain", title).out
    if number > 1:
        assert f"max_stories = {number - 1}" in shown


def test_an_article_outside_the_window_is_told_by_how_much(run, project: Path) -> None:
    write_topics(project, day="2026-02-14")
    replace_in(project, "articles/0.md", "2026-02-14", "2026-02-01")
    run("build")

    shown = run("explain", "Ferry runs aground off Elsin").out

    assert "It is not in: outside the window. It was published 8 days before the window began on 09 Feb 2026" in shown
    assert "With `digest build --since 2026-02-01` it would be ranked with the others." in shown
    run("build", "--since", "2026-02-01")
    assert "outside the window" not in run("explain", "Ferry runs aground off Elsin").out


def test_an_article_that_was_sent_is_told_so(run, project: Path, clock) -> None:
    assert run("send").code == 0
    title = re.search(r"^in .*?  [0-9a-f]{16}  (.+?) \(", run("explain").out, flags=re.MULTILINE)[1]
    clock.now = clock.now.replace(day=23)
    assert run("build", "--since", "2026-02-01").code == 0

    shown = run("explain", title).out

    assert "sent before. Issue 0001-2026-02-16 carried it" in shown
    assert "Nothing would bring it in" in shown
    assert "It is in as story" in run("explain", title, "--issue", 1).out


def test_a_copy_is_told_what_became_of_the_other(run, project: Path) -> None:
    text = (project / "articles" / "5.md").read_text()
    (project / "articles" / "copy.md").write_text(
        text.replace("/articles/5", "/copy/5").replace("Telescope", "Big telescope", 1)
    )
    run("build")

    listed = run("explain", "--all").out
    copy = re.search(r"^out .*duplicate.*$", listed, flags=re.MULTILINE)[0].split()[2]

    shown = run("explain", copy).out
    assert "It is not in: duplicate." in shown
    assert "The other one is in." in shown


def test_a_story_that_the_editor_dropped_is_explained_as_such(run, project: Path) -> None:
    run("build")
    [draft] = (project / "issues").glob("*/draft.md")
    whole = draft.read_text()
    head, _, story = whole.partition("### Telescope")
    draft.write_text(head + "### ".join(["", *story.split("### ")[1:]]))

    run("build", "--from-draft")
    shown = run("explain", "telescope").out
    assert "dropped by the editor" in shown
    assert "Put it back into draft.md" in shown

    draft.write_text(whole)
    run("build", "--from-draft")
    assert "It is in as story" in run("explain", "telescope").out


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org/articles/5",
        "http://www.example.org/articles/5/?utm_source=mail&fbclid=1#top",
        "TELESCOPE FINDS A WANDERING PLANET",
        "wandering planet",
        "articles/5",
    ],
)
def test_an_article_may_be_named_in_many_ways(run, project: Path, written: str) -> None:
    run("build")

    assert "It is in as story 1 of 3" in run("explain", written).out


def test_several_articles_that_match_are_listed(run, project: Path) -> None:
    run("build")

    shown = run("explain", "example.org")

    assert shown.code == 0
    assert '6 articles of issue 0001-2026-02-16 match "example.org". Name one by its id:' in shown.out
    identity = re.search(r"[0-9a-f]{16}", shown.out)[0]
    assert f"[{identity}]" in run("explain", identity).out


def test_an_article_that_is_not_there_is_an_error(run, project: Path) -> None:
    run("build")

    shown = run("explain", "unicorn")

    assert shown.code == 2
    assert "unicorn" in shown.err


def test_an_issue_of_an_older_program_is_explained_as_far_as_it_is_on_record(run, project: Path) -> None:
    run("build")
    [ballot] = (project / "issues").glob("*/ballot.json")
    ballot.unlink()

    shown = run("explain", out_of(run))

    assert shown.code == 0
    assert "What would change that was not noted yet when this issue was built." in shown.out
    assert "It is in as story 1 of 3" in run("explain", "telescope").out


def test_an_article_is_found_by_its_file_though_it_has_an_address(run, project: Path) -> None:
    (project / "articles" / "welcome.md").write_text("---\ndate: 2026-02-14\n---\n# Hello\n\nWe begin today.\n")
    run("build")

    assert "Hello\n  articles, 14 Feb 2026 00:00, articles/welcome.md [" in run("explain", "welcome").out
    assert run("explain", "articles/3.md").out.startswith("Orchestra tours the northern valleys\n")
    assert run("explain", "harvest.md").code == 2


def test_the_files_that_match_are_listed(run, project: Path) -> None:
    run("build")

    shown = run("explain", ".md")

    assert shown.code == 0
    assert '6 articles of issue 0001-2026-02-16 match ".md". Name one by its id:' in shown.out
    assert all(title in shown.out for title in TOPICS)


def test_a_file_that_the_issue_does_not_know_is_told(run, project: Path) -> None:
    run("build")
    (project / "articles" / "late.md").write_text("# Late news\n\nIt came after the issue was built.\n")

    shown = run("explain", "late.md")

    assert shown.code == 2
    assert "articles/late.md: no article of this issue." in shown.err
