"""The floor below which no story is taken, however much room is left: a quiet week makes a short issue or none.

What fills an issue up is the teaser of a few words, days old, from a source that puts out dozens: it scores below 0
(`rank`). In a week of 120 feeds these are 53 of 415 stories, in one of 20 feeds 9 of 64, all such teasers. Where
everything is short (a folder of notes, links without a text) shortness is no fault: the floor is at least 0.3 below
the middle story.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from digest.model import Dropped, Story, Term, Why

_FLOOR = 0.0
_BELOW_THE_MIDDLE = 0.3


def worth_telling(stories: Sequence[Story], *, least: float | None) -> tuple[list[Story], list[Dropped]]:
    """The stories that are worth a place, and the articles of the others.

    Args:
        least: the owner's own floor, None where they leave it to us.
    """
    worths = [worth(story.terms) for story in stories]
    if least is None:
        least = min(_FLOOR, median(worths) - _BELOW_THE_MIDDLE) if worths else _FLOOR
    fine = [story for story, worth in zip(stories, worths, strict=True) if worth >= least or story.lead.pinned]
    kept = {story.id for story in fine}
    weak = [
        Dropped(
            article=article,
            why=Why.TOO_WEAK,
            detail=f"It scores {worth:.2f}; with less than {least:.2f} no story is taken (min_score).",
            score=story.score,
        )
        for story, worth in zip(stories, worths, strict=True)
        if story.id not in kept
        for article in story.articles
    ]
    return fine, weak


def worth(terms: Sequence[Term]) -> float:
    """The score without what is taken off for going on with an earlier story: readers want to know how it went on."""
    return sum(term.value for term in terms if term.name != "novelty")
