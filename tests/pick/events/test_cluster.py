from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pick.events.cluster import SPAN, agglomerate, join_events
from digest.pick.events.vectors import term_vectors

DAY = 86_400.0


def joined(articles):
    """The ids of each group that `join_events` makes of articles."""
    return {frozenset(articles[i].id for i in group) for group in join_events(articles, term_vectors(articles))}


@st.composite
def likenesses(draw):
    """Some pairs of a few things with their likeness, and the things' times."""
    size = draw(st.integers(0, 9))
    keys = [(a, b) for a in range(size) for b in range(a + 1, size)]
    chosen = draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    pairs = {key: draw(st.floats(0, 1)) for key in chosen}
    return pairs, draw(st.lists(st.none() | st.floats(0, 10 * DAY), min_size=size, max_size=size))


@given(likenesses())
def test_every_number_is_in_exactly_one_group(given_likenesses):
    pairs, times = given_likenesses

    groups = agglomerate(pairs, times)

    assert sorted(number for group in groups for number in group) == list(range(len(times)))


@given(likenesses())
def test_no_group_spans_more_than_the_days_of_an_event(given_likenesses):
    pairs, times = given_likenesses

    for group in agglomerate(pairs, times):
        known = [times[i] for i in group if times[i] is not None]
        assert not known or max(known) - min(known) <= SPAN.total_seconds()


@given(likenesses())
def test_no_two_groups_are_left_that_belong_together(given_likenesses):
    pairs, times = given_likenesses

    groups = agglomerate(pairs, times, threshold=0.5)

    for n, first in enumerate(groups):
        for second in groups[n + 1 :]:
            between = [pairs.get((min(a, b), max(a, b)), 0.0) for a in first for b in second]
            known = [times[i] for i in (*first, *second) if times[i] is not None]
            fits = not known or max(known) - min(known) <= SPAN.total_seconds()
            assert not fits or sum(between) / len(between) < 0.5 + 1e-9


def test_two_alike_are_joined_and_a_stranger_stays_alone():
    assert agglomerate({(0, 2): 0.9}, [0.0, 0.0, 0.0]) == [[0, 2], [1]]


def test_a_chain_is_cut_where_its_ends_have_nothing_in_common():
    assert agglomerate({(0, 1): 0.9, (1, 2): 0.8}, [0.0, 0.0, 0.0], threshold=0.5) == [[0, 1], [2]]


def test_things_without_a_time_fit_in_any_group():
    assert agglomerate({(0, 1): 0.9}, [None, 5 * DAY]) == [[0, 1]]


def test_nothing_gives_no_groups():
    assert agglomerate({}, []) == []
    assert join_events([], term_vectors([])) == []


def test_one_event_in_three_outlets_is_one_group(quake, elsewhere):
    assert frozenset({"quake0", "quake1", "quake2"}) in joined([*quake, *elsewhere])


def test_articles_on_other_things_stand_alone(elsewhere):
    assert joined(elsewhere) == {frozenset({article.id}) for article in elsewhere}


def test_two_events_of_one_topic_are_kept_apart(quake, flood, elsewhere):
    groups = joined([*quake, flood, *elsewhere])

    assert frozenset({"flood"}) in groups
    assert frozenset({"quake0", "quake1", "quake2"}) in groups


def test_the_same_words_days_later_are_another_event(article, quake, elsewhere):
    later = article("later", title=quake[0].title, text=quake[0].text, published=quake[0].published + timedelta(days=4))

    assert frozenset({"later"}) in joined([*quake, later, *elsewhere])


def test_episodes_of_one_podcast_are_never_joined(article, elsewhere):
    notes = "The hosts talk about compilers, type systems and the history of garbage collection in small languages."
    episodes = [
        article(f"e{n}", source="https://pod.example/feed", title=f"Compiler Talk, episode {n}", text=notes)
        for n in (41, 42, 43)
    ]

    groups = joined([*episodes, *elsewhere])

    assert {frozenset({episode.id}) for episode in episodes} <= groups


@pytest.mark.parametrize("turn", [1, 4, 7])
def test_the_order_of_articles_changes_no_group(turn, quake, flood, elsewhere):
    articles = [*quake, flood, *elsewhere]

    assert joined(articles) == joined([*articles[turn:], *articles[:turn]])
