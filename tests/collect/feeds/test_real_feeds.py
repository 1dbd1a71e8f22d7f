"""Feeds as they were served, and cases with what should come of them."""

from __future__ import annotations

import gzip
import html
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from digest.collect.collection import collect
from digest.collect.documents.fetch import FetchError
from digest.collect.feeds.feed import parse_feed
from digest.model import Remembered, Source, Window
from digest.settings import CollectSettings
from digest.text.urls import is_safe_url

pytestmark = pytest.mark.data

EVER = Window(since=datetime(1969, 1, 1, tzinfo=UTC), until=datetime(2026, 2, 19, tzinfo=UTC))
MARKUP = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|svg|img|style|p|div|a|br|span)\b[^<>]*>|&(?:amp|lt|nbsp|#\d+);"
)


class Nowhere:
    async def fetch(self, url: str, known: Remembered | None = None) -> Remembered:
        raise FetchError("must not be fetched")


def bodies(folder: Path) -> dict[str, bytes]:
    return {path.name: gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.gz"))}


def test_every_feed_that_any_parser_reads_gives_entries_with_title_link_and_date(shared_data: Path) -> None:
    for name, body in bodies(shared_data / "feeds/real").items():
        feed = parse_feed(body, url="https://example.org/feed")
        assert feed.title, name
        assert feed.entries, name
        # Six of them have pages dated in the year 1, by Hugo where it knows no date.
        assert sum(entry.published is None for entry in feed.entries) <= body.count(b"0001"), name
        assert sum(bool(entry.title) for entry in feed.entries) >= len(feed.entries) - 2, name


def test_nothing_is_lost_against_the_thorough_parser(shared_data: Path) -> None:
    for name, body in [*bodies(shared_data / "feeds/real").items()][::6]:
        ours, theirs = parse_feed(body, url=""), feedparser.parse(body, sanitize_html=False)
        assert len(ours.entries) >= len(theirs.entries), name
        linked = sum(bool(entry.get("link")) for entry in theirs.entries)
        assert sum(bool(entry.link) for entry in ours.entries) >= linked, name


async def test_articles_of_all_of_them_are_clean_text_with_safe_links(shared_data: Path, shelf) -> None:
    root = shared_data / "feeds/real"
    sources = [Source(kind="feed", location=path.name) for path in sorted(root.glob("*.gz"))]
    collection = await collect(
        sources, window=EVER, now=EVER.until, root=root, settings=CollectSettings(), fetcher=Nowhere(), shelf=shelf
    )
    assert [report.source.location for report in collection.sources if report.problem] == []
    assert len(collection.articles) > 4_000
    # Two feeds of one publisher may carry the same article; one feed never gives it twice.
    assert len({(article.source, article.id) for article in collection.articles}) == len(collection.articles)
    assert all(article.title for article in collection.articles)
    assert all(is_safe_url(article.url) for article in collection.articles if article.url)
    # Two of the feeds have relative links only, even to themselves: read as files, they lead nowhere.
    assert len({article.source for article in collection.articles if not article.url}) == 2
    titled = [article.title for article in collection.articles if MARKUP.search(article.title)]
    texts = [article.title for article in collection.articles if MARKUP.search(article.teaser)]
    assert (titled, texts) == ([], [])


def test_the_cases_give_what_they_should(shared_data: Path) -> None:
    folder = shared_data / "feeds/cases"
    cases = {path.name.split(".")[0]: path for path in folder.glob("*.xml.gz")} | {
        "json_feed_sample": folder / "json_feed_sample.json.gz"
    }
    assert len(cases) > 5
    for name, path in cases.items():
        expected = next(
            path for path in (folder / f"{name}.expected.json.gz", folder / f"{name}.json.gz") if path.exists()
        )
        gold = json.loads(gzip.decompress(expected.read_bytes()))
        feed = parse_feed(gzip.decompress(path.read_bytes()), url="https://example.org/feed")
        assert feed.title == gold["feed"]["title"], name
        assert len(feed.entries) == len(gold["entries"]), name
        for entry, wanted in zip(feed.entries, gold["entries"], strict=True):
            title = " ".join(html.unescape(wanted["title"]).split())
            assert (entry.title, entry.link, entry.guid or entry.link) == (title, wanted["link"], wanted["id"]), name
            assert entry.published == datetime.fromisoformat(wanted["published"]), name
            assert entry.author == wanted.get("author", ""), name
            tags = [tag["term"] for tag in wanted.get("tags", [])]
            assert set(entry.categories) <= set(tags), name
