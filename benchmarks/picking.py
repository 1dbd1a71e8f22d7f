"""What picking costs: python benchmarks/picking.py FOLDER [--articles 1000,4000,20000]

FOLDER is as for quality.py. Articles beyond those of the sets are put together from sentences of articles of one
category, so that words, lengths and subjects are those of real news. Prints processor time and peak memory of picking
them all and of summarizing what was picked, on one core.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

# Before numpy is imported: the bar is for one core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from outcome import read
from picking_tasks import KEYWORDS

from digest.model import Article, Window
from digest.pick.picking import pick
from digest.settings import PickSettings, SectionSettings
from digest.summarize.extractive import summarize

UNTIL = datetime(2026, 2, 19, tzinfo=UTC)
WINDOW = Window(since=UNTIL - timedelta(days=7), until=UNTIL)
SECTIONS = [SectionSettings(name=name, keywords=words) for name, words in KEYWORDS.items()]


def texts(folder: Path) -> list[str]:
    stories = [f"{row['title']}\n{row['text']}" for row in read(folder / "stories/allsides.jsonl.gz")]
    return stories + [row["text"] for row in read(folder / "sections/bbc.jsonl.gz")]


def articles(known: Sequence[str], count: int) -> Iterator[Article]:
    random = Random(3)
    sentences = [[s for s in text.split(". ") if len(s) > 20] or [text] for text in known]
    for number in range(count):
        near = random.randrange(max(len(known) - 200, 1))
        mixed = [random.choice(random.choice(sentences[near : near + 200])) for _ in range(14)]
        text = known[number] if number < len(known) else f"{' '.join(mixed[0].split()[:9])}\n{'. '.join(mixed)}."
        title, _, body = text.partition("\n")
        outlet = f"https://outlet{number % 300}.example"
        yield Article(
            id=f"{number:016x}",
            source=f"{outlet}/feed",
            publisher=f"Outlet {number % 300}",
            title=title,
            url=f"{outlet}/{number}",
            canonical=f"{outlet}/{number}",
            published=UNTIL - timedelta(days=7 * random.random()),
            text=body.strip(),
            language="en",
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", default="1000,4000,20000")
    asked = parser.parse_args()
    known = texts(asked.folder)
    for count in map(int, asked.articles.split(",")):
        given = list(articles(known, count))
        start = time.process_time()
        picked = pick(given, window=WINDOW, settings=PickSettings(), sections=SECTIONS)
        middle = time.process_time()
        for story in picked.stories:
            summarize(story, words=60)
        end = time.process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:7,} articles   pick {middle - start:6.2f} s   summarize {len(picked.stories)} stories "
            f"{end - middle:5.2f} s   peak {peak:4.0f} MB"
        )


if __name__ == "__main__":
    main()
