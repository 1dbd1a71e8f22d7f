from datetime import timedelta

import pytest

from digest.model import Why
from digest.pick.admission.gate import admit
from digest.settings import PickSettings


@pytest.fixture
def admitted(window):
    def run(*articles, sent=(), mute=()):
        return admit(articles, window=window, settings=PickSettings(mute=mute), sent=sent)

    return run


def reasons(dropped):
    return {one.article.id: one.why for one in dropped}


def test_what_may_pass_comes_by_time_and_then_by_id(admitted, article):
    articles = [article("c", hours=3), article("b", hours=9), article("a", hours=9)]

    assert [a.id for a in admitted(*articles)[0]] == ["a", "b", "c"]


def test_a_window_is_open_at_its_beginning_and_closed_at_its_end(admitted, article, window):
    first, last = article("first", published=window.since), article("last", published=window.until)

    passed, dropped = admitted(first, last)

    assert passed == [last]
    assert reasons(dropped) == {"first": Why.OUTSIDE_WINDOW}


def test_an_article_outside_the_window_is_told_on_which_side(admitted, article, window):
    old = article("old", published=window.since - timedelta(hours=1))
    early = article("early", published=window.until + timedelta(hours=1))

    details = {one.article.id: one.detail for one in admitted(old, early)[1]}

    assert details["old"] == "It was published on 2026-02-11 23:00, before the window."
    assert details["early"] == "It was published on 2026-02-19 01:00, after the window."


def test_an_article_without_a_title_or_a_text_is_turned_away(admitted, article):
    assert reasons(admitted(article("a", title=" ", text="\n"))[1]) == {"a": Why.NO_CONTENT}


@pytest.mark.parametrize("field", ["title", "text", "teaser"])
def test_any_one_of_title_text_and_teaser_is_enough(admitted, article, field):
    assert admitted(article("a", **({"title": ""} | {field: "Something"})))[1] == []


@pytest.mark.parametrize("field", ["title", "teaser", "text"])
def test_a_muted_word_is_found_in_title_teaser_and_text(admitted, article, field):
    _, dropped = admitted(article("a", **{field: "The horoscopes of the week"}), mute=["horoscope"])

    assert reasons(dropped) == {"a": Why.MUTED}
    assert dropped[0].detail == 'It speaks of "horoscope", which is muted.'


def test_a_muted_word_is_found_among_the_categories(admitted, article):
    assert reasons(admitted(article("a", categories=("Horoscope",)), mute=["horoscope"])[1]) == {"a": Why.MUTED}


def test_a_muted_word_far_down_in_a_text_does_no_harm(admitted, article, prose):
    assert admitted(article("a", text=f"{prose('w', 300)} horoscope"), mute=["horoscope"])[1] == []


def test_a_muted_word_inside_another_word_does_no_harm(admitted, article):
    assert admitted(article("a", title="A fresh start"), mute=["star"])[1] == []


def test_an_article_sent_before_is_turned_away_with_its_issue(admitted, article, sent_article):
    _, dropped = admitted(article("a"), sent=[sent_article("a", title="Old title")])

    assert reasons(dropped) == {"a": Why.SENT_BEFORE}
    assert dropped[0].detail == 'Issue 0001-2026-02-12 carried it on 2026-02-12 as "Old title".'


def test_every_article_passes_or_is_turned_away_once(admitted, article):
    articles = [
        article("in"),
        article("out", hours=999),
        article("empty", title=""),
        article("mute", title="Horoscope"),
    ]

    passed, dropped = admitted(*articles, mute=["horoscope"])

    assert [a.id for a in passed] == ["in"]
    assert reasons(dropped) == {"out": Why.OUTSIDE_WINDOW, "empty": Why.NO_CONTENT, "mute": Why.MUTED}
