"""`digest build` and `digest preview`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


def draft_of(project: Path) -> Path:
    [draft] = (project / "issues").glob("*/draft.md")
    return draft


def edit(project: Path, old: str, new: str) -> None:
    draft = draft_of(project)
    text = draft.read_text()
    assert old in text
    draft.write_text(text.replace(old, new))


def test_a_build_writes_a_draft_and_an_edition(run, project: Path) -> None:
    shown = run("build")

    assert shown.code == 0, shown.err
    assert "Collected 3 articles from 1 of 1 source," in shown.out
    assert "### Ferry runs aground off Port Elsin" in draft_of(project).read_text()
    assert "Ferry runs aground" in draft_of(project).with_name("edition.html").read_text()


def test_a_source_that_gives_nothing_is_named_with_its_reason(run, project: Path) -> None:
    with (project / "digest.toml").open("a") as settings:
        settings.write('[[sources]]\nfeed = "missing.xml"\n')

    assert "missing.xml: " in run("build").out


def test_too_little_news_is_no_issue(run, project: Path) -> None:
    shown = run("build", "--until", "2025-01-01")

    assert shown.code == 3
    assert "0 of at least 2 stories" in shown.err
    assert not (project / "issues").exists()


def test_a_day_that_is_none_is_refused(run, project: Path) -> None:
    shown = run("build", "--until", "yesterday")

    assert shown.code == 2
    assert "yesterday" in shown.err


def test_edits_of_the_draft_are_rendered(run, project: Path) -> None:
    run("build")
    edit(project, "Map museum reopens", "The maps are back")

    shown = run("build", "--from-draft")

    assert shown.code == 0, shown.err
    assert "The maps are back" in draft_of(project).with_name("edition.html").read_text()


def test_an_edited_draft_is_not_built_over(run, project: Path) -> None:
    run("build")
    edit(project, "Map museum reopens", "The maps are back")

    shown = run("build")

    assert shown.code == 2
    assert "was edited by hand" in shown.err
    assert "The maps are back" in draft_of(project).read_text()


def test_a_draft_that_only_an_editor_saved_anew_is_not_edited(run, project: Path) -> None:
    run("build")
    draft = project / "issues" / "0001-2026-02-16" / "draft.md"
    older = draft.read_text().replace("Edit this file as you like", "You may edit this file")
    draft.write_bytes(older.replace("\n", "\r\n").encode())

    assert run("build").code == 0


def test_a_note_that_somebody_left_in_a_draft_is_not_built_over(run, project: Path) -> None:
    run("build")
    draft = project / "issues" / "0001-2026-02-16" / "draft.md"
    draft.write_text(draft.read_text() + "<!-- Ask the harbour master. -->\n")

    assert "was edited by hand" in run("build").err


def test_a_german_letter_names_the_catch_all_and_the_date_in_german(run, project: Path) -> None:
    settings = project / "digest.toml"
    named = settings.read_text().replace("[newsletter]", '[newsletter]\nlanguage = "de"')
    told = named.replace("[compose]", '[compose]\nsubject = "{title}, {date}"')
    settings.write_text(told + '[[sections]]\nname = "Sport"\nkeywords = ["football"]\n')

    assert 'Issue 0001-2026-02-16: "The Signal, 16. Februar 2026"' in run("build").out
    assert "## Weitere Meldungen" in (project / "issues" / "0001-2026-02-16" / "draft.md").read_text()
    settings.write_text(named.replace('"de"', '"is"') + '[pick]\ncatch_all = "Annað"\n')
    run("build")
    assert "## Annað" in (project / "issues" / "0001-2026-02-16" / "draft.md").read_text()


def test_without_sections_all_stories_are_simply_in_this_issue(run, project: Path) -> None:
    run("build")

    assert "## In this issue" in (project / "issues" / "0001-2026-02-16" / "draft.md").read_text()


def test_the_edition_on_disk_greets_as_the_mail_does(run, project: Path) -> None:
    settings = project / "digest.toml"
    settings.write_text(settings.read_text() + '[render]\ngreeting = "Hi {name} <3 & co"\n')

    run("build")

    folder = project / "issues" / "0001-2026-02-16"
    assert "Hi Anna &lt;3 &amp; co" in (folder / "edition.html").read_text()
    assert "Hi Anna <3 & co" in (folder / "edition.txt").read_text()


def test_an_edited_draft_can_be_discarded(run, project: Path) -> None:
    run("build")
    edit(project, "Map museum reopens", "The maps are back")

    assert run("build", "--discard-draft").code == 0
    assert "The maps are back" not in draft_of(project).read_text()


def test_an_unedited_draft_is_replaced_under_its_number(run, project: Path, clock) -> None:
    run("build")
    clock.now = clock.now.replace(day=17)

    run("build")

    assert draft_of(project).parent.name == "0001-2026-02-17"


def test_a_mistake_in_the_draft_is_named_by_file_and_line(run, project: Path) -> None:
    run("build")
    edit(project, "subject: ", "subjekt: ")

    shown = run("build", "--from-draft")

    assert shown.code == 2
    assert f"issues/{draft_of(project).parent.name}/draft.md:2" in shown.err


def test_rendering_without_a_draft_says_how_to_make_one(run, project: Path) -> None:
    shown = run("build", "--from-draft")

    assert shown.code == 2
    assert "digest build" in shown.err


def test_a_preview_builds_a_draft_and_writes_one_page(run, project: Path) -> None:
    shown = run("preview", "--once", "page.html")

    assert shown.code == 0, shown.err
    assert "Ferry runs aground" in (project / "page.html").read_text()


def test_a_preview_shows_the_edits(run, project: Path) -> None:
    run("build")
    edit(project, "Map museum reopens", "The maps are back")

    run("preview", "--once", "page.html")

    assert "The maps are back" in (project / "page.html").read_text()


def test_a_preview_shows_the_last_issue_where_there_is_no_news(run, project: Path) -> None:
    run("send")

    shown = run("preview", "--once", "page.html")

    assert shown.code == 0, shown.err
    assert "This is issue 0001-2026-02-16, the last one, as it went out" in shown.out
    assert "Ferry runs aground" in (project / "page.html").read_text()


@pytest.mark.parametrize("command", ["build", "preview", "send", "status", "explain"])
def test_a_folder_without_a_project_says_how_to_make_one(
    run, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    shown = run(command)

    assert shown.code == 2
    assert "digest init" in shown.err


def test_a_span_that_ends_before_it_begins_is_refused(run, project: Path) -> None:
    shown = run("build", "--since", "2026-02-14", "--until", "2026-02-01")

    assert shown.code == 2
    assert "--since 2026-02-14 is not before 2026-02-01." in shown.err


def test_a_draft_whose_issue_is_lost_says_how_to_make_it_anew(run, project: Path) -> None:
    run("build")
    next(project.glob("issues/*/issue.json")).unlink()

    assert "digest build --discard-draft" in run("send").err
    assert run("build", "--discard-draft").code == 0
    assert run("send").code == 0


def test_a_port_that_can_not_be_is_refused(run, project: Path) -> None:
    assert run("preview", "--port", "99999").code == 2


def test_many_sources_without_news_are_counted_so_that_a_failed_one_is_seen(run, project: Path) -> None:
    with (project / "digest.toml").open("a") as settings:
        for number in range(12):
            (project / f"old{number}").mkdir()
            text = f"---\ntitle: Old news {number}\ndate: 2020-01-01\n---\nIt was long ago, and nobody knows.\n"
            (project / f"old{number}" / "a.md").write_text(text)
            settings.write(f'[[sources]]\nfolder = "old{number}"\n')
        settings.write('[[sources]]\nfeed = "gone.xml"\n')

    out = run("build").out

    assert "  12 sources had nothing inside that time (each of them: digest sources check)." in out
    assert "gone.xml: is no file" in out
    assert "old3" not in out


def test_a_day_in_a_file_is_that_day_in_the_newsletters_zone(run, project: Path) -> None:
    settings = project / "digest.toml"
    settings.write_text(settings.read_text().replace("[newsletter]", '[newsletter]\ntimezone = "America/New_York"'))

    shown = run("build", "--since", "2026-02-14")

    assert "Collected 3 articles from 1 of 1 source, published 14 Feb 00:00 to 16 Feb 2026 02:00." in shown.out
    assert "14 February" in (project / "issues" / "0001-2026-02-16" / "edition.txt").read_text()


def test_a_week_without_a_network_is_not_called_a_quiet_one(run, project: Path) -> None:
    settings = project / "digest.toml"
    settings.write_text(settings.read_text().replace('folder = "articles"', 'feed = "https://feeds.invalid/x.xml"'))

    shown = run("build")

    assert shown.code == 3
    assert "none of the sources could be read" in shown.err
    assert "digest sources check" in shown.err


def delete_the_subjects_story(project: Path) -> str:
    """Deletes from the draft the story that its subject is about, which is returned."""
    [draft] = (project / "issues").glob("*/draft.md")
    text = draft.read_text()
    [subject] = re.findall(r"^subject: (.*)$", text, re.MULTILINE)
    draft.write_text(re.sub(rf"### {subject} .*?(?=\n##|\Z)", "", text, flags=re.DOTALL))
    return subject


def test_what_is_sent_and_what_is_told_of_it_name_no_deleted_story(run, project: Path) -> None:
    run("build")
    subject = delete_the_subjects_story(project)

    rehearsed = run("send", "--dry-run").out
    shown = run("build", "--from-draft").out
    run("send")

    mail = next((project / "outbox").rglob("ada*.eml")).read_text()
    assert subject not in rehearsed + shown + mail
    assert subject not in run("status").out
    assert subject not in next((project / "issues").glob("*/report.txt")).read_text()


def test_an_own_subject_about_a_deleted_story_is_a_warning(run, project: Path) -> None:
    run("build")
    subject = delete_the_subjects_story(project)
    [draft] = (project / "issues").glob("*/draft.md")
    draft.write_text(draft.read_text().replace(f"subject: {subject}", f"subject: Now: {subject}"))

    assert f'a story that was deleted: "{subject}"' in run("build", "--from-draft").err
