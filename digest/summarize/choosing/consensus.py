"""What a summary of a story would say, word for word as often as the story suggests, and how well sentences say it.

The words of a story are counted, the earlier one is first said and the oftener, the more; a headline's count like those
of a first sentence, and words that more of the articles use count more. Scaled to the length of a summary this is the
summary that the articles agree on; sentences are worth what they share with it (as ROUGE-1 counts it), so that saying a
thing twice, or something beside the story, is worth nothing.

Measured on two sets of summaries written by people: single articles in 60 words (54 articles, 148 summaries by
professional writers) and three articles in 80 (307 stories). The first sentences score ROUGE-1/2 of 0.384/0.159 and
0.375/0.164, LexRank or a centroid with a bonus for position 0.385/0.157 and 0.397/0.182, this 0.408/0.171 and, with
`agreement`, 0.403/0.183. For single articles pairs of words beside the single ones lose, and so do weights learnt of
the summaries of other articles (a Poisson regression on how often, early, capitalised and common a word is), a bonus
for sentences that follow each other and one for the first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from digest.summarize.choosing.agreement import Agreement, agreement
from digest.summarize.choosing.count_matrix import Array, count_matrix, term_columns
from digest.summarize.sentences.article_sentences import ArticleSentence
from digest.summarize.sentences.openings import turns
from digest.summarize.sentences.timing import is_of_the_past, names_its_own_day
from digest.summarize.sentences.usable import says_little

#: A word counts 1 / (1 + the rank of the sentence that says it first) to this power ...
#: (0.4 to 0.5 as good; 0.3 and 0.6 lose 0.003 on halves of the writers' set.)
_FALL = 0.45
#: ... times how often it is said to this power. (0.5 to 0.7 as good.)
_OFTEN = 0.6
#: The words of the summary agreed on. From 75 to 90 as good for budgets of 60 and 80 words.
_LENGTH = 80
#: What a sentence with a quotation loses: what somebody said tells less than what happened. 0.01 to 0.04 as good.
_QUOTE = 0.02
#: What a sentence loses that begins with "But": it is read only behind the one before. 0.01 to 0.02 as good; without
#: any loss the writers' summaries lose 0.004 of ROUGE-2, and without such sentences 0.002.
_TURN = 0.015
#: What a sentence loses that ends in "!": an aside or a joke. No summary of either set moves.
_CRY = 0.03
#: What a sentence loses that says little ("But you would be wrong."). No score moves by 0.0002; with 0.03 and more the
#: writers' summaries lose 0.001 of ROUGE-2.
_LITTLE = 0.02
#: What a sentence loses that names a day from its own ("this morning"). No score moves by more than 0.0005.
_OWN_DAY = 0.03
#: What a sentence loses that speaks of an earlier year: where a story comes from is not what happened. From 0.01 to
#: 0.02 no score moves by more than 0.0005, with 0.03 the writers' summaries lose.
_PAST = 0.02

_QUOTES = '"“«„「'


@dataclass(frozen=True, slots=True)
class Consensus:
    """The summary that a story's articles agree on, as a yardstick for some of its sentences."""

    #: How often each sentence (row) says each word (column).
    counts: Array
    #: How often the summary says it.
    wanted: Array
    #: The words of each sentence, and of the summary.
    lengths: Array
    length: float
    #: What each sentence loses by its kind.
    losses: Array
    #: What several articles agree on besides.
    agreement: Agreement | None = None

    def values(self, choices: Sequence[Sequence[int]]) -> Array:
        """How much of what the story says each choice of sentences says, and how little else."""
        chosen = np.zeros((len(choices), len(self.lengths)))
        for row, choice in enumerate(choices):
            chosen[row, list(choice)] = 1
        shared = np.minimum(chosen @ self.counts, self.wanted).sum(axis=1)
        values: Array = 2 * shared / (chosen @ self.lengths + self.length) - chosen @ self.losses
        return values + self.agreement.values(chosen) if self.agreement else values


def consensus(
    sentences: Sequence[ArticleSentence],
    headlines: Sequence[Sequence[str]],
    candidates: Sequence[ArticleSentence],
    *,
    words: int,
) -> Consensus:
    """What all `sentences` and `headlines` (their stems) suggest, to measure `candidates` with.

    Args:
        words: of the summary.
    """
    length = float(max(_LENGTH, words))
    expected = _expected(sentences, headlines)
    scale = length / (sum(expected.values()) or 1)
    said = [Counter(sentence.stems) for sentence in candidates]
    column = term_columns(said)
    return Consensus(
        counts=count_matrix(said, column),
        wanted=np.array([expected[stem] * scale for stem in column]),
        lengths=np.array([len(sentence.stems) for sentence in candidates], dtype=float),
        length=length,
        losses=np.array([_loss(sentence) for sentence in candidates]),
        agreement=agreement(sentences, headlines, candidates, words=words) if len(headlines) > 1 else None,
    )


def _loss(sentence: ArticleSentence) -> float:
    text, language, year = sentence.text, sentence.article.language, sentence.article.published.year
    flaws = (
        (_QUOTE, any(mark in text for mark in _QUOTES)),
        (_TURN, turns(text, language)),
        (_CRY, text.endswith(("!", "！"))),
        (_LITTLE, says_little(sentence)),
        (_OWN_DAY, names_its_own_day(text, language)),
        (_PAST, not _leads(sentence) and is_of_the_past(text, language, year=year)),
    )
    return sum(loss for loss, has_it in flaws if has_it)


def _leads(sentence: ArticleSentence) -> bool:
    """Whether it is what the leading article begins with: whatever its year, that is its news."""
    return sentence.source == 0 and sentence.begins


def _expected(sentences: Iterable[ArticleSentence], headlines: Iterable[Sequence[str]]) -> dict[str, float]:
    """How much each word matters: how early and how often articles say it, times the articles that do."""
    weights: defaultdict[str, float] = defaultdict(float)
    articles: Counter[str] = Counter()
    for _, own in groupby(sentences, key=lambda sentence: sentence.source):
        ranks: defaultdict[str, list[int]] = defaultdict(list)
        for sentence in own:
            for stem in sentence.stems:
                ranks[stem].append(sentence.rank)
        for stem, said in ranks.items():
            weights[stem] += (1 + min(said)) ** -_FALL * len(said) ** _OFTEN
        articles.update(ranks.keys())
    headed = Counter(stem for headline in headlines for stem in headline)
    return {stem: (weight + headed[stem]) * articles[stem] for stem, weight in weights.items()}
