"""Summaries made of the articles' own sentences, offline: what they agree on, said once, in sentences that stand alone.

The rules come first (`lines`): no sentence that begins with "But" or "He said", no question, cut quotation or credit;
one that speaks of "she" or "the pair" only after the sentence that says who. Among what they allow, the choice that
says most of what the story says is taken (`consensus`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from digest.model import Sentence, Story, Summary
from digest.summarize.boilerplate import is_boilerplate
from digest.summarize.consensus import Consensus, consensus
from digest.summarize.lines import Line, content, is_usable, leans, read_lines, stems
from digest.text.reading import count_words

#: Sentences that may be chosen, for 60 words of summary and one article: 8 to 12 as good on the writers' summaries.
_CANDIDATES = 10
#: Choices that are extended at a time; more find nothing better at 60 words.
_BEAM = 12
#: Two sentences more alike than this (cosine of their content words) say the same.
_ALIKE = 0.6
#: A sentence with this share of its content words in the headline says nothing new below it.
_REPEATS = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may be in the summary."""

    line: Line
    length: int
    #: It may be there only after the sentence before it.
    leans: bool
    content: frozenset[str]


def summarize(story: Story, *, words: int) -> Summary:
    """The sentences that tell a story in at most `words` words, verbatim, in the articles' order.

    There is one at least, longer than `words` only where no shorter one will do. A story over several articles cites
    two of them at least, if they have sentences that stand alone. A story with only a teaser gets the teaser's
    sentences, one with neither text nor teaser none.
    """
    lines = read_lines(story.articles)
    headlines = [stems(article.title) for article in story.articles]
    pool = _pool(lines, headlines, words)
    if pool:
        measure = consensus(lines, headlines, [candidate.line for candidate in pool], words=words)
        chosen = [pool[at].line for at in _choose(pool, measure, words)]
    else:
        chosen = _makeshift(lines)
    sentences = tuple(Sentence(text=line.text, article=line.article.id) for line in chosen)
    return Summary(story=story.id, sentences=sentences)


def _pool(lines: Sequence[Line], headlines: Sequence[Sequence[str]], words: int) -> list[Candidate]:
    """The sentences to choose from, in the articles' order: the first of each that may be used, and fit."""
    known = [frozenset(headline) for headline in headlines]
    judged = (_judged(line) for line in sorted(lines, key=lambda line: (line.place, line.source)) if is_usable(line))
    usable = (candidate for candidate in judged if not _repeats(candidate, known[candidate.line.source]))
    most = max(_CANDIDATES, words // 6) + 3 * (len(headlines) - 1)
    too_long: list[Candidate] = []
    pool: list[Candidate] = []
    for candidate in usable:
        (pool if candidate.length <= words else too_long).append(candidate)
        if len(pool) == most:
            break
    if all(candidate.leans for candidate in pool):
        alone = [candidate for candidate in too_long if not candidate.leans]
        return sorted(alone, key=lambda candidate: candidate.length)[:1]
    return sorted(pool, key=lambda candidate: (candidate.line.source, candidate.line.place))


def _judged(line: Line) -> Candidate:
    return Candidate(line=line, length=count_words(line.text), leans=leans(line), content=content(line))


def _repeats(candidate: Candidate, headline: frozenset[str]) -> bool:
    return len(candidate.content & headline) >= _REPEATS * max(1, len(candidate.content))


def _makeshift(lines: Sequence[Line]) -> list[Line]:
    """The first words of the story, where none of its sentences stands alone."""
    first = next((at for at, line in enumerate(lines) if not is_boilerplate(line.text)), len(lines))
    last = first + 1
    # A quotation goes on to its end.
    while last < len(lines) and lines[last].quoted:
        last += 1
    return list(lines[first:last])


def _choose(pool: Sequence[Candidate], measure: Consensus, words: int) -> tuple[int, ...]:
    """The best choice a beam search finds, as ascending places in the pool."""
    best: tuple[int, ...] = ()
    best_worth = (False, 0.0)
    beam = [best]
    while beam:
        grown = sorted({tuple(sorted((*choice, at))) for choice in beam for at in _additions(choice, pool, words)})
        worth = _worth(grown, pool, measure)
        ranked = sorted(grown, key=worth.__getitem__, reverse=True)
        if ranked and (not best or worth[ranked[0]] > best_worth):
            best, best_worth = ranked[0], worth[ranked[0]]
        # Every single sentence is extended: the best pair need not begin with the best one.
        beam = ranked if beam == [()] else ranked[:_BEAM]
    return best


def _worth(
    choices: Sequence[tuple[int, ...]], pool: Sequence[Candidate], measure: Consensus
) -> dict[tuple[int, ...], tuple[bool, float]]:
    """What choices are worth; one that cites two articles more than any that cites one."""
    values = measure.values(choices) if choices else ()
    return {
        choice: (len({pool[at].line.source for at in choice}) > 1, float(value))
        for choice, value in zip(choices, values, strict=True)
    }


def _additions(choice: tuple[int, ...], pool: Sequence[Candidate], words: int) -> Iterator[int]:
    room = words - sum(pool[at].length for at in choice)
    there = [pool[at] for at in choice]
    for at, one in enumerate(pool):
        fits = one.length <= room or not choice
        if fits and at not in choice and _understood(one, there) and not any(_alike(one, other) for other in there):
            yield at


def _understood(one: Candidate, there: Sequence[Candidate]) -> bool:
    """Whether a sentence leans on nothing, or on one that is there."""
    before = (one.line.source, one.line.place - 1)
    return not one.leans or any((other.line.source, other.line.place) == before for other in there)


def _alike(one: Candidate, other: Candidate) -> bool:
    return len(one.content & other.content) > _ALIKE * sqrt(len(one.content) * len(other.content))
