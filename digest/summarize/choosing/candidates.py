"""The sentences that a summary is chosen from: of articles that are up to date, without what repeats or contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from digest.model import Article
from digest.summarize.facts.figures import Counts, contradict_each_other, read_counts
from digest.summarize.sentences.article_sentences import ArticleSentence, content
from digest.summarize.sentences.usable import is_talk, is_usable, leans
from digest.text.length import count_words
from digest.text.stems import stop_stems

#: How many, for 60 words of summary and one article: 8 to 12 as good on the writers' summaries.
_MOST = 10
#: A sentence with this share of its content words in the headline says nothing new below it; less will do where another
#: outlet says it again. From 0.6 to 0.8 the round-ups score the same.
_REPEATS, _REPEATS_ELSEWHERE = 0.8, 0.6
#: An article so much older than the leading one says that talks will be held of which the headline tells the end.
_LAG = timedelta(hours=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may be in the summary."""

    sentence: ArticleSentence
    length: int
    #: It may be there only after the sentence before it.
    leans: bool
    #: What it takes as given, and the headline does not say.
    unmet: frozenset[str]
    content: frozenset[str]
    #: How much of what the headline says it says, 0 to 1.
    announces: float


def articles_up_to_date(articles: Sequence[Article]) -> Sequence[Article]:
    """The articles without those that know less than the leading one, where it is not left alone."""
    since = articles[0].published - _LAG
    told = [article for article in articles if not article.dated or article.published >= since]
    return told if len(told) > 1 else articles


def without_contradicting_counts(sentences: Sequence[ArticleSentence], lead: Article) -> Sequence[ArticleSentence]:
    """The sentences without those of other articles whose counts contradict the leading one's headline."""
    counted = read_counts(lead.title, lead.language)
    return [
        sentence
        for sentence in sentences
        if not sentence.source or not contradict_each_other(counted, _counts(sentence))
    ] or sentences


def _counts(sentence: ArticleSentence) -> Counts:
    return read_counts(sentence.text, sentence.article.language)


def candidates(
    sentences: Sequence[ArticleSentence], headlines: Sequence[Sequence[str]], *, words: int, repeating: bool
) -> list[Candidate]:
    """The first usable sentences of each article that fit into `words`, in the articles' order.

    None where all would lean; then one that is too long is better. `repeating` allows what the headline says already.
    """
    known = frozenset(headlines[0])
    new = [one for one in _usable_candidates(sentences, known) if repeating or not _repeats(one, known)]
    most = max(_MOST, words // 6) + 3 * (len(headlines) - 1)
    pool = list(islice((one for one in new if one.length <= words), most))
    if all(one.leans for one in pool):
        return sorted((one for one in new if one not in pool and not one.leans), key=lambda one: one.length)[:1]
    return sorted(pool, key=lambda one: (one.sentence.source, one.sentence.place))


def _usable_candidates(sentences: Sequence[ArticleSentence], headline: frozenset[str]) -> Iterator[Candidate]:
    """All usable sentences, first the first ones of each article."""
    usable = sorted(filter(is_usable, sentences), key=lambda sentence: (sentence.place, sentence.source))
    first = {sentence.source: sentence.place for sentence in reversed(usable)}
    told = headline - stop_stems(sentences[0].article.language) if sentences else headline
    for sentence in usable:
        yield Candidate(
            sentence=sentence,
            length=count_words(sentence.text),
            leans=leans(sentence) or (is_talk(sentence) and sentence.place > first[sentence.source]),
            unmet=sentence.given - headline,
            content=content(sentence),
            announces=len(told.intersection(sentence.stems)) / max(1, len(told)),
        )


def _repeats(candidate: Candidate, headline: frozenset[str]) -> bool:
    most = _REPEATS_ELSEWHERE if candidate.sentence.source else _REPEATS
    return len(candidate.content & headline) >= most * max(1, len(candidate.content))
