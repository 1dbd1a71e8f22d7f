import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pick.selection.topics import assign_topics

SPORT, VOTE, BREAD = ("striker goal keeper stadium", "ballot voter candidate party", "flour oven yeast crust")
#: Mentions of the keywords of two topics, sport and vote.
NAMES_SPORT, NAMES_VOTE, SILENT = (3.0, 0.0), (0.0, 3.0), (0.0, 0.0)


def told(*articles):
    """The topics of (words, mentions) pairs."""
    bags = [dict.fromkeys(words.split(), 1.0) for words, _ in articles]
    return assign_topics(bags, np.array([mentions for _, mentions in articles]))


WEEK = [*[(SPORT, NAMES_SPORT)] * 40, *[(VOTE, NAMES_VOTE)] * 40]


def test_articles_that_name_a_topic_have_it():
    assert told(*WEEK) == [0] * 40 + [1] * 40


@pytest.mark.parametrize(("words", "topic"), [(SPORT, 0), (VOTE, 1)])
def test_a_silent_article_has_the_topic_of_those_most_like_it(words, topic):
    assert told(*WEEK, (words, SILENT))[-1] == topic


def test_an_article_on_something_else_has_none():
    assert told(*WEEK, *[(BREAD, SILENT)] * 10)[-10:] == [-1] * 10


def test_an_article_of_several_keywords_has_their_topic_in_whatever_company():
    assert told(*WEEK, *[(BREAD, SILENT)] * 9, (BREAD, (0.0, 4.0)))[-1] == 1


def test_an_article_of_one_keyword_has_its_topic_only_in_some_company():
    assert told(*WEEK, *[(BREAD, SILENT)] * 9, (BREAD, NAMES_VOTE))[-1] == -1
    assert told(*WEEK, (f"{BREAD} voter ballot", NAMES_VOTE))[-1] == 1


def test_a_single_article_that_names_a_topic_has_it():
    assert told((SPORT, NAMES_SPORT)) == [0]


def test_an_article_without_a_word_has_no_topic():
    assert told(*WEEK, ("", SILENT))[-1] == -1


def test_without_topics_or_mentions_or_articles_there_is_nothing_to_tell():
    assert assign_topics([{"a": 1.0}, {}], np.zeros((2, 0))) == [-1, -1]
    assert told((SPORT, SILENT), (VOTE, SILENT)) == [-1, -1]
    assert assign_topics([], np.zeros((0, 2))) == []


def test_the_order_of_articles_changes_no_topic():
    articles = [*WEEK, (SPORT, SILENT), (VOTE, SILENT), (BREAD, SILENT)]

    assert told(*articles[::-1]) == told(*articles)[::-1]


ARTICLES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(f"{SPORT} {VOTE} {BREAD}".split()), max_size=6).map(" ".join),
        st.tuples(st.integers(0, 5), st.integers(0, 5)),
    ),
    min_size=1,
    max_size=8,
)


@given(ARTICLES, st.booleans())
def test_every_article_has_a_topic_or_none(articles, in_a_busy_week):
    given_articles = [*articles, *(WEEK if in_a_busy_week else ())]

    assert all(topic in {-1, 0, 1} for topic in told(*given_articles))
    assert len(told(*given_articles)) == len(given_articles)
