"""What of the other articles may stand below a headline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from digest.model import Article
from digest.summarize.choosing.candidates import articles_up_to_date, without_contradicting_counts
from digest.summarize.sentences.article_sentences import read_sentences
from tests.summarize.papers import DAY, article

NOON = DAY + timedelta(hours=12)
LEAD = article(
    "The fire at the mill broke out at four in the morning.",
    title="Fire at the mill of Ashford kills 49 people",
    published=NOON,
)


def kept(*articles: Article) -> list[str]:
    return [line.text for line in without_contradicting_counts(read_sentences(articles), articles[0])]


def other(text: str) -> Article:
    return article(text, 1, published=NOON)


def test_what_is_much_older_than_the_leading_article_is_left_out_but_never_all_of_it() -> None:
    before, near = (
        replace(LEAD, published=NOON - timedelta(hours=9)),
        replace(LEAD, published=NOON - timedelta(hours=7)),
    )
    assert articles_up_to_date([LEAD, before, near]) == [LEAD, near]
    assert articles_up_to_date([LEAD, before]) == [LEAD, before]
    assert articles_up_to_date([LEAD, near, replace(before, dated=False)]) == [LEAD, near, replace(before, dated=False)]


def test_what_counts_otherwise_than_the_headline_is_left_out() -> None:
    assert kept(LEAD, other("The fire killed 51 people. The mill burned down.")) == [LEAD.text, "The mill burned down."]
    assert kept(LEAD, other("It killed at least 40 people.")) == [LEAD.text, "It killed at least 40 people."]


def test_the_leading_article_may_count_as_it_likes() -> None:
    own = replace(LEAD, text="A year ago 12 people died there. Now 49 did.")
    assert kept(own) == ["A year ago 12 people died there.", "Now 49 did."]
