"""Summaries made of the articles' own sentences, offline: what is central and early, said once."""

from __future__ import annotations

from digest.model import Sentence, Story, Summary
from digest.summarize.candidates import Candidate, candidates


def summarize(story: Story, *, words: int) -> Summary:
    """The sentences that tell a story in about `words` words, verbatim and in the articles' order.

    A story over several articles cites several. A story with only a teaser gets the teaser's sentences, one with
    neither text nor teaser none.
    """
    found = [candidate for article in story.articles for candidate in candidates(article)]
    chosen: list[Candidate] = []
    room = words
    for candidate in sorted(found, key=lambda c: c.place):
        if candidate.words <= room or not chosen:
            chosen.append(candidate)
            room -= candidate.words
    order = {article.id: place for place, article in enumerate(story.articles)}
    chosen.sort(key=lambda c: (order[c.article], c.place))
    return Summary(story=story.id, sentences=tuple(Sentence(text=c.text, article=c.article) for c in chosen))
