"""How likely two articles tell the same event.

Eight pieces of evidence, each with a fixed weight, make the odds:

    wording   the cosine of their telling words (its logarithm)
    time      the days between them, squared
    crowd     how much the window holds that is like either of them: on a busy topic, being alike tells less
    rivals    how much of that is so alike that it could be the same event
    bridge    the best third article that is like both
    terms     how many telling terms they share: two notes on a boat are alike by one word
    headline  how much of what each headline says (who did what) stands in the other article
    names     the names and numbers that they begin with: two politicians may speak of one topic in the same words

benchmarks/calibrate.py finds the weights, and shows what they do in windows unlike the AllSides weeks they come from:
without dates, of titles or teasers only, with two articles a story instead of three, of thirty articles or a thousand,
mostly on other subjects. Over all weeks and all 28 kinds the mean of B-cubed F1 is 0.943 (the plain method's 0.910).

AllSides has three outlets a story, each once; feeds have not. So the weights were then moved until 500 doubtful pairs
of articles of real feeds, told by hand to be one event or not, came out best, too, without loss of F1 on AllSides. Over
22 windows of these feeds 91 of 100 pairs joined are one event, and 56 of 100 such pairs are found; the weights from
AllSides alone, without headline and names, had 88 and 55. Fitted to one half of the subjects and tried on the other,
headline and names find 53 of 100 pairs instead of 50, 89 of 100 right in both cases.

Weakest are teasers of few stories among others: 24 of 100 pairs joined are wrong there where stories have three
articles, 40 where they have two, of the plain method's 65 and 71.

Articles in different languages share names and numbers only: see `crosslingual`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from digest.model import Article
from digest.pick.events.crosslingual import crosslingual_likeness
from digest.pick.events.evidence import Evidence, Flags, gather
from digest.pick.events.series import are_of_one_series, differ_in_substance, have_one_title
from digest.pick.events.teasers import of_another_event
from digest.pick.events.vectors import TermVectors
from digest.pick.forms import is_report
from digest.pick.matrix import Floats, document_frequencies

#: (smaller number, larger number) → likeness from 0 to 1.
Pairs = dict[tuple[int, int], float]

#: intercept; wording, time, crowd, rivals, bridge, terms, headline, names.
WEIGHTS = (9.4, 4.3, -2.0, -2.2, -1.1, 2.8, 0.9, 0.5, 0.3)
# An outlet seldom tells one event twice, and its articles are alike for other reasons: of pairs of real feeds that all
# else takes for one event 6 of 10 are, where the outlets are two 9 of 10.
_SAME_SOURCE = -2.5
# Two short notes are alike by chance or, if one feed has them (episodes, releases, puzzles), by their form.
_SHORT_TERMS = 25
# Terms that they must share: a word counts two, a beginning one. Of longer articles of one event 1 in 100 shares less.
_FEWEST_SHARED = 5
_FEWEST_SHARED_IN_SOURCE = 10
# Nor is anything one event that a source tells in so different words: of a year's feeds two posts on one program, two
# features of a magazine. What is one is from 0.27 upwards.
_LEAST_COSINE_IN_SOURCE = 0.25
_LEAST_KEPT = 0.02
# Pairs of less likeness hardly join a story; looking at them all would read each text once.
_DOUBTFUL = 0.3
# Below this cosine two articles must share the beginning of a word that stands in few others: in four, or one of 75 in
# a great window. Of beginnings, since "Olympic" is rare among "Olympics": whole words gain 0.002 of B-cubed F1 on whole
# AllSides weeks (0.957) and nothing on mixed ones. With five, pair precision falls from 0.950 to 0.938 on whole weeks.
_HARDLY_ALIKE = 0.2
_TOPIC_ARTICLES = 4
_TOPIC_SHARE = 1 / 75


def alike(articles: Sequence[Article], vectors: TermVectors, *, least: float = _LEAST_KEPT) -> Pairs:
    """The likeness of the pairs of articles worth considering; 0.5 is as likely as not one event.

    Args:
        vectors: those of the articles, in their order.
        least: pairs of less likeness are left out.
    """
    evidence = gather(articles, vectors)
    intercept, *weights = WEIGHTS
    odds = intercept + evidence.features() @ np.array(weights) + _SAME_SOURCE * evidence.same_source
    likeness = 1 / (1 + np.exp(-odds))
    likeness[_says_too_little(evidence) | _of_one_series(articles, evidence)] = 0.0
    likeness[_of_one_topic(evidence, vectors, likeness)] = 0.0
    likeness[_told_by_no_report(articles, evidence, likeness)] = 0.0
    likeness[_differ_in_substance(articles, evidence, likeness)] = 0.0
    kept = likeness >= least
    pairs = zip(evidence.first[kept].tolist(), evidence.second[kept].tolist(), strict=True)
    by_wording = dict(zip(pairs, likeness[kept].tolist(), strict=True))
    return by_wording | {
        pair: max(value, by_wording.get(pair, 0.0)) for pair, value in crosslingual_likeness(articles).items()
    }


def _says_too_little(evidence: Evidence) -> Flags:
    short, in_source = evidence.terms < _SHORT_TERMS, evidence.same_source
    little = short & ((evidence.shared < _FEWEST_SHARED) | in_source)
    of_its_own = (evidence.shared < _FEWEST_SHARED_IN_SOURCE) | (evidence.cosine < _LEAST_COSINE_IN_SOURCE)
    return np.asarray(little | (in_source & of_its_own), dtype=np.bool_)


def _of_one_topic(evidence: Evidence, vectors: TermVectors, likeness: Floats) -> Flags:
    """Pairs hardly alike that share no word but those of many articles: two features on the Olympic Games."""
    found = np.zeros(len(likeness), dtype=bool)
    doubtful = np.flatnonzero((likeness >= _LEAST_KEPT) & (evidence.cosine < _HARDLY_ALIKE))
    if not len(doubtful):
        return found
    rare = document_frequencies(vectors.rows) <= max(_TOPIC_ARTICLES, _TOPIC_SHARE * vectors.rows.shape[0])
    telling = csr_matrix(vectors.rows[:, rare & vectors.beginnings])
    shared = telling[evidence.first[doubtful]].multiply(telling[evidence.second[doubtful]])
    found[doubtful] = shared.getnnz(axis=1) == 0
    return found


def _told_by_no_report(articles: Sequence[Article], evidence: Evidence, likeness: Floats) -> Flags:
    found = np.zeros(len(likeness), dtype=bool)
    doubtful = np.flatnonzero(likeness >= _DOUBTFUL)
    pairs = zip(evidence.first[doubtful].tolist(), evidence.second[doubtful].tolist(), strict=True)
    found[doubtful] = of_another_event(articles, pairs)
    return found


def _of_one_series(articles: Sequence[Article], evidence: Evidence) -> Flags:
    pairs = zip(evidence.first, evidence.second, evidence.same_source, strict=True)
    return np.array([same and _are_parts(articles[a], articles[b]) for a, b, same in pairs], dtype=bool)


def _are_parts(first: Article, second: Article) -> bool:
    # Two episodes of a podcast, whatever they are called. A paper that tells an event twice words two headlines.
    is_audio = first.medium == second.medium == "audio"
    return is_audio or are_of_one_series(first, second) or have_one_title(first, second)


def _differ_in_substance(articles: Sequence[Article], evidence: Evidence, likeness: Floats) -> Flags:
    """Pairs that share the wording of a form, or no more than a title that many have: two outlets' "Daily briefing"."""
    found = np.zeros(len(likeness), dtype=bool)
    for at in np.flatnonzero(likeness >= _DOUBTFUL).tolist():
        first, second = articles[evidence.first[at]], articles[evidence.second[at]]
        usual = have_one_title(first, second) and not is_report(first)
        found[at] = usual or differ_in_substance(first, second)
    return found
