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
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import picking_tasks
import text_tasks
from measures import Figures
from outcome import Outcome

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
TASKS: dict[str, Callable[[Path], Iterator[Outcome]]] = {
    "stories": picking_tasks.stories,
    "copies": picking_tasks.copies,
    "sections": picking_tasks.sections,
    "summaries": text_tasks.summaries,
    "roundups": text_tasks.roundups,
    "pages": text_tasks.pages,
    "flat": text_tasks.flat,
    "seeds": text_tasks.seeds,
    "feeds": text_tasks.feeds,
}


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
        beside = "" if simple is None else f"plain {simple:9.4f}"
        wanted = "" if bar is None else f">= {bar:.4f}  {'met' if value >= bar else 'NOT MET'}"
        print(f"  {figure:32} {value:9.4f}   {beside:15}   {wanted}".rstrip())


def write_predictions(folder: Path, outcome: Outcome) -> None:
    if outcome.predictions:
        path = folder / f"{outcome.task}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(row, ensure_ascii=False) for row in outcome.predictions)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def tasks(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in TASKS]:
        raise argparse.ArgumentTypeError(f"no task is called {', '.join(unknown)}; there are {', '.join(TASKS)}")
    return names


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    parser.add_argument("--predictions", type=Path, metavar="OUT", help="write what was predicted below this folder")
    parser.add_argument("--only", type=tasks, default=list(TASKS), help=f"some of {', '.join(TASKS)}")
    asked = parser.parse_args()
    figures: dict[str, dict[str, Figures]] = {}
    for name in asked.only:
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
