import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.issue.compose import PREHEADER, SUBJECT, compose
from digest.model import Article, Issue, Link, NotEnoughNews, Picked, Sentence, Story, Summary
from digest.settings import ComposeSettings, NewsletterSettings

NEWSLETTER = NewsletterSettings(title="The Ashford Signal", sender="news@example.org")


def article(number, title, **values):
    fields = {
        "id": f"{number:016x}",
        "source": "feed",
        "publisher": f"Paper {number}",
        "title": title,
        "url": f"https://paper{number}.example/story",
        "canonical": f"https://paper{number}.example/story",
        "published": datetime(2026, 2, 19, tzinfo=UTC),
        "text": "The council voted. " * 200,
        "language": "en",
    }
    return Article(**(fields | values))


def story(number, title, section="Local", *others, **values):
    return Story(articles=(article(number, title, **values), *others), section=section, score=1.0)


def composed(
    *stories,
    order=("World", "Local"),
    newsletter=NEWSLETTER,
    summaries=None,
    introductions=None,
    lead="",
    dated="",
    **settings,
):
    return compose(
        Picked(stories=stories, dropped=()),
        summaries or {},
        settings=ComposeSettings(**({"min_stories": 1} | settings)),
        newsletter=newsletter,
        section_order=order,
        number=7,
        on=date(2026, 2, 19),
        introductions=introductions or {},
        lead=lead,
        dated=dated,
    )


def test_too_few_stories_make_no_issue():
    assert composed(story(1, "A bridge"), min_stories=2) == NotEnoughNews(found=1, needed=2)


def test_sections_come_in_the_given_order_and_empty_ones_are_left_out():
    issue = composed(
        story(1, "A", "More stories"), story(2, "B", "Local"), story(3, "C", "World"), order=("World", "Sport", "Local")
    )
    assert [section.title for section in issue.sections] == ["World", "Local", "More stories"]


def test_stories_keep_their_order_inside_a_section():
    issue = composed(story(2, "Second"), story(1, "First"))
    assert [item.headline for item in issue.items] == ["Second", "First"]


def test_the_top_headline_is_the_subject_and_the_next_ones_the_preheader():
    issue = composed(
        story(1, "Ashford gets its bridge - Paper 1"), story(2, "Market moves"), story(3, "Rain on Sunday")
    )
    assert issue.subject == "Ashford gets its bridge"
    assert issue.preheader == "Market moves · Rain on Sunday"


def test_what_leads_the_subject_stands_in_the_place_of_the_top_headline():
    stories = (story(1, "Ashford gets its bridge"), story(2, "Market moves"))
    assert composed(*stories, lead="A bridge for Ashford").subject == "A bridge for Ashford"
    assert composed(*stories, lead="A bridge", subject="{title}: {headline}").subject == "The Ashford Signal: A bridge"
    assert composed(*stories, lead="A bridge", subject="{title} #{number}").subject == "The Ashford Signal #7"


def test_a_section_has_its_introduction_and_takes_time_to_read():
    stories = (story(1, "Ashford gets its bridge"), story(2, "Market moves", "World"))
    issue = composed(*stories, introductions={"Local": "A bridge and nothing else. " * 100, "Sport": "None."})
    assert [bool(section.introduction) for section in issue.sections] == [False, True]
    assert issue.reading_minutes > composed(*stories).reading_minutes


def test_the_preheader_of_a_single_story_is_how_its_summary_begins():
    summary = Summary(story=f"{1:016x}", sentences=(Sentence(text="The council voted for it.", article="a"),))
    issue = composed(story(1, "Ashford gets its bridge"), summaries={f"{1:016x}": summary})
    assert issue.preheader == "The council voted for it."


def test_a_long_headline_is_cut_for_the_subject_only():
    title = "Kim Jong Un on his way to meet Putin in Russia: Should the world be worried?"
    issue = composed(story(1, title))
    assert issue.subject == "Kim Jong Un on his way to meet Putin in Russia"
    assert issue.items[0].headline == title


def test_a_template_for_the_subject_is_filled_in():
    template = "{title} #{number}, {date}: {headline}"
    issue = composed(story(1, "Ashford gets its bridge"), subject=template, dated="19 February 2026")
    assert issue.subject == "The Ashford Signal #7, 19 February 2026: Ashford gets its bridge"


def test_the_date_in_a_subject_is_plain_where_no_words_for_it_are_known():
    assert composed(story(1, "Most"), subject="{date}").subject == "2026-02-19"


def test_braces_in_a_headline_are_not_filled_in():
    assert composed(story(1, "A bridge for {number} {{ towns }}")).subject == "A bridge for {number} {{ towns }}"


