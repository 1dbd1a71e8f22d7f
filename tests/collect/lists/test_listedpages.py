"""Sitemaps and pages of links, from a real web server to articles."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.collect.documents.document import Documents
from digest.collect.documents.fetch import HttpFetcher
from digest.collect.lists.sitemap import NotASitemapError
from digest.collect.sources import SourceError, SourceReader
from digest.model import Source, Why, Window
from digest.settings import CollectSettings

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
TEXT = " ".join(f"The council voted on the bridge for the {n}th time, and nothing came of it again." for n in range(12))
SETTINGS = CollectSettings(allow_private=True, max_pages=3)


def page(title: str, published: str = "") -> bytes:
    date = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="The Gazette">{date}</head>'
        f"<body><article><h1>{title}</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    ).encode()


async def no_pause(_seconds: float) -> None:
    return None


@pytest.fixture
async def read(website, shelf, tmp_path: Path) -> AsyncIterator:
    async with HttpFetcher(SETTINGS, clock=lambda: NOW, pause=no_pause) as fetcher:

        async def reading(now: datetime = NOW, **source: str):
            documents = Documents(root=tmp_path, settings=SETTINGS, fetcher=fetcher, shelf=shelf)
            reader = SourceReader(window=Window(since=now - WEEK, until=now), now=now, documents=documents)
            return await reader.read(Source(**source))

        yield reading


def urlset(website, *entries: tuple[str, str], news: str = "") -> bytes:
    urls = "".join(
        f"<url><loc>{website.url(path)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}{news}</url>"
        for path, changed in entries
    )
    return f"<urlset>{urls}</urlset>".encode()


def index(website, *entries: tuple[str, str]) -> bytes:
    parts = "".join(
        f"<sitemap><loc>{website.url(path)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</sitemap>"
        for path, changed in entries
    )
    return f"<sitemapindex>{parts}</sitemapindex>".encode()


async def test_only_pages_changed_in_the_window_are_fetched(website, reply, read) -> None:
    listed = [("/bridge", "2026-02-17T09:00:00Z"), ("/old", "2026-01-01T09:00:00Z"), ("/", "2026-02-18T09:00:00Z")]
    website.pages = {
        "/sitemap.xml": reply(urlset(website, *listed)),
        "/bridge": reply(page("The bridge", "2026-02-16T10:00:00Z")),
    }
    reading = await read(kind="sitemap", location=website.url("/sitemap.xml"))
    [article] = reading.articles
    assert (article.title, article.publisher, article.dated) == ("The bridge", "The Gazette", True)
    assert article.published == datetime(2026, 2, 16, 10, tzinfo=UTC)
    assert article.text.startswith("The council voted")
    assert website.paths() == ["/sitemap.xml", "/bridge"]
    assert [dropped.article.url for dropped in reading.dropped] == [website.url("/old")]


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Asia/Tokyo"])
async def test_a_day_without_a_time_is_that_day_to_readers_everywhere(website, reply, read, zone: str) -> None:
    teaser = "<article><h2><a href='/listed'>Listed</a></h2><time datetime='2026-02-16'></time></article>"
    links = f"<html><body>{teaser}<article><h2><a href='/told'>Told</a></h2></article></body></html>"
    website.pages = {
        "/": reply(links.encode()),
        "/listed": reply(page("Listed")),
        "/told": reply(page("Told", "2026-02-15")),
    }
    home = ZoneInfo(zone)
    reading = await read(now=NOW.astimezone(home), kind="page", location=website.url("/"), links="h2 a")
    days = {article.title: article.published.astimezone(home).date() for article in reading.articles}
    assert days == {"Listed": date(2026, 2, 16), "Told": date(2026, 2, 15)}


async def test_an_old_article_whose_page_changed_is_not_news(website, reply, read) -> None:
    website.pages = {
        "/sitemap.xml": reply(urlset(website, ("/bridge", "2026-02-17T09:00:00Z"))),
        "/bridge": reply(page("The bridge", "2024-05-03T10:00:00Z")),
    }
    reading = await read(kind="sitemap", location=website.url("/sitemap.xml"))
    assert reading.articles == ()
    assert reading.dropped[0].detail == "published on 3 May 2024"


async def test_a_sitemap_without_dates_is_news_when_first_seen(website, reply, read) -> None:
    website.pages = {"/sitemap.xml": reply(urlset(website, ("/a", ""))), "/a": reply(page("A"))}
    source = {"kind": "sitemap", "location": website.url("/sitemap.xml")}
    first = await read(**source)
    website.pages |= {"/sitemap.xml": reply(urlset(website, ("/a", ""), ("/b", ""))), "/b": reply(page("B"))}
    second = await read(now=NOW + WEEK, **source)
    assert [(article.title, article.dated) for article in first.articles] == [("A", False)]
    assert [article.title for article in second.articles] == ["B"]
    assert website.paths() == ["/sitemap.xml", "/a", "/sitemap.xml", "/b"]


async def test_an_undated_page_that_changes_every_week_is_news_once(website, reply, read) -> None:
    website.pages = {
        "/sitemap.xml": reply(urlset(website, ("/about", "2026-02-17T09:00:00Z"))),
        "/about": reply(page("About")),
    }
    source = {"kind": "sitemap", "location": website.url("/sitemap.xml")}
    first = await read(**source)
    website.pages["/sitemap.xml"] = reply(urlset(website, ("/about", "2026-02-24T09:00:00Z")))
    second = await read(now=NOW + WEEK, **source)
    assert [len(first.articles), len(second.articles)] == [1, 0]


async def test_a_headline_of_a_news_sitemap_is_an_article_even_where_its_page_is_shut(website, reply, read) -> None:
    news = """<news:news><news:publication><news:name>The Gazette</news:name><news:language>de</news:language>
      </news:publication><news:publication_date>2026-02-17</news:publication_date>
      <news:title>Die Brücke öffnet wieder</news:title></news:news>"""
    website.pages = {
        "/news.xml": reply(urlset(website, ("/shut", ""), news=news)),
        "/shut": reply(status=403),
    }
    reading = await read(kind="sitemap", location=website.url("/news.xml"))
    [article] = reading.articles
    assert (article.title, article.publisher, article.language) == ("Die Brücke öffnet wieder", "The Gazette", "de")
    assert article.text == ""
    assert reading.notes == (f"1 page could not be read: the first {website.url('/shut')} answered 403 Forbidden",)


async def test_at_most_so_many_pages_are_fetched_newest_first(website, reply, read) -> None:
    days = [(f"/{day}", f"2026-02-{day}T09:00:00Z") for day in range(13, 18)]
    website.pages = {f"/{day}": reply(page(f"Day {day}")) for day in range(13, 18)}
    website.pages["/sitemap.xml"] = reply(urlset(website, *days))
    reading = await read(kind="sitemap", location=website.url("/sitemap.xml"))
    assert {article.title for article in reading.articles} == {"Day 17", "Day 16", "Day 15"}
    assert reading.notes == (
        "5 pages in the window: the newest 3 are read, the others are left out (collect.max_pages)",
    )


async def test_of_a_list_of_sitemaps_only_those_that_may_be_new_are_read(website, reply, read) -> None:
    parts = [("/2025.xml", "2025-12-31"), ("/posts.xml.gz", "2026-02-17"), ("/category-sitemap.xml", "2026-02-17")]
    website.pages = {
        "/sitemap.xml": reply(index(website, *parts, ("/gone.xml", ""))),
        "/posts.xml.gz": reply(gzip.compress(urlset(website, ("/a", "2026-02-17")))),
        "/a": reply(page("A")),
    }
    reading = await read(kind="sitemap", location=website.url("/sitemap.xml"))
    assert [article.title for article in reading.articles] == ["A"]
    assert reading.notes == (f"its part {website.url('/gone.xml')} answered 404 Not Found",)
    assert sorted(website.paths()) == ["/a", "/gone.xml", "/posts.xml.gz", "/sitemap.xml"]


async def test_lists_of_sitemaps_that_lead_in_a_circle_come_to_an_end(website, reply, read) -> None:
    website.pages = {
        "/a.xml": reply(index(website, ("/b.xml", ""))),
        "/b.xml": reply(index(website, ("/a.xml", ""), ("/c.xml", ""))),
        "/c.xml": reply(index(website, ("/d.xml", ""))),
        "/d.xml": reply(urlset(website, ("/too-deep", ""))),
    }
    reading = await read(kind="sitemap", location=website.url("/a.xml"))
    assert reading.articles == ()
    assert website.paths() == ["/a.xml", "/b.xml", "/c.xml"]


async def test_of_very_many_sitemaps_the_newest_are_read(website, reply, read) -> None:
    parts = [(f"/{number}.xml", f"2026-02-17T{number // 60:02}:{number % 60:02}:00Z") for number in range(60)]
    website.pages = {path: reply(urlset(website)) for path, _ in parts}
    website.pages["/sitemap.xml"] = reply(index(website, *parts))
    reading = await read(kind="sitemap", location=website.url("/sitemap.xml"))
    assert len(website.paths()) == 51
    assert "/0.xml" not in website.paths()
    assert reading.notes == ("names 60 sitemaps that may be new: the likeliest 50 are read",)


async def test_a_sitemap_that_is_none_says_so_and_is_not_remembered(website, reply, read, shelf) -> None:
    website.pages = {"/sitemap.xml": reply(b"<html>Down for maintenance</html>")}
    with pytest.raises(NotASitemapError, match="is HTML"):
        await read(kind="sitemap", location=website.url("/sitemap.xml"))
    assert shelf.responses == {}


async def test_the_links_of_a_page_are_articles(website, reply, read) -> None:
    listing = b"""<ul><li><h2><a href="/bridge">The bridge that nobody wanted</a></h2></li>
      <li><h2><a href="/pool">Pool closes</a></h2><time datetime="2026-02-17">Tuesday</time></li>
      <li><h2><a href="/shut">An article behind a wall</a></h2></li></ul>"""
    website.pages = {
        "/news": reply(listing),
        "/bridge": reply(page("The bridge", "2026-02-16T10:00:00Z")),
        "/pool": reply(page("The pool")),
        "/shut": reply(status=403),
    }
    reading = await read(kind="page", location=website.url("/news"), links="h2 a", section="Town")
    found = {article.title: article for article in reading.articles}
    assert set(found) == {"The bridge", "The pool", "An article behind a wall"}
    assert found["The pool"].published == datetime(2026, 2, 17, 23, 59, 59, tzinfo=UTC)
    assert {article.section for article in reading.articles} == {"Town"}
    assert reading.notes[0].startswith("1 page could not be read")


async def test_a_link_seen_last_week_is_not_fetched_again(website, reply, read) -> None:
    website.pages = {"/news": reply(b'<h2><a href="/bridge">The bridge</a></h2>'), "/bridge": reply(page("The bridge"))}
    source = {"kind": "page", "location": website.url("/news"), "links": "h2 a"}
    await read(**source)
    later = await read(now=NOW + WEEK, **source)
    assert later.articles == ()
    assert website.paths() == ["/news", "/bridge", "/news"]


async def test_a_selector_that_finds_nothing_is_a_note(website, reply, read, shelf) -> None:
    website.pages = {"/news": reply(b"<p>Soon.</p>")}
    reading = await read(kind="page", location=website.url("/news"), links="h2 a")
    assert reading.entries == 0
    assert "finds nothing on the page" in reading.notes[0]
    assert shelf.responses == {}


async def test_the_owners_picks_are_articles_whatever_their_age_and_whether_their_pages_open(
    website, reply, read, tmp_path: Path
) -> None:
    website.pages = {
        "/old": reply(page("An old story", "2019-05-03T10:00:00Z")),
        "/video": reply(b"<title>A film</title>"),
    }
    (tmp_path / "picks.md").write_text(
        f"""# My picks
