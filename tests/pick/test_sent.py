import pytest

from digest.pick.sent import Archive, followed


def before(article, *sent, beside=()):
    """The sent article that an article is, by the archive."""
    return Archive.of([article, *beside], sent).sent_as(article)


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
    assert followed([article("a")], []) == {}


def test_an_article_that_goes_on_with_an_earlier_story_is_told_which(quake, elsewhere, sent_article):
    sent = [
        sent_article("strike", title="Rail strike enters its second week", lead="No trains run between cities."),
        sent_article("quake", title="Earthquake shakes Lisbon, dozens injured", lead=quake[1].text),
    ]

    assert followed([quake[0], *elsewhere], sent) == {quake[0].id: sent[1]}


def test_another_event_of_the_topic_goes_on_with_nothing(quake, flood, elsewhere, sent_article):
    sent = sent_article("quake", title=quake[0].title, lead=quake[0].text)

    assert followed([flood, *elsewhere], [sent]) == {}


def test_of_several_earlier_stories_the_most_alike_is_told(quake, elsewhere, sent_article):
    near = sent_article("near", title=quake[0].title, lead=quake[0].text)
    far = sent_article("far", title="Lisbon earthquake leaves dozens injured", lead=quake[2].text)

    assert followed([quake[0], *elsewhere], [far, near])[quake[0].id] == near


@pytest.mark.parametrize("lead", ["", "Hm."])
def test_a_sent_article_with_hardly_a_word_is_like_none(article, sent_article, lead):
    assert followed([article("a", title="Photo")], [sent_article("x", title="", lead=lead)]) == {}
