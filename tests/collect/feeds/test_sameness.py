"""What makes an article the same."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from digest.collect.feeds.entries import Entry
from digest.collect.feeds.sameness import canonicals

HOME = "https://example.org/"
SOURCE = "https://example.org/feed.xml"


def entry(title: str = "A title", link: str = "", guid: str = "", day: int = 17, summary: str = "") -> Entry:
    published = datetime(2026, 2, day, tzinfo=UTC)
    return Entry(title=title, link=link, guid=guid, published=published, content="", summary=summary)


def names(*entries: Entry, source: str = SOURCE) -> list[str]:
    return canonicals(entries, home=HOME, source=source)


def test_a_link_of_its_own_is_the_identity_whatever_else_changes() -> None:
    [before] = names(entry(link="https://example.org/a?utm_source=rss", guid="1"))
    [after] = names(entry("A new title", link="http://www.example.org/a/", guid="2"), source="https://feeds.example/x")
    assert before == after == "https://example.org/a"


def test_entries_with_one_link_are_told_apart_by_their_guids() -> None:
    first, second = names(
        entry("Episode 1", link="https://show.example/", guid="e1"),
        entry("Episode 2", link="https://show.example/", guid="e2"),
    )
    assert first != second
    assert [first, second] == names(
        entry("Episode 1, corrected", link="https://show.example/", guid="e1"),
        entry("Episode 2", link="https://show.example/", guid="e2"),
    )


def test_the_home_page_identifies_no_entry_even_if_only_one_links_to_it() -> None:
    [alone] = names(entry("One", link=HOME, guid="1"))
    both = names(entry("One", link=HOME, guid="1"), entry("Two", link=HOME, guid="2"))
    assert alone == both[0]
    assert alone != HOME


def test_a_link_listed_twice_with_one_title_is_one_article() -> None:
    first, second = names(entry(link="https://example.org/a", guid="1"), entry(link="https://example.org/a", guid="2"))
    assert first == second


def test_a_link_shared_by_reports_of_one_title_is_no_identity() -> None:
    first, second = names(
        entry("Outage", link="https://status.example/", guid="1", day=16),
        entry("Outage", link="https://status.example/", guid="2", day=17),
    )
    assert first != second


def test_a_guid_made_for_the_whole_world_identifies_across_sources() -> None:
    guid = "tag:example.org,2026:1"
    assert names(entry(guid=guid)) == names(entry("Retitled", guid=guid), source="https://mirror.example/feed")


def test_a_short_guid_identifies_within_its_source_only() -> None:
    assert names(entry(guid="17")) == names(entry("Retitled", guid="17"))
    assert names(entry(guid="17")) != names(entry(guid="17"), source="https://other.example/feed")


def test_a_guid_used_for_two_articles_identifies_neither() -> None:
    first, second = names(entry("One", guid="same"), entry("Two", guid="same"))
    assert first != second
    assert names(entry("One", guid="same"), entry("Two", guid="same")) == [first, second]


def test_without_link_and_guid_the_title_identifies() -> None:
    assert names(entry("A Title")) == names(entry("a title"))
    assert names(entry("One")) != names(entry("Two"))


def test_titles_that_repeat_are_told_apart_by_the_day() -> None:
    first, second = names(entry("Weather", day=16), entry("Weather", day=17))
    assert first != second


def test_without_a_title_the_first_words_identify() -> None:
    first, second = names(entry("", summary="One thing"), entry("", summary="Another"))
    assert first != second


ENTRIES = st.builds(
    entry,
    title=st.sampled_from(["", "a", "b"]),
    link=st.sampled_from(["", HOME, "https://example.org/a", "https://example.org/b"]),
    guid=st.sampled_from(["", "1", "2", "tag:example.org,2026:1"]),
    day=st.integers(1, 3),
)


@given(st.lists(ENTRIES, max_size=6))
def test_the_order_of_a_feed_makes_no_difference(entries: list[Entry]) -> None:
    forwards = dict(zip(map(id, entries), names(*entries), strict=True))
    backwards = dict(zip(map(id, entries[::-1]), names(*entries[::-1]), strict=True))
    assert forwards == backwards
