"""Which sentences together make the best summary: a beam search over what may stand beside what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import sqrt

from digest.summarize.choosing.candidates import Candidate
from digest.summarize.choosing.consensus import Consensus
from digest.summarize.facts.figures import contradict_each_other, read_counts
from digest.summarize.sentences.article_sentences import ArticleSentence

#: Choices that are extended at a time; more find nothing better at 60 words.
_BEAM = 12
#: Two sentences of an article more alike than this (cosine of their content words) say the same. For sentences of two
#: articles it is the share of the shorter one's words: what is told again is told with other words around it.
#: Within an article 0.45 costs the writers' summaries 0.005 of ROUGE-2.
_ALIKE, _ALIKE_ACROSS = 0.6, 0.47
#: So do two sentences of different articles that each say so much of the headline. The round-ups lose nothing by it;
#: with 0.6 they lose 0.002 of ROUGE-2.
_ANNOUNCING = 0.7
#: What two sentences of different articles lose for being more alike than most.
#: Of the 307 round-ups of `consensus` 22 tell something twice (a share over 0.45). Without these three rules it is 112,
#: with no more ROUGE; with 0.5 in place of 0.47 it is 36, for 0.002 of ROUGE-2.
_TWICE, _LIKENESS = 0.3, 0.3

#: A summary has at most one sentence for so many words: five or six short ones are a list. Nothing is lost by it.
_WORDS_EACH = 15

Choice = tuple[int, ...]
#: First whether two outlets are cited, then how much is told.
Worth = tuple[bool, float]


def best_choice(pool: Sequence[Candidate], measure: Consensus, *, words: int) -> Choice:
    """The best choice found, as ascending places in the pool; at least one sentence that stands alone.

    A single sentence may be longer than `words`, several together may not. Where only sentences of different outlets
    that say the same would cite two of them, they are chosen: that two outlets tell it is news, too.
    """
    search = _Search(pool=pool, measure=measure, words=words, likeness=_likeness(pool), across=_ALIKE_ACROSS)
    best = _best_found(search)
    if len(search.cited(range(len(pool)))) > 1 and len(search.cited(best)) == 1:
        best = _best_found(replace(search, across=1.0))
    return best


def _best_found(search: _Search) -> Choice:
    best: Choice = ()
    best_worth: Worth = (False, 0.0)
    beam = [best]
    while beam:
        worth = search.worth(sorted({grown for choice in beam for grown in search.grown(choice)}))
        ranked = sorted(worth, key=worth.__getitem__, reverse=True)
        if ranked and (not best or worth[ranked[0]] > best_worth):
            best, best_worth = ranked[0], worth[ranked[0]]
        # Every single sentence is extended: the best pair need not begin with the best one.
        beam = ranked if beam == [()] else ranked[:_BEAM]
    return best


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    pool: Sequence[Candidate]
    measure: Consensus
    words: int
    #: How much each two candidates say the same, the earlier one first.
    likeness: dict[tuple[int, int], float]
    #: How alike sentences of different articles may be.
    across: float

    def cited(self, choice: Iterable[int]) -> set[str]:
        """The outlets that a choice is from."""
        return {self.pool[at].sentence.article.publisher for at in choice}

    def grown(self, choice: Choice) -> Iterator[Choice]:
        """The choice with one more sentence, in all ways that are allowed."""
        if len(choice) >= max(1, self.words // _WORDS_EACH):
            return
        room = self.words - sum(self.pool[at].length for at in choice)
        for at, candidate in enumerate(self.pool):
            fits = candidate.length <= room or not choice
            if fits and at not in choice and self._understood(at, choice) and self._new(at, choice):
                yield tuple(sorted((*choice, at)))

    def worth(self, choices: Sequence[Choice]) -> dict[Choice, Worth]:
        values = self.measure.values(choices) if choices else ()
        return {
            choice: (len(self.cited(choice)) > 1, float(value) - self._told_twice(choice))
            for choice, value in zip(choices, values, strict=True)
        }

    def _understood(self, at: int, choice: Choice) -> bool:
        """Whether a sentence leans on nothing that is not there, and takes nothing as given that is not said before."""
        candidate, there = self.pool[at], [self.pool[other].sentence for other in choice]
        sentence = candidate.sentence
        # The last sentence of an abstract is not the one before the first of the text.
        before = sentence.place != 0 and (sentence.source, sentence.place - 1) in (
            (one.source, one.place) for one in there
        )
        met = (one.stems for one in there if (one.source, one.place) < (sentence.source, sentence.place))
        return (before or not candidate.leans) and candidate.unmet <= frozenset[str]().union(*met)

    def _new(self, at: int, choice: Choice) -> bool:
        return all(self._new_beside(at, other) for other in choice)

    def _new_beside(self, at: int, other: int) -> bool:
        likeness = self.likeness[min(at, other), max(at, other)]
        if not self._across(at, other):
            return likeness <= _ALIKE
        return likeness <= self.across and not _contradict(self.pool[at].sentence, self.pool[other].sentence)

    def _told_twice(self, choice: Choice) -> float:
        pairs = (pair for pair in combinations(choice, 2) if self._across(*pair))
        return _TWICE * sum(max(0.0, self.likeness[pair] - _LIKENESS) for pair in pairs)

    def _across(self, one: int, other: int) -> bool:
        return _retold(self.pool[one].sentence, self.pool[other].sentence)


def _likeness(pool: Sequence[Candidate]) -> dict[tuple[int, int], float]:
    return {pair: _alike(pool[pair[0]], pool[pair[1]]) for pair in combinations(range(len(pool)), 2)}


def _alike(one: Candidate, other: Candidate) -> float:
    shared = len(one.content & other.content)
    if _retold(one.sentence, other.sentence):
        if min(one.announces, other.announces) >= _ANNOUNCING:
            return 1.0
        return shared / max(1, min(len(one.content), len(other.content)))
    return shared / sqrt(max(1, len(one.content) * len(other.content)))


def _contradict(one: ArticleSentence, other: ArticleSentence) -> bool:
    return contradict_each_other(
        read_counts(one.text, one.article.language), read_counts(other.text, other.article.language)
    )


def _retold(one: ArticleSentence, other: ArticleSentence) -> bool:
    """Whether two sentences are of different articles, or of an abstract and its text: each tells the story anew."""
    return (one.source, one.place < 0) != (other.source, other.place < 0)
