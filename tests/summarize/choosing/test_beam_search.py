from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from digest.model import Article
from digest.summarize.choosing.beam_search import best_choice
from digest.summarize.choosing.candidates import Candidate
from digest.summarize.choosing.consensus import Consensus
from digest.summarize.sentences.article_sentences import ArticleSentence

ARTICLE = Article(
    id="a",
    source="feed",
    publisher="Paper",
    title="",
    url=None,
    canonical="file:a",
    published=datetime(2026, 2, 19, tzinfo=UTC),
)


def candidate(
    *,
    source=0,
    place=0,
    length=10,
    leans=False,
    content="abc",
    stems=(),
    unmet=(),
    text="",
    publisher="",
    announces=0.0,
):
    sentence = ArticleSentence(
        text=text,
        article=replace(ARTICLE, publisher=publisher or f"Paper {source}", language="en"),
        source=source,
        place=place,
        rank=place,
        scene=False,
        ended=True,
        quoted=False,
        stems=tuple(stems),
        given=frozenset(unmet),
    )
    return Candidate(
        sentence=sentence,
        length=length,
        leans=leans,
        unmet=frozenset(unmet),
        content=frozenset(content),
        announces=announces,
    )


def chosen(pool, worth, words=45):
    """The best choice where each sentence has a worth of its own."""
    values = np.array(worth, dtype=float)
    count = len(pool)
    measure = Consensus(
        counts=np.diag(values / 2),
        wanted=values / 2,
        lengths=np.zeros(count),
        length=1.0,
        losses=np.zeros(count),
    )
    return best_choice(pool, measure, words=words)


def test_the_sentences_that_are_worth_most_together_are_chosen_as_far_as_there_is_room():
    pool = [candidate(place=at, length=length, content=str(at)) for at, length in enumerate((35, 15, 15, 15))]
    assert chosen(pool, [6, 4, 4, 1], words=50) == (0, 1)
    assert chosen(pool, [6, 4, 4, 4], words=50) == (1, 2, 3)


def test_a_leaning_sentence_comes_only_with_the_one_before_it():
    pool = [
        candidate(place=0, content="a"),
        candidate(place=1, leans=True, content="b"),
        candidate(place=5, content="c"),
    ]
    assert chosen(pool, [1, 9, 5], words=30) == (0, 1)
    pool[1] = candidate(place=3, leans=True, content="b")
    assert chosen(pool, [1, 9, 5], words=30) == (0, 2)


def test_a_surname_comes_only_behind_the_sentence_with_the_name_in_full():
    pool = [
        candidate(place=0, content="a"),
        candidate(place=1, stems={"miller"}, content="b"),
        candidate(place=4, unmet={"miller"}, content="c"),
    ]
    assert chosen(pool, [5, 1, 9], words=45) == (0, 1, 2)
    assert chosen([pool[0], pool[2]], [5, 9], words=45) == (0,)


def test_two_sentences_that_say_the_same_are_not_both_chosen():
    assert chosen([candidate(place=0), candidate(place=1), candidate(place=2, content="x")], [3, 3, 1]) == (0, 2)


def test_two_articles_are_cited_where_they_can_be():
    pool = [candidate(place=0, content="a"), candidate(place=1, content="b"), candidate(source=1, content="c")]
    assert chosen(pool, [9, 9, 1], words=30) == (0, 2)


def test_of_two_second_sources_the_one_that_adds_something_is_cited():
    pool = [candidate(content="abcd"), candidate(source=1, content="abcx"), candidate(source=1, place=1, content="yz")]
    assert chosen(pool, [1, 0.1, 0.05], words=30) == (0, 2)


def test_many_short_sentences_are_no_summary():
    pool = [candidate(place=at, length=5, content=str(at)) for at in range(6)]
    assert len(chosen(pool, [1] * 6, words=60)) == 4


def test_a_single_sentence_may_be_too_long():
    assert chosen([candidate(length=90)], [1]) == (0,)


def test_two_articles_that_say_the_same_are_cited_where_nothing_else_would_cite_two():
    pool = [candidate(place=0, content="abc"), candidate(place=1, content="xyz"), candidate(source=1, content="abc")]
    assert chosen(pool, [9, 1, 8], words=30) == (1, 2)
    assert chosen([pool[0], pool[2]], [9, 8], words=30) == (0, 1)


def test_two_articles_of_one_outlet_are_one_voice():
    own = candidate(source=1, content="d", publisher="Paper 0")
    pool = [candidate(content="a"), own, candidate(source=2, content="c")]
    assert chosen(pool, [9, 9, 1], words=30) == (0, 2)


def test_outlets_that_count_otherwise_do_not_stand_side_by_side():
    first = candidate(content="a", text="The fire killed 49 people.")
    other = candidate(source=1, content="b", text="Fifty people died.")
    third = candidate(source=2, content="c", text="At least 40 people died.")
    assert chosen([first, other, third], [9, 9, 1], words=30) == (0, 2)


def test_an_article_may_count_twice():
    pool = [
        candidate(content="a", text="In May it added 49 jobs."),
        candidate(place=1, content="b", text="In June it added 50 jobs."),
    ]
    assert chosen(pool, [9, 9], words=30) == (0, 1)


def test_the_end_of_an_abstract_is_not_what_a_text_leans_on():
    pool = [candidate(place=-1, content="a"), candidate(leans=True, content="b"), candidate(place=9, content="c")]
    assert chosen(pool, [5, 9, 1], words=30) == (0, 2)


def test_two_outlets_that_both_tell_the_headline_say_the_same():
    first, again = candidate(content="abc", announces=0.8), candidate(source=1, content="xyz", announces=0.7)
    detail = candidate(source=1, place=1, content="d", announces=0.2)
    assert chosen([first, again, detail], [9, 9, 1], words=30) == (0, 2)
    assert chosen([first, again], [9, 9], words=30) == (0, 1)
