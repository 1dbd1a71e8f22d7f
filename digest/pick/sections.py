"""Which section a story belongs to.

The source's own section first, then the rules of each section in the owner's order (source, feed category), then
keywords; what matches none goes to the catch-all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.config import SectionSettings
from digest.model import Article
from digest.pick.phrases import Phrase, phrases
from digest.text.words import tokens

# Words of an article that are searched for keywords: beyond these it speaks of other things.
_WORDS = 300
_TITLE_WEIGHT = 3
# One passing mention ("new data from the bureau") says nothing about the subject; a word of the title or two do.
_LEAST_SCORE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A section's name and why."""

    section: str
    reason: str


def place(
    stories: Sequence[Sequence[Article]], sections: Sequence[SectionSettings], *, catch_all: str
) -> list[Placing]:
    """The section of each story, given as its articles with the lead first."""
    keywords = [phrases(section.keywords) for section in sections]
    return [
        _by_rule(story, sections)
        or _by_keywords(story, sections, keywords)
        or Placing(section=catch_all, reason="no rule and no keyword of a section fits it")
        for story in stories
    ]


def _by_rule(story: Sequence[Article], sections: Sequence[SectionSettings]) -> Placing | None:
    for article in story:
        placing = _by_hint(article) or _by_source(article, sections) or _by_category(article, sections)
        if placing:
            return placing
    return None


def _by_hint(article: Article) -> Placing | None:
    if article.section is None:
        return None
    return Placing(section=article.section, reason=f"{article.publisher} always goes here")


def _by_source(article: Article, sections: Sequence[SectionSettings]) -> Placing | None:
    names = {article.source.casefold(), article.publisher.casefold()}
    for section in sections:
        if any(source.casefold() in names for source in section.sources):
            return Placing(section=section.name, reason=f"{article.publisher} is among its sources")
    return None


def _by_category(article: Article, sections: Sequence[SectionSettings]) -> Placing | None:
    given = {category.strip().casefold(): category for category in article.categories}
    for section in sections:
        for category in section.categories:
            if category.strip().casefold() in given:
                return Placing(section=section.name, reason=f'its source files it under "{category}"')
    return None


def _by_keywords(
    story: Sequence[Article], sections: Sequence[SectionSettings], keywords: Sequence[tuple[Phrase, ...]]
) -> Placing | None:
    title, words = tokens(story[0].title), tokens(story[0].text or story[0].teaser)[:_WORDS]
    best, best_score, found = None, _LEAST_SCORE - 1, []
    for section, wanted in zip(sections, keywords, strict=True):
        counts = {p.written: _TITLE_WEIGHT * p.count(title) + p.count(words) for p in wanted}
        score = sum(min(count, _TITLE_WEIGHT) for count in counts.values())
        if score > best_score:
            best, best_score, found = section, score, [word for word, count in counts.items() if count]
    if best is None:
        return None
    return Placing(section=best.name, reason=f"it speaks of {', '.join(found[:3])}")
