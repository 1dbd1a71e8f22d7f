"""What reading feeds costs and gives: python benchmarks/feeds.py FOLDER [--slow]

FOLDER holds feed documents, plain or gzipped. Prints the time for parsing all of them and for making articles with
text of all their entries, and what the entries lack; with --slow, feedparser's time beside ours.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import feedparser

from digest.collect.documents.compression import inflated
from digest.collect.feeds.articles import identified_entries, read_entries
from digest.collect.feeds.entries import Feed
from digest.collect.feeds.feed import parse_feed
from digest.model import Article, Source, Window

NOW = datetime(2026, 2, 19, tzinfo=UTC)
EVER = Window(since=datetime(1969, 1, 1, tzinfo=UTC), until=NOW)
SOURCE = Source(kind="feed", location="https://example.org/feed")
T = TypeVar("T")


def timed(what: str, work: Callable[[], T]) -> T:
    start = time.perf_counter()
    outcome = work()
    print(f"{what:40} {time.perf_counter() - start:6.2f} s")
    return outcome


def articles(feeds: Sequence[Feed]) -> list[Article]:
    found: list[Article] = []
    for feed in feeds:
        entries = identified_entries(feed, source=SOURCE)
        found.extend(read_entries(entries, feed=feed, source=SOURCE, window=EVER, now=NOW).articles)
    return found


def main(folder: Path, *, slow: bool) -> None:
    bodies = [inflated(path.read_bytes(), limit=10**8) for path in sorted(folder.iterdir())]
    print(f"{len(bodies)} documents, {sum(map(len, bodies)) / 1e6:.0f} MB")
    parse_feed(bodies[0], url=SOURCE.location)  # imports the parsers
    feeds = timed("parsed", lambda: [parse_feed(body, url=SOURCE.location) for body in bodies])
    if slow:
        timed("parsed by feedparser", lambda: [feedparser.parse(body) for body in bodies])
    made = timed("articles with text, whatever their date", lambda: articles(feeds))
    entries = [entry for feed in feeds for entry in feed.entries]
    letters = sum(len(article.text) for article in made)
    print(f"{len(entries):,} entries, {len(made):,} articles, {letters / 1e6:.0f} million characters of text")
    for name in ("title", "link", "guid", "published", "content"):
        print(f"  without {name:10} {sum(not getattr(entry, name) for entry in entries):5}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), slow="--slow" in sys.argv)
