import pytest

from digest.model import Story, Term, Why
from digest.pick.picking import pick
from digest.pick.ranking.worth import worth_telling
from digest.settings import PickSettings


@pytest.fixture(scope="session")
def story(article):
    """story("a", 0.2, novelty=-0.5) → a story of these terms."""

    def make(name, score, *, pinned=False, novelty=0.0):
        terms = (Term(name="recency", value=score), Term(name="novelty", value=novelty))
        return Story(articles=(article(name, pinned=pinned),), section="World", score=score + novelty, terms=terms)

    return make


def worth(*stories, least=None):
    return [one.id for one in worth_telling(stories, least=least)[0]]


def test_a_story_below_the_floor_is_not_taken_and_says_so(story):
    kept, weak = worth_telling([story("a", 1.0), story("b", 0.6), story("c", -0.1)], least=None)

    assert [one.id for one in kept] == ["a", "b"]
    assert [(one.article.id, one.why, one.score) for one in weak] == [("c", Why.TOO_WEAK, -0.1)]
    assert weak[0].detail == "It scores -0.10; with less than 0.00 no story is taken (min_score)."


def test_where_all_are_short_none_is_weak(story):
    assert worth(story("a", 0.1), story("b", 0.0), story("c", -0.2)) == ["a", "b", "c"]


def test_the_owners_own_floor_holds_whatever_the_others_are(story):
    assert worth(story("a", 1.0), story("b", 0.6), story("c", 0.4), least=0.5) == ["a", "b"]
    assert worth(story("a", 0.1), story("b", -0.9), least=-1) == ["a", "b"]


def test_to_go_on_with_an_earlier_story_makes_none_weak(story):
    assert worth(story("a", 1.0), story("b", 1.0), story("c", 0.2, novelty=-0.5)) == ["a", "b", "c"]


def test_what_the_owner_picked_is_worth_its_place(story):
    assert worth(story("a", 1.0), story("b", 1.0), story("c", -3.0, pinned=True)) == ["a", "b", "c"]


def test_no_story_at_all_is_no_trouble():
    assert worth() == []


def test_a_quiet_week_is_not_filled_up_with_old_teasers_of_a_busy_source(article, window, prose):
    good = [article(f"good{n}", hours=5, title=prose(f"g{n}x", 6), text=prose(f"g{n}y", 150)) for n in range(5)]
    thin = [article(f"thin{n}", hours=160, title=prose(f"t{n}x", 6), source="ticker") for n in range(4)]

    picked = pick([*good, *thin], window=window, settings=PickSettings(), sections=())

    assert {story.id for story in picked.stories} == {one.id for one in good}
    assert [dropped.why for dropped in picked.dropped] == [Why.TOO_WEAK] * 4
