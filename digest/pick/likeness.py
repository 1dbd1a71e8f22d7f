"""How likely two articles tell the same event.

Four pieces of evidence, each with a fixed weight, make the odds:

    wording   the cosine of their telling words (its logarithm)
    time      the days between them, squared
    crowd     how much the window holds that is like either of them: on a busy topic, being alike tells less
    bridge    the best third article that is like both

The weights come from a logistic regression over the pairs of the AllSides sample in windows of one day to a quarter
(benchmarks/calibrate.py fits and confirms them on weeks held out).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from digest.model import Article
from digest.pick.evidence import Evidence, Flags, gather
from digest.pick.series import are_of_one_series

#: (smaller number, larger number) → likeness from 0 to 1.
Pairs = dict[tuple[int, int], float]

#: intercept; wording, time, crowd, bridge.
WEIGHTS = (10.5, 3.7, -1.65, -3.95, 2.35)
# An outlet seldom tells one event twice, and its articles are alike for other reasons.
_SAME_SOURCE = -2.0
# Two short notes are alike by chance or, if one feed has them (episodes, releases, puzzles), by their form.
_SHORT_TERMS = 25
# Terms that they must share: a word counts two, a beginning one. Of longer articles of one event 1 in 100 shares less.
_FEWEST_SHARED = 5
_FEWEST_SHARED_IN_SOURCE = 10
_LEAST_KEPT = 0.02


def alike(articles: Sequence[Article], rows: csr_matrix) -> Pairs:
    """The likeness of the pairs of articles worth considering; 0.5 is as likely as not one event.

    Args:
        rows: the articles' vectors (`wording.vectors`), in their order.
    """
    evidence = gather(articles, rows)
    intercept, *weights = WEIGHTS
    odds = intercept + evidence.features() @ np.array(weights) + _SAME_SOURCE * evidence.same_source
    likeness = 1 / (1 + np.exp(-odds))
    likeness[_says_too_little(evidence) | _of_one_series(articles, evidence)] = 0.0
    kept = likeness >= _LEAST_KEPT
    pairs = zip(evidence.first[kept].tolist(), evidence.second[kept].tolist(), strict=True)
    return dict(zip(pairs, likeness[kept].tolist(), strict=True))


def _says_too_little(evidence: Evidence) -> Flags:
    short, in_source = evidence.terms < _SHORT_TERMS, evidence.same_source
    little = short & ((evidence.shared < _FEWEST_SHARED) | in_source)
    return np.asarray(little | (in_source & (evidence.shared < _FEWEST_SHARED_IN_SOURCE)), dtype=np.bool_)


def _of_one_series(articles: Sequence[Article], evidence: Evidence) -> Flags:
    pairs = zip(evidence.first, evidence.second, evidence.same_source, strict=True)
    return np.array([same and are_of_one_series(articles[a], articles[b]) for a, b, same in pairs], dtype=bool)
