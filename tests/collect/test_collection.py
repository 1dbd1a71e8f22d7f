"""The whole stage: sources in, articles and reports out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.collect.collection import collect
from digest.collect.documents.fetch import HttpFetcher
from digest.model import Collection, Source, SourceReport, Window
from digest.settings import CollectSettings

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
WEEK = Window(since=NOW - timedelta(days=7), until=NOW)
SETTINGS = CollectSettings(allow_private=True, timeout=5, max_megabytes=1)


def rss(*items: str, title: str = "The Gazette") -> bytes:
    channel = f"<title>{title}</title><link>https://gazette.example/</link>{''.join(items)}"
    return f"<rss version='2.0'><channel>{channel}</channel></rss>".encode()


def item(name: str, date: str = "Tue, 17 Feb 2026 09:00:00 GMT") -> str:
    return f"<item><title>{name}</title><link>/{name}</link><pubDate>{date}</pubDate></item>"


@pytest.fixture
def run(tmp_path: Path, shelf):
    async def collected(*sources: Source, **more) -> Collection:
        async with HttpFetcher(SETTINGS, pause=_no_pause) as fetcher:
            return await collect(
                sources, window=WEEK, now=NOW, root=tmp_path, settings=SETTINGS, fetcher=fetcher, shelf=shelf, **more
            )

    return collected


async def _no_pause(seconds: float) -> None: ...


def feed(location: str, **more) -> Source:
    return Source(kind="feed", location=location, **more)


def titles(collection: Collection) -> list[str]:
    return [article.title for article in collection.articles]


async def test_articles_of_all_sources_come_newest_first(run, website, reply, tmp_path: Path) -> None:
    website.pages["/feed"] = reply(rss(item("monday", "Mon, 16 Feb 2026 09:00:00 GMT"), item("tuesday")))
    (tmp_path / "feed.xml").write_bytes(rss(item("wednesday", "Wed, 18 Feb 2026 09:00:00 GMT")))
    collection = await run(feed(website.url("/feed")), feed("feed.xml"))
    assert titles(collection) == ["wednesday", "tuesday", "monday"]
    assert collection.window == WEEK


async def test_every_source_that_gives_nothing_is_named_with_its_reason(run, website, reply, tmp_path: Path) -> None:
    website.pages |= {
        "/old": reply(rss(item("x", "Fri, 03 May 2024 09:00:00 GMT"))),
        "/page": reply(b"<!doctype html><link rel=alternate type=application/rss+xml href=/feed>"),
        "/empty": reply(rss()),
        "/blank": reply(rss("<item><pubDate>Tue, 17 Feb 2026 09:00:00 GMT</pubDate></item>")),
        "/bomb": reply(
            b"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss><channel><title>&b;</title></channel></rss>"
        ),
    }
    (tmp_path / "list.opml").write_text("<opml/>")
    said = {
        website.url("/old"): ("newest article is of 3 May 2024, before the window", False),
        website.url("/page"): (f"is HTML, not a feed: the page names {website.url('/feed')} as its feed", True),
        website.url("/empty"): ("has no entries", False),
        website.url("/blank"): ("has entries in the window, but without any title or text", False),
        website.url("/bomb"): ("declares XML entities made of other entities, as an attack does: refused", True),
        website.url("/gone"): ("answered 404 Not Found", True),
        "missing.xml": (f"is no file in {tmp_path}", True),
    }
    collection = await run(*(feed(location) for location in said), Source(kind="opml", location="list.opml"))
    assert {report.source.location: (report.problem, report.failed) for report in collection.sources} == said | {
        "list.opml": ("names no feeds", False)
    }
    assert collection.articles == ()


async def test_a_report_tells_what_a_source_gave(run, website, reply) -> None:
    website.pages["/feed"] = reply(rss(item("new"), item("old", "Fri, 03 May 2024 09:00:00 GMT"), "<item/>"))
    source = feed(website.url("/feed"))
    collection = await run(source)
    assert collection.sources == (
        SourceReport(
            source=source,
            entries=3,
            articles=1,
            newest=NOW,
            notes=(
                "1 entry without a date: taken as published when first seen",
                "1 entry without a title: their first words stand in",
                "1 entry without a link: the feed's own page is linked",
            ),
        ),
    )
    assert sorted(dropped.why for dropped in collection.dropped) == ["no title and no text", "outside the window"]


async def test_what_did_not_change_gives_the_same_articles_again(run, website, reply, shelf) -> None:
    def page(request):
        known = request.headers.get("if-none-match") == '"1"'
        return reply(status=304) if known else reply(rss(item("bridge")), headers={"ETag": '"1"'})

    website.pages["/feed"] = page
    first, second = await run(feed(website.url("/feed"))), await run(feed(website.url("/feed")))
    assert first == second
    assert titles(second) == ["bridge"]
    assert [request.headers.get("if-none-match") for request in website.requests] == [None, '"1"']


async def test_articles_keep_their_ids_from_run_to_run_and_from_web_to_file(
    run, website, reply, tmp_path: Path
) -> None:
    website.pages["/feed"] = reply(rss(item("bridge")))
    (tmp_path / "feed.xml").write_bytes(rss(item("bridge"), item("other")))
    online, offline = await run(feed(website.url("/feed"))), await run(feed("feed.xml"))
    assert online.articles[0].id in {article.id for article in offline.articles}


async def test_an_opml_source_stands_for_its_feeds(run, website, reply, tmp_path: Path) -> None:
    website.pages |= {"/a": reply(rss(item("a"))), "/b": reply(rss(item("b"), title="Herald"))}
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds/c.xml").write_bytes(rss(item("c")))
    (tmp_path / "list.opml").write_text(
        f"<opml><body><outline text='Ours' xmlUrl='{website.url('/a')}'/><outline xmlUrl='{website.url('/b')}'/>"
        "<outline xmlUrl='feeds/c.xml'/></body></opml>"
    )
    collection = await run(Source(kind="opml", location="list.opml", section="World", weight=3.0))
    assert {(article.title, article.publisher, article.section, article.weight) for article in collection.articles} == {
        ("a", "Ours", "World", 3.0),
        ("b", "Herald", "World", 3.0),
        ("c", "The Gazette", "World", 3.0),
    }


async def test_a_list_from_the_web_names_its_neighbours_and_no_file_of_ours(
    run, website, reply, tmp_path: Path
) -> None:
    (tmp_path / "secret.xml").write_bytes(rss(item("secret")))
    website.pages |= {
        "/lists/mine.opml": reply(b"<opml><outline xmlUrl='../a'/><outline xmlUrl='file:///etc/passwd'/></opml>"),
        "/a": reply(rss(item("a"))),
        "/secret.xml": reply(status=404),
    }
    source = Source(kind="opml", location=website.url("/lists/mine.opml"))
    collection = await run(source)
    assert titles(collection) == ["a"]
    assert collection.sources[-1] == SourceReport(
        source=source,
        entries=2,
        notes=("1 of its 2 feeds left out: no web address, the first file:///etc/passwd",),
    )


@pytest.mark.parametrize("location", ["../outside.xml", "/etc/hostname", "feeds/../../outside.xml"])
async def test_a_list_in_the_project_names_no_file_outside_of_it(run, tmp_path: Path, location: str) -> None:
    (tmp_path / "list.opml").write_text(f"<opml><outline xmlUrl='{location}'/></opml>")
    collection = await run(Source(kind="opml", location="list.opml"))
    assert "left out" in collection.sources[0].notes[0]


async def test_a_feed_named_twice_is_read_once_as_the_owner_wrote_it_first(run, website, reply, tmp_path: Path) -> None:
    website.pages["/a"] = reply(rss(item("a")))
    (tmp_path / "list.opml").write_text(f"<opml><outline text='List' xmlUrl='{website.url('/a')}'/></opml>")
    collection = await run(feed(website.url("/a"), name="Ours"), Source(kind="opml", location="list.opml"))
    assert [article.publisher for article in collection.articles] == ["Ours"]
    assert len(website.requests) == 1


async def test_two_lists_on_one_page_are_two_sources(run, website, reply) -> None:
    page = (
        b"<div id=a><a href='/one'>The first of the news</a></div><div id=b><a href='/two'>The second of them</a></div>"
    )
    website.pages["/news"] = reply(page)
    lists = [Source(kind="page", location=website.url("/news"), links=f"#{name} a") for name in "ab"]
    assert sorted(titles(await run(*lists))) == ["The first of the news", "The second of them"]


async def test_each_new_kind_of_source_says_what_is_wrong_with_it(run, website, reply, tmp_path: Path) -> None:
    website.pages |= {"/map": reply(b"<html>Sorry</html>"), "/news": reply(b"<p>Soon</p>")}
    collection = await run(
        Source(kind="sitemap", location=website.url("/map")),
        Source(kind="page", location=website.url("/news"), links="h2 a"),
        Source(kind="picks", location="picks.md"),
        Source(kind="mailbox", location="imaps://rosa@mail.example/News"),
    )
    problems = {report.source.kind: report.problem for report in collection.sources}
    assert problems["sitemap"].startswith("is HTML, not a sitemap")
    assert problems["page"] == "has no entries"
    assert problems["picks"].startswith("is no file in")
    assert problems["mailbox"] == "is a mailbox, which is not read here"


async def test_a_mistake_of_ours_costs_one_source_and_not_the_issue(run, website, reply, monkeypatch, caplog) -> None:
    website.pages["/a"] = reply(rss(item("a")))
    monkeypatch.setattr("digest.collect.sources.parse_feed", lambda *_, **__: {}["no such key"])
    collection = await run(feed(website.url("/a")))
    [report] = collection.sources
    assert report.problem == "could not be read because of a mistake in this program (KeyError: 'no such key')"
    assert "no such key" in caplog.text


async def test_an_address_in_a_list_that_is_none_costs_that_feed_and_not_the_run(run, website, reply) -> None:
    feeds = f"<outline xmlUrl='http://[bad'/><outline xmlUrl='{website.url('/a')}'/>"
    website.pages |= {"/list": reply(f"<opml>{feeds}</opml>".encode()), "/a": reply(rss(item("a")))}
    collection = await run(Source(kind="opml", location=website.url("/list")))
    assert titles(collection) == ["a"]
    problems = [report.problem for report in collection.sources if report.failed]
    assert problems == ["leads to 'http://[bad', which is no address of the web"]


async def test_a_mistake_of_ours_in_a_list_costs_that_list(run, website, reply, monkeypatch) -> None:
    website.pages |= {"/list": reply(b"<opml/>"), "/a": reply(rss(item("a")))}
    monkeypatch.setattr("digest.collect.collection.parse_opml", lambda _: {}["no such key"])
    collection = await run(feed(website.url("/a")), Source(kind="opml", location=website.url("/list")))
    assert titles(collection) == ["a"]
    assert "a mistake in this program" in collection.sources[-1].problem


async def test_progress_counts_to_the_number_of_sources(run, website, reply) -> None:
    website.pages["/a"] = reply(rss(item("a")))
    told: list[tuple[int, int]] = []
    await run(*(feed(website.url(f"/{name}")) for name in "abc"), progress=lambda *counts: told.append(counts))
    assert told == [(1, 3), (2, 3), (3, 3)]


async def test_no_sources_give_nothing(run) -> None:
    assert await run() == Collection(window=WEEK, articles=(), sources=())


async def test_a_moved_feed_is_asked_for_at_its_new_address(run, website, reply) -> None:
    website.pages |= {"/old": reply(status=301, headers={"Location": "/new"}), "/new": reply(rss(item("a")))}
    await run(feed(website.url("/old")))
    collection = await run(feed(website.url("/old")))
    assert website.paths() == ["/old", "/new", "/new"]
    assert replace(collection.articles[0], source="").title == "a"
