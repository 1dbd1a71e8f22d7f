"""Summaries made of the articles' own sentences, offline: what they agree on, said once, in sentences that stand alone.

The rules come first (`standing`, `candidates`): no sentence that begins with "He said", no question, cut quotation or
credit; one that speaks of "she", "the pair" or a surname only after the sentence that says who. Among what they allow,
the choice that says most of what the story says is taken (`consensus`, `choice`) and put in order (`telling`). Essays
are told in a row: `passages`.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import Sentence, Story, Summary
from digest.summarize.choosing.candidates import candidates
from digest.summarize.choosing.choice import best_choice
from digest.summarize.choosing.consensus import consensus
from digest.summarize.choosing.keeping import in_keeping, up_to_date
from digest.summarize.choosing.passages import THIN, length, makeshift, opening, within
from digest.summarize.choosing.telling import outlets, told_in_order
from digest.summarize.sentences.lines import Line, read_lines
from digest.summarize.sentences.standing import is_talk_throughout
from digest.text.stems import stems


def summarize(story: Story, *, words: int) -> Summary:
    """The sentences that tell a story in at most `words` words, verbatim, in the order of their article.

    There is one at least. A single one may have half as many words more; where none is so short, as in scripts that
    mark no end of one, it is cut between two words. A story over several articles cites two of them at least, if they
    have sentences that stand alone. A story with only a teaser gets the teaser's
    sentences, one with neither text nor teaser none.
    """
    articles = up_to_date(story.articles)
    lines = in_keeping(read_lines(articles), articles[0])
    headlines = [stems(article.title) for article in articles]
    chosen = opening(lines, words) if len(articles) == 1 and is_talk_throughout(lines) else []
    if length(chosen) < THIN:
        chosen = _chosen(lines, headlines, words) or makeshift(lines)
    if length(chosen) < THIN:
        chosen = max(chosen, opening(lines, words), key=length)
    sentences = tuple(Sentence(text=line.text, article=line.article.id) for line in within(chosen, words))
    return Summary(story=story.id, sentences=sentences)


def _chosen(lines: Sequence[Line], headlines: Sequence[Sequence[str]], words: int) -> list[Line]:
    """The sentences that together say most; what the headline says already only where it lets two articles be cited."""
    new = _best(lines, headlines, words, repeating=False)
    if len(headlines) > 1 and not _cites_two(new):
        repeated = _best(lines, headlines, words, repeating=True)
        return repeated if _cites_two(repeated) else new
    return new


def _cites_two(chosen: Sequence[Line]) -> bool:
    return len(outlets(chosen)) > 1


def _best(lines: Sequence[Line], headlines: Sequence[Sequence[str]], words: int, *, repeating: bool) -> list[Line]:
    pool = candidates(lines, headlines, words=words, repeating=repeating)
    if not pool:
        return []
    measure = consensus(lines, headlines, [candidate.line for candidate in pool], words=words)
    chosen = [pool[at].line for at in best_choice(pool, measure, words=words)]
    return told_in_order(chosen, frozenset(headlines[0]))
