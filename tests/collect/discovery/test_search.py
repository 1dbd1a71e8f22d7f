"""What a site can be read by, asked of a real server."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from digest.collect.discovery.search import Found, find_sources
from digest.collect.documents.fetch import FetchError, HttpFetcher
from digest.settings import CollectSettings


def rss(title: str, *articles: str) -> bytes:
    items = "".join(
        f"<item><title>{name}</title><link>https://example.org/{name}</link>"
        "<pubDate>Mon, 16 Feb 2026 06:00:00 GMT</pubDate></item>"
        for name in articles
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


def atom(title: str, *articles: str) -> bytes:
    entries = "".join(
        f'<entry><title>{name}</title><link href="https://example.org/{name}"/><id>{name}</id>'
        "<updated>2026-02-16T06:00:00Z</updated></entry>"
        for name in articles
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title>{entries}</feed>'.encode()


def page(*links: str) -> bytes:
    return f"<!doctype html><html><head>{''.join(links)}</head><body>Hello</body></html>".encode()


def named(href: str, title: str = "") -> str:
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'


@pytest.fixture
def search(website):
    async def search(path: str = "/") -> tuple[Found, ...]:
        settings = CollectSettings(allow_private=True, timeout=10)
        async with HttpFetcher(settings, pause=_no_pause) as fetcher:
            return await find_sources(website.url(path), fetcher=fetcher)

    return search


async def _no_pause(_seconds: float) -> None:
    return None


def paths(found: Sequence[Found], website) -> list[str]:
    return [one.location.removeprefix(website.url("")) for one in found]


async def test_an_address_of_a_feed_is_that_feed(website, reply, search) -> None:
    website.pages["/feed"] = reply(rss("The Gazette", "a", "b"))

    [found] = await search("/feed")

    assert (found.kind, found.location, found.title, found.entries) == ("feed", website.url("/feed"), "The Gazette", 2)
    assert website.paths() == ["/feed"]


async def test_a_page_that_names_its_feed_is_asked_no_further(website, reply, search) -> None:
    website.pages["/"] = reply(page(named("/news.rss")))
    website.pages["/news.rss"] = reply(rss("The Gazette", "a"))

    assert paths(await search(), website) == ["/news.rss"]
    assert website.paths() == ["/", "/news.rss"]


async def test_the_feed_of_articles_comes_before_that_of_comments_and_before_empty_ones(website, reply, search) -> None:
    website.pages["/"] = reply(page(named("/c", "Comments"), named("/empty"), named("/gone"), named("/main")))
    website.pages["/c"] = reply(rss("Gazette", "a", "b"))
    website.pages["/empty"] = reply(rss("Nothing"))
    website.pages["/main"] = reply(rss("Gazette", "a", "b"))

    assert paths(await search(), website) == ["/main", "/empty", "/c"]


async def test_one_feed_in_two_forms_is_offered_once(website, reply, search) -> None:
    website.pages["/"] = reply(page(named("/rss"), named("/atom")))
    website.pages["/rss"] = reply(rss("Gazette", "a", "b"))
    website.pages["/atom"] = reply(atom("Gazette (Atom)", "a", "b"))

    assert paths(await search(), website) == ["/rss"]


async def test_a_feed_at_a_usual_place_is_found_unnamed(website, reply, search) -> None:
    website.pages["/blog"] = reply(page())
    website.pages["/index.xml"] = reply(rss("Gazette", "a"))

    [found] = await search("/blog")

    assert (paths([found], website), found.how) == (["/index.xml"], "it is at a usual place")


async def test_a_page_that_names_comments_only_is_searched_for_the_articles(website, reply, search) -> None:
    website.pages["/"] = reply(page(named("/comments/feed")))
    website.pages["/comments/feed"] = reply(rss("Comments", "x"))
    website.pages["/feed"] = reply(rss("Gazette", "a"))

    assert paths(await search(), website) == ["/feed", "/comments/feed"]


async def test_a_server_that_answers_everything_with_a_page_has_no_feed(website, reply, search) -> None:
    class Everything(dict):
        def get(self, _path: str, _default: object = None) -> object:
            return reply(page())

    website.pages = Everything()

    assert await search() == ()


async def test_a_sitemap_stands_in_where_there_is_no_feed(website, reply, search) -> None:
    website.pages["/"] = reply(page())
    website.pages["/robots.txt"] = reply(b"Sitemap: /all.xml\nSitemap: /gone-news.xml\n")
    website.pages["/all.xml"] = reply(
        b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'
    )

    [found] = await search()

    assert (found.kind, paths([found], website), found.how) == ("sitemap", ["/all.xml"], "robots.txt names it")


async def test_a_sitemap_at_its_usual_place_is_found_without_robots_txt(website, reply, search) -> None:
    website.pages["/"] = reply(page())
    website.pages["/sitemap_index.xml"] = reply(b"<sitemapindex></sitemapindex>")

    assert paths(await search(), website) == ["/sitemap_index.xml"]


async def test_a_list_of_feeds_is_known_as_one(website, reply, search) -> None:
    website.pages["/list"] = reply(b'<opml><body><outline xmlUrl="https://a.example/"/></body></opml>')

    [found] = await search("/list")

    assert (found.kind, found.entries) == ("opml", 1)


async def test_a_feed_that_moved_for_good_is_added_at_its_new_place(website, reply, search) -> None:
    website.pages["/"] = reply(page(named("/old"), named("/passing")))
    website.pages["/old"] = reply(status=301, headers={"location": "/new"})
    website.pages["/passing"] = reply(status=302, headers={"location": "/elsewhere"})
    website.pages["/new"] = reply(rss("Gazette", "a"))
    website.pages["/elsewhere"] = reply(rss("Herald", "b"))

    assert paths(await search(), website) == ["/new", "/passing"]


async def test_links_are_read_from_where_a_page_really_is(website, reply, search) -> None:
    website.pages["/"] = reply(status=302, headers={"location": "/site/home/"})
    website.pages["/site/home/"] = reply(page(named("../news")))
    website.pages["/site/news"] = reply(rss("Gazette", "a"))

    assert paths(await search(), website) == ["/site/news"]


async def test_a_feed_that_follows_from_the_address_needs_no_page(website, reply, search) -> None:
    website.pages["/@ada.rss"] = reply(rss("Ada", "a"))

    assert paths(await search("/@ada"), website) == ["/@ada.rss"]


async def test_a_site_that_cannot_be_reached_is_an_error(search) -> None:
    with pytest.raises(FetchError, match="404"):
        await search("/nothing")
