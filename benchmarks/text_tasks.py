"""Summaries, pages, files, feeds: what quality.py measures of texts."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import plain
from measures import Figures, flaws, rouge, share, shingle_f1
from outcome import Outcome, Row, article_of, read

from digest.collect.feeds.articles import identified_entries, read_entries
from digest.collect.feeds.entries import NotAFeedError
from digest.collect.feeds.feed import parse_feed
from digest.collect.pages.page import extract_page
from digest.collect.prose.plaintext import clean_plaintext
from digest.model import Source, Story, Window
from digest.summarize.extractive import summarize
from digest.text.urls import is_safe_url

# --- summaries --------------------------------------------------------------------------------------------------


def summaries(folder: Path) -> Iterator[Outcome]:
    rows = read(folder / "summaries/writers.jsonl.gz")
    if not rows:
        return
    made = [_summary([{"title": "", "text": row["text"]}], words=60) for row in rows]
    told = [[sentence for sentence, _ in one] for one in made]
    leads = [plain.lead(row["text"], 60) for row in rows]
    references = [row["summaries"] for row in rows]
    sources = [row["text"] for row in rows]
    yield Outcome(
        task="summaries/writers",
        ours=rouge(zip(told, references, strict=True)) | flaws(told, sources, words=60),
        plain=rouge(zip(leads, references, strict=True)) | flaws(leads, sources, words=60),
        predictions=[{"id": row["id"], "sentences": one} for row, one in zip(rows, told, strict=True)],
        note=f"{len(rows)} articles, 60 words",
    )


def roundups(folder: Path) -> Iterator[Outcome]:
    rows = read(folder / "roundups/neus.jsonl.gz")
    if not rows:
        return
    made = [_summary(row["articles"], words=80) for row in rows]
    told = [[sentence for sentence, _ in one] for one in made]
    leads = [plain.lead_in_turn([article["text"] for article in row["articles"]], 80) for row in rows]
    references = [[row["summary"]] for row in rows]
    sources = ["\n".join(article["text"] for article in row["articles"]) for row in rows]
    cited = share(len({article for _, article in one}) > 1 for one in made)
    yield Outcome(
        task="roundups/neus",
        ours=rouge(zip(told, references, strict=True)) | flaws(told, sources, words=80) | {"two sources cited": cited},
        plain=rouge(zip(leads, references, strict=True)) | flaws(leads, sources, words=80),
        predictions=[{"id": row["id"], "sentences": one} for row, one in zip(rows, told, strict=True)],
        note=f"{len(rows)} stories, 80 words",
    )


def _summary(articles: Sequence[Row], *, words: int) -> list[tuple[str, str]]:
    """The sentences of a story's summary, and which article each is of."""
    told = [
        article_of({**row, "source": f"outlet {n}", "url": f"https://o{n}.example/"}, f"{n:016x}")
        for n, row in enumerate(articles)
    ]
    summary = summarize(Story(articles=tuple(told), section="", score=0.0), words=words)
    return [(sentence.text, sentence.article) for sentence in summary.sentences]


# --- pages, files, feeds ----------------------------------------------------------------------------------------


def pages(folder: Path) -> Iterator[Outcome]:
    rows = read(folder / "pages/scrapinghub.jsonl.gz")
    if not rows:
        return
    gold = [row["text"] for row in rows]
    ours = [extract_page(row["html"], url=row["url"]).text for row in rows]
    simple = [plain.page_text(row["html"]) for row in rows]
    yield _texts("pages/scrapinghub", rows, ours, simple, gold)


def flat(folder: Path) -> Iterator[Outcome]:
    """The same pages as a careless scraper leaves them."""
    rows = read(folder / "pages/scrapinghub.jsonl.gz")
    if not rows:
        return
    texts = [plain.flattened(row["html"]) for row in rows]
    ours = [clean_plaintext(text).text for text in texts]
    simple = [plain.prose_lines(text) for text in texts]
    yield _texts("flat/scrapinghub", rows, ours, simple, [row["text"] for row in rows])


