"""From a sitemap to those below it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.collect.documents.document import Documents
from digest.collect.documents.fetch import FetchError
from digest.collect.lists.sitemap import NotASitemapError
from digest.collect.lists.sitemapwalk import Walk, walk
from digest.model import Remembered, Window
from digest.settings import CollectSettings

NOW = datetime(2026, 2, 18, tzinfo=UTC)
WEEK = Window(since=NOW - timedelta(days=7), until=NOW)
SITE = "https://gazette.example/"


class Web:
    """Sitemaps by name; what was asked for is noted."""

    def __init__(self, **maps: str) -> None:
        self.maps = maps
        self.asked: list[str] = []

    async def fetch(self, url: str, known: Remembered | None = None) -> Remembered:
        name = url.removeprefix(SITE)
        self.asked.append(name)
        if name not in self.maps:
            raise FetchError("answered 404 Not Found")
        return Remembered(
            url=url,
            final_url=url,
            moved=False,
            etag="",
            last_modified="",
            content_type="",
            body=self.maps[name].encode(),
            fetched_at=NOW,
        )


def index(*names: str, changed: str = "") -> str:
    date = f"<lastmod>{changed}</lastmod>" if changed else ""
    return "<sitemapindex>" + "".join(f"<sitemap><loc>/{name}</loc>{date}</sitemap>" for name in names)


def pages(*names: str) -> str:
    return "<urlset>" + "".join(f"<url><loc>/{name}</loc></url>" for name in names) + "</urlset>"


@pytest.fixture
def walked(shelf, tmp_path: Path):
    async def to(web: Web) -> Walk:
        documents = Documents(root=tmp_path, settings=CollectSettings(), fetcher=web, shelf=shelf)
        return await walk(f"{SITE}top", documents=documents, window=WEEK)

    return to


def found(walk: Walk) -> list[str]:
    return [page.url.removeprefix(SITE) for page in walk.pages]


async def test_all_pages_below_a_list_are_found_those_for_news_first(walked) -> None:
    web = Web(top=index("a", "news"), a=pages("1", "2"), news=pages("3"))
    assert found(await walked(web)) == ["3", "1", "2"]
    assert web.asked == ["top", "news", "a"]


async def test_what_did_not_change_since_the_window_began_is_left_alone(walked) -> None:
    web = Web(top=index("a", changed="2026-02-01"), a=pages("1"))
    assert found(await walked(web)) == []
    assert web.asked == ["top"]


async def test_parts_for_tags_are_left_alone_where_there_are_others(walked) -> None:
    web = Web(top=index("post-sitemap.xml", "post_tag-sitemap.xml"), **{"post-sitemap.xml": pages("1")})
    assert found(await walked(web)) == ["1"]
    assert web.asked == ["top", "post-sitemap.xml"]


async def test_a_part_that_cannot_be_read_is_a_note(walked) -> None:
    walk = await walked(Web(top=index("gone", "odd", "a"), odd="<html>", a=pages("1")))
    assert found(walk) == ["1"]
    assert walk.notes[0] == f"its part {SITE}gone answered 404 Not Found"
    assert walk.notes[1].startswith(f"its part {SITE}odd is HTML")


async def test_lists_within_lists_end_and_none_is_read_twice(walked) -> None:
    web = Web(top=index("a", "top"), a=index("b", "a"), b=index("c"), c=pages("1"))
    assert found(await walked(web)) == []
    assert web.asked == ["top", "a", "b"]


async def test_of_many_parts_the_likeliest_are_read(walked) -> None:
    names = [f"{number}" for number in range(70)]
    walk = await walked(Web(top=index(*names), **{name: pages(f"p{name}") for name in names}))
    assert len(walk.pages) == 50
    assert walk.notes == ["names 70 sitemaps that may be new: the likeliest 50 are read"]


async def test_where_the_sitemap_itself_is_none_there_is_nothing_to_walk(walked) -> None:
    with pytest.raises(NotASitemapError):
        await walked(Web(top="<html>"))
