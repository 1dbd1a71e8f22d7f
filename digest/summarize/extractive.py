"""Summaries made of the articles' own sentences, offline: what they agree on, said once, in sentences that stand alone.

The rules come first (`usable`, `candidates`): no sentence that begins with "He said", no question, cut quotation or
credit; one that speaks of "she", "the pair" or a surname only after the sentence that says who. Among what they allow,
the choice that says most of what the story says is taken (`consensus`, `beam_search`) and put in order (`ordering`).
Essays are told in a row: `passages`.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import Sentence, Story, Summary
from digest.summarize.choosing.beam_search import best_choice
from digest.summarize.choosing.candidates import articles_up_to_date, candidates, without_contradicting_counts
from digest.summarize.choosing.consensus import consensus
from digest.summarize.choosing.ordering import in_reading_order, outlets
from digest.summarize.choosing.passages import THIN, length, makeshift, opening, within
from digest.summarize.sentences.article_sentences import ArticleSentence, read_sentences
from digest.summarize.sentences.usable import is_talk_throughout
from digest.text.stems import stems


def summarize(story: Story, *, words: int) -> Summary:
    """The sentences that tell a story in at most `words` words, verbatim, in the order of their article.

    There is one at least. A single one may have half as many words more; where none is so short, as in scripts that
    mark no end of one, it is cut between two words. A story over several articles cites two of them at least, if they
    have sentences that stand alone. A story with only a teaser gets the teaser's
    sentences, one with neither text nor teaser none.
    """
    articles = articles_up_to_date(story.articles)
    sentences = without_contradicting_counts(read_sentences(articles), articles[0])
    headlines = [stems(article.title) for article in articles]
    chosen = opening(sentences, words) if len(articles) == 1 and is_talk_throughout(sentences) else []
    if length(chosen) < THIN:
        chosen = _best_sentences(sentences, headlines, words) or makeshift(sentences)
    if length(chosen) < THIN:
        chosen = max(chosen, opening(sentences, words), key=length)
    told = tuple(Sentence(text=sentence.text, article=sentence.article.id) for sentence in within(chosen, words))
    return Summary(story=story.id, sentences=told)


def _best_sentences(
    sentences: Sequence[ArticleSentence], headlines: Sequence[Sequence[str]], words: int
) -> list[ArticleSentence]:
    """The sentences that together say most; what the headline says already only where it lets two articles be cited."""
    new = _best(sentences, headlines, words, repeating=False)
    if len(headlines) > 1 and not _cites_two(new):
        repeated = _best(sentences, headlines, words, repeating=True)
        return repeated if _cites_two(repeated) else new
    return new


def _cites_two(chosen: Sequence[ArticleSentence]) -> bool:
    return len(outlets(chosen)) > 1


def _best(
    sentences: Sequence[ArticleSentence], headlines: Sequence[Sequence[str]], words: int, *, repeating: bool
) -> list[ArticleSentence]:
    pool = candidates(sentences, headlines, words=words, repeating=repeating)
    if not pool:
        return []
    measure = consensus(sentences, headlines, [candidate.sentence for candidate in pool], words=words)
    chosen = [pool[at].sentence for at in best_choice(pool, measure, words=words)]
    return in_reading_order(chosen, frozenset(headlines[0]))
