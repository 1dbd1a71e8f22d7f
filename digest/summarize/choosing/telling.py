"""The order in which chosen sentences are told."""

from __future__ import annotations

from collections.abc import Sequence

from digest.summarize.sentences.given import opens_with_stranger
from digest.summarize.sentences.lines import Line
from digest.summarize.sentences.openings import leans_back
from digest.summarize.sentences.standing import says_little
from digest.text.stems import stop_stems


def told_in_order(chosen: Sequence[Line], headline: frozenset[str]) -> list[Line]:
    """The sentences article by article, first what tells the event, to a fact at the end.

    Args:
        headline: the stems of the words above them.
    """
    return _to_a_fact(_event_first(_by_article(chosen), headline))


def outlets(lines: Sequence[Line]) -> set[str]:
    """Who tells them, by their names."""
    return {line.article.publisher for line in lines}


def _by_article(lines: Sequence[Line]) -> list[Line]:
    """The sentences as they are told: article after article, first those whose opening is there, which names things."""
    return sorted(lines, key=lambda line: (not _is_opened(line.source, lines), line.source, line.place))


def _is_opened(source: int, lines: Sequence[Line]) -> bool:
    """Whether the sentence that tells an article's story is among some."""
    return any(line.rank == 0 for line in lines if line.source == source)


def _event_first(told: list[Line], headline: frozenset[str]) -> list[Line]:
    """The sentences, first those of the article that says at once most of what the headline says.

    It begins with nobody of whom nobody has heard yet, where there is such an article.
    """
    by_source = {line.source: [other for other in told if other.source == line.source] for line in told}
    # What an article takes as given may stand in the one that would come behind it.
    free = [
        lines
        for source, lines in by_source.items()
        if _is_opened(source, lines) and not any(line.given - headline for line in lines)
    ]
    announcing = max(free, key=lambda lines: _announces(lines[0], headline), default=told)
    if not told or _announces(announcing[0], headline) <= _announces(told[0], headline):
        return told
    return announcing + [line for line in told if line.source != announcing[0].source]


def _announces(line: Line, headline: frozenset[str]) -> tuple[bool, int]:
    """Whether a sentence begins with what is known, and how many words of the headline it says."""
    text, language = line.text, line.article.language
    known = not opens_with_stranger(text, headline, language) and not leans_back(text, language)
    return known, len((headline - stop_stems(language)).intersection(line.stems))


def _to_a_fact(told: list[Line]) -> list[Line]:
    """The sentences without those at the end that say little, unless they alone cite an article."""
    while len(told) > 1 and says_little(told[-1]) and outlets(told[:-1]) == outlets(told):
        told.pop()
    return told