- [My own headline]({website.url("/old")}) Still true.
{website.url("/video")} Watch it.
{website.url("/shut")}
"""
    )
    reading = await read(kind="picks", location="picks.md", section="Picks")
    found = {article.url: article for article in reading.articles}
    old, film, shut = (found[website.url(path)] for path in ("/old", "/video", "/shut"))
    assert (old.title, old.note, old.section) == ("My own headline", "Still true.", "Picks")
    assert old.published.year == 2019
    assert old.text.startswith("The council voted")
    assert (film.title, film.note, film.dated) == ("A film", "Watch it.", False)
    assert (shut.title, shut.text) == ("127.0.0.1", "")
    assert all(article.pinned for article in reading.articles)
    assert reading.notes == (f"1 page could not be read: the first {website.url('/shut')} answered 404 Not Found",)


async def test_a_pick_that_was_in_an_issue_is_not_fetched_again(website, reply, read, shelf, tmp_path: Path) -> None:
    website.pages = {"/a": reply(page("A")), "/b": reply(page("B"))}
    (tmp_path / "picks.txt").write_text(f"{website.url('/a')} Mine.\n{website.url('/b')}\n")
    first = await read(kind="picks", location="picks.txt")
    shelf.issues[first.articles[0].id] = "0007-2026-02-19"
    website.requests.clear()
    second = await read(kind="picks", location="picks.txt")
    assert [article.title for article in second.articles] == ["B"]
    assert [(one.why, one.detail) for one in second.dropped] == [(Why.SENT_BEFORE, "issue 0007-2026-02-19 carried it")]
    assert website.paths() == ["/b"]


async def test_a_bad_line_of_picks_is_told_with_its_file_and_line(read, tmp_path: Path) -> None:
    (tmp_path / "picks.md").write_text("\n\nwww.example.org/a Nice\n")
    reading = await read(kind="picks", location="picks.md")
    assert reading.articles == ()
    assert reading.notes[0].startswith('picks.md:3: "www.example.org/a Nice" begins with no web address')


async def test_picks_that_are_no_text_say_so(read, tmp_path: Path) -> None:
    (tmp_path / "picks.md").write_bytes(bytes(range(256)) * 4)
    with pytest.raises(SourceError, match="no text"):
        await read(kind="picks", location="picks.md")


async def test_a_table_of_links_is_picks_too(website, reply, read, tmp_path: Path) -> None:
    website.pages = {"/a": reply(page("A"))}
    (tmp_path / "picks.csv").write_text(f"url,note\n{website.url('/a')},Mine.\n")
    [article] = (await read(kind="picks", location="picks.csv")).articles
    assert (article.title, article.note, article.pinned) == ("A", "Mine.", True)
