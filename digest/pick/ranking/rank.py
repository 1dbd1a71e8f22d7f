"""What a story is worth: a sum of terms, each with its reason.

    recency        1 at the end of the window, half of it after each half-life; half of that without a date
    coverage       log2 of the publishers that tell it; one that only carries a copy, a bare headline or pictures
                   counts half
    rarity         0.5 for the only article of its source in the window, 0.25 for one of four, 0.05 for one of a hundred
    substance      down to -0.5 where there is little more than a title
    form           down to -0.75 where it is no report: a quiz, a deal, a gallery, a list of links, a release note; -0.3
                   for a diary that nobody else tells
    keywords       1 for each of the owner's boost words in a title, half in a text, at most 2
    source weight  the source's weight multiplies the terms above: shown as what it adds or takes
    novelty        -0.5 where it goes on with a story that an earlier issue told, with something new (else it is out);
                   nothing where several publishers tell it and at least half is new

`select` adds what depends on the stories ranked above:

    variety        -0.25 for each story above led by its source; of several sources, the one that leads fewest
    topic          down to -0.75 where a story above is on the same subject
    section        -0.25 for each story beyond the usual number of its section, where the owner wrote none

So to be told by twice as many publishers outweighs any age, as a boost word in the title does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from digest.model import Article, Term, Window
from digest.pick.admission.sent import FollowUp
from digest.pick.forms import common_form, form_of
from digest.pick.phrases import Phrase, Tokens
from digest.pick.ranking.diary import is_diary
from digest.text.length import count_words

# A text of fewer words gives no summary worth having.
_SUBSTANCE_WORDS = 120
# News feeds that give only a teaser give some twelve to forty words.
_ACCOUNT_WORDS = 8
# What costs so much (pictures, a list) tells of an event in passing; a running blog or an opinion does tell it.
_NO_ACCOUNT = 0.3
# So much of what several publishers tell is new where it went on: an election's winner is sworn in. Their accounts of
# what was told have 0.26 to 0.63, those of what went on 0.47 to 0.68 (`sent`).
_DEVELOPMENT = 0.5
# Nobody but its author tells it.
_DIARY = 0.3
_LEAD_CHARACTERS = 600
MOST_KEYWORDS = 2.0
# Terms that the source's weight does not multiply.
_NOT_WEIGHED = frozenset({"source weight", "novelty"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """What the terms of all stories are measured by."""

    window: Window
    half_life: timedelta
    boost: tuple[Phrase, ...] = ()
    #: Articles in the window, by source.
    volumes: Mapping[str, int] = field(default_factory=dict)
    #: Publishers of the copies that were dropped, by the id of the article kept.
    copies: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def terms(self, story: Sequence[Article], *, follows: FollowUp | None = None) -> tuple[Term, ...]:
        """The terms of a story's score that are not zero; the lead comes first in `story`."""
        merits = [
            self._recency(story),
            self._coverage(story),
            self._rarity(story),
            _substance(story),
            _form(story),
            self._keywords(story),
        ]
        weight = _source_weight(story, sum(term.value for term in merits))
        return tuple(term for term in (*merits, weight, _novelty(story, follows)) if term.value)

    def _recency(self, story: Sequence[Article]) -> Term:
        newest = max(story, key=lambda article: article.published)
        age = max(self.window.until - newest.published, timedelta(0))
        value = 0.5 ** (age / self.half_life) if self.half_life else 1.0
        if not any(article.dated for article in story):
            return Term(
                name="recency", value=value / 2, detail=f"without a date, first seen {_span(age)} before the end"
            )
        return Term(name="recency", value=value, detail=f"published {_span(age)} before the end of the window")

    def _coverage(self, story: Sequence[Article]) -> Term:
        full = {article.publisher for article in story if _tells(article)}
        brief = {article.publisher for article in story} - full
        carriers = {name for article in story for name in self.copies.get(article.id, ())} - full - brief
        said = [
            f"{how} by {_with_noun(len(names), 'publisher')}"
            for how, names in (("told", full), ("mentioned", brief), ("copied", carriers))
            if names
        ]
        # Where nobody does more, one of the brief ones stands for the account.
        halves = len(brief) + len(carriers) + (not full)
        value = math.log2(len(full) + halves / 2)
        return Term(name="coverage", value=value, detail=", ".join(said))

    def _rarity(self, story: Sequence[Article]) -> Term:
        volume = min(self.volumes.get(article.source, 1) for article in story)
        others = "the only article" if volume == 1 else f"one of {volume} articles"
        return Term(name="rarity", value=0.5 / math.sqrt(volume), detail=f"{others} of its source in the window")

    def _keywords(self, story: Sequence[Article]) -> Term:
        found = {phrase.written: value for phrase in self.boost if (value := _stands_in(story, phrase))}
        value = min(MOST_KEYWORDS, sum(found.values()))
        return Term(name="keywords", value=value, detail=f"speaks of {', '.join(found)}")


def _substance(story: Sequence[Article]) -> Term:
    words = max(count_words((article.text or article.teaser)[:2_000]) for article in story)
    lacking = 1 - min(words, _SUBSTANCE_WORDS) / _SUBSTANCE_WORDS
    return Term(name="substance", value=-0.5 * lacking, detail=f"has a text of {_with_noun(words, 'word')}")


def _tells(article: Article) -> bool:
    """Whether it is an account of its own: more than a headline, and no quiz, gallery or the like."""
    form = form_of(article)
    in_words = count_words((article.text or article.teaser)[:200]) >= _ACCOUNT_WORDS
    return in_words and (form is None or form.cost < _NO_ACCOUNT)


def _form(story: Sequence[Article]) -> Term:
    form = common_form(story)
    if form is None and len({article.publisher for article in story}) == 1 and is_diary(story[0]):
        return Term(name="form", value=-_DIARY, detail="is a diary, no report")
    return Term(name="form", value=-form.cost if form else 0.0, detail=f"is {form.name}, no report" if form else "")


def _stands_in(story: Sequence[Article], phrase: Phrase) -> float:
    if any(phrase.count(Tokens.of(article.title)) for article in story):
        return 1.0
    texts = (Tokens.of((article.text or article.teaser)[:_LEAD_CHARACTERS]) for article in story)
    return 0.5 if any(phrase.count(text) for text in texts) else 0.0


def with_weight(terms: Sequence[Term], weight: float) -> tuple[Term, ...]:
    """The same terms for a story whose heaviest source counts so many times."""
    merits = sum(term.value for term in terms if term.name not in _NOT_WEIGHED)
    others = tuple(term for term in terms if term.name != "source weight")
    return (*others, Term(name="source weight", value=(weight - 1) * max(merits, 0.0)))


def _source_weight(story: Sequence[Article], merits: float) -> Term:
    heaviest = max(story, key=lambda article: article.weight)
    value = (heaviest.weight - 1) * max(merits, 0.0)
    return Term(name="source weight", value=value, detail=f"{heaviest.publisher} counts {heaviest.weight:g} times")


def _novelty(story: Sequence[Article], follows: FollowUp | None) -> Term:
    if follows is None or (follows.new >= _DEVELOPMENT and len({article.publisher for article in story}) > 1):
        return Term(name="novelty", value=0.0)
    detail = f'goes on with "{follows.of.title}" of issue {follows.of.issue}, {follows.new:.0%} of it new'
    return Term(name="novelty", value=-0.5, detail=detail)


def _span(age: timedelta) -> str:
    hours = round(age / timedelta(hours=1))
    return _with_noun(hours, "hour") if hours < 48 else _with_noun(round(hours / 24), "day")


def _with_noun(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
