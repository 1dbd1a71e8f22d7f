import numpy as np

from digest.summarize.choosing.consensus import consensus
from digest.summarize.sentences.article_sentences import read_sentences
from digest.text.stems import stems
from tests.summarize.papers import article

#: Enough words that a summary cannot hold them all.
REST = " ".join(
    " ".join(f"{begin}{middle}{end}" for middle in "aeiou" for end in ("bo", "cu", "da", "fi", "go")).capitalize() + "."
    for begin in (
        "bal",
        "cel",
        "dil",
        "fol",
        "gul",
        "hal",
        "jel",
        "kil",
        "lom",
        "mun",
        "nar",
        "pes",
        "rit",
        "sov",
        "tuk",
    )
)


def values(texts, choices, headline=""):
    lines = read_sentences([article(f"{text} {REST}", at) for at, text in enumerate(texts)])
    return consensus(lines, [stems(headline)], lines, words=60).values(choices)


def test_an_early_sentence_is_worth_more_than_a_late_one():
    early, late = values(["Ann built bridges. Bob sold horses."], [(0,), (1,)])
    assert early > late


def test_what_two_articles_say_is_worth_more_than_what_one_says():
    one, other = "Ann built bridges.", "Bob sold horses."
    of_two, of_one = values([f"{one} {other}", one], [(0,), (1,)])
    assert of_two > of_one


def test_what_the_headline_says_is_worth_more():
    without, other = values(["Bob sold horses. Ann built bridges."], [(1,), (0,)])
    of_headline, first = values(["Bob sold horses. Ann built bridges."], [(1,), (0,)], headline="Ann built bridges")
    assert without < other
    assert of_headline > first


def test_saying_a_thing_again_adds_less_than_saying_it():
    once, twice = values(["Ann built bridges. Ann built bridges."], [(0,), (0, 1)])
    assert twice < 2 * once


def test_a_quotation_is_worth_less_than_the_same_words():
    [marked] = values(["Ann built “long” bridges in Kent and York last year."], [(0,)])
    [plain] = values(["Ann built long bridges in Kent and York last year."], [(0,)])
    assert plain > marked


def test_values_are_finite_for_sentences_without_words():
    lines = read_sentences([article("… … …. !!!")])
    assert np.isfinite(consensus(lines, [], lines, words=60).values([(0,)])).all()


def test_a_day_named_from_its_own_costs_a_little():
    [of_its_day] = values(["Ann built bridges in Kent and York yesterday."], [(0,)])
    [of_any_day] = values(["Ann built bridges in Kent and York Monday."], [(0,)])
    assert of_any_day > of_its_day


def test_an_earlier_year_costs_a_little_unless_the_story_begins_with_it():
    [past] = values(["Bob sold horses. Ann built bridges in Kent and York in 2019."], [(1,)])
    [now] = values(["Bob sold horses. Ann built bridges in Kent and York in 2026."], [(1,)])
    assert now > past
    [first] = values(["Ann built bridges in Kent and York in 2019."], [(0,)])
    [other] = values(["Ann built bridges in Kent and York in 2026."], [(0,)])
    assert first == other
