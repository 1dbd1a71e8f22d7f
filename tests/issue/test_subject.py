"""The subject and preheader of a draft that somebody edited: they name no story that is not in it any more."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.issue.compose import told_though_gone
from digest.issue.drafts import read_draft, write_draft
from digest.model import Issue

from .test_compose import composed, story

TITLES = ("Ashford gets its bridge", "Ferry runs aground", "Moss wakes after forty years", "Rain on Sunday")


def an_issue(lead: str = "", subject: str = "{headline}") -> Issue:
    """The best story is in the last section, as the owner's order of sections may have it."""
    sections = ("Local", "World", "Local", "World")
    stories = [story(n, title, sections[n]) for n, title in enumerate(TITLES)]
    issue = composed(*stories, lead=lead, subject=subject)
    assert isinstance(issue, Issue)
    return issue


def without(draft: str, *titles: str) -> str:
    for title in titles:
        draft, count = re.subn(rf"### {title} .*?(?=\n##|\Z)", "", draft, flags=re.DOTALL)
        assert count == 1
    return draft


def read(draft: str, issue: Issue) -> Issue:
    return read_draft(draft, original=issue, name="draft.md")


@pytest.mark.parametrize(
    ("gone", "subject", "preheader"),
    [
        ((TITLES[0],), "Ferry runs aground", "Moss wakes after forty years · Rain on Sunday"),
        ((TITLES[0], TITLES[1]), "Moss wakes after forty years", "Rain on Sunday"),
        ((TITLES[1],), "Ashford gets its bridge", "Moss wakes after forty years · Rain on Sunday"),
    ],
)
def test_a_subject_left_alone_goes_to_the_best_story_that_is_left(
    gone: tuple[str, ...], subject: str, preheader: str
) -> None:
    issue = an_issue()
    now = read(without(write_draft(issue), *gone), issue)
    assert (now.subject, now.preheader) == (subject, preheader)


def test_it_goes_there_in_the_owners_template_and_from_a_subject_that_a_model_wrote() -> None:
    issue = an_issue(subject="{title} #{number}: {headline}")
    assert read(without(write_draft(issue), TITLES[0]), issue).subject == "The Ashford Signal #7: Ferry runs aground"
    issue = an_issue(lead="At last, a way over the Stour")
    assert issue.subject == "At last, a way over the Stour"
    assert read(without(write_draft(issue), TITLES[0]), issue).subject == "Ferry runs aground"
    assert read(without(write_draft(issue), TITLES[1]), issue).subject == "At last, a way over the Stour"


def test_a_subject_about_no_story_stays() -> None:
    issue = an_issue(subject="{title} #{number}")
    assert read(without(write_draft(issue), TITLES[0]), issue).subject == "The Ashford Signal #7"


def test_it_follows_a_headline_that_is_written_anew() -> None:
    issue = an_issue(subject="{title}: {headline}")
    draft = write_draft(issue).replace(f"### {TITLES[0]}", "### Ashford votes for a bridge")
    draft = draft.replace(f"### {TITLES[2]}", "### Moss lives")
    now = read(draft, issue)
    assert now.subject == "The Ashford Signal: Ashford votes for a bridge"
    assert now.preheader == "Ferry runs aground · Moss lives · Rain on Sunday"


def test_a_story_that_is_moved_is_still_in_it() -> None:
    issue = an_issue()
    draft = write_draft(issue)
    block = re.search(rf"### {TITLES[0]} .*?(?=\n##|\Z)", draft, re.DOTALL)
    assert block is not None
    moved = read(without(draft, TITLES[0]) + f"\n{block[0]}\n", issue)
    assert [item.headline for item in moved.items][-1] == TITLES[0]
    assert (moved.subject, moved.preheader) == (issue.subject, issue.preheader)


def test_with_all_of_them_deleted_it_is_about_the_editors_own_story() -> None:
    issue = an_issue()
    own = without(write_draft(issue), *TITLES) + "\n### Our fair is on Friday\n\nCome all.\n"
    assert (read(own, issue).subject, read(own, issue).preheader) == ("Our fair is on Friday", "Come all.")


def test_what_the_editor_wrote_stays_and_a_deleted_story_in_it_is_told() -> None:
    issue = an_issue()
    draft = without(write_draft(issue), TITLES[0]).replace(f"subject: {TITLES[0]}", f"subject: This week: {TITLES[0]}")
    now = read(draft, issue)
    assert now.subject == "This week: Ashford gets its bridge"
    assert told_though_gone(now, issue) == (TITLES[0],)
    assert told_though_gone(issue, issue) == ()


@given(
    gone=st.sets(st.sampled_from(TITLES), min_size=1, max_size=3),
    template=st.sampled_from(["{headline}", "{title} #{number}: {headline}", "{headline} ({date})", "{title}"]),
)
def test_no_deleted_story_is_named(gone: set[str], template: str) -> None:
    issue = an_issue(subject=template)
    now = read(without(write_draft(issue), *gone), issue)
    assert not [title for title in gone if title in now.subject + now.preheader]
    assert read(write_draft(issue), issue) == issue
    assert read(write_draft(now), now) == now


def test_a_draft_of_an_older_version_keeps_its_subject() -> None:
    issue = replace(an_issue(), ranking=(), subject_frame="")
    now = read(without(write_draft(issue), TITLES[0]), issue)
    assert now.subject == TITLES[0]
    assert told_though_gone(now, issue) == (TITLES[0],)
