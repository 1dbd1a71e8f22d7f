"""Sections with hardly a story: their stories go to the catch-all.

A heading over a single story makes a reader stop twice for one thing, and six of them in a row make a list that is
called a newsletter. So a section with fewer stories than its `min_stories` goes into the catch-all. Not into a
neighbour: a heading must not promise politics above a story on sport.

It stays where that would do readers a bad turn:

- the owner's rule put a story there (its source's section, a category): they said where to look for it;
- it holds one of the best stories, which would sink to the end of the mail;
- the catch-all would have no more stories than the section has to have: one thin heading for another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.model import Story
from digest.settings import PickSettings, SectionSettings

#: In a short issue every heading is a short one.
_SMALL_ISSUE = 8
_FEWEST = 2
#: One story in so many is a big one.
_BIG = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionMinimums:
    """How many stories make a section."""

    catch_all: str
    #: By the section's name, as far as the owner says.
    least: Mapping[str, int]

    @classmethod
    def of(cls, settings: PickSettings, sections: Sequence[SectionSettings]) -> SectionMinimums:
        least = {section.name: section.min_stories for section in sections if section.min_stories}
        return cls(catch_all=settings.catch_all, least=least)

    def least_in(self, section: str, *, stories: int) -> int:
        return self.least.get(section, _FEWEST if stories >= _SMALL_ISSUE else 1)


def merge_thin_sections(stories: Sequence[Story], minimums: SectionMinimums) -> list[Story]:
    """The stories of an issue, best first, those of nearly empty sections moved to the catch-all."""
    thin = [name for name in dict.fromkeys(story.section for story in stories) if _is_thin(name, stories, minimums)]
    together = sum(story.section in {minimums.catch_all, *thin} for story in stories)
    if together < minimums.least_in(minimums.catch_all, stories=len(stories)):
        return list(stories)
    return [_moved(story, minimums.catch_all) if story.section in thin else story for story in stories]


def _is_thin(section: str, stories: Sequence[Story], minimums: SectionMinimums) -> bool:
    held = [(rank, story) for rank, story in enumerate(stories) if story.section == section]
    if section == minimums.catch_all or len(held) >= minimums.least_in(section, stories=len(stories)):
        return False
    big = -(-len(stories) // _BIG)
    return not any(story.section_is_ruled or rank < big for rank, story in held)


def _moved(story: Story, catch_all: str) -> Story:
    reason = f"folded: {story.section} had too few stories for a section ({story.section_reason})"
    return replace(story, section=catch_all, section_reason=reason)
