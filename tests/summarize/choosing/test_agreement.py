"""What the articles of a story agree on."""

from __future__ import annotations

import numpy as np

from digest.summarize.choosing.agreement import agreement
from digest.summarize.sentences.article_sentences import read_sentences
from digest.text.stems import stems
from tests.summarize.papers import article


def values(texts: list[str], choices: list[tuple[int, ...]], headlines: tuple[str, ...] = (), words: int = 9):
    """What each choice of the sentences of some articles is worth."""
    lines = read_sentences([article(text, number) for number, text in enumerate(texts)])
    chosen = np.zeros((len(choices), len(lines)))
    for row, choice in enumerate(choices):
        chosen[row, list(choice)] = 1
    return agreement(lines, [stems(headline) for headline in headlines], lines, words=words).values(chosen)


def test_what_each_article_begins_with_is_worth_more_than_what_comes_late():
    opening, late = values(["Ann built nine stone bridges in the old town. Bob sold his horses there."], [(0,), (1,)])
    assert opening > late


def test_what_both_articles_begin_with_is_worth_more_than_what_one_does():
    texts = ["Ann built bridges in Kent.", "Ann built bridges for trains.", "Bob sold horses in York."]
    of_two, of_one = values(texts, [(0,), (2,)])
    assert of_two > of_one


def test_the_words_of_a_headline_in_a_row_are_worth_more_than_the_same_words_apart():
    in_a_row, apart = values(["Ann built bridges. Bridges: Ann built."], [(0,), (1,)], ("Ann built bridges",))
    assert in_a_row > apart


def test_a_teaser_of_one_sentence_is_no_reason_to_tell_no_more():
    texts, choices = ["Ann built bridges.", "Ann built bridges. They opened in March."], [(1,), (1, 2)]
    loss, loss_of_long = (short / full for short, full in (values(texts, choices, words=n) for n in (1, 60)))
    assert loss_of_long < loss


def test_nothing_said_is_worth_nothing():
    assert values(["Ann built bridges."], [()]) == [0.0]
