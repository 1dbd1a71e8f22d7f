from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from digest.pick.events.likeness import alike, gather
from digest.pick.events.vectors import term_vectors


def likeness(first, second, *others):
    """Of the first two articles among them all; 0 where they are not worth considering."""
    articles = [first, second, *others]
    return alike(articles, term_vectors(articles)).get((0, 1), 0.0)


def again(article, like, name, **more):
    """Another outlet's article in the words of `like`."""
    return article(name, title=like.title, text=like.text, **{"published": like.published} | more)


def test_every_likeness_is_between_none_and_one_and_the_smaller_number_comes_first(quake, flood, elsewhere):
    articles = [*quake, flood, *elsewhere]

    pairs = alike(articles, term_vectors(articles))

    assert all(a < b < len(articles) for a, b in pairs)
    assert all(0.0 < value <= 1.0 for value in pairs.values())


def test_two_articles_on_one_event_are_likely_one(quake, elsewhere):
    assert likeness(quake[0], quake[1], quake[2], *elsewhere) > 0.5


def test_two_events_of_one_topic_are_not(quake, flood, elsewhere):
    assert likeness(quake[0], flood, *elsewhere) < 0.1


def test_a_third_article_like_both_makes_two_more_likely_one(quake, elsewhere):
    assert likeness(quake[0], quake[2], quake[1], *elsewhere) > likeness(quake[0], quake[2], *elsewhere)


def test_a_single_word_in_common_makes_no_event_of_two_notes(article, elsewhere):
    one = article("boat", title="Boat shaped object", text="A shelf in the shape of a boat, from an old workshop.")
    other = article("wedding", title="Fourteen buried after wedding", text="Their boat sank on the way to the feast.")

    assert likeness(one, other, *elsewhere) < 0.5


def test_two_features_on_one_topic_need_more_in_common_than_its_words(article):
    features = [
        article(name, title=f"Winter Olympics: {what}", text=f"At the Winter Olympics in Milan {more}.", url=None)
        for name, what, more in (
            ("clock", "the timekeepers", "an old Swiss firm measures every run"),
            ("star", "pressure on a champion", "a skier hopes to hold her nerve"),
            ("home", "is home an advantage", "hosts have won more than ever"),
            ("bars", "a sport without women", "one discipline is still closed"),
            ("snow", "the makers of snow", "cannons work through the nights"),
            ("food", "the cooks of the village", "kitchens serve ten thousand meals"),
        )
    ]

    assert not any(value > 0.5 for value in alike(features, term_vectors(features)).values())


def test_the_more_days_lie_between_the_less_likely(article, quake, elsewhere):
    days = [
        likeness(
            again(article, quake[0], "x", published=quake[0].published - timedelta(days=apart)), *quake, *elsewhere
        )
        for apart in (0, 1, 2, 4)
    ]

    assert days == sorted(days, reverse=True)
    assert days[-1] == 0.0


def test_without_a_date_two_may_well_belong_together(article, quake, elsewhere):
    undated = again(article, quake[0], "x", published=quake[0].published - timedelta(days=5), dated=False)

    assert likeness(undated, *quake, *elsewhere) > 0.5


def test_two_articles_of_one_outlet_are_less_likely_one(article, quake, elsewhere):
    another = again(article, quake[1], "x", url=quake[1].url)
    own = again(article, quake[1], "x", url=quake[1].url, source=quake[0].source)

    assert likeness(quake[0], own, quake[2], *elsewhere) < likeness(quake[0], another, quake[2], *elsewhere)


def test_numbered_articles_of_one_source_are_never_one_event(article, quake, elsewhere):
    episodes = [
        article(f"e{n}", source="https://pod.example/feed", title=f"Quake talk {n}", text=quake[0].text) for n in (7, 8)
    ]

    assert likeness(*episodes, *quake, *elsewhere) == 0.0


def test_two_episodes_of_a_podcast_are_never_one_event(article, quake, elsewhere):
    episodes = [
        article(name, source="https://pod.example/feed", title=title, text=quake[0].text, medium=medium)
        for name, title, medium in (("a", "Quake talk", "audio"), ("b", "The talk on quakes", "audio"))
    ]

    assert likeness(*episodes, *quake, *elsewhere) == 0.0
    assert likeness(*(replace(one, medium="text") for one in episodes), *quake, *elsewhere) > 0.0


def test_what_one_source_tells_in_other_words_is_never_one_event(article, elsewhere):
    posts = [
        article(
            name,
            source="https://blog.example/feed",
            title=f"Writing {what} for Harper",
            text=f"Harper checks English grammar. {more}",
        )
        for name, what, more in (
            ("rule", "an expression rule", "Today we match several tokens in a row and suggest what replaces them."),
            ("phrase", "a phrase correction", "Most mistakes are fixed idioms, kept in one long table of pairs."),
        )
    ]

    elsewhere_told = [replace(posts[0], source="https://other.example/feed"), posts[1]]
    assert likeness(*elsewhere_told, *elsewhere) > likeness(*posts, *elsewhere)
    assert likeness(*posts, *elsewhere) == 0.0


def test_evidence_is_symmetric_in_what_it_knows_of_a_pair(quake, elsewhere):
    articles = [*quake, *elsewhere]
    forth, back = (gather(order, term_vectors(order)) for order in (articles, articles[::-1]))

    assert sorted(forth.cosine) == pytest.approx(sorted(back.cosine))
    assert sorted(forth.bridge) == pytest.approx(sorted(back.bridge))
    assert sorted(forth.crowd) == pytest.approx(sorted(back.crowd))


def test_evidence_tells_the_days_and_the_source_of_a_pair(article, quake):
    later = again(article, quake[0], "x", published=quake[0].published + timedelta(days=2), source=quake[0].source)

    evidence = gather([quake[0], later], term_vectors([quake[0], later]))

    assert evidence.days.tolist() == [pytest.approx(2.0)]
    assert evidence.same_source.tolist() == [True]


def test_features_are_a_row_a_pair_and_finite_without_a_third_article_like_both(quake):
    evidence = gather(quake[:2], term_vectors(quake[:2]))

    assert evidence.bridge.tolist() == [0.0]
    assert len(evidence.features()) == 1
    assert np.isfinite(evidence.features()).all()


def test_without_a_telling_word_no_pair_is_worth_considering(article):
    articles = [article(name, title="The of", url=None) for name in "ab"]

    assert alike(articles, term_vectors(articles)) == {}
    assert alike([], term_vectors([])) == {}


def test_a_rare_form_of_a_common_word_makes_no_event_of_two_features(article):
    about = ("the timekeepers", "pressure on a champion", "an advantage at home", "a sport without women", "the snow")
    common = [
        article(f"c{n}", title=f"Olympics: {what}", text=f"The Olympics in Milan: {what}.", url=None)
        for n, what in enumerate((*about, "the cooks", "the village"))
    ]
    pair = [
        article("clock", title="The Olympic clocks", text="An old Swiss firm measures every run.", url=None),
        article("star", title="The Olympic nerves", text="A skier hopes to win at last.", url=None),
    ]

    assert likeness(*pair, *common) == 0.0
