from dataclasses import replace
from datetime import timedelta

import pytest

from digest.pick.admission.sent import SentBefore, follow_ups, recent


def before(article, *sent, beside=()):
    """The sent article that an article is, by the archive."""
    return SentBefore.of([article, *beside], sent).sent_as(article)


def test_an_article_is_known_by_its_id(article, sent_article):
    sent = sent_article("a", canonical="https://moved.example/")

    assert before(article("a"), sent) == sent


def test_an_article_is_known_by_its_canonical_address(article, sent_article):
    sent = sent_article("old", canonical="https://a.example/1")

    assert before(article("a"), sent) == sent


def test_the_id_comes_before_the_address(article, sent_article):
    by_id = sent_article("a", canonical="https://moved.example/")
    by_address = sent_article("old", canonical="https://a.example/1")

    assert before(article("a"), by_address, by_id) == by_id


def test_a_copy_of_a_sent_text_is_known_under_a_new_address_and_title(article, sent_article, prose):
    sent = sent_article("old", title="Rates rise", lead=prose("w", 90))

    assert before(article("new", title="Bank surprises markets", text=prose("w", 200)), sent) == sent


def test_a_new_version_under_the_same_headline_is_known_by_half_its_text(article, sent_article, prose):
    headline = "Central bank raises rates for the third time"
    sent = sent_article("old", title=headline, lead=prose("w", 60))
    text = f"{prose('w', 40)} {prose('more', 20)}"

    assert before(article("new", title=headline, text=text), sent) == sent
    assert before(article("new", title="Bank surprises markets", text=text), sent) is None


def test_the_next_of_a_numbered_series_was_not_sent_before(article, sent_article, prose):
    sent = sent_article("old", title="Open thread 7", lead=prose("w", 90))

    assert before(article("new", title="Open thread 8", text=prose("w", 90)), sent) is None


def test_another_article_was_not_sent_before(article, sent_article, prose):
    sent = sent_article("old", title="Rates rise", lead=prose("w", 90))

    assert before(article("new", text=prose("x", 90)), sent) is None


def test_without_earlier_issues_nothing_was_sent(article):
    assert before(article("a")) is None
    assert follow_ups([article("a")], []) == {}


def test_an_article_that_goes_on_with_an_earlier_story_is_told_which(quake, elsewhere, sent_article):
    sent = [
        sent_article("strike", title="Rail strike enters its second week", lead="No trains run between cities."),
        sent_article("quake", title="Earthquake shakes Lisbon, dozens injured", lead=quake[1].text),
    ]

    found = follow_ups([quake[0], *elsewhere], sent)

    assert {article: follow_up.of for article, follow_up in found.items()} == {quake[0].id: sent[1]}


def test_another_event_of_the_topic_goes_on_with_nothing(quake, flood, elsewhere, sent_article):
    sent = sent_article("quake", title=quake[0].title, lead=quake[0].text)

    assert follow_ups([flood, *elsewhere], [sent]) == {}


def test_of_several_earlier_stories_the_most_alike_is_told(quake, elsewhere, sent_article):
    near = sent_article("near", title=quake[0].title, lead=quake[0].text)
    far = sent_article("far", title="Lisbon earthquake leaves dozens injured", lead=quake[2].text)

    assert follow_ups([quake[0], *elsewhere], [far, near])[quake[0].id].of == near


@pytest.fixture
def told(quake, sent_article):
    """The earthquake as an earlier issue carried it: one story of two articles."""
    return [
        sent_article(f"sent{n}", title=one.title, lead=one.text, story=quake[0].id) for n, one in enumerate(quake[:2])
    ]


def test_a_development_says_what_readers_were_not_told(article, elsewhere, told):
    title = "Lisbon earthquake: forty houses condemned, dozens injured"
    text = (
        "Forty houses in the Alfama district, where chimneys fell, must be torn down, engineers told the mayor. "
        "Insurers expect claims of two hundred million euros, and Spain lends tents and cranes."
    )

    follow_up = follow_ups([article("new", title=title, text=text), *elsewhere], told)["new"]

    assert follow_up.of in told
    assert follow_up.new > 0.5
    assert not follow_up.says_nothing_new


