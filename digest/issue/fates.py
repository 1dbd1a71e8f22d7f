"""What became of every article that was read: the content of explain.json."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from digest.model import Article, Collection, Dropped, Issue, Picked, Story, Term, Why

#: As much of an article as is kept to know it again by: letters of one outlet may begin with two hundred words alike.
#: Of an article that was turned away less will do.
LEAD_WORDS, LEAD_CHARACTERS = 300, 3_000
_LEAD_WORDS_OUTSIDE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one article, and why."""

    id: str
    title: str
    url: str | None
    publisher: str
    published: datetime
    #: It leads a story of the issue, is covered by one, or is not in it.
    fate: Literal["in", "also", "out"]
    #: A `Why` where it is out, else "".
    why: str = ""
    #: A sentence that says more.
    detail: str = ""
    score: float | None = None
    terms: tuple[Term, ...] = ()
    #: The section of its story.
    section: str = ""
    #: The id of its story.
    story: str = ""
    #: Its address without tracking, and its first words: what later issues know it by once it was sent.
    canonical: str = ""
    lead: str = ""


def fates(collection: Collection, picked: Picked, issue: Issue | None = None) -> tuple[Fate, ...]:
    """What became of every article: those in the issue first, best first.

    Where `issue` is given, stories of `picked` that it does not hold were dropped by the editor.
    """
    held = None if issue is None else {item.id: section.title for section in issue.sections for item in section.items}
    stories = [fate for story in picked.stories for fate in _of_story(story, held)]
    dropped = [_of_dropped(dropped) for dropped in (*picked.dropped, *collection.dropped)]
    return tuple(sorted([*stories, *dropped], key=lambda fate: fate.fate == "out"))


def _of_story(story: Story, held: dict[str, str] | None) -> Iterator[Fate]:
    for place, article in enumerate(story.articles):
        if held is not None and story.id not in held:
            yield _fate(article, "out", why=Why.EDITED_OUT, score=story.score, terms=story.terms, story=story.id)
            continue
        section = story.section if held is None else held[story.id]
        yield _fate(
            article,
            "also" if place else "in",
            detail=f'covered by "{story.lead.title}"' if place else story.section_reason,
            score=story.score,
            terms=story.terms,
            section=section,
            story=story.id,
        )


def _of_dropped(dropped: Dropped) -> Fate:
    return _fate(dropped.article, "out", why=dropped.why, detail=dropped.detail, score=dropped.score)


def _fate(
    article: Article,
    fate: Literal["in", "also", "out"],
    *,
    why: str = "",
    detail: str = "",
    score: float | None = None,
    terms: tuple[Term, ...] = (),
    section: str = "",
    story: str = "",
) -> Fate:
    return Fate(
        id=article.id,
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        published=article.published,
        fate=fate,
        why=str(why),
        detail=detail,
        score=score,
        terms=terms,
        section=section,
        story=story,
        canonical=article.canonical,
        lead=_lead(article, LEAD_WORDS if story else _LEAD_WORDS_OUTSIDE),
    )


def _lead(article: Article, words: int) -> str:
    return " ".join((article.text or article.teaser).split()[:words])[:LEAD_CHARACTERS]


def after_editing(fates: Sequence[Fate], issue: Issue) -> tuple[Fate, ...]:
    """The same fates once a person edited the draft: stories dropped or brought back, moved to other sections."""
    held = {item.id: section.title for section in issue.sections for item in section.items}
    edited = (_fate_after_editing(fate, held) for fate in fates)
    return tuple(sorted(edited, key=lambda fate: fate.fate == "out"))


def _fate_after_editing(fate: Fate, held: dict[str, str]) -> Fate:
    if not fate.story:
        return fate
    if fate.story not in held:
        return replace(fate, fate="out", why=str(Why.EDITED_OUT), detail="", section="")
    section = held[fate.story]
    if fate.fate != "out":
        return fate if fate.section == section else replace(fate, section=section, detail="moved here by the editor")
    return replace(fate, fate="in" if fate.id == fate.story else "also", why="", section=section)
