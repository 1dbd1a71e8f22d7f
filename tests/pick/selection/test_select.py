from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, identity

from digest.model import Story, Term, Why
from digest.pick.selection.select import Capacity, as_pairs, from_pairs, nearness, select
from digest.settings import PickSettings, SectionSettings


@pytest.fixture(scope="session")
def story(article):
    """story("a", 2.5, source="paper") → a story of that score, led by an article of that source."""

    def make(name, score, *, source="", section="World", others=()):
        lead = article(name, source=source or name, publisher=(source or name).title())
        terms = (Term(name="recency", value=score),)
        return Story(articles=(lead, *others), section=section, score=score, terms=terms)

    return make


def capacity(stories=20, per_source=3, per_section=6, sections=None, per_topic=2, *, sections_give_way=False):
    return Capacity(
        stories=stories,
        per_source=per_source,
        per_section=per_section,
        sections=sections or {},
        per_topic=per_topic,
        catch_all="More stories",
        sections_give_way=sections_give_way,
    )


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_near_is_the_same_once_written_down(vectors):
    near = nearness(csr_matrix(np.array(vectors)))

    again = from_pairs(as_pairs(near), len(vectors)).toarray()

    np.fill_diagonal(again, 0)
    expected = near.toarray()
    np.fill_diagonal(expected, 0)
    assert (again == expected).all()


def chosen(stories, given_capacity=None):
    """What is taken of stories on unlike subjects, and what is not."""
    return select(stories, csr_matrix(identity(len(stories))), given_capacity or capacity())


def ids(stories):
    return [one.id for one in stories]


def test_the_best_comes_first(story):
    assert ids(chosen([story("b", 2), story("c", 1), story("a", 3)])[0]) == ["a", "b", "c"]


def test_there_are_no_more_stories_than_places(story):
    taken, dropped = chosen([story("a", 3), story("b", 2), story("c", 1)], capacity(stories=2))

    assert ids(taken) == ["a", "b"]
    assert [(one.article.id, one.why, one.score) for one in dropped] == [("c", Why.BELOW_CUT, 1)]
    assert dropped[0].detail == "The issue's 2 places are taken from 2.00 upwards; it has 1.00."


def test_a_source_leads_no_more_stories_than_it_may(story):
    stories = [story(name, 9 - n, source="paper") for n, name in enumerate("abc")]

    taken, dropped = chosen([*stories, story("other", 1)], capacity(per_source=2))

    assert ids(taken) == ["a", "b", "other"]
    assert [(one.article.id, one.why) for one in dropped] == [("c", Why.SOURCE_CAP)]
    assert dropped[0].detail == "Better stories of Paper have its 2 places."


def test_a_section_has_no_more_stories_than_it_may(story):
    stories = [story(name, 9 - n, section="Sport") for n, name in enumerate("abc")]

    taken, dropped = chosen([*stories, story("other", 1)], capacity(per_section=6, sections={"Sport": 1}))

    assert ids(taken) == ["a", "other"]
    assert {one.why for one in dropped} == {Why.SECTION_CAP}
    assert dropped[0].detail == "Better stories have the 1 place of Sport."


def test_the_catch_all_takes_what_room_the_sections_leave(story):
    rest = [story(name, 9 - n, section="More stories") for n, name in enumerate("abcd")]

    taken, dropped = chosen([*rest, story("match", 1, section="Sport")], capacity(stories=4, per_section=2))

    assert ids(taken) == ["a", "b", "match", "c"]
    assert [(one.article.id, one.why) for one in dropped] == [("d", Why.BELOW_CUT)]
    assert dropped[0].detail == "The issue's 4 places are taken from 7.00 upwards; it has 6.00."


def test_the_catch_all_crowds_no_section_out(story):
    rest = [story(name, 9 - n, section="More stories") for n, name in enumerate("abc")]
    sport = [story(name, 2 - n, section="Sport") for n, name in enumerate("xy")]

    taken, dropped = chosen([*rest, *sport], capacity(stories=4, per_section=2))

    assert ids(taken) == ["a", "b", "x", "y"]
    assert [(one.article.id, one.why) for one in dropped] == [("c", Why.SECTION_CAP)]
    assert dropped[0].detail == "Better stories have the 2 places of More stories."


