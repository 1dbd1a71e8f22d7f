"""The order in which chosen sentences are told."""

from __future__ import annotations

from collections.abc import Sequence

from digest.summarize.sentences.given import opens_with_stranger
from digest.summarize.sentences.lines import Line
from digest.summarize.sentences.openings import leans_back
from digest.summarize.sentences.standing import says_little
from digest.text.stems import stop_stems

_QUOTES = ('"', "“", "«", "„", "「", "‘")


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

    It begins with no quotation, and with nobody of whom nobody has heard yet, where there is such an article.
    """
    by_source = {line.source: [other for other in told if other.source == line.source] for line in told}
    # What an article takes as given may stand in the one that would come behind it.
    free = [lines for lines in by_source.values() if not any(line.given - headline for line in lines)]
    announcing = max(free, key=lambda lines: _announces(lines, headline), default=told)
    if not told or _announces(announcing, headline) <= _announces(by_source[told[0].source], headline):
        return told
    return announcing + [line for line in told if line.source != announcing[0].source]


def _announces(lines: Sequence[Line], headline: frozenset[str]) -> tuple[bool, bool, bool, int]:
    """How well the sentences of an article begin: whose words, of what, by whom, and how much of the headline."""
    first = lines[0]
    text, language = first.text, first.article.language
    known = not opens_with_stranger(text, headline, language) and not leans_back(text, language)
    said = len((headline - stop_stems(language)).intersection(first.stems))
    return not text.startswith(_QUOTES), _is_opened(first.source, lines), known, said


def _to_a_fact(told: list[Line]) -> list[Line]:
    """The sentences without those at the end that say little, unless they alone cite an article."""
    while len(told) > 1 and says_little(told[-1]) and outlets(told[:-1]) == outlets(told):
        told.pop()
    return told
