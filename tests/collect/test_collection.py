"""The whole stage: sources in, articles and reports out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.collect.collection import collect
from digest.collect.fetch import FetchError
from digest.config import CollectSettings
from digest.model import Remembered, Source, Window

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
WEEK = Window(since=NOW - timedelta(days=7), until=NOW)


class Nowhere:
    """A fetcher without a network."""

    async def fetch(self, url: str, known: Remembered | None = None) -> Remembered:
        raise FetchError("answered 404 Not Found")


class Forgetful:
    """A shelf that keeps nothing."""

    def recall(self, url: str) -> Remembered | None:
        return None

    def remember(self, response: Remembered) -> None: ...


async def test_a_feed_file_gives_its_articles_and_a_dead_one_its_reason(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>The Gazette</title><link>https://gazette.example/</link><item>"
        "<title>Bridge opens</title><link>/bridge?utm_source=rss</link><pubDate>Tue, 17 Feb 2026 09:00:00 GMT</pubDate>"
        "<description>&lt;p&gt;The bridge opened.&lt;/p&gt;</description></item></channel></rss>"
    )
    found = await collect(
        [Source(kind="feed", location="feed.xml"), Source(kind="feed", location="https://dead.example/feed")],
        window=WEEK,
        now=NOW,
        root=tmp_path,
        settings=CollectSettings(),
        fetcher=Nowhere(),
        shelf=Forgetful(),
    )
    [article] = found.articles
    assert (article.title, article.text, article.publisher) == ("Bridge opens", "The bridge opened.", "The Gazette")
    assert article.canonical == "https://gazette.example/bridge"
    assert [(report.articles, report.problem) for report in found.sources] == [(1, ""), (0, "answered 404 Not Found")]
