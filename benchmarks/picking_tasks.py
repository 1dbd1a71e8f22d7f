"""Stories, copies, sections: what quality.py measures of picking."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import edits
import plain
from measures import Figures, clusters, share
from outcome import Outcome, Row, article_of, read, title_and_text

from digest.model import Article
from digest.pick.admission.dedupe import find_copies
from digest.pick.picking import group_by_event
from digest.pick.selection.sections import place
from digest.settings import SectionSettings

#: What the owner of a general newsletter would write for the five categories of BBC news.
KEYWORDS = {
    "business": ("economy", "shares", "profits", "company", "bank", "market", "sales", "oil prices"),
    "entertainment": ("film", "music", "album", "singer", "actor", "band", "award", "box office"),
    "politics": ("election", "minister", "parliament", "Labour", "Tory", "Blair", "MPs", "government"),
    "sport": ("match", "coach", "cup", "champion", "goal", "rugby", "tennis", "football"),
    "tech": ("software", "internet", "computer", "mobile phone", "online", "video game", "broadband", "technology"),
}


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
    events = group_by_event(sorted(articles, key=lambda article: (article.published, article.id)))
    label = {article.id: n for n, group in enumerate(events.groups) for article in group}
    label |= {copy.article.id: label[copy.of.id] for copy in events.copies}
    return [label[article.id] for article in articles]


# --- copies -----------------------------------------------------------------------------------------------------


def copies(folder: Path) -> Iterator[Outcome]:
    originals = [(row["title"], row["text"]) for row in read(folder / "stories/allsides.jsonl.gz")]
    originals += [title_and_text(row) for row in read(folder / "sections/bbc.jsonl.gz")]
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
    texts = [title_and_text(row) for row in rows]
    placed = _placed(texts, asked)
    simple = [plain.section(title, text, asked) for title, text in texts]
    gold = [row["category"] for row in rows]
    yield Outcome(
        task="sections/bbc",
        ours={
            "accuracy": share(a == b for a, b in zip(placed, gold, strict=True)),
            "left over without its section": _left_over(texts, gold, asked),
        },
        plain={"accuracy": share(a == b for a, b in zip(simple, gold, strict=True))},
        predictions=[{"id": row["id"], "section": name} for row, name in zip(rows, placed, strict=True)],
        note=f"{len(rows)} articles",
    )
    yield _by_examples(rows)


#: Articles a category that its owner would show as examples; they are never scored.
_TRAINING = 5


def _by_examples(rows: Sequence[Row]) -> Outcome:
    """The same, the owner showing three or five articles of each section, without keywords and with them."""
    order = sorted(rows, key=lambda row: hashlib.sha256(f"{row['id']}/example".encode()).hexdigest())
    shown = {name: [row for row in order if row["category"] == name][:_TRAINING] for name in KEYWORDS}
    kept = {row["id"] for some in shown.values() for row in some}
    others = [row for row in rows if row["id"] not in kept]
    texts, gold = [title_and_text(row) for row in others], [row["category"] for row in others]
    ours, simple = {}, {}
    for count, beside in ((0, True), (3, False), (5, False), (3, True), (5, True)):
        asked = [
            SectionSettings(
                name=name,
                keywords=KEYWORDS[name] if beside else (),
                examples=tuple(row["text"] for row in shown[name][:count]),
            )
            for name in KEYWORDS
        ]
        label = " and ".join(["keywords"] * beside + [f"{count} examples"] * bool(count))
        ours[label] = share(a == b for a, b in zip(_placed(texts, asked), gold, strict=True))
        if not beside:
            known = {name: [title_and_text(row) for row in some[:count]] for name, some in shown.items()}
            simple[label] = share(a == b for a, b in zip(plain.by_examples(texts, known), gold, strict=True))
            ours[f"left over, {label}"] = _left_over(texts, gold, asked)
    return Outcome(task="sections/bbc-examples", ours=ours, plain=simple, note=f"{len(others)} articles; accuracy")


def _left_over(texts: Sequence[tuple[str, str]], gold: Sequence[str], asked: Sequence[SectionSettings]) -> float:
    """Of the articles of a category that has no section, the share that is in none, as a mean over the categories."""
    shares = [
        share(
            name == ""
            for name, want in zip(_placed(texts, _without(asked, category)), gold, strict=True)
            if want == category
        )
        for category in KEYWORDS
    ]
    return sum(shares) / len(shares)


def _placed(texts: Sequence[tuple[str, str]], asked: Sequence[SectionSettings]) -> list[str]:
    articles = [
        article_of({"source": "bbc", "title": title, "text": text, "url": f"https://bbc.example/{i}"}, f"{i:016x}")
        for i, (title, text) in enumerate(texts)
    ]
    return [placing.section for placing in place([[article] for article in articles], asked, catch_all="")]


def _without(asked: Sequence[SectionSettings], name: str) -> list[SectionSettings]:
    return [section for section in asked if section.name != name]
