"""Summaries made of the articles' own sentences, offline: what they agree on, said once, in sentences that stand alone.

The rules come first (`standing`, `candidates`): no sentence that begins with "He said", no question, cut quotation or
credit; one that speaks of "she", "the pair" or a surname only after the sentence that says who. Among what they allow,
the choice that says most of what the story says is taken (`consensus`, `choice`). Essays are told in a row: `passages`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from digest.model import Article, Sentence, Story, Summary
from digest.summarize.candidates import candidates
from digest.summarize.choice import best_choice
from digest.summarize.consensus import consensus
from digest.summarize.given import opens_with_stranger
from digest.summarize.lines import Line, read_lines
from digest.summarize.passages import THIN, length, makeshift, opening
from digest.summarize.standing import is_talk_throughout, says_little
from digest.summarize.stems import stems

#: An article so much older than the leading one says that talks will be held of which the headline tells the end.
_LAG = timedelta(hours=12)


def summarize(story: Story, *, words: int) -> Summary:
    """The sentences that tell a story in at most `words` words, verbatim, in the order of their article.

    There is one at least, longer than `words` only where no shorter one will do. A story over several articles cites
    two of them at least, if they have sentences that stand alone. A story with only a teaser gets the teaser's
    sentences, one with neither text nor teaser none.
    """
    articles = _up_to_date(story.articles)
    lines = read_lines(articles)
    headlines = [stems(article.title) for article in articles]
    chosen = opening(lines, words) if len(articles) == 1 and is_talk_throughout(lines) else []
    if length(chosen) < THIN:
        chosen = _chosen(lines, headlines, words) or makeshift(lines)
    if length(chosen) < THIN:
        chosen = max(chosen, opening(lines, words), key=length)
    sentences = tuple(Sentence(text=line.text, article=line.article.id) for line in chosen)
    return Summary(story=story.id, sentences=sentences)


def _up_to_date(articles: Sequence[Article]) -> Sequence[Article]:
    """The articles without those that know less than the leading one, where it is not left alone."""
    since = articles[0].published - _LAG
    told = [article for article in articles if not article.dated or article.published >= since]
    return told if len(told) > 1 else articles


def _chosen(lines: Sequence[Line], headlines: Sequence[Sequence[str]], words: int) -> list[Line]:
    """The sentences that together say most; what the headline says already only where it lets two articles be cited."""
    new = _best(lines, headlines, words, repeating=False)
    if len(headlines) > 1 and not _cites_two(new):
        repeated = _best(lines, headlines, words, repeating=True)
        return repeated if _cites_two(repeated) else new
    return new


def _cites_two(chosen: Sequence[Line]) -> bool:
    return len(_sources(chosen)) > 1


def _sources(lines: Sequence[Line]) -> set[int]:
    return {line.source for line in lines}


def _best(lines: Sequence[Line], headlines: Sequence[Sequence[str]], words: int, *, repeating: bool) -> list[Line]:
    pool = candidates(lines, headlines, words=words, repeating=repeating)
    if not pool:
        return []
    measure = consensus(lines, headlines, [candidate.line for candidate in pool], words=words)
    told = _told([pool[at].line for at in best_choice(pool, measure, words=words)])
    return _to_a_fact(_event_first(told, frozenset(headlines[0])))


def _told(lines: Sequence[Line]) -> list[Line]:
    """The sentences as they are told: article after article, first those whose opening is there, which names things."""
    soonest = {line.source: min(other.rank for other in lines if other.source == line.source) for line in lines}
    return sorted(lines, key=lambda line: (soonest[line.source] > 0, line.source, line.place))


def _event_first(told: list[Line], headline: frozenset[str]) -> list[Line]:
    """The sentences, first another article's where the first begins with somebody of whom nobody has heard yet."""
    if not told or not _is_strange(told[0], headline):
        return told
    other = next((line.source for line in told if line.source != told[0].source), None)
    event = [line for line in told if line.source == other]
    # What it takes as given may stand in the article that would come behind it.
    if not event or _is_strange(event[0], headline) or any(line.given - headline for line in event):
        return told
    return event + [line for line in told if line.source != other]


def _is_strange(line: Line, headline: frozenset[str]) -> bool:
    return opens_with_stranger(line.text, headline, line.article.language)


def _to_a_fact(told: list[Line]) -> list[Line]:
    """The sentences without those at the end that say little, unless they alone cite an article."""
    while len(told) > 1 and says_little(told[-1]) and _sources(told[:-1]) == _sources(told):
        told.pop()
    return told
