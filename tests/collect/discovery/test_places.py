"""Where the feeds of a site may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.discovery.places import (
    PossibleFeed,
    feeds_by_address,
    feeds_of_page,
    sitemaps_of_robots,
    usual_places,
    usual_sitemaps,
    web_address,
)
from digest.text.urls import is_safe_url

HOME = "https://example.org/"


def addresses(candidates: tuple[PossibleFeed, ...]) -> list[str]:
    return [candidate.url for candidate in candidates]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("example.org", "https://example.org"),
        (" example.org/blog ", "https://example.org/blog"),
        ("http://example.org/#top", "http://example.org/"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("pcast://example.org/show", "https://example.org/show"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("localhost:8000/feed", "https://localhost:8000/feed"),
        ("articles", None),
        ("", None),
        ("javascript:alert(1)", None),
        ("me@example.org", None),
        ("https://user:password@example.org/", None),
    ],
)
def test_an_address_is_read_as_a_person_means_it(written: str, meant: str | None) -> None:
    assert web_address(written) == meant


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.youtube.com/channel/UC123/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UC123"),
        ("https://youtube.com/playlist?list=PL9", "https://youtube.com/feeds/videos.xml?playlist_id=PL9"),
        ("https://www.reddit.com/r/python/", "https://www.reddit.com/r/python/.rss"),
        ("https://old.reddit.com/user/somebody", "https://old.reddit.com/user/somebody/.rss"),
        ("https://github.com/owner/thing", "https://github.com/owner/thing/releases.atom"),
        ("https://github.com/owner/thing/releases/latest", "https://github.com/owner/thing/releases.atom"),
        ("https://github.com/owner/thing/commits/main/", "https://github.com/owner/thing/commits/main.atom"),
        ("https://github.com/owner", "https://github.com/owner.atom"),
        ("https://bsky.app/profile/a.bsky.social", "https://bsky.app/profile/a.bsky.social/rss"),
        ("https://medium.com/@somebody", "https://medium.com/feed/@somebody"),
        ("https://somebody.medium.com/", "https://somebody.medium.com/feed"),
        ("https://letter.substack.com/p/one", "https://letter.substack.com/feed"),
        ("https://blog.wordpress.com/2026/02/", "https://blog.wordpress.com/feed"),
        ("https://blog.blogspot.com/", "https://blog.blogspot.com/feeds/posts/default"),
        ("https://mastodon.example/@somebody", "https://mastodon.example/@somebody.rss"),
        ("https://lemmy.example/c/news@other.example", "https://lemmy.example/feeds/c/news@other.example.xml"),
    ],
)
def test_the_feed_of_a_known_kind_of_site_follows_from_the_address(page: str, feed: str) -> None:
    assert addresses(feeds_by_address(page)) == [feed]


@pytest.mark.parametrize(
    "page", [HOME, "https://example.org/blog/2026", "https://www.youtube.com/@handle", "https://www.youtube.com/"]
)
def test_other_addresses_say_nothing(page: str) -> None:
    assert feeds_by_address(page) == ()


def test_the_feeds_that_a_page_names_come_first() -> None:
    page = b"""<html><head><base href="/blog/"><title>x</title>
      <link rel="stylesheet" href="style.css">
      <LINK REL="Alternate" TYPE="application/rss+xml; charset=utf-8" TITLE="Posts &amp; more" HREF="rss">
      <link rel=alternate type=application/atom+xml href="//cdn.example.org/atom?x=1&amp;y=2">
      <link rel="alternate" type="application/feed+json" href="/feed.json">
      <link rel="alternate" type="application/json+oembed" href="/oembed?x">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
      <link rel="alternate" hreflang="de" href="/de/">
      <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
      <link rel="alternate" type="application/rss+xml" href="">
      </head><body><a href="/feeds/all.rss">All</a> <a href="/about">About</a> <a href="subscribe">RSS</a></body>"""
    found = feeds_of_page(page, url=HOME)
    assert addresses(found) == [
        "https://example.org/blog/rss",
        "https://cdn.example.org/atom?x=1&y=2",
        "https://example.org/feed.json",
        "https://example.org/feeds/all.rss",
        "https://example.org/blog/subscribe",
    ]
    assert (found[0].title, found[0].how) == ("Posts & more", "the page names it")
    assert found[3].how == "a link on the page leads to it"


def test_feeds_of_comments_are_told_from_those_of_articles() -> None:
    page = b"""<link rel="alternate" type="application/rss+xml" title="Blog &raquo; Feed" href="/feed/">
      <link rel="alternate" type="application/rss+xml" title="Blog &raquo; Comments Feed" href="/rss2">
      <link rel="alternate" type="application/rss+xml" href="/comments/feed/">"""
    assert [candidate.comments for candidate in feeds_of_page(page, url=HOME)] == [False, True, True]


def test_a_podcasts_feed_is_found_in_the_data_of_its_page() -> None:
    page = rb'<html><script>{"name":"Show","feedUrl":"https:\/\/feeds.example.org\/show?a=1\u0026b=2"}</script></html>'
    assert addresses(feeds_of_page(page, url="https://podcasts.example/show/1")) == [
        "https://feeds.example.org/show?a=1&b=2"
    ]


def test_a_channels_feed_is_found_in_the_data_of_its_page() -> None:
    page = b'<html><script>var x = {"externalId":"UCabcdefghijklmnopqrstuv"};</script></html>'
    assert addresses(feeds_of_page(page, url="https://www.youtube.com/@handle")) == [
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"
    ]


def test_a_page_with_a_broken_base_is_read_by_its_own_address() -> None:
    page = b'<base href="https://["><link rel="alternate" type="application/rss+xml" href="/rss">'
    assert addresses(feeds_of_page(page, url=HOME)) == ["https://example.org/rss"]


def test_a_page_is_not_its_own_feed() -> None:
    assert feeds_of_page(b'<a href="/feed">Feed</a>', url="https://example.org/feed") == ()


def test_the_usual_places_are_below_the_page_and_at_the_root() -> None:
    found = addresses(usual_places("https://example.org/blog"))
    assert found[0] == "https://example.org/blog/feed"
    assert {"https://example.org/feed", "https://example.org/rss.xml", "https://example.org/blog/index.xml"} < {*found}
    assert addresses(usual_places("https://example.org/blog/index.html"))[0] == "https://example.org/blog/feed"
    assert len(addresses(usual_places(HOME))) == len({*found}) / 2


def test_sitemaps_are_named_by_robots_txt_news_first() -> None:
    robots = (
        b"User-agent: *\nDisallow: /x\nSitemap: https://example.org/all.xml\n sitemap:/news.xml # new\nSitemap: x y"
    )
    assert sitemaps_of_robots(robots, url="https://example.org/robots.txt") == (
        "https://example.org/news.xml",
        "https://example.org/all.xml",
        "https://example.org/x",
    )
    assert "https://example.org/sitemap.xml" in usual_sitemaps("https://example.org/blog")


@given(st.binary() | st.binary().map(lambda some: b'<link rel=alternate type="application/rss+xml" href="' + some))
def test_any_page_names_safe_addresses_or_none(body: bytes) -> None:
    assert all(is_safe_url(candidate.url) for candidate in feeds_of_page(body, url=HOME))


@given(st.text())
def test_any_words_are_a_safe_address_or_none(written: str) -> None:
    address = web_address(written)
    assert address is None or is_safe_url(address)
    if address:
        feeds_by_address(address)
        usual_places(address)
