"""How good the content is, beside plain methods: python benchmarks/quality.py FOLDER [--json] [--predictions OUT]

FOLDER holds the data sets, any of which may be absent:

    stories/allsides.jsonl.gz   story (gold), week, published, source, url, title, text; also basil, as one window
    sections/bbc.jsonl.gz       id, category (gold), text with the title as its first line
    summaries/writers.jsonl.gz  id, text, summaries (gold)
    roundups/neus.jsonl.gz      id, articles (title, text), summary (gold)
    pages/scrapinghub.jsonl.gz  id, url, html, text (gold)
    feeds/real/*.gz             feeds as they were served
    seeds/*.txt                 articles as a scraper left them

Everything is done by the product's own functions with its default settings; gold labels are seen by the count of the
figures only. OUT gets the predictions as JSON lines, a file a set, so that anybody can count again.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import edits
import plain
from measures import Figures, clusters, flaws, rouge, share, shingle_f1

from digest.collect.articles import named_entries, read_entries
from digest.collect.feeds import NotAFeedError, parse_feed
from digest.collect.pages import extract_page
from digest.collect.plaintext import clean_plaintext
from digest.config import SectionSettings
from digest.model import Article, Source, Story, Window
from digest.pick.dedupe import find_copies
from digest.pick.picking import tell_apart
from digest.pick.sections import place
from digest.summarize.extractive import summarize
from digest.urls import is_safe_url

Row = dict[str, Any]

#: What the owner of a general newsletter would write for the five categories of BBC news.
KEYWORDS = {
    "business": ("economy", "shares", "profits", "company", "bank", "market", "sales", "oil prices"),
    "entertainment": ("film", "music", "album", "singer", "actor", "band", "award", "box office"),
    "politics": ("election", "minister", "parliament", "Labour", "Tory", "Blair", "MPs", "government"),
    "sport": ("match", "coach", "cup", "champion", "goal", "rugby", "tennis", "football"),
    "tech": ("software", "internet", "computer", "mobile phone", "online", "video game", "broadband", "technology"),
}
#: Task → figure → what it should reach; from the plain method's figure of the same run where that is a function.
BARS: dict[str, dict[str, float | Callable[[float], float]]] = {
    "stories/allsides-mix-week": {"B3 F1": 0.955, "pair precision": 0.90, "pair recall": 0.82},
    "stories/allsides-week": {"B3 F1": 0.935},
    "copies": {"precision": 0.995, "recall": 0.99},
    "sections/bbc": {"accuracy": 0.93},
    "summaries/writers": dict.fromkeys(("ROUGE-1", "ROUGE-2", "ROUGE-Lsum"), lambda lead: lead + 0.010),
    "roundups/neus": dict.fromkeys(("ROUGE-1", "ROUGE-2", "ROUGE-Lsum"), lambda lead: lead + 0.015),
    "pages/scrapinghub": {"F1": 0.975},
    "flat/scrapinghub": {"F1": 0.88},
}
_NOWHEN = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one task gave."""

    task: str
    ours: Figures
    #: The plain method's figures, as far as it has any.
    plain: Figures = field(default_factory=dict)
    #: Lines of the predictions file, in the data's order.
    predictions: list[Row] = field(default_factory=list)
    note: str = ""


# --- stories ----------------------------------------------------------------------------------------------------


def stories(folder: Path) -> Iterator[Outcome]:
    rows = read(folder / "stories/allsides.jsonl.gz")
    if rows:
        yield _events("stories/allsides-mix-week", cut(rows))
        yield _events("stories/allsides-week", rows)
    for name in ("basil",):
        others = read(folder / f"stories/{name}.jsonl.gz")
        if others:
            yield _events(f"stories/{name}", [{**row, "week": None} for row in others])