def test_a_catch_all_with_a_number_of_its_own_takes_no_more(story):
    rest = [story(name, 9 - n, section="More stories") for n, name in enumerate("ab")]

    taken, dropped = chosen(rest, capacity(sections={"More stories": 1}))

    assert ids(taken) == ["a"]
    assert [one.why for one in dropped] == [Why.SECTION_CAP]


def world_and_a_weak_rest(story):
    world = [story(f"w{n}", 3 - n / 100) for n in range(6)]
    return [*world, *(story(f"s{n}", 2 - n / 100, section="Sport") for n in range(6))]


def test_a_full_section_without_a_number_goes_on_with_what_is_much_better_than_the_rest(story):
    taken, dropped = chosen(
        world_and_a_weak_rest(story), capacity(stories=6, per_section=2, sections={"Sport": 3}, sections_give_way=True)
    )

    assert ids(taken) == ["w0", "w1", "w2", "w3", "w4", "s0"]
    assert [one.score for one in taken] == pytest.approx([3, 2.99, 2.73, 2.47, 2.21, 2])
    assert taken[3].terms[-1].detail == "3 of World above, 2 are usual"
    assert {one.why for one in dropped} == {Why.BELOW_CUT}


def test_a_full_section_with_a_number_of_the_owners_takes_no_more(story):
    for given_capacity in (
        capacity(stories=6, per_section=2),
        capacity(stories=6, sections={"World": 2}, sections_give_way=True),
    ):
        taken, _ = chosen(world_and_a_weak_rest(story), given_capacity)

        assert sum(one.section == "World" for one in taken) == 2


def test_a_crowded_section_does_not_go_before_a_better_rest_that_waits(story):
    rest = [story(f"r{n}", 9 - n, section="More stories") for n in range(3)]
    world = [story(f"w{n}", 4 - n) for n in range(3)]

    taken, _ = chosen([*rest, *world], capacity(stories=5, per_section=2, sections_give_way=True))

    assert ids(taken) == ["r0", "r1", "w0", "w1", "r2"]


def test_a_section_gives_way_where_nobody_wrote_a_number():
    assert Capacity.of(PickSettings(), []).sections_give_way
    assert not Capacity.of(PickSettings(per_section=6), []).sections_give_way


def test_what_fills_up_keeps_to_the_room_of_its_source(story):
    rest = [story(name, 9 - n, source="paper", section="More stories") for n, name in enumerate("abc")]

    taken, dropped = chosen(rest, capacity(per_source=2, per_section=1))

    assert ids(taken) == ["a", "b"]
    assert [(one.article.id, one.why) for one in dropped] == [("c", Why.SOURCE_CAP)]


def test_a_full_source_lets_another_articles_source_lead(story, article):
    other = article("other")
    stories = [story("a", 9, source="paper"), story("b", 8, source="paper", others=(other,))]

    taken, _ = chosen(stories, capacity(per_source=1))

    assert ids(taken) == ["a", "other"]
    assert {one.id for one in taken[1].articles} == {"b", "other"}


def test_each_story_above_of_the_same_source_takes_a_quarter(story):
    taken, _ = chosen([story(name, 5.0, source="paper") for name in "abc"])

    assert [one.score for one in taken] == [5.0, 4.75, 4.5]
    assert taken[2].terms[-1].detail == "2 of Paper above"


def test_a_story_of_another_source_passes_one_that_lost_for_variety(story):
    stories = [story("a", 5.0, source="paper"), story("b", 4.9, source="paper"), story("c", 4.8)]

    assert ids(chosen(stories)[0]) == ["a", "c", "b"]


def test_what_a_second_source_tells_loses_nothing_for_what_its_leads_source_leads_above(story, article):
    above = [story(name, 9 - n, source="paper") for n, name in enumerate("abc")]
    two = story("told by two", 1.5, source="paper", others=(article("other"),))

    taken, _ = chosen([*above, story("review", 1.0), two], capacity(per_source=9))

    assert ids(taken) == ["a", "b", "c", "told by two", "review"]
    assert taken[3].score == 1.5


