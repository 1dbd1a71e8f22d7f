"""How far a choice of sentences is what each of several outlets tells, and not what one of them has besides.

Three shares, of which the sum is taken: how like the opening of each article the choice is (its words as ROUGE-1 counts
them, the mean over the articles); how many of its pairs of words stand in a headline; how many the story says more than
once. Found by a regression over the choices that `consensus` likes most for 307 round-ups: on stories that it had not
seen they score ROUGE-1/2 of 0.407/0.186 instead of 0.400/0.180. (Half of that went into `beam_search`, where it lets
fewer summaries tell a thing twice.) The summaries of single articles lose by all three.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from digest.summarize.choosing.count_matrix import Array, count_matrix, term_columns
from digest.summarize.sentences.article_sentences import ArticleSentence

#: What each share counts beside the one of `consensus`. By half or double the round-ups lose 0.004 of ROUGE-2 at most.
_LIKE_EACH, _HEADED, _REPEATED = 1.0, 1.0, 0.4

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the articles of a story agree on, as a second yardstick for some of its sentences."""

    #: How often each sentence (row) says each word (column).
    counts: Array
    #: How often the opening of each article (row) says it; and their lengths, no less than a summary's: a teaser of one
    #: sentence is no reason to tell no more.
    openings: Array
    lengths: Array
    #: Whether each sentence (row) says each pair of words (column).
    pairs: Array
    #: What a pair counts for standing in a headline, or being said again.
    worth: Array

    def values(self, chosen: Array) -> Array:
        """How much of choices (rows) of sentences (columns; 1 or 0) is what the articles agree on."""
        said = chosen @ self.counts
        shared = np.minimum(said[:, None, :], self.openings[None, :, :]).sum(axis=2)
        like_each = (2 * shared / (said.sum(axis=1)[:, None] + self.lengths[None, :])).mean(axis=1)
        paired = (chosen @ self.pairs) > 0
        agreed = paired @ self.worth / np.maximum(paired.sum(axis=1), 1)
        values: Array = _LIKE_EACH * like_each + agreed
        return values


def agreement(
    sentences: Sequence[ArticleSentence],
    headlines: Sequence[Sequence[str]],
    candidates: Sequence[ArticleSentence],
    *,
    words: int,
) -> Agreement:
    """What all `sentences` and `headlines` (their stems) agree on, to measure `candidates` with.

    Args:
        words: of the summary.
    """
    openings = [_opening(own, words) for _, own in groupby(sentences, key=lambda sentence: sentence.source)]
    column = term_columns(sentence.stems for sentence in candidates)
    pairs = [_pairs(sentence.stems) for sentence in candidates]
    pair_column = term_columns(pairs)
    headed = {pair for headline in headlines for pair in _pairs(headline)}
    times = Counter(pair for sentence in sentences for pair in _pairs(sentence.stems))
    repeated = {pair for pair, count in times.items() if count > 1}
    return Agreement(
        counts=count_matrix([Counter(sentence.stems) for sentence in candidates], column),
        openings=count_matrix([Counter(opening) for opening in openings], column),
        lengths=np.array([max(len(opening), words) for opening in openings], dtype=float),
        pairs=count_matrix([dict.fromkeys(own, 1) for own in pairs], pair_column),
        worth=np.array([_HEADED * (pair in headed) + _REPEATED * (pair in repeated) for pair in pair_column]),
    )


def _opening(sentences: Iterable[ArticleSentence], words: int) -> list[str]:
    """The words of an article's first sentences, until there are more than a summary has."""
    opening: list[str] = []
    for sentence in sentences:
        if len(opening) > words:
            break
        opening += sentence.stems if sentence.place >= 0 else ()
    return opening


def _pairs(stems: Sequence[str]) -> list[Pair]:
    return list(pairwise(stems))