def _texts(task: str, rows: Sequence[Row], ours: Sequence[str], simple: Sequence[str], gold: Sequence[str]) -> Outcome:
    return Outcome(
        task=task,
        ours=shingle_f1(zip(ours, gold, strict=True)),
        plain=shingle_f1(zip(simple, gold, strict=True)),
        predictions=[{"id": row["id"], "text": text} for row, text in zip(rows, ours, strict=True)],
        note=f"{len(rows)} pages",
    )


# What scrapers leave around an article; in the text of one it is a failure.
_FURNITURE = re.compile(r"also read|your reaction|share this|subscribe|^[\W\d]+$", re.IGNORECASE)


def seeds(folder: Path) -> Iterator[Outcome]:
    paths = sorted((folder / "seeds").glob("*.txt"))
    if not paths:
        return
    raw = [path.read_text(encoding="utf-8") for path in paths]
    read_seeds = [clean_plaintext(text) for text in raw]
    prose = [line for text in raw for line in plain.prose_lines(text).split("\n") if len(line.split()) >= 20]
    kept = "\n".join(seed.text for seed in read_seeds)
    lines = [line for line in kept.split("\n") if line]
    yield Outcome(
        task="seeds",
        ours={
            "title and date read": share(seed.title and seed.published for seed in read_seeds),
            "title repeated in text": float(sum(seed.title in seed.text for seed in read_seeds)),
            "long paragraphs kept": share(line.split(". ")[0] in kept for line in prose),
            "lines of furniture": float(sum(bool(_FURNITURE.search(line)) for line in lines)),
        },
        note=f"{len(paths)} files",
    )


def feeds(folder: Path) -> Iterator[Outcome]:
    bodies = [gzip.decompress(path.read_bytes()) for path in sorted((folder / "feeds/real").glob("*.gz"))]
    if not bodies:
        return
    source = Source(kind="feed", location="https://feeds.example/")
    ever = Window(since=datetime(1970, 1, 1, tzinfo=UTC), until=datetime(2100, 1, 1, tzinfo=UTC))
    start = time.perf_counter()
    read_feeds = [_feed(body) for body in bodies]
    seconds = time.perf_counter() - start
    entries = [entry for feed in read_feeds if feed for entry in feed.entries]
    articles = [
        article
        for feed in read_feeds
        if feed
        for article in read_entries(
            identified_entries(feed, source=source), feed=feed, source=source, window=ever, now=ever.until
        ).articles
    ]
    yield Outcome(
        task="feeds/real",
        ours={
            "feeds with entries": float(sum(bool(feed and feed.entries) for feed in read_feeds)),
            "entries": float(len(entries)),
            "with title, link and date": share(e.title and e.link and e.published for e in entries),
            "articles with all three": share(a.title and a.url and a.dated for a in articles),
            "unsafe links": float(sum(not is_safe_url(article.url) for article in articles if article.url)),
            "seconds": seconds,
        },
        plain=_plain_feeds(bodies),
        note=f"{len(bodies)} feeds; plain: fastfeedparser",
    )


def _feed(body: bytes) -> Any:
    try:
        return parse_feed(body, url="https://feeds.example/")
    except NotAFeedError:
        return None


def _plain_feeds(bodies: Sequence[bytes]) -> Figures:
    import fastfeedparser  # noqa: PLC0415

    start = time.perf_counter()
    found = []
    for body in bodies:
        try:
            found.append(fastfeedparser.parse(body).entries)
        except Exception:  # noqa: BLE001  # it raises what it likes, and that is its figure
            found.append([])
    seconds = time.perf_counter() - start
    entries = [entry for feed in found for entry in feed]
    whole = share(e.get("title") and e.get("link") and e.get("published") for e in entries)
    return {
        "feeds with entries": float(sum(map(bool, found))),
        "entries": float(len(entries)),
        "with title, link and date": whole,
        "seconds": seconds,
    }