def cut(rows: Sequence[Row]) -> list[Row]:
    """Seven of ten stories cut to their first article: most of a real week stands alone."""
    seen: set[str] = set()
    kept = []
    for row in rows:
        story = row["story"]
        if int(hashlib.sha256(f"{story}/cut".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < 0.7:
            if story in seen:
                continue
            seen.add(story)
        kept.append(row)
    return kept


def _events(task: str, rows: Sequence[Row]) -> Outcome:
    windows: dict[Any, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        windows[row["week"]].append(i)
    ours, simple = [0] * len(rows), [0] * len(rows)
    for members in windows.values():
        for i, label in zip(members, _labels([article_of(rows[i], f"{i:016x}") for i in members]), strict=True):
            ours[i] = label
        for i, label in zip(
            members, plain.cluster([(rows[i]["title"], rows[i]["text"]) for i in members]), strict=True
        ):
            simple[i] = label
    weeks = [row["week"] for row in rows]
    gold = [(row["week"], row["story"]) for row in rows]
    return Outcome(
        task=task,
        ours=clusters(gold, list(zip(weeks, ours, strict=True))),
        plain=clusters(gold, list(zip(weeks, simple, strict=True))),
        predictions=[
            {"url": row["url"], "week": row["week"], "cluster": label} for row, label in zip(rows, ours, strict=True)
        ],
        note=f"{len(rows)} articles in {len(windows)} windows",
    )


def _labels(articles: Sequence[Article]) -> list[int]:
    """The number of each article's event; a copy is of the event of what it copies."""
    events = tell_apart(sorted(articles, key=lambda article: (article.published, article.id)))
    label = {article.id: n for n, group in enumerate(events.groups) for article in group}
    label |= {copy.article.id: label[copy.of.id] for copy in events.copies}
    return [label[article.id] for article in articles]


def article_of(row: Row, name: str) -> Article:
    when = datetime.fromisoformat(row["published"]) if row.get("published") else None
    return Article(
        id=name,
        source=row["source"],
        publisher=row["source"],
        title=row["title"],
        url=row["url"],
        canonical=row["url"],
        published=(when if when.tzinfo else when.replace(tzinfo=UTC)) if when else _NOWHEN,
        dated=when is not None,
        text=row["text"],
        language="en",
    )


# --- copies -----------------------------------------------------------------------------------------------------


def copies(folder: Path) -> Iterator[Outcome]:
    originals = [(row["title"], row["text"]) for row in read(folder / "stories/allsides.jsonl.gz")]
    originals += [_title_and_text(row) for row in read(folder / "sections/bbc.jsonl.gz")]
    originals = _without_versions(originals)
    if not originals:
        return
    gold, articles = [], []
    for number, (title, text) in enumerate(originals):
        made = [(title, text), *_edited(number, title, text)]
        gold += [number] * len(made)
        articles += [_copy(number, kind, *one) for kind, one in enumerate(made)]
    kept, found = find_copies(articles)
    label = {article.id: article.id for article in kept} | {copy.article.id: copy.of.id for copy in found}
    simple = plain.copies([(article.title, article.text) for article in articles])
    yield Outcome(
        task="copies",
        ours=_copy_figures(gold, [label[article.id] for article in articles]),
        plain=_copy_figures(gold, simple),
        note=f"{len(originals)} articles, {len(articles) - len(originals)} copies",
    )


def _without_versions(texts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The texts that share no run of eight words twice with an earlier one: some are later versions of each other."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for title, text in texts:
        words = text.lower().split()
        runs = {tuple(words[i : i + 8]) for i in range(len(words) - 7)}
        if len(runs) > 12 and len(runs & seen) < 2:
            kept.append((title, text))
        seen |= runs
    return kept


def _edited(number: int, title: str, text: str) -> list[tuple[str, str]]:
    return [make(title, text, Random(f"{number} {kind}")) for kind, make in edits.KINDS.items()]


def _copy(number: int, kind: int, title: str, text: str) -> Article:
    random = Random(f"{number} {kind} where")
    # Half of the updated versions come from the same outlet, in whose feed they stand beside the first.
    outlet = number % 60 if kind == 0 or (kind == 3 and random.random() < 0.5) else 60 + random.randrange(60)
    row = {
        "source": f"outlet {outlet}",
        "title": title,
        "text": text,
        "url": f"https://o{outlet}.example/{number}/{kind}",
    }
    when = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=random.random() * 48)
    return article_of({**row, "published": when.isoformat()}, f"{number:08x}{kind:08x}")


def _copy_figures(gold: Sequence[int], labels: Sequence[Any]) -> Figures:
    found = clusters(gold, labels)
    return {"precision": found["pair precision"], "recall": found["pair recall"]}


# --- sections ---------------------------------------------------------------------------------------------------


def sections(folder: Path) -> Iterator[Outcome]:
    rows = read(folder / "sections/bbc.jsonl.gz")
    if not rows:
        return
    asked = [SectionSettings(name=name, keywords=words) for name, words in KEYWORDS.items()]
    texts = [_title_and_text(row) for row in rows]
    placed = _placed(texts, asked)
    simple = [plain.section(title, text, asked) for title, text in texts]
    gold = [row["category"] for row in rows]
    left_over = [
        share(
            name == ""
            for name, want in zip(_placed(texts, _without(asked, category)), gold, strict=True)
            if want == category
        )
        for category in KEYWORDS
    ]
    yield Outcome(
        task="sections/bbc",
        ours={
            "accuracy": share(a == b for a, b in zip(placed, gold, strict=True)),
            "left over without its section": sum(left_over) / len(left_over),
        },
        plain={"accuracy": share(a == b for a, b in zip(simple, gold, strict=True))},
        predictions=[{"id": row["id"], "section": name} for row, name in zip(rows, placed, strict=True)],
        note=f"{len(rows)} articles",
    )


def _placed(texts: Sequence[tuple[str, str]], asked: Sequence[SectionSettings]) -> list[str]:
    articles = [
        article_of({"source": "bbc", "title": title, "text": text, "url": f"https://bbc.example/{i}"}, f"{i:016x}")
        for i, (title, text) in enumerate(texts)
    ]
    return [placing.section for placing in place([[article] for article in articles], asked, catch_all="")]


def _without(asked: Sequence[SectionSettings], name: str) -> list[SectionSettings]:
    return [section for section in asked if section.name != name]


def _title_and_text(row: Row) -> tuple[str, str]:
    title, _, text = row["text"].partition("\n")
    return title.strip(), text.strip()


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
    flat = [plain.flattened(row["html"]) for row in rows]
    ours = [clean_plaintext(text).text for text in flat]
    yield _texts("flat/scrapinghub", rows, ours, [plain.prose_lines(text) for text in flat], gold)


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
            named_entries(feed, source=source), feed=feed, source=source, window=ever, now=ever.until
        ).articles
    ]
    yield Outcome(
        task="feeds/real",
        ours={
            "feeds with entries": float(sum(bool(feed and feed.entries) for feed in read_feeds)),
            "entries": float(len(entries)),
            "with title, link and date": share(e.title and e.link and e.published for e in entries),
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


# --- the table --------------------------------------------------------------------------------------------------

TASKS: dict[str, Callable[[Path], Iterator[Outcome]]] = {
    "stories": stories,
    "copies": copies,
    "sections": sections,
    "summaries": summaries,
    "roundups": roundups,
    "pages": pages,
    "seeds": seeds,
    "feeds": feeds,
}


def read(path: Path) -> list[Row]:
    """The rows of a data set; none where it is absent."""
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def bar_of(task: str, figure: str, simple: float | None) -> float | None:
    bar = BARS.get(task, {}).get(figure)
    if callable(bar):
        return None if simple is None else bar(simple)
    return bar


def print_table(outcome: Outcome) -> None:
    print(f"\n{outcome.task}   {outcome.note}")
    for figure, value in outcome.ours.items():
        simple = outcome.plain.get(figure)
        bar = bar_of(outcome.task, figure, simple)
        beside = "" if simple is None else f"{simple:8.4f}"
        wanted = "" if bar is None else f">= {bar:.4f}  {'met' if value >= bar else 'NOT MET'}"
        print(f"  {figure:32} {value:9.4f}   plain {beside:8}   {wanted}".rstrip())


def write_predictions(folder: Path, outcome: Outcome) -> None:
    if outcome.predictions:
        path = folder / f"{outcome.task}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(row, ensure_ascii=False) for row in outcome.predictions)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    parser.add_argument("--predictions", type=Path, metavar="OUT", help="write what was predicted below this folder")
    parser.add_argument("--only", default=",".join(TASKS), help=f"some of {', '.join(TASKS)}")
    asked = parser.parse_args()
    figures: dict[str, dict[str, Figures]] = {}
    for name in asked.only.split(","):
        outcomes = TASKS[name](asked.folder)
        found = False
        for outcome in outcomes:
            found = True
            figures[outcome.task] = {"ours": outcome.ours, "plain": outcome.plain}
            if asked.predictions:
                write_predictions(asked.predictions, outcome)
            if not asked.json:
                print_table(outcome)
        if not found:
            print(f"\n{name}: skipped, its data is not below {asked.folder}", file=sys.stderr)
    if asked.json:
        print(json.dumps(figures, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
