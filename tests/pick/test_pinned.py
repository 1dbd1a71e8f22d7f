"""What the owner picked by hand goes in, whatever the rules say of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.model import Article, SentArticle, Why, Window
from digest.pick.admission.dedupe import find_copies
from digest.pick.admission.gate import admit
from digest.pick.picking import pick
from digest.pick.ranking.lead import each_pinned_leads
from digest.settings import PickSettings

TEXT = (
    "The harbour of Elsin will get a second ferry line in spring. The council voted nine to four on Monday after a "
    "debate of three hours; the line is paid for by the port and the two villages on the northern shore. "
)


@pytest.fixture
def mine(until) -> Article:
    return Article(
        id="a" * 16,
        source="picks.md",
        publisher="gazette.example",
        title="Ferry line for Elsin",
        url="https://gazette.example/ferry",
        canonical="https://gazette.example/ferry",
        published=until - timedelta(days=900),
        text=TEXT,
        pinned=True,
        note="Read it.",
    )


@pytest.fixture
def week(until) -> Window:
    return Window(since=until - timedelta(days=7), until=until)


def test_a_pick_passes_window_and_mutes(mine: Article, week: Window) -> None:
    admitted, dropped = admit([mine], window=week, settings=PickSettings(mute=("ferry",)), sent=())
    assert (admitted, dropped) == ([mine], [])


def test_a_pick_that_an_issue_carried_is_not_sent_again(mine: Article, week: Window) -> None:
    sent = SentArticle(
        id=mine.id,
        canonical=mine.canonical,
        title=mine.title,
        lead="",
        issue="0001-2025-01-01",
        sent_on=week.since.date(),
    )
    _, [dropped] = admit([mine], window=week, settings=PickSettings(), sent=[sent])
    assert dropped.why is Why.SENT_BEFORE


def test_a_pick_like_an_article_of_an_earlier_issue_goes_in(mine: Article, week: Window) -> None:
    sent = SentArticle(
        id="f" * 16, canonical="x", title=mine.title, lead=TEXT, issue="0001-2025-01-01", sent_on=week.since.date()
    )
    assert admit([mine], window=week, settings=PickSettings(), sent=[sent])[0] == [mine]


def test_of_copies_the_pick_stays_and_two_picks_both_do(mine: Article, until) -> None:
    fed = replace(mine, id="b" * 16, source="feed", pinned=False, note="", weight=50.0, published=until)
    other = replace(mine, id="c" * 16, url="https://copy.example/", canonical="https://copy.example/")
    kept, copies = find_copies([fed, mine, other])
    assert kept == [mine, other]
    assert [copy.article for copy in copies] == [fed]


def test_each_pick_leads_a_story_of_its_own(mine: Article) -> None:
    second, fed = replace(mine, id="b" * 16), replace(mine, id="c" * 16, pinned=False)
    assert each_pinned_leads([mine, second, fed]) == [[mine, fed], [second]]
    assert each_pinned_leads([fed]) == [[fed]]


def test_picks_come_first_whatever_the_caps(mine: Article, week: Window, until) -> None:
    words = ("Anvil", "Basil", "Cedar", "Delta", "Ember")
    picks = [
        replace(mine, id=f"{n:016x}", title=f"{word} {word}", url=None, canonical=word, text=f"{word} is here. " * 9)
        for n, word in enumerate(words)
    ]
    news = [
        replace(one, id=f"{n:015x}f", canonical=f"x{n}", title=f"News of {n}", text=f"Number {n}.", pinned=False)
        for n, one in enumerate(picks)
    ]
    news = [replace(one, published=until - timedelta(hours=1), source="feed") for one in news]
    settings = PickSettings(max_stories=3, per_source=1, per_section=1)
    picked = pick([*picks, *news], window=week, settings=settings, sections=())
    assert {story.lead.id for story in picked.stories} == {one.id for one in picks}
    assert all(story.terms[-1].name == "your pick" for story in picked.stories)
