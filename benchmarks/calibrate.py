"""Where the weights of pick/events/likeness.py come from: python benchmarks/calibrate.py FOLDER [--fit]

FOLDER is as for quality.py. Prints how well events are told apart in windows of many kinds (windows.py), with the
weights that ship, beside the plain method. With --fit weights are found on half of the weeks and tried on the other
half, both ways, and once more on everything: that is what ships. They start from a logistic regression over pairs of
articles, each kind of window weighing the same; then each is moved up and down as long as the mean B-cubed F1 over all
kinds gains.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import plain
from measures import Figures, clusters
from outcome import Row, article_of, read, title_and_text
from windows import kinds

from digest.pick.events.cluster import agglomerate
from digest.pick.events.evidence import Evidence, gather
from digest.pick.events.likeness import WEIGHTS, Pairs, alike
from digest.pick.events.vectors import term_vectors

# Kinds that count more than the others, that real feeds are most like or that have no date to lean on.
IMPORTANCE = {
    "weeks, mixed": 3,
    "weeks, whole": 2,
    "weeks, two a story": 2,
    "among others, teasers": 2,
    "among others, teasers, two a story": 2,
    "among others, teasers, one a story": 4,
    "openings, all": 2,
}
# A wrong join embarrasses more than a missed one: what is lacking to this pair precision costs a quarter of it.
_PRECISION = 0.95
_COST = 0.25

Weights = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A window with what is known of its pairs."""

    rows: list[Row]
    evidence: Evidence
    features: np.ndarray
    #: The pairs that no weight can join, with the likeness of the others for the weights that ship.
    shipped: Pairs
    times: list[float | None]

    @classmethod
    def of(cls, window: Sequence[Row]) -> Prepared:
        rows = sorted(window, key=lambda row: (row["published"] or "", row["url"]))
        articles = [article_of(row, f"{i:016x}") for i, row in enumerate(rows)]
        vectors = term_vectors(articles)
        evidence = gather(articles, vectors)
        times = [article.published.timestamp() if article.dated else None for article in articles]
        return cls(
            rows=rows,
            evidence=evidence,
            features=evidence.features(),
            shipped=alike(articles, vectors, least=0.0),
            times=times,
        )

    def same(self) -> np.ndarray:
        pairs = zip(self.evidence.first, self.evidence.second, strict=True)
        return np.array([self.rows[a]["story"] == self.rows[b]["story"] for a, b in pairs], dtype=bool)

    def events(self, weights: Weights) -> list[int]:
        return _labels(agglomerate(self._pairs(weights), self.times), len(self.rows))

    def _pairs(self, weights: Weights) -> Pairs:
        """The likeness of pairs as other weights would have it: their odds, moved by what the weights change."""
        change = np.array(weights) - np.array(WEIGHTS)
        moved = change[0] + self.features @ change[1:]
        pairs = zip(self.evidence.first.tolist(), self.evidence.second.tolist(), moved.tolist(), strict=True)
        return {(a, b): _moved(self.shipped[a, b], by) for a, b, by in pairs if self.shipped.get((a, b), 0.0) > 0}


def _moved(likeness: float, by: float) -> float:
    if likeness >= 1:
        return 1.0
    return float(1 / (1 + (1 - likeness) / likeness * np.exp(-by)))


def _labels(groups: Sequence[Sequence[int]], size: int) -> list[int]:
    labels = [0] * size
    for event, members in enumerate(groups):
        for i in members:
            labels[i] = event
    return labels


Kinds = dict[str, list[Prepared]]


def prepared(rows: Sequence[Row], openings: Sequence[Row], others: Sequence[tuple[str, str]]) -> Kinds:
    made = kinds(rows, openings, others)
    return {kind: [Prepared.of(window) for window in windows if len(window) > 1] for kind, windows in made.items()}


def figures(windows: Sequence[Prepared], weights: Weights) -> Figures:
    gold = [(n, row["story"]) for n, window in enumerate(windows) for row in window.rows]
    found = [(n, event) for n, window in enumerate(windows) for event in window.events(weights)]
    return clusters(gold, found)


def plain_figures(windows: Sequence[Prepared]) -> Figures:
    gold = [(n, row["story"]) for n, window in enumerate(windows) for row in window.rows]
    texts = [[(row["title"], row["text"]) for row in window.rows] for window in windows]
    return clusters(gold, [(n, event) for n, some in enumerate(texts) for event in plain.cluster(some)])


