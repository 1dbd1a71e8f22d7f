"""What is noted of the choice of an issue's stories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digest.issue.ballot import Ballot, ballot_of, telling_word
from digest.model import Article, Picked, Story, Term, Window
from digest.settings import Settings
from digest.text.words import tokens

UNTIL = datetime(2026, 2, 19, tzinfo=UTC)
WINDOW = Window(since=UNTIL - timedelta(days=7), until=UNTIL)
SETTINGS = Settings.model_validate(
    {
        "newsletter": {"title": "T", "sender": "a@example.org"},
        "sources": [{"feed": "gazette"}, {"opml": "list.opml"}, {"folder": "articles"}],
        "sections": [{"name": "World", "max_stories": 3}, {"name": "Science"}],
        "pick": {"max_stories": 8, "per_source": 4, "per_section": 5, "catch_all": "Rest"},
    }
)


def article(number: int, title: str, text: str = "") -> Article:
    return Article(
        id=f"{number:016x}",
        source="gazette",
        publisher="The Gazette",
        title=title,
        url=None,
        canonical=f"file:{number}",
        published=UNTIL,
        text=text,
        weight=1.5,
        language="en",
    )


def noted(*stories: tuple[Article, ...]) -> Ballot:
    considered = tuple(
        Story(articles=articles, section="World", score=1.0, terms=(Term(name="recency", value=1.0),))
        for articles in stories
    )
    picked = Picked(stories=considered[:1], dropped=(), considered=considered, near=((0, 1, 0.25),))
    return ballot_of(picked, window=WINDOW, settings=SETTINGS)


def test_the_settings_of_the_choice_are_noted() -> None:
    ballot = noted()

    assert (ballot.since, ballot.until) == (WINDOW.since, WINDOW.until)
    assert (ballot.max_stories, ballot.per_source, ballot.per_section, ballot.catch_all) == (8, 4, 5, "Rest")
    assert [(section.name, section.most) for section in ballot.sections] == [("World", 3), ("Science", None)]
    assert ballot.own_sources == ("gazette", "articles")


def test_stories_are_noted_without_their_texts() -> None:
    [candidate] = noted((article(1, "Ferry runs aground"), article(2, "Ferry aground"))).candidates

    assert (candidate.section, [term.value for term in candidate.terms]) == ("World", [1.0])
    assert [(voice.source, voice.publisher, voice.weight) for voice in candidate.voices] == [
        ("gazette", "The Gazette", 1.5)
    ] * 2


def test_words_of_its_own_stand_in_no_other_story_nor_does_their_plural() -> None:
    ferry, other = noted(
        (article(1, "The ferry of Elsin hits a bridge"),),
        (article(2, "Trains stop", "All bridges and the town of Elsin are closed."),),
    ).candidates

    assert ferry.own_words == ("ferry", "hits", "elsin hits")
    assert other.own_words == ("trains", "stop", "trains stop")


def test_two_words_in_a_row_may_be_its_own_where_each_is_not() -> None:
    first, _ = noted(
        (article(1, "Shadow fleet"),), (article(2, "Fleet casts a shadow", "The fleet. The shadow."),)
    ).candidates

    assert first.own_words == ("shadow fleet",)


def test_words_far_down_in_a_text_are_nobodys_concern() -> None:
    first, _ = noted((article(1, "Ferry"),), (article(2, "Trains", "x " * 400 + "ferry"),)).candidates

    assert first.own_words == ("ferry",)


@given(st.lists(st.text(st.sampled_from("abcä 'ss文字一二"), max_size=12), min_size=1, max_size=5))
def test_every_word_of_its_own_is_in_its_headline(titles: list[str]) -> None:
    candidates = noted(*((article(number, title),) for number, title in enumerate(titles))).candidates

    for title, candidate in zip(titles, candidates, strict=True):
        assert all(" ".join(tokens(word)) in " ".join(tokens(title)) for word in candidate.own_words)


def test_the_longest_word_that_says_something_is_telling() -> None:
    assert telling_word("With 1000000 friends at the harbour", "en") == "friends"
    assert telling_word("Of 12 and the") == ""
