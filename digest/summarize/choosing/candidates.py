"""The sentences that a summary is chosen from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from digest.summarize.sentences.lines import Line, content
from digest.summarize.sentences.standing import is_talk, is_usable, leans
from digest.text.length import count_words
from digest.text.stems import stop_stems

#: How many, for 60 words of summary and one article: 8 to 12 as good on the writers' summaries.
_MOST = 10
#: A sentence with this share of its content words in the headline says nothing new below it; less will do where another
#: outlet says it again. From 0.6 to 0.8 the round-ups score the same.
_REPEATS, _REPEATS_ELSEWHERE = 0.8, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may be in the summary."""

    line: Line
    length: int
    #: It may be there only after the sentence before it.
    leans: bool
    #: What it takes as given, and the headline does not say.
    unmet: frozenset[str]
    content: frozenset[str]
    #: How much of what the headline says it says, 0 to 1.
    announces: float


def candidates(
    lines: Sequence[Line], headlines: Sequence[Sequence[str]], *, words: int, repeating: bool
) -> list[Candidate]:
    """The first usable sentences of each article that fit into `words`, in the articles' order.

    None where all would lean; then one that is too long is better. `repeating` allows what the headline says already.
    """
    known = frozenset(headlines[0])
    new = [one for one in _judged(lines, known) if repeating or not _repeats(one, known)]
    most = max(_MOST, words // 6) + 3 * (len(headlines) - 1)
    pool = list(islice((one for one in new if one.length <= words), most))
    if all(one.leans for one in pool):
        return sorted((one for one in new if one not in pool and not one.leans), key=lambda one: one.length)[:1]
    return sorted(pool, key=lambda one: (one.line.source, one.line.place))


def _judged(lines: Sequence[Line], headline: frozenset[str]) -> Iterator[Candidate]:
    """All usable sentences, first the first ones of each article."""
    usable = sorted(filter(is_usable, lines), key=lambda line: (line.place, line.source))
    first = {line.source: line.place for line in reversed(usable)}
    told = headline - stop_stems(lines[0].article.language) if lines else headline
    for line in usable:
        yield Candidate(
            line=line,
            length=count_words(line.text),
            leans=leans(line) or (is_talk(line) and line.place > first[line.source]),
            unmet=line.given - headline,
            content=content(line),
            announces=len(told.intersection(line.stems)) / max(1, len(told)),
        )


def _repeats(candidate: Candidate, headline: frozenset[str]) -> bool:
    most = _REPEATS_ELSEWHERE if candidate.line.source else _REPEATS
    return len(candidate.content & headline) >= most * max(1, len(candidate.content))
