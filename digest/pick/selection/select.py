"""The stories of the issue: the best first, and what the ones above leave to the ones below.

Greedy: the best story is taken, what only its source tells or what is on its subject loses a little, and so on until
the issue is full. Each source, each section and each subject has room for so many. The catch-all has what a section has
as long as sections have stories, and then all the room they leave: a list of which little fits the owner's sections
makes no short issue, and what fits none crowds nothing out.

A section for which the owner wrote no number may go beyond the usual one, too, at a cost that grows with each story:
the seventh of the world may be better than a fourth of sport that only fills up, the twelfth is not. Once stories of
the catch-all wait, it waits with them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix, triu

from digest.model import Dropped, Near, Story, Term, Why
from digest.pick.matrix import Floats
from digest.settings import PickSettings, SectionSettings

# Above any score.
_FIRST = 1e6
_SAME_SOURCE = -0.25
# With -0.5 a week's issue told an election and then the oath, and left out an attack that two outlets told.
_SAME_TOPIC = -0.75
# For each story beyond a section's usual number.
_CROWDED = -0.25
# Cosines of the leads: below the first two stories are on unlike subjects, from the second on the same. Of two stories
# of one topic (AllSides names it) the median is 0.08, of one event 0.32.
_UNLIKE = 0.08
_ALIKE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How many stories there are places for."""

    stories: int
    per_source: int
    per_section: int
    sections: Mapping[str, int]
    #: Stories on one subject.
    per_topic: int = 2
    #: The section that fills what room the others leave, unless `sections` has a number for it.
    catch_all: str = ""
    #: Whether `per_section` is nobody's word: then better stories may go beyond it.
    sections_give_way: bool = False

    @classmethod
    def of(cls, settings: PickSettings, sections: Sequence[SectionSettings]) -> Capacity:
        return cls(
            stories=settings.max_stories,
            per_source=settings.per_source,
            per_section=settings.per_section,
            # Where the owner has no sections, the catch-all is the issue.
            sections={section.name: section.max_stories for section in sections if section.max_stories}
            if sections
            else {settings.catch_all: settings.max_stories},
            per_topic=settings.per_topic,
            catch_all=settings.catch_all,
            sections_give_way=settings.sections_give_way,
        )

    def in_section(self, section: str) -> int:
        return self.sections.get(section, self.per_section)

    def may_fill(self, section: str) -> bool:
        """Whether a section may hold more than its own, where others leave room."""
        return section not in self.sections and (self.sections_give_way or section == self.catch_all)

    def may_crowd(self, section: str) -> bool:
        """Whether a section may hold more than its own though others have stories."""
        return self.may_fill(section) and section != self.catch_all

    def with_rest_for_catch_all(self) -> Capacity:
        """The same once no other section has a story to offer."""
        return replace(self, sections={self.catch_all: self.stories, **self.sections})


def nearness(rows: csr_matrix) -> csr_matrix:
    """The cosines of each two leads that are on one subject, given their vectors."""
    near = csr_matrix(rows @ rows.T)
    near.data[near.data <= _UNLIKE] = 0.0
    near.eliminate_zeros()
    return near


def as_pairs(near: csr_matrix) -> tuple[Near, ...]:
    """The same as plain values, each two once."""
    pairs = triu(near, k=1).tocoo()
    return tuple(zip(pairs.row.tolist(), pairs.col.tolist(), pairs.data.tolist(), strict=True))


def from_pairs(pairs: Sequence[Near], count: int) -> csr_matrix:
    """What `as_pairs` was made of, for so many stories."""
    a, b, cosine = zip(*pairs, strict=True) if pairs else ((), (), ())
    return csr_matrix(coo_matrix(((*cosine, *cosine), ((*a, *b), (*b, *a))), shape=(count, count), dtype=np.float64))


def select(stories: Sequence[Story], near: csr_matrix, capacity: Capacity) -> tuple[list[Story], list[Dropped]]:
    """Take the best stories, best first, as far as there is room; say why the others are not taken.

    Args:
        near: the `nearness` of the stories' leads, in their order.
    """
    choice = _GreedySelection(stories, near, capacity)
    choice.decide_all()
    choice.fill_up()
    return choice.taken, choice.dropped


