"""JSON Feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.feeds.entries import NotAFeedError
from digest.collect.feeds.jsonfeed import parse_json_feed

URL = "https://example.org/feed.json"


def test_a_feed_is_read_as_the_specification_says() -> None:
    feed = parse_json_feed(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "The &amp; Gazette",
                "home_page_url": "https://example.org/",
                "language": "en-GB",
                "items": [
                    {
                        "id": "1",
                        "url": "/one",
                        "title": "One <b>day</b>",
                        "content_html": "<p>Words.</p>",
                        "summary": "A < B",
                        "date_published": "2026-02-17T10:00:00+01:00",
                        "authors": [{"name": "Jane Doe"}],
                        "tags": ["News"],
                    }
                ],
            }
        ),
        url=URL,
    )
    [entry] = feed.entries
    assert (feed.title, feed.link, feed.language) == ("The & Gazette", "https://example.org/", "en")
    # "title (optional, string) is plain text": https://www.jsonfeed.org/version/1.1/
    assert (entry.title, entry.link, entry.guid) == ("One ‹b›day‹/b›", "https://example.org/one", "1")
    assert (entry.content, entry.summary) == ("<p>Words.</p>", "<p>A &lt; B</p>")
    assert entry.published == datetime(2026, 2, 17, 9, tzinfo=UTC)
    assert (entry.author, entry.categories) == ("Jane Doe", ("News",))


def test_plain_text_is_read_as_text() -> None:
    feed = parse_json_feed(json.dumps({"items": [{"content_text": "1 < 2 & so\n\non\r\nand on\n"}]}), url=URL)
    assert feed.entries[0].content == "<p>1 &lt; 2 &amp; so</p><p>on<br>and on</p>"


def test_the_older_single_author_and_the_external_link_are_read() -> None:
    item = {
        "id": 7,
        "external_url": "https://other.example/",
        "author": {"name": "Jane"},
        "date_modified": "2026-02-17",
    }
    [entry] = parse_json_feed(json.dumps({"items": [item]}), url=URL).entries
    assert (entry.guid, entry.link, entry.author) == ("7", "https://other.example/", "Jane")
    assert entry.published == datetime(2026, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize("text", ["{", '{"items": ' + "[" * 100_000, "[]", "{}", '{"items": {}}', '{"items": 1}'])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(NotAFeedError, match="JSON"):
        parse_json_feed(text, url=URL)


def test_items_that_are_no_objects_are_left_out_and_counted() -> None:
    feed = parse_json_feed('{"items": [null, "x", {"id": "1"}]}', url=URL)
    assert len(feed.entries) == 1
    assert feed.notes == ("2 of its items left out: no objects",)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = ["id", "url", "title", "content_html", "summary", "date_published", "authors", "author", "tags", "image"]


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES), max_size=3), VALUES)
def test_values_of_any_type_are_no_reason_to_stop(items: list[object], title: object) -> None:
    feed = parse_json_feed(json.dumps({"title": title, "language": title, "items": items}), url=URL)
    assert len(feed.entries) == len(items)
