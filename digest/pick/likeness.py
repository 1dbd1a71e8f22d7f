"""How likely two articles tell the same event.

Six pieces of evidence, each with a fixed weight, make the odds:

    wording   the cosine of their telling words (its logarithm)
    time      the days between them, squared
    crowd     how much the window holds that is like either of them: on a busy topic, being alike tells less
    rivals    how much of that is so alike that it could be the same event
    bridge    the best third article that is like both
    terms     how many telling terms they share: two notes on a boat are alike by one word

benchmarks/calibrate.py finds the weights, and shows what they do in windows unlike the AllSides weeks they come from:
without dates, of titles or teasers only, with two articles a story instead of three, of thirty articles or a thousand,
mostly on other subjects. When they were found, the mean of B-cubed F1 over such kinds on weeks held out was 0.945.
Weights fitted to whole weeks had 0.938: the same on whole weeks, but 0.90 instead of 0.92 where stories have two
articles and 0.80 instead of 0.87 on openings without dates. Over all weeks and all 28 kinds the mean is 0.940 now (the
plain method's 0.906). Weakest are teasers of few stories among others: 43 of 100 pairs joined are wrong there where
stories have three articles, 59 where they have two, of the plain method's 76 and 81.

Articles in different languages share names and numbers only: see `across`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from digest.model import Article
from digest.pick.across import alike_across
from digest.pick.evidence import Evidence, Flags, gather
from digest.pick.matrix import Floats, document_frequencies
from digest.pick.series import are_of_one_series
from digest.pick.wording import Wording

#: (smaller number, larger number) → likeness from 0 to 1.
Pairs = dict[tuple[int, int], float]

#: intercept; wording, time, crowd, rivals, bridge, terms.
WEIGHTS = (8.6, 4.3, -1.7, -2.2, -0.9, 2.8, 0.9)
# An outlet seldom tells one event twice, and its articles are alike for other reasons.
_SAME_SOURCE = -2.0
# Two short notes are alike by chance or, if one feed has them (episodes, releases, puzzles), by their form.
_SHORT_TERMS = 25
# Terms that they must share: a word counts two, a beginning one. Of longer articles of one event 1 in 100 shares less.
_FEWEST_SHARED = 5
_FEWEST_SHARED_IN_SOURCE = 10
_LEAST_KEPT = 0.02
# Below this cosine two articles must share the beginning of a word that stands in few others: in four, or one of 75 in
# a great window. Of beginnings, since "Olympic" is rare among "Olympics": whole words gain 0.002 of B-cubed F1 on whole
# AllSides weeks (0.957) and nothing on mixed ones. With five, pair precision falls from 0.950 to 0.938 on whole weeks.
_HARDLY_ALIKE = 0.2
_TOPIC_ARTICLES = 4
_TOPIC_SHARE = 1 / 75


def alike(articles: Sequence[Article], words: Wording, *, least: float = _LEAST_KEPT) -> Pairs:
    """The likeness of the pairs of articles worth considering; 0.5 is as likely as not one event.

    Args:
        words: the articles' wording, in their order.
        least: pairs of less likeness are left out.
    """
    evidence = gather(articles, words.rows)
    intercept, *weights = WEIGHTS
    odds = intercept + evidence.features() @ np.array(weights) + _SAME_SOURCE * evidence.same_source
    likeness = 1 / (1 + np.exp(-odds))
    likeness[_says_too_little(evidence) | _of_one_series(articles, evidence)] = 0.0
    likeness[_of_one_topic(evidence, words, likeness)] = 0.0
    kept = likeness >= least
    pairs = zip(evidence.first[kept].tolist(), evidence.second[kept].tolist(), strict=True)
    by_wording = dict(zip(pairs, likeness[kept].tolist(), strict=True))
    return by_wording | {pair: max(value, by_wording.get(pair, 0.0)) for pair, value in alike_across(articles).items()}


def _says_too_little(evidence: Evidence) -> Flags:
    short, in_source = evidence.terms < _SHORT_TERMS, evidence.same_source
    little = short & ((evidence.shared < _FEWEST_SHARED) | in_source)
    return np.asarray(little | (in_source & (evidence.shared < _FEWEST_SHARED_IN_SOURCE)), dtype=np.bool_)


def _of_one_topic(evidence: Evidence, words: Wording, likeness: Floats) -> Flags:
    """Pairs hardly alike that share no word but those of many articles: two features on the Olympic Games."""
    found = np.zeros(len(likeness), dtype=bool)
    doubtful = np.flatnonzero((likeness >= _LEAST_KEPT) & (evidence.cosine < _HARDLY_ALIKE))
    if not len(doubtful):
        return found
    rare = document_frequencies(words.rows) <= max(_TOPIC_ARTICLES, _TOPIC_SHARE * words.rows.shape[0])
    telling = csr_matrix(words.rows[:, rare & words.beginnings])
    shared = telling[evidence.first[doubtful]].multiply(telling[evidence.second[doubtful]])
    found[doubtful] = shared.getnnz(axis=1) == 0
    return found


def _of_one_series(articles: Sequence[Article], evidence: Evidence) -> Flags:
    pairs = zip(evidence.first, evidence.second, evidence.same_source, strict=True)
    return np.array([same and are_of_one_series(articles[a], articles[b]) for a, b, same in pairs], dtype=bool)
