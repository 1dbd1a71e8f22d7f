"""Where the weights of pick/likeness.py come from: python benchmarks/calibrate.py FOLDER

FOLDER is as for quality.py. Pairs of articles are taken from windows of unlike density: weeks with seven of ten
stories cut to one article, whole weeks, days, and four or thirteen weeks laid on top of each other. A logistic
regression, each kind of window weighing the same, is fitted on half of the weeks and tried on the other half, three
times both ways; then once more on all weeks: that is what ships.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

import numpy as np
from measures import clusters
from outcome import Row, article_of, read
from picking_tasks import cut
from sklearn.linear_model import LogisticRegression

from digest.pick import likeness
from digest.pick.cluster import join_events
from digest.pick.evidence import gather
from digest.pick.wording import vectors

Windows = list[list[Row]]


def kinds(rows: Sequence[Row]) -> dict[str, Windows]:
    mixed = cut(rows)
    return {
        "weeks, mixed": by(rows_with(mixed, key="week")),
        "weeks, whole": by(rows_with(rows, key="week")),
        "days, mixed": by(with_first_day(mixed)),
        "4 weeks as one": by(stacked(mixed, 4)),
        "13 weeks as one": by(stacked(mixed, 13)),
        "13 whole weeks as one": by(stacked(rows, 13)),
    }


def rows_with(rows: Sequence[Row], *, key: str) -> Iterator[Row]:
    return ({**row, "window": row[key]} for row in rows)


def with_first_day(rows: Sequence[Row]) -> Iterator[Row]:
    first: dict[str, str] = {}
    for row in rows:
        day = row["published"][:10]
        first[row["story"]] = min(first.get(row["story"], day), day)
    return ({**row, "window": first[row["story"]]} for row in rows)


def stacked(rows: Sequence[Row], weeks: int) -> Iterator[Row]:
    """So many weeks moved onto the first of them."""
    names = sorted({row["week"] for row in rows})
    target = {name: names[i // weeks * weeks] for i, name in enumerate(names)}
    for row in rows:
        moved = _monday(row["week"]) - _monday(target[row["week"]])
        published = (datetime.fromisoformat(row["published"]) - moved).isoformat()
        yield {**row, "window": target[row["week"]], "published": published}


def _monday(week: str) -> datetime:
    return datetime.strptime(f"{week}-1", "%G-%V-%u")  # noqa: DTZ007  # only differences of weeks are used


def by(rows: Iterator[Row]) -> Windows:
    windows: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        windows[row["window"]].append(row)
    return list(windows.values())


def fit(given: dict[str, Windows]) -> tuple[float, ...]:
    features, answers, shares = [], [], []
    for windows in given.values():
        parts = [_pairs(window) for window in windows if len(window) > 1]
        features.append(np.concatenate([x for x, _ in parts]))
        answers.append(np.concatenate([y for _, y in parts]))
        shares.append(np.full(len(answers[-1]), 1000 / max(answers[-1].sum(), 1)))
    model = LogisticRegression(C=10, max_iter=5000)
    model.fit(np.concatenate(features), np.concatenate(answers), sample_weight=np.concatenate(shares))
    return (float(model.intercept_[0]), *map(float, model.coef_[0]))


def _pairs(window: Sequence[Row]) -> tuple[np.ndarray, np.ndarray]:
    articles = [article_of(row, f"{i:016x}") for i, row in enumerate(window)]
    evidence = gather(articles, vectors(articles))
    same = [window[a]["story"] == window[b]["story"] for a, b in zip(evidence.first, evidence.second, strict=True)]
    return evidence.features(), np.array(same, dtype=bool)


def figures(windows: Windows, weights: tuple[float, ...]) -> dict[str, float]:
    likeness.WEIGHTS = weights
    gold, found = [], []
    for number, window in enumerate(windows):
        articles = [article_of(row, f"{i:016x}") for i, row in enumerate(window)]
        for event, members in enumerate(join_events(articles, vectors(articles))):
            gold += [(number, window[i]["story"]) for i in members]
            found += [(number, event)] * len(members)
    return clusters(gold, found)


def main() -> None:
    rows = read(Path(sys.argv[1]) / "stories/allsides.jsonl.gz")
    weeks = sorted({row["week"] for row in rows})
    results: dict[str, list[dict[str, float]]] = defaultdict(list)
    for seed in range(3):
        shuffled = Random(seed).sample(weeks, len(weeks))
        one, other = set(shuffled[: len(weeks) // 2]), set(shuffled[len(weeks) // 2 :])
        for chosen, confirmed in ((one, other), (other, one)):
            weights = fit(kinds([row for row in rows if row["week"] in chosen]))
            for kind, windows in kinds([row for row in rows if row["week"] in confirmed]).items():
                results[kind].append(figures(windows, weights))
    print("on weeks held out, six times")
    for kind, found in results.items():
        means = {name: np.mean([one[name] for one in found]) for name in found[0]}
        least = min(one["B3 F1"] for one in found)
        print(f"  {kind:24}", "  ".join(f"{name} {value:.3f}" for name, value in means.items()), f"  least {least:.3f}")
    print("fitted on all weeks:", ", ".join(f"{weight:.2f}" for weight in fit(kinds(rows))))


if __name__ == "__main__":
    main()
