"""Which documents are feeds, and what is said of those that are not."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.feeds.entries import NotAFeedError
from digest.collect.feeds.feed import parse_feed

URL = "https://example.org/feed"
RSS = "<rss version='2.0'><channel><title>The Gazette</title><item><title>{title}</title></item></channel></rss>"


def problem(body: bytes | str, url: str = URL) -> str:
    with pytest.raises(NotAFeedError) as caught:
        parse_feed(body.encode() if isinstance(body, str) else body, url=url)
    return str(caught.value)


@pytest.mark.parametrize("body", [b"", b"  \n ", b"\xef\xbb\xbf"])
def test_an_empty_document_is_said_to_be_empty(body: bytes) -> None:
    assert problem(body) == "is empty"


@pytest.mark.parametrize("start", ["<!DOCTYPE html>", "<html lang='en'>", "<!-- x --><!-- y -->\n<HTML>", "  <body>"])
def test_a_page_is_said_to_be_html(start: str) -> None:
    assert problem(f"{start}<p>Hello") == "is HTML, not a feed"


def test_a_page_that_names_its_feed_gives_the_next_step() -> None:
    page = '<html><head><link href="/other.css"><link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b">'
    assert problem(page) == "is HTML, not a feed: the page names https://example.org/rss?a=1&b as its feed"


def test_a_page_that_names_a_dangerous_feed_does_not_pass_it_on() -> None:
    assert problem('<html><link type="application/rss+xml" href="javascript:alert(1)">') == "is HTML, not a feed"


def test_a_list_of_feeds_gives_the_next_step() -> None:
    assert (
        problem("<?xml version='1.0'?><opml version='2.0'/>")
        == "is a list of feeds (OPML): write opml = instead of feed ="
    )


@pytest.mark.parametrize("body", ["hello", "<svg/>", "http://127.0.0.1/", "\x00\x01", "<urlset></urlset>"])
def test_anything_else_is_said_to_be_no_feed(body: str) -> None:
    assert "not" in problem(body) or "neither" in problem(body)


def test_an_odd_encoding_is_noted() -> None:
    body = b"<?xml version='1.0' encoding='iso-8859-1'?>" + RSS.format(title="Zoë — Łódź").encode()
    feed = parse_feed(body, url=URL)
    assert feed.entries[0].title == "Zoë — Łódź"
    assert feed.notes == ("declares the encoding Windows-1252 but is in utf-8",)


def test_the_servers_charset_is_used() -> None:
    feed = parse_feed(RSS.format(title="Привет").encode("koi8-r"), url=URL, content_type="text/xml; charset=koi8-r")
    assert feed.entries[0].title == "Привет"


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parse_feed(b"<rss version='2.0'><channel><title>T</title></channel></rss>", url=URL).entries == ()


def test_more_entries_than_any_feed_has_are_left_out() -> None:
    items = "<item><title>x</title></item>" * 10_001
    feed = parse_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), url=URL)
    assert len(feed.entries) == 10_000
    assert feed.notes == ("has 10,001 entries: only the newest 10,000 were read",)


def test_of_a_feed_that_begins_with_its_oldest_the_newest_are_kept() -> None:
    dates = (f"<item><title>{n}</title><pubDate>{1_000_000_000 + n}</pubDate></item>" for n in range(10_005))
    feed = parse_feed(f"<rss version='2.0'><channel>{''.join(dates)}</channel></rss>".encode(), url=URL)
    assert (feed.entries[0].title, feed.entries[-1].title) == ("5", "10004")


PARTS = st.sampled_from(
    [
        *(
            "<rss version='2.0'>",
            "<channel>",
            "<item>",
            "</item>",
            "<title>",
            "</title>",
            "<link>",
            "<pubDate>",
            "<guid>",
        ),
        *("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<content type='xhtml'>", "<rdf:RDF>", "</rss>"),
        *("<![CDATA[", "]]>", "&", ";", "<!DOCTYPE x [", "<!--", "\x00", "é", "2026-02-17"),
        "<?xml version='1.0' encoding='utf-16'?>",
    ]
)


@given(st.lists(PARTS | st.text(max_size=3), max_size=25).map("".join))
def test_whatever_is_served_gives_a_feed_or_a_reason(document: str) -> None:
    with contextlib.suppress(NotAFeedError):
        for entry in parse_feed(document.encode("utf-8", "replace"), url=URL).entries:
            assert entry.link == "" or entry.link.startswith("http")
            assert entry.title == " ".join(entry.title.split())


@given(st.binary())
def test_any_bytes_give_a_feed_or_a_reason(body: bytes) -> None:
    with contextlib.suppress(NotAFeedError):
        parse_feed(body, url=URL)
