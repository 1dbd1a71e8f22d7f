from datetime import timedelta

import pytest

from digest.pick.admission.sent import FollowUp
from digest.pick.phrases import phrases
from digest.pick.ranking.rank import Scoring

ACCOUNT = "The ferry went down before dawn, and the coastguard brought everybody ashore."


@pytest.fixture
def terms(window):
    """terms([lead, ...], ...) → {term's name: term}"""

    def measure(story, *, follows=None, **settings):
        scoring = Scoring(**{"window": window, "half_life": timedelta(days=2)} | settings)
        return {term.name: term for term in scoring.terms(story, follows=follows)}

    return measure


def test_an_article_of_the_last_minute_has_all_recency(terms, article):
    assert terms([article("a", hours=0)])["recency"].value == 1.0


def test_recency_halves_with_each_half_life(terms, article):
    assert terms([article("a", hours=48)])["recency"].value == pytest.approx(0.5)
    assert terms([article("a", hours=96)])["recency"].value == pytest.approx(0.25)


def test_the_newest_article_gives_a_story_its_recency(terms, article):
    term = terms([article("a", hours=96), article("b", hours=48)])["recency"]

    assert term.value == pytest.approx(0.5)
    assert term.detail == "published 2 days before the end of the window"


def test_without_a_date_recency_counts_half(terms, article):
    term = terms([article("a", hours=0, dated=False)])["recency"]

    assert term.value == 0.5
    assert term.detail == "without a date, first seen 0 hours before the end"


def test_twice_as_many_publishers_add_one(terms, article):
    story = [article(name, text=ACCOUNT) for name in "abcd"]

    assert "coverage" not in terms(story[:1])
    assert terms(story[:2])["coverage"].value == 1.0
    assert terms(story)["coverage"].value == 2.0


def test_two_articles_of_one_publisher_are_no_coverage(terms, article):
    assert "coverage" not in terms([article("a"), article("b", publisher="A")])


def test_a_publisher_of_a_bare_headline_or_a_video_counts_half(terms, article):
    full = article("a", text=ACCOUNT)
    headline = article("b", text="")
    video = article("c", text=ACCOUNT, url="https://c.example/videos/ferry")

    assert terms([full, headline])["coverage"].value == terms([full, video])["coverage"].value < 1.0
    assert terms([full, headline, video])["coverage"].detail == "told by 1 publisher, mentioned by 2 publishers"


def test_one_of_several_bare_headlines_counts_in_full(terms, article):
    story = [article(name, text="") for name in "abc"]

    assert "coverage" not in terms(story[:1])
    assert terms(story)["coverage"].value == 1.0


def test_a_story_without_a_report_loses_by_its_form(terms, article):
    quiz = article("a", title="Quiz of the week", text=ACCOUNT)
    term = terms([quiz])["form"]

    assert term.value == -0.75
    assert term.detail == "is a quiz or puzzle, no report"
    assert "form" not in terms([quiz, article("b", text=ACCOUNT)])


def test_a_publisher_of_a_copy_counts_half(terms, article):
    full = article("a", text=ACCOUNT)
    one, two = terms([full], copies={"a": ["B"]}), terms([full], copies={"a": ["B", "C"]})

    assert 0 < one["coverage"].value < two["coverage"].value == 1.0
    assert one["coverage"].detail == "told by 1 publisher, copied by 1 publisher"


def test_a_publisher_that_tells_the_story_itself_is_not_counted_for_its_copy(terms, article):
    assert "coverage" not in terms([article("a")], copies={"a": ["A"]})


@pytest.mark.parametrize(("volume", "value"), [(1, 0.5), (4, 0.25), (100, 0.05)])
def test_an_article_of_a_quiet_source_is_worth_more(terms, article, volume, value):
    assert terms([article("a")], volumes={"https://a.example/feed": volume})["rarity"].value == pytest.approx(value)


def test_a_story_is_as_rare_as_its_rarest_article(terms, article):
    volumes = {"https://a.example/feed": 100, "https://b.example/feed": 4}

    term = terms([article("a"), article("b")], volumes=volumes)["rarity"]

    assert term.value == pytest.approx(0.25)
    assert term.detail == "one of 4 articles of its source in the window"


def test_a_bare_title_loses_half_a_point_and_a_full_text_nothing(terms, article, prose):
    assert terms([article("a")])["substance"].value == -0.5
    assert terms([article("a", text=prose("w", 60))])["substance"].value == pytest.approx(-0.25)
    assert "substance" not in terms([article("a", text=prose("w", 120))])


def test_a_boost_word_counts_one_in_a_title_and_half_in_a_text(terms, article):
    boost = phrases(["solar"])

    assert terms([article("a", title="Solar boom")], boost=boost)["keywords"].value == 1.0
    assert terms([article("a", text="A solar boom")], boost=boost)["keywords"].value == 0.5
    assert "keywords" not in terms([article("a", text="A boom")], boost=boost)


def test_a_boost_word_in_any_article_lifts_the_story(terms, article):
    story = [article("a"), article("b", title="Solar boom")]

    assert terms(story, boost=phrases(["solar"]))["keywords"].value == 1.0


def test_boost_words_count_two_at_most_and_are_all_named(terms, article):
    term = terms([article("a", title="Solar wind and water")], boost=phrases(["solar", "wind", "water"]))["keywords"]

    assert term.value == 2.0
    assert term.detail == "speaks of solar, wind, water"


def test_a_source_weight_multiplies_the_terms_above(terms, article, prose):
    plain = terms([article("a", text=prose("w", 120))])
    dear = terms([article("a", text=prose("w", 120), weight=1.5)])
    merits = sum(term.value for term in plain.values())

    assert dear["source weight"].value == pytest.approx(0.5 * merits)
    assert dear["source weight"].detail == "A counts 1.5 times"
    assert sum(term.value for term in dear.values()) == pytest.approx(1.5 * merits)


def test_a_weight_below_one_takes_away(terms, article):
    assert terms([article("a", hours=0, weight=0.5)])["source weight"].value < 0


def test_a_weight_never_makes_a_poor_story_worse(terms, article):
    story = [article("a", hours=168, weight=3.0)]

    assert "source weight" not in terms(story, half_life=timedelta(hours=1), volumes={story[0].source: 100})


def test_a_story_that_goes_on_with_an_earlier_one_loses_half_a_point(terms, article, sent_article):
    follow_up = FollowUp(of=sent_article("x", title="Strike begins"), new=0.62)

    term = terms([article("a")], follows=follow_up)["novelty"]

    assert term.value == -0.5
    assert term.detail == 'goes on with "Strike begins" of issue 0001-2026-02-12, 62% of it new'


@pytest.mark.parametrize(("new", "publishers"), [(0.5, 2), (0.49, 2), (0.9, 1)])
def test_only_what_went_on_and_several_publishers_tell_loses_nothing(terms, article, sent_article, new, publishers):
    story = [article("a"), article("b")][:publishers]

    loses = "novelty" in terms(story, follows=FollowUp(of=sent_article("x"), new=new))

    assert loses == ((new, publishers) != (0.5, 2))


def test_terms_of_no_value_are_left_out_and_the_others_say_why(terms, article, prose):
    story = [article("a", text=prose("w", 10), weight=2.0), article("b", title="Solar boom")]

    told = terms(story, boost=phrases(["solar"]))

    assert set(told) == {"recency", "coverage", "rarity", "substance", "keywords", "source weight"}
    assert all(term.value and term.detail for term in told.values())