def test_of_its_sources_the_one_that_leads_fewest_counts(story, article):
    above = [story("a", 9, source="paper"), story("b", 8, source="paper"), story("c", 7, source="other")]
    two = story("two", 3, source="paper", others=(article("d", source="other", publisher="Other"),))

    taken, _ = chosen([*above, two])

    assert taken[3].score == 2.75
    assert taken[3].terms[-1].detail == "1 of Other above, no fewer of the others"


def test_a_story_on_the_subject_of_one_above_loses_three_quarters_of_a_point(story):
    near = nearness(csr_matrix(np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])))

    taken, _ = select([story("a", 5.0), story("b", 4.9), story("c", 4.8)], near, capacity())

    assert ids(taken) == ["a", "c", "b"]
    assert taken[2].score == pytest.approx(4.15)
    assert taken[2].terms[-1].detail == 'on the subject of "Something about a" above'


def test_stories_on_one_subject_cost_no_more_the_more_of_them_there_are(story):
    near = nearness(csr_matrix(np.ones((4, 1))))

    taken, _ = select([story(name, 5.0) for name in "abcd"], near, capacity(per_topic=9))

    assert [one.score for one in taken] == [5.0, 4.25, 4.25, 4.25]


def test_a_subject_has_no_more_stories_than_it_may(story):
    near = nearness(csr_matrix(np.array([[1.0, 0.0]] * 3 + [[0.0, 1.0]])))

    taken, dropped = select([story(name, 5.0) for name in "abcd"], near, capacity(per_topic=2))

    assert ids(taken) == ["a", "d", "b"]
    assert [(one.article.id, one.why) for one in dropped] == [("c", Why.TOPIC_CAP)]
    assert dropped[0].detail == 'Better stories have the 2 places of its subject ("Something about a").'


def test_every_article_of_a_story_that_is_not_taken_is_dropped(story, article):
    _, dropped = chosen([story("a", 9), story("b", 1, others=(article("c"),))], capacity(stories=1))

    assert [one.article.id for one in dropped] == ["b", "c"]


def test_nothing_to_choose_from_gives_nothing():
    assert chosen([]) == ([], [])


STORIES = st.lists(
    st.tuples(st.floats(-1, 9), st.sampled_from("pqr"), st.sampled_from(["World", "Sport"])), min_size=1, max_size=12
)


@given(STORIES, st.integers(1, 8), st.integers(1, 3), st.integers(1, 4))
def test_caps_hold_scores_are_sums_of_terms_and_nothing_is_lost(story, values, stories, per_source, per_section):
    offered = [
        story(f"n{n}", score, source=source, section=section) for n, (score, source, section) in enumerate(values)
    ]

    taken, dropped = chosen(offered, capacity(stories, per_source, per_section))

    assert len(taken) <= stories
    assert max(Counter(one.lead.source for one in taken).values()) <= per_source
    assert max(Counter(one.section for one in taken).values()) <= per_section
    assert all(one.score == pytest.approx(sum(term.value for term in one.terms)) for one in taken)
    assert sorted([*ids(taken), *(one.article.id for one in dropped)]) == sorted(ids(offered))


@given(STORIES)
def test_each_story_scores_no_more_than_the_one_above(story, values):
    offered = [story(f"n{n}", score, source=source) for n, (score, source, _) in enumerate(values)]

    scores = [one.score for one in chosen(offered, capacity(per_source=99, per_section=99))[0]]

    assert all(lower <= higher + 1e-9 for higher, lower in pairwise(scores))


def test_a_section_that_says_nothing_has_the_room_of_all():
    settings = PickSettings(max_stories=9, per_source=2, per_section=5)

    made = Capacity.of(settings, [SectionSettings(name="World"), SectionSettings(name="Sport", max_stories=1)])

    assert (made.stories, made.per_source) == (9, 2)
    assert (made.in_section("World"), made.in_section("Sport"), made.in_section("More stories")) == (5, 1, 5)
