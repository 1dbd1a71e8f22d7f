"""Every decision on what entries lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.collect.feeds.articles import identified_entries, is_teaser, read_entries
from digest.collect.feeds.entries import Entry, Feed
from digest.collect.reading import Reading
from digest.model import Article, Source, Why, Window

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
WEEK = Window(since=NOW - timedelta(days=7), until=NOW)
SOURCE = Source(kind="feed", location="https://example.org/feed", section="World", weight=2.0)
ENTRY = Entry(
    title="A title",
    link="https://example.org/a?utm_source=rss",
    guid="1",
    published=NOW - timedelta(days=1),
    content="<p>One.</p><p>Two.</p>",
    summary="Short.",
    author="Jane",
    categories=("News",),
)
FEED = Feed(title="The Gazette", link="https://example.org/", language="en", entries=(ENTRY,))


def read(*entries: Entry, seen: Mapping[str, datetime] | None = None, feed: Feed = FEED) -> Reading:
    feed = replace(feed, entries=entries)
    named = identified_entries(feed, source=SOURCE)
    return read_entries(named, feed=feed, source=SOURCE, window=WEEK, now=NOW, seen=seen)


def only(*entries: Entry) -> Article:
    [article] = read(*entries).articles
    return article


def test_an_entry_becomes_an_article() -> None:
    article = only(ENTRY)
    assert article == Article(
        id=article.id,
        source="https://example.org/feed",
        publisher="The Gazette",
        title="A title",
        url="https://example.org/a",
        canonical="https://example.org/a",
        published=NOW - timedelta(days=1),
        text="One.\n\nTwo.",
        teaser="Short.",
        author="Jane",
        language="en",
        categories=("News",),
        section="World",
        weight=2.0,
    )


def test_an_entry_outside_the_window_is_dropped_with_its_day() -> None:
    reading = read(replace(ENTRY, published=datetime(2024, 5, 3, tzinfo=UTC)))
    [dropped] = reading.dropped
    assert (dropped.why, dropped.detail) == (Why.OUTSIDE_WINDOW, "published on 3 May 2024, before the window")
    assert (reading.articles, reading.newest) == ((), datetime(2024, 5, 3, tzinfo=UTC))


def test_an_entry_without_a_date_is_as_old_as_its_first_sight() -> None:
    entry = replace(ENTRY, published=None)
    [article] = read(entry).articles
    assert (article.published, article.dated) == (NOW, False)
    assert read(entry, seen={article.id: NOW - timedelta(days=2)}).articles[0].published == NOW - timedelta(days=2)
    assert read(entry, seen={article.id: NOW - timedelta(days=30)}).articles == ()


def test_an_entry_without_a_date_is_no_newer_than_its_feed() -> None:
    stale = replace(FEED, updated=datetime(2014, 1, 1, tzinfo=UTC))
    assert read(replace(ENTRY, published=None), feed=stale).newest == stale.updated


def test_the_day_in_a_link_stands_in_for_a_date() -> None:
    reading = read(replace(ENTRY, published=None, link="https://example.org/2026/02/17/a"))
    assert reading.articles[0].published == datetime(2026, 2, 17, tzinfo=UTC)
    assert reading.articles[0].dated
    assert reading.notes == ("1 entry without a date: the day in the link is taken",)


@pytest.mark.parametrize("path", ["/2026/02/31/a", "/2026/13/01/a", "/12026/02/17/a", "/2026/02/", "/20260217"])
def test_other_numbers_in_a_link_are_no_day(path: str) -> None:
    assert not read(replace(ENTRY, published=None, link=f"https://example.org{path}")).articles[0].dated


def test_a_date_some_hours_ahead_is_a_clock_in_another_zone() -> None:
    assert only(replace(ENTRY, published=NOW + timedelta(hours=9))).published == NOW


def test_a_date_further_ahead_is_only_announced() -> None:
    reading = read(replace(ENTRY, published=NOW + timedelta(days=30)))
    assert reading.dropped[0].detail == "published on 20 March 2026, which is in the future"
    assert reading.notes == ("1 entry dated in the future: taken as of now if it is a matter of hours, else left out",)


def test_what_is_announced_is_not_the_newest() -> None:
    reading = read(
        replace(ENTRY, published=NOW + timedelta(days=30), link="https://example.org/b"),
        replace(ENTRY, published=NOW - timedelta(days=30)),
    )
    assert reading.newest == NOW - timedelta(days=30)


def test_the_year_one_is_a_date_that_can_be_shown_in_any_zone() -> None:
    [dropped] = read(replace(ENTRY, published=datetime(1, 1, 1, tzinfo=UTC))).dropped
    assert dropped.article.published.year == 1970


def test_without_a_title_the_first_sentence_stands_in() -> None:
    reading = read(replace(ENTRY, title="", content="<p>The bridge opened. People came.</p>"))
    assert reading.articles[0].title == "The bridge opened."
    assert reading.notes == ("1 entry without a title: their first words stand in",)


def test_a_first_sentence_too_long_for_a_title_is_cut_between_words() -> None:
    title = only(replace(ENTRY, title="", content="word " * 100)).title
    assert len(title) <= 90
    assert title.endswith("word…")


def test_a_title_of_book_length_is_cut() -> None:
    assert len(only(replace(ENTRY, title="word " * 1_000)).title) <= 300


def test_without_title_and_text_there_is_no_article() -> None:
    reading = read(replace(ENTRY, title="", content="<img src=x>", summary=""))
    assert reading.articles == ()
    assert [dropped.why for dropped in reading.dropped] == [Why.NO_CONTENT]


def test_without_a_link_readers_are_led_to_the_feeds_own_page() -> None:
    reading = read(replace(ENTRY, link=""))
    assert reading.articles[0].url == "https://example.org/"
    assert reading.articles[0].canonical != "https://example.org/"
    assert reading.notes == ("1 entry without a link: the feed's own page is linked",)


def test_without_a_link_readers_are_led_to_a_page_that_the_entry_names_and_it_stays_the_same_article() -> None:
    page, alone = (replace(ENTRY, link="", page=page) for page in ("https://example.org/talk?utm_source=feed", ""))
    reading = read(page)
    assert reading.articles[0].url == "https://example.org/talk"
    assert reading.articles[0].id == read(alone).articles[0].id
    assert reading.notes == ("1 entry without a link: a page that they name is linked",)


def test_without_any_link_there_is_none() -> None:
    reading = read(replace(ENTRY, link=""), feed=replace(FEED, link=""))
    assert reading.articles[0].url is None
    assert reading.notes == ("1 entry without a link",)


def test_entries_that_share_a_link_are_all_kept_and_noted() -> None:
    reading = read(
        replace(ENTRY, title="Episode 1", guid="e1", link="https://show.example/"),
        replace(ENTRY, title="Episode 2", guid="e2", link="https://show.example/"),
    )
    assert [article.url for article in reading.articles] == ["https://show.example/"] * 2
    assert len({article.id for article in reading.articles}) == 2
    assert reading.notes == ("2 entries whose link is not theirs alone: told apart by guid or title",)


def test_of_an_article_listed_twice_the_newest_version_is_taken() -> None:
    old = replace(ENTRY, published=NOW - timedelta(hours=2), content="Old.", guid="1#0")
    new = replace(ENTRY, published=NOW - timedelta(hours=1), content="New.", guid="1#1")
    for entries in ((old, new), (new, old)):
        reading = read(*entries)
        assert [article.text for article in reading.articles] == ["New."]
        assert reading.notes == ("1 entry listed more than once: the newest version is taken",)
        assert reading.entries == 2


def test_a_guid_used_again_for_another_article_hides_neither() -> None:
    reading = read(
        replace(ENTRY, link="https://example.org/a", title="One"),
        replace(ENTRY, link="https://example.org/b", title="Two"),
    )
    assert [article.title for article in reading.articles] == ["One", "Two"]
    assert reading.notes == ("2 entries whose guid other entries have as well: told apart by link or title",)


def test_a_summary_that_is_only_the_cut_text_is_no_teaser() -> None:
    text = "The bridge opened on Monday after ten years of work by many people from all over the country."
    assert only(replace(ENTRY, content=text, summary=f"{text[:40]}…")).teaser == ""
    assert only(replace(ENTRY, content=text, summary="What ten years of work led to.")).teaser != ""


def test_where_there_is_only_a_summary_it_is_text_and_teaser() -> None:
    article = only(replace(ENTRY, content="Short.", summary="Short."))
    assert (article.text, article.teaser) == ("Short.", "Short.")


def test_a_content_that_is_only_a_picture_leaves_the_summary_as_text() -> None:
    assert only(replace(ENTRY, content="<img src=x>", summary="Short.")).text == "Short."


def test_what_a_feed_puts_below_every_article_is_not_its_text() -> None:
    entries = [
        replace(ENTRY, link=f"https://example.org/{n}", content=f"<p>Words {n}.</p><p>We are in Exampletown.</p>")
        for n in range(3)
    ]
    assert [article.text for article in read(*entries).articles] == ["Words 0.", "Words 1.", "Words 2."]


def test_a_text_of_book_length_is_cut() -> None:
    assert len(only(replace(ENTRY, content="word " * 100_000)).text) <= 200_000


def test_the_owners_name_for_a_source_wins() -> None:
    named = identified_entries(FEED, source=SOURCE)
    reading = read_entries(named, feed=FEED, source=replace(SOURCE, name="Ours"), window=WEEK, now=NOW)
    assert reading.articles[0].publisher == "Ours"


@pytest.mark.parametrize(
    ("text", "teaser"),
    [
        ("Short.", True),
        ("word " * 100, False),
        ("word " * 100 + "and…", True),
        ("word " * 100 + "and...", True),
        ("", True),
    ],
)
def test_a_short_or_cut_text_is_a_teaser(text: str, teaser: bool) -> None:
    assert is_teaser(replace(only(ENTRY), text=text.strip())) is teaser
