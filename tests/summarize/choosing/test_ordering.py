"""The order in which chosen sentences are told."""

from __future__ import annotations

from digest.summarize.choosing.ordering import in_reading_order, outlets
from digest.summarize.sentences.article_sentences import ArticleSentence, read_sentences
from digest.text.stems import stems
from tests.summarize.papers import article

HEADLINE = frozenset(stems("Ashford gets its second bridge"))
EVENT = "The council of Ashford voted for a second bridge over the Stour."
DETAIL = "Work on the bridge will begin in March."
ASIDE = "Traders of the High Street thanked the mayor for her patience."


def lines(*texts: str) -> list[ArticleSentence]:
    return read_sentences([article(text, number) for number, text in enumerate(texts)])


def order(*chosen: ArticleSentence) -> list[str]:
    return [sentence.text for sentence in in_reading_order(chosen, HEADLINE)]


def test_what_says_most_of_the_headline_comes_first_with_the_rest_of_its_article() -> None:
    assert order(*lines(ASIDE, f"{EVENT} {DETAIL}")) == [EVENT, DETAIL, ASIDE]


def test_among_equals_the_leading_article_comes_first() -> None:
    assert order(*lines(DETAIL, DETAIL.replace("March", "April"))) == [DETAIL, DETAIL.replace("March", "April")]


def test_a_quotation_comes_behind_what_says_who_speaks_of_what() -> None:
    quotation = "“We want a second bridge for Ashford,” said the mayor."
    later = "Nobody spoke on Monday. Drivers have queued for years."
    spoken, _, queued = lines(quotation, later)
    assert order(spoken, queued) == ["Drivers have queued for years.", quotation]
    assert order(spoken) == [quotation]


def test_an_article_whose_opening_is_not_there_comes_behind_one_that_begins() -> None:
    aside, _, event = lines(ASIDE, f"Nobody spoke on Monday. {EVENT}")
    assert order(aside, event) == [ASIDE, EVENT]


def test_it_ends_with_a_fact_unless_that_would_leave_an_outlet_out() -> None:
    assert order(*lines(f"{EVENT} Not everything went to plan.")) == [EVENT]
    assert order(*lines(EVENT, "Not everything went to plan.")) == [EVENT, "Not everything went to plan."]


def test_nothing_has_no_order() -> None:
    assert order() == []


def test_outlets_are_told_apart_by_their_names() -> None:
    assert outlets(lines(f"{EVENT} {DETAIL}", ASIDE)) == {"Paper 0", "Paper 1"}