def test_a_development_in_other_words_goes_on_with_what_its_headline_names(article, elsewhere, sent_article):
    sent = sent_article(
        "old",
        title="Opposition wins election in Bangladesh",
        lead="Counting went on through the night. Rahman, who came back from exile, claimed victory for his party.",
    )
    text = (
        "He took the oath in Dhaka before a crowd, seven weeks after his exile ended. Bangladesh had voted for change."
    )

    found = follow_ups([article("new", title="Rahman sworn in after election", text=text), *elsewhere], [sent])

    assert found["new"].of == sent
    assert not found["new"].says_nothing_new


def test_an_aside_in_the_same_words_goes_on_with_nothing(article, elsewhere, sent_article):
    lead = "Mark and Joe talk about the Epstein files, orcas and the weather in this hour."
    sent = sent_article("old", title="Ugly sloppy orca", lead=lead)

    aside = article("new", title="Comedians tour Norway", text=lead, canonical="https://other.example/new")

    assert follow_ups([aside, *elsewhere], [sent]) == {}


def test_another_account_of_what_was_told_says_nothing_new(article, elsewhere, told):
    title = "Dozens injured after strong earthquake in Lisbon"
    text = "Chimneys and walls fell in Alfama when an earthquake of magnitude 6.1 struck. Schools stay closed."

    follow_up = follow_ups([article("new", title=title, text=text), *elsewhere], told)["new"]

    assert follow_up.says_nothing_new


def test_what_any_article_of_the_earlier_story_said_is_not_new(quake, elsewhere, told):
    by_one, by_both = (follow_ups([quake[2], *elsewhere], sent)[quake[2].id] for sent in (told[:1], told))

    assert by_both.new < by_one.new


def test_the_same_words_with_another_number_in_the_headline_are_new(article, quake, elsewhere, told):
    update = article("new", title="Earthquake in Lisbon: 23 injured", text=quake[0].text)

    follow_up = follow_ups([update, *elsewhere], told)["new"]

    assert follow_up.new < 0.4
    assert not follow_up.says_nothing_new


def test_the_next_of_a_numbered_series_goes_on_with_nothing(article, elsewhere, sent_article):
    text = "The party enters the keep on the moor and meets the old count again."
    sent = sent_article("old", title="The Keep on the Moor, session 152", lead=text)

    assert follow_ups([article("new", title="The Keep on the Moor, session 153", text=text), *elsewhere], [sent]) == {}


def test_what_was_sent_months_ago_is_followed_by_nothing(window, sent_article):
    lately = sent_article("a", sent_on=window.until.date() - timedelta(days=119))
    long_ago = sent_article("b", sent_on=window.until.date() - timedelta(days=121))

    assert recent([long_ago, lately], until=window.until) == [lately]


def test_an_article_whose_words_were_forgotten_is_still_known(article, sent_article):
    sent = sent_article("old", canonical="https://a.example/1", title="Rates rise", lead="")

    assert before(article("a"), sent) == sent


@pytest.mark.parametrize("lead", ["", "Hm."])
def test_a_sent_article_with_hardly_a_word_is_like_none(article, sent_article, lead):
    assert follow_ups([article("a", title="Photo")], [sent_article("x", title="", lead=lead)]) == {}


def test_what_an_outlet_says_in_all_its_articles_is_no_story_that_goes_on(article, elsewhere, sent_article, prose):
    hosts = "with Mark and Joe, who tell stories every Tuesday"
    sent = [
        sent_article(f"s{n}", title=f"Tuesday stories: {prose(f't{n}x', 2)}", lead=f"{hosts} {prose(f's{n}x', 15)}")
        for n in range(4)
    ]
    sent = [replace(before, canonical=f"https://pod.example/{before.id}") for before in sent]
    new = article(
        "new",
        title=f"Tuesday stories: {prose('n', 2)}",
        text=f"{hosts} {prose('m', 15)}",
        canonical="https://pod.example/new",
    )

    assert follow_ups([new, *elsewhere], sent) == {}


def test_a_part_of_a_series_goes_on_with_nothing(article, elsewhere, sent_article):
    text = "Mark and Joe tell stories of orcas, sloths and other animals of the sea."
    sent = sent_article("old", title="Ugly sloppy orca: stories #642", lead=text)

    assert follow_ups([article("new", title="Sloppy mail manager: stories #643", text=text), *elsewhere], [sent]) == {}
