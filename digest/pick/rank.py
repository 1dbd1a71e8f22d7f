"""What a story is worth: a sum of terms, each with its reason.

recency        1 for the end of the window, halved with every half-life
coverage       log2 of the publishers that tell it
substance      -0.5 where there is no more than a title
keywords       +1 for the owner's boost words
source weight  the weight of the lead's source multiplies the sum of the terms above, shown as what it adds
novelty        -1 where an earlier issue told the story before
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta

from digest.config import PickSettings
from digest.model import Article, SentArticle, Term, Window
from digest.pick.phrases import Phrase, Words

_TITLE_ONLY_WORDS = 15
_LEAD_CHARACTERS = 600


def half_life(settings: PickSettings, window: Window) -> timedelta:
    return settings.half_life or (window.until - window.since) / 3


def choose_lead(articles: Sequence[Article]) -> list[Article]:
    """The articles of a story, the one to show first: the owner's weight, then the fuller text, then the earlier."""
    return sorted(
        articles,
        key=lambda a: (-a.weight, a.url is None, -min(len(a.text), 3000) // 600, a.published, a.id),
    )


def score_terms(
    story: Sequence[Article],
    *,
    window: Window,
    halved_after: timedelta,
    boost: Sequence[Phrase],
    follows: SentArticle | None,
) -> tuple[Term, ...]:
    """The terms of a story's score; the lead comes first in `story`."""
    terms = [
        _recency(story, window, halved_after),
        _coverage(story),
        _substance(story[0]),
        _keywords(story, boost),
    ]
    terms.append(_source_weight(story[0], sum(term.value for term in terms)))
    terms.append(_novelty(follows))
    return tuple(term for term in terms if term.value)


def _recency(story: Sequence[Article], window: Window, halved_after: timedelta) -> Term:
    newest = max(article.published for article in story)
    age = max(window.until - newest, timedelta(0))
    hours = age / timedelta(hours=1)
    when = f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
    return Term(name="recency", value=0.5 ** (age / halved_after), detail=f"published {when} before the window's end")


def _coverage(story: Sequence[Article]) -> Term:
    publishers = sorted({article.publisher for article in story})
    return Term(name="coverage", value=math.log2(len(publishers)), detail=f"told by {len(publishers)} publishers")


def _substance(lead: Article) -> Term:
    words = len((lead.text or lead.teaser).split())
    value = -0.5 if words < _TITLE_ONLY_WORDS else 0.0
    return Term(name="substance", value=value, detail="hardly more than a title")


def _keywords(story: Sequence[Article], boost: Sequence[Phrase]) -> Term:
    words = [Words.of(f"{a.title}\n{(a.text or a.teaser)[:_LEAD_CHARACTERS]}") for a in story]
    found = [phrase.written for phrase in boost if any(phrase.count(text) for text in words)]
    return Term(name="keywords", value=min(2.0, float(len(found))), detail=f"speaks of {', '.join(found)}")


def _source_weight(lead: Article, subtotal: float) -> Term:
    return Term(
        name="source weight",
        value=(lead.weight - 1) * max(subtotal, 0.0),
        detail=f"{lead.publisher} has weight {lead.weight:g}",
    )


def _novelty(follows: SentArticle | None) -> Term:
    if follows is None:
        return Term(name="novelty", value=0.0)
    return Term(name="novelty", value=-1.0, detail=f'follows "{follows.title}" of issue {follows.issue}')