def test_control_characters_do_not_get_into_the_subject():
    issue = composed(story(1, "A bridge\r\nBcc: all@example.org"), subject="{headline}")
    assert issue.subject == "A bridge Bcc: all@example.org"


@given(
    st.lists(st.text(max_size=120), min_size=1, max_size=4), st.sampled_from(["", "{title}: {headline}", "{headline}"])
)
def test_whatever_the_titles_subject_and_preheader_are_one_line_that_fits(titles, template):
    issue = composed(*(story(number, title) for number, title in enumerate(titles)), subject=template)
    assert len(issue.subject) <= SUBJECT + 5
    assert len(issue.preheader) <= PREHEADER
    assert not any(unicodedata.category(character) == "Cc" for character in issue.subject + issue.preheader)
    assert all(item.headline for item in issue.items)


def test_an_article_without_a_title_is_headed_by_its_first_sentence():
    assert composed(story(1, "", text="The council voted for a bridge. It rained.")).items[0].headline == (
        "The council voted for a bridge."
    )


def test_other_publishers_are_linked_once_each():
    others = (
        article(2, "A bridge", publisher="Gazette"),
        article(3, "The bridge", publisher="Gazette"),
        article(4, "Bridge", publisher="Paper 1"),
        article(5, "Bridge!", publisher="Herald"),
    )
    item = composed(story(1, "Ashford gets its bridge", "Local", *others)).items[0]
    assert [(link.publisher, link.title) for link in item.also] == [("Gazette", "A bridge"), ("Herald", "Bridge!")]
    assert item.articles == tuple(f"{number:016x}" for number in range(1, 6))


def summed_up(*sentences):
    """A summary of story 1, by the numbers of the articles that its sentences are from."""
    told = tuple(Sentence(text=f"Sentence {at}.", article=f"{number:016x}") for at, number in enumerate(sentences))
    return {f"{1:016x}": Summary(story=f"{1:016x}", sentences=told)}


def test_a_sentence_of_another_article_cites_it():
    others = (article(2, "A bridge", publisher="Gazette"), article(3, "The bridge", publisher="Gazette"))
    stories = story(1, "Ashford gets its bridge", "Local", *others)
    [item] = composed(stories, summaries=summed_up(1, 3, 2)).items
    assert [sentence.cites for sentence in item.sentences] == [
        None,
        Link(publisher="Gazette", title="The bridge", url="https://paper3.example/story"),
        Link(publisher="Gazette", title="A bridge", url="https://paper2.example/story"),
    ]


def test_the_articles_that_a_summary_cites_come_first_among_the_others():
    others = (article(number, f"Bridge {number}", publisher=f"Paper {number // 2}") for number in range(2, 8))
    stories = story(1, "Ashford gets its bridge", "Local", *others, publisher="Gazette")
    [item] = composed(stories, summaries=summed_up(7, 1)).items
    assert [link.title for link in item.also] == ["Bridge 7", "Bridge 2", "Bridge 4"]


def test_reading_times_are_of_the_article_and_of_the_issue():
    issue = composed(story(1, "Ashford gets its bridge", text="word " * 238 * 4))
    assert issue.items[0].reading_minutes == 4
    assert issue.reading_minutes == 1


def test_an_issue_is_named_by_number_and_date():
    issue = composed(story(1, "Ashford gets its bridge"))
    assert isinstance(issue, Issue)
    assert issue.key == "0007-2026-02-19"


@pytest.mark.parametrize("template", ["{headlines}", "{title", "{0}", "{title!r}", "{title:>5}"])
def test_a_template_that_cannot_be_filled_in_is_refused_by_the_settings(template):
    with pytest.raises(ValueError, match="headline"):
        ComposeSettings(subject=template)


def test_a_recording_says_how_many_minutes_it_plays():
    half = story(1, "A ferry waits", medium="audio", duration=timedelta(minutes=48, seconds=10))
    short = story(2, "A bell", medium="video", duration=timedelta(seconds=12))
    unknown = story(3, "A lock", medium="video")
    items = composed(half, short, unknown).items
    assert [(item.medium, item.playing_minutes) for item in items] == [("audio", 48), ("video", 1), ("video", 0)]


def test_the_owners_word_on_a_pick_stands_in_the_issue():
    [item] = composed(story(1, "A bridge", pinned=True, note="Read\nthis.")).items
    assert item.note == "Read this."


def test_a_pick_goes_out_in_a_week_too_quiet_for_an_issue():
    assert isinstance(composed(story(1, "A bridge", pinned=True), min_stories=3), Issue)
    assert isinstance(composed(story(1, "A bridge"), min_stories=3), NotEnoughNews)
