"""The order in which chosen sentences are told."""

from __future__ import annotations

from collections.abc import Sequence

from digest.summarize.sentences.article_sentences import ArticleSentence
from digest.summarize.sentences.given_information import opens_with_stranger
from digest.summarize.sentences.openings import leans_back
from digest.summarize.sentences.usable import says_little
from digest.text.stems import stop_stems

_QUOTES = ('"', "“", "«", "„", "「", "‘")


def in_reading_order(chosen: Sequence[ArticleSentence], headline: frozenset[str]) -> list[ArticleSentence]:
    """The sentences article by article, first what tells the event, to a fact at the end.

    Args:
        headline: the stems of the words above them.
    """
    return _to_a_fact(_event_first(_by_article(chosen), headline))


def outlets(sentences: Sequence[ArticleSentence]) -> set[str]:
    """Who tells them, by their names."""
    return {sentence.article.publisher for sentence in sentences}


def _by_article(sentences: Sequence[ArticleSentence]) -> list[ArticleSentence]:
    """The sentences as they are told: article after article, first those whose opening is there, which names things."""
    return sorted(
        sentences, key=lambda sentence: (not _is_opened(sentence.source, sentences), sentence.source, sentence.place)
    )


def _is_opened(source: int, sentences: Sequence[ArticleSentence]) -> bool:
    """Whether the sentence that tells an article's story is among some."""
    return any(sentence.rank == 0 for sentence in sentences if sentence.source == source)


def _event_first(told: list[ArticleSentence], headline: frozenset[str]) -> list[ArticleSentence]:
    """The sentences, first those of the article that says at once most of what the headline says.

    It begins with no quotation, and with nobody of whom nobody has heard yet, where there is such an article.
    """
    by_source = {sentence.source: [other for other in told if other.source == sentence.source] for sentence in told}
    # What an article takes as given may stand in the one that would come behind it.
    free = [
        sentences for sentences in by_source.values() if not any(sentence.given - headline for sentence in sentences)
    ]
    announcing = max(free, key=lambda sentences: _announces(sentences, headline), default=told)
    if not told or _announces(announcing, headline) <= _announces(by_source[told[0].source], headline):
        return told
    return announcing + [sentence for sentence in told if sentence.source != announcing[0].source]


def _announces(sentences: Sequence[ArticleSentence], headline: frozenset[str]) -> tuple[bool, bool, bool, int]:
    """How well the sentences of an article begin: whose words, of what, by whom, and how much of the headline."""
    first = sentences[0]
    text, language = first.text, first.article.language
    known = not opens_with_stranger(text, headline, language) and not leans_back(text, language)
    said = len((headline - stop_stems(language)).intersection(first.stems))
    return not text.startswith(_QUOTES), _is_opened(first.source, sentences), known, said


def _to_a_fact(told: list[ArticleSentence]) -> list[ArticleSentence]:
    """The sentences without those at the end that say little, unless they alone cite an article."""
    while len(told) > 1 and says_little(told[-1]) and outlets(told[:-1]) == outlets(told):
        told.pop()
    return told