class _GreedySelection:
    """The state of the greedy choice."""

    def __init__(self, stories: Sequence[Story], near: csr_matrix, capacity: Capacity) -> None:
        self.taken: list[Story] = []
        self.dropped: list[Dropped] = []
        self._stories = stories
        self._near_to = near
        self._capacity = capacity
        self._open = np.ones(len(stories), dtype=bool)
        #: Stories that have no place while sections have stories, and why they are out if it stays so.
        self._waiting: dict[int, list[Dropped]] = {}
        self._scores: Floats = np.array([story.score for story in stories], dtype=np.float64)
        self._topic_cost: Floats = np.zeros(len(stories))
        self._crowd_cost: Floats = np.zeros(len(stories))
        self._topic_of: list[int] = [-1] * len(stories)
        self._on_subject = np.zeros(len(stories), dtype=np.int64)
        self._by_source: Counter[str] = Counter()
        self._told_by: dict[str, set[int]] = defaultdict(set)
        self._placed_in: dict[str, list[int]] = defaultdict(list)
        self._by_section: Counter[str] = Counter()
        #: What the owner picked is taken first: it has its place whatever its score.
        self._pinned: Floats = np.array([_FIRST * story.lead.pinned for story in stories], dtype=np.float64)
        for i, story in enumerate(stories):
            self._placed_in[story.section].append(i)
            for article in story.articles:
                self._told_by[article.source].add(i)

    def decide_all(self) -> None:
        while self._open.any():
            self._decide()

    def fill_up(self) -> None:
        """Take stories that wait beyond the places of their sections, where the issue has places left."""
        if len(self.taken) >= self._capacity.stories:
            self.dropped += chain.from_iterable(self._waiting.values())
            return
        self._capacity = self._capacity.with_rest_for_catch_all()
        self._open[[*self._waiting]] = True
        self._waiting.clear()
        self.decide_all()

    def _decide(self) -> None:
        """Take the best story that is left, or say why it can't be taken."""
        best = int(np.where(self._open, self._current_scores() + self._pinned, -np.inf).argmax())
        self._open[best] = False
        story = self._with_selection_terms(best)
        refusal = self._refusal(best, story)
        if refusal is None:
            self._take(best, story)
            return
        why, detail = refusal
        dropped = [Dropped(article=a, why=why, detail=detail, score=story.score) for a in story.articles]
        if why is Why.SECTION_CAP and self._capacity.may_fill(story.section):
            self._waiting[best] = dropped
        else:
            self.dropped += dropped

    def _current_scores(self) -> Floats:
        return self._scores + self._topic_cost + self._crowd_cost

    def _with_selection_terms(self, i: int) -> Story:
        """The story with what the ones above take from it, led by an article whose source has a place left."""
        story = self._stories[i]
        variety = self._variety(story)
        topic = Term(name="topic", value=float(self._topic_cost[i]), detail=self._near(i))
        above = f"{self._by_section[story.section]} of {story.section} above, {self._capacity.per_section} are usual"
        crowd = Term(name="section", value=float(self._crowd_cost[i]), detail=above)
        pick = Term(name="your pick", value=0.0, detail="it is in whatever its score")
        terms = (*story.terms, *(term for term in (variety, topic, crowd) if term.value), *([pick] * story.lead.pinned))
        return replace(self._led_by_source_with_places(story), terms=terms, score=sum(term.value for term in terms))

    def _variety(self, story: Story) -> Term:
        """What the story loses for those above of the source that has the fewest there.

        Not for those of its lead's: what several tell is led by whoever tells it best, and in a week of 38 sources the
        deaths of 28 people that two of them told came after a lone record review.
        """
        least = min(story.articles, key=lambda article: self._by_source[article.source])
        above = self._by_source[least.source]
        others = len({article.source for article in story.articles}) > 1
        detail = f"{above} of {least.publisher} above{', no fewer of the others' if others else ''}"
        return Term(name="variety", value=_SAME_SOURCE * above, detail=detail)

    def _near(self, i: int) -> str:
        return f'on the subject of "{self._stories[self._topic_of[i]].lead.title}" above' if self._topic_cost[i] else ""

    def _led_by_source_with_places(self, story: Story) -> Story:
        if story.lead.pinned:
            return story
        lead = next((a for a in story.articles if self._by_source[a.source] < self._capacity.per_source), story.lead)
        if lead is story.lead:
            return story
        others = [article for article in story.articles if article is not lead]
        return replace(story, articles=(lead, *others))

    def _refusal(self, i: int, story: Story) -> tuple[Why, str] | None:
        source, section = story.lead.source, story.section
        if story.lead.pinned:
            return None
        if len(self.taken) >= self._capacity.stories:
            return Why.BELOW_CUT, self._below(story)
        if self._by_source[source] >= self._capacity.per_source:
            places = _places(self._capacity.per_source)
            return Why.SOURCE_CAP, f"Better stories of {story.lead.publisher} have its {places}."
        if self._by_section[section] >= self._capacity.in_section(section) and not self._may_crowd(section):
            return (
                Why.SECTION_CAP,
                f"Better stories have the {_places(self._capacity.in_section(section))} of {section}.",
            )
        if self._on_subject[i] >= self._capacity.per_topic:
            title = self._stories[self._topic_of[i]].lead.title
            return (
                Why.TOPIC_CAP,
                f'Better stories have the {_places(self._capacity.per_topic)} of its subject ("{title}").',
            )
        return None

    def _may_crowd(self, section: str) -> bool:
        # A story of the catch-all that waits scores more than any still to come.
        return self._capacity.may_crowd(section) and not self._waiting

    def _below(self, story: Story) -> str:
        last, places = self.taken[-1].score, _places(self._capacity.stories)
        return f"The issue's {places} are taken from {last:.2f} upwards; it has {story.score:.2f}."

    def _take(self, i: int, story: Story) -> None:
        self.taken.append(story)
        self._by_source[story.lead.source] += 1
        self._by_section[story.section] += 1
        for told in self._told_by[story.lead.source]:
            self._scores[told] = self._stories[told].score + self._variety(self._stories[told]).value
        if self._capacity.may_crowd(story.section):
            beyond = self._by_section[story.section] + 1 - self._capacity.per_section
            self._crowd_cost[self._placed_in[story.section]] = _CROWDED * max(beyond, 0)
        cosines = np.asarray(self._near_to[i].todense()).ravel()
        cost = _SAME_TOPIC * np.clip((cosines - _UNLIKE) / (_ALIKE - _UNLIKE), 0.0, 1.0)
        for nearer in np.flatnonzero((cost < self._topic_cost) & self._open).tolist():
            self._topic_cost[nearer], self._topic_of[nearer] = cost[nearer], i
        self._on_subject += cosines >= _ALIKE


def _places(number: int) -> str:
    return "1 place" if number == 1 else f"{number} places"