def worth(given: Kinds, weights: Weights) -> float:
    total = 0.0
    for kind, windows in given.items():
        found = figures(windows, weights)
        joins = "one a story" not in kind
        lacking = max(0.0, _PRECISION - found["pair precision"]) if joins else 0.0
        total += IMPORTANCE.get(kind, 1) * (found["B3 F1"] - _COST * lacking)
    return total / sum(IMPORTANCE.get(kind, 1) for kind in given)


def fit(given: Kinds, rounds: int = 4) -> Weights:
    best = regression(given)
    value = worth(given, best)
    steps = [0.8, *(max(0.3, abs(weight) / 5) for weight in best[1:])]
    for _ in range(rounds):
        for i in range(len(best)):
            for step in (steps[i], -steps[i]):
                best, value = _moved_while_it_gains(given, best, value, i, step)
        steps = [0.6 * step for step in steps]
    return best


def _moved_while_it_gains(given: Kinds, best: Weights, value: float, i: int, step: float) -> tuple[Weights, float]:
    while True:
        other = (*best[:i], best[i] + step, *best[i + 1 :])
        gained = worth(given, other)
        if gained <= value + 1e-5:
            return best, value
        best, value = other, gained


def regression(given: Kinds) -> Weights:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # slow to import

    features, answers, shares = [], [], []
    for kind, windows in given.items():
        if "one a story" not in kind:
            features.append(np.concatenate([window.features for window in windows]))
            answers.append(np.concatenate([window.same() for window in windows]))
            shares.append(np.full(len(answers[-1]), 1000 / max(answers[-1].sum(), 1)))
    model = LogisticRegression(C=10, max_iter=5000)
    model.fit(np.concatenate(features), np.concatenate(answers), sample_weight=np.concatenate(shares))
    return (float(model.intercept_[0]), *map(float, model.coef_[0]))


def openings_of(folder: Path) -> list[Row]:
    return [
        {
            "story": row["id"],
            "source": f"outlet{i}",
            "url": f"https://o{i}.example/{row['id']}",
            "title": article["title"],
            "text": article["text"],
            "published": None,
            "week": None,
        }
        for row in read(folder / "roundups/neus.jsonl.gz")
        for i, article in enumerate(row["articles"])
    ]


def one_of_each(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """One text of each event, as the plain method tells events: BBC told many more than once, some word for word."""
    given = [*texts]
    return [*dict(zip(reversed(plain.cluster(given)), reversed(given), strict=True)).values()]


def print_table(given: Kinds, weights: Weights) -> None:
    print(f"{'':38}{'ours':>6} {'P':>6} {'R':>6}   {'plain':>6} {'P':>6} {'R':>6}")
    for kind, windows in given.items():
        both = (*figures(windows, weights).values(), *plain_figures(windows).values())
        print(f"{kind:38}{'{:6.3f} {:6.3f} {:6.3f}   {:6.3f} {:6.3f} {:6.3f}'.format(*both)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fit", action="store_true", help="find weights, too: takes some minutes")
    asked = parser.parse_args()
    rows, openings = read(asked.folder / "stories/allsides.jsonl.gz"), openings_of(asked.folder)
    others = one_of_each(title_and_text(row) for row in read(asked.folder / "sections/bbc.jsonl.gz"))
    everything = prepared(rows, openings, others)
    print_table(everything, WEIGHTS)
    if not asked.fit:
        return
    names = sorted({row["week"] for row in rows}), sorted({row["story"] for row in openings})
    chosen = {name for some in names for name in Random(0).sample(some, len(some) // 2)}
    one, other = (
        prepared(
            [row for row in rows if (row["week"] in chosen) == side],
            [row for row in openings if (row["story"] in chosen) == side],
            others[side::2],
        )
        for side in (True, False)
    )
    for fitted, held_out in ((one, other), (other, one)):
        weights = fit(fitted)
        print("\nheld out, with", ", ".join(f"{weight:.2f}" for weight in weights))
        print_table(held_out, weights)
    print("\non everything:", ", ".join(f"{weight:.2f}" for weight in fit(everything)))


if __name__ == "__main__":
    main()
