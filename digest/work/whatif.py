"""What would have changed an issue: its stories chosen again under one other setting.

Nothing is guessed: each change that is told was tried, by the same `choose` that made the issue, on what ballot.json
holds of it. Where a change reaches further than that (a weight that gives a story another lead, and so perhaps another
section) it is not told.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

from scipy.sparse import csr_matrix

from digest.issue.ballot import Ballot, BallotArticle, BallotStory
from digest.model import Article, Story, Term
from digest.pick.picking import choose
from digest.pick.ranking.rank import MOST_KEYWORDS, with_weight
from digest.pick.ranking.worth import worth
from digest.pick.selection.select import Capacity, from_pairs

#: Numbers of stories of a source or section that are tried beyond what is set.
_MORE = 10
_NUMBERS = frozenset({"max_stories", "per_source", "per_section", "per_topic"})
#: The most that settings allow.
_MOST_STORIES = 500
#: An issue with more times the stories is another newsletter.
_SAME_NEWSLETTER = 3
_WEIGHTS = (*(n / 10 for n in range(1, 21)), 2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 20.0, 50.0, 100.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One setting with another value."""

    table: Literal["pick", "sources", "sections"]
    key: str
    value: float | str
    #: The source's location or the section's name.
    of: str = ""
    #: As readers know the source.
    called: str = ""

    def __str__(self) -> str:
        if self.key in {"boost", "mute"}:
            return f'"{self.value}" in {self.key}'
        where = {"pick": "", "sources": f" for {self.called}", "sections": f" for the section {self.of}"}[self.table]
        return f"{self.key} = {self.value:g}{where}"


@dataclass(frozen=True)
class Choice:
    """The choice of an issue's stories, to be made again."""

    ballot: Ballot

    def made_again(self, *changes: Change) -> tuple[Story, ...] | None:
        """The stories that are taken with these changes, best first; None where what is on record does not tell."""
        stories = tuple(self._changed(changes)) if changes else self._stories
        floors = [float(change.value) for change in changes if change.key == "min_score"]
        least = floors[-1] if floors else self.ballot.min_score
        taken, _ = choose(stories, self._near, capacity=self._capacity(changes), least=least)
        weights = [change for change in changes if change.key == "weight"]
        if any(self._reaches_further(change, stories, taken) for change in weights):
            return None
        return tuple(taken)

    def holds(self, article: str, *changes: Change) -> bool | None:
        """Whether an article is in the issue; None where that can't be told."""
        taken = self.made_again(*changes)
        return None if taken is None else _place_of(taken, article) > 0

    def candidate(self, article: str) -> BallotStory | None:
        """The story that an article stood for the choice in."""
        return next((one for one in self.ballot.candidates if article in _articles(one)), None)

    @cached_property
    def _stories(self) -> tuple[Story, ...]:
        return tuple(_story(candidate, self.ballot.until) for candidate in self.ballot.candidates)

    @cached_property
    def _near(self) -> csr_matrix:
        pairs = [(int(a), int(b), cosine) for a, b, cosine in self.ballot.near]
        return from_pairs(pairs, len(self.ballot.candidates))

    def _capacity(self, changes: Sequence[Change]) -> Capacity:
        ballot = self.ballot
        said = {
            change.key: int(change.value) for change in changes if change.key in _NUMBERS and change.table == "pick"
        }
        stories = said.get("max_stories", ballot.max_stories)
        sections = {section.name: section.most for section in ballot.sections if section.most}
        sections |= {change.of: int(change.value) for change in changes if change.table == "sections"}
        return Capacity(
            stories=stories,
            per_source=said.get("per_source", ballot.per_source),
            per_section=said.get("per_section", ballot.per_section),
            sections=sections if ballot.sections else {ballot.catch_all: stories},
            per_topic=said.get("per_topic", ballot.per_topic),
            catch_all=ballot.catch_all,
            sections_give_way=ballot.sections_give_way and "per_section" not in said,
        )

    def _changed(self, changes: Sequence[Change]) -> Iterator[Story]:
        for candidate, story in zip(self.ballot.candidates, self._stories, strict=True):
            changed = candidate
            for change in changes:
                if change.key == "weight" and any(voice.source == change.of for voice in candidate.voices):
                    changed = _weighted(changed, change.of, float(change.value))
                elif change.key == "boost" and change.value in candidate.own_words:
                    changed = replace(changed, terms=_boosted(changed))
            yield story if changed is candidate else _story(changed, self.ballot.until)

    def _reaches_further(self, change: Change, stories: Iterable[Story], taken: list[Story]) -> bool:
        """Whether the articles of a story that may be taken, now or then, come in another order.

        It might have another lead and another section then. What scores less than any story taken, even before
        anything is taken off for those above, is not taken in any case.
        """
        unsure = [
            max(before.score, after.score)
            for candidate, before, after in zip(self.ballot.candidates, self._stories, stories, strict=True)
            if _ids(before) != _ids(after) or _draws(candidate, change)
        ]
        full = len(taken) == self.ballot.max_stories
        return bool(unsure) and (not full or max(unsure) >= min(story.score for story in taken))


def _ids(story: Story) -> list[str]:
    return [article.id for article in story.articles]


def _draws(candidate: BallotStory, change: Change) -> bool:
    """Whether a weight becomes that of another article of the story: what decides then is not on record."""
    others = [voice.weight for voice in candidate.voices if voice.source != change.of]
    return len(others) < len(candidate.voices) and change.value in others


def _articles(candidate: BallotStory) -> set[str]:
    return {voice.article for voice in candidate.voices}


def _story(candidate: BallotStory, until: datetime) -> Story:
    return Story(
        articles=tuple(_article(voice, until) for voice in candidate.voices),
        section=candidate.section,
        score=sum(term.value for term in candidate.terms),
        terms=candidate.terms,
    )


def _article(voice: BallotArticle, until: datetime) -> Article:
    return Article(
        id=voice.article,
        source=voice.source,
        publisher=voice.publisher,
        title="",
        url=None,
        canonical="",
        published=until,
        weight=voice.weight,
        pinned=voice.pinned,
    )


def _weighted(candidate: BallotStory, source: str, weight: float) -> BallotStory:
    """The story with another weight of one source: the heaviest article leads."""
    voices = [replace(voice, weight=weight) if voice.source == source else voice for voice in candidate.voices]
    voices.sort(key=lambda voice: (not voice.pinned, -voice.weight))
    terms = with_weight(candidate.terms, max(voice.weight for voice in voices))
    return replace(candidate, voices=tuple(voices), terms=terms)


def _boosted(candidate: BallotStory) -> tuple[Term, ...]:
    """The terms with one more boost word in the headline."""
    found = sum(term.value for term in candidate.terms if term.name == "keywords")
    term = Term(name="keywords", value=min(MOST_KEYWORDS, found + 1))
    terms = (*(term for term in candidate.terms if term.name != "keywords"), term)
    return with_weight(terms, max(voice.weight for voice in candidate.voices))


# --- what to try ------------------------------------------------------------------------------------------------


def to_get_in(choice: Choice, article: str) -> tuple[Change, ...]:
    """The single settings, each with its nearest value, that would have brought an article in."""
    candidate = choice.candidate(article)
    if candidate is None:
        return ()
    ladders = (_more_stories(choice, article), *_ladders(choice.ballot, candidate, up=True))
    return tuple(step for ladder in ladders if (step := _first(choice, article, ladder, held=True)))


def together_in(choice: Choice, article: str) -> tuple[Change, ...]:
    """The settings that would have brought an article in together; () where that takes another newsletter."""
    candidate = choice.candidate(article)
    if candidate is None:
        return ()
    boosts = tuple(Change(table="pick", key="boost", value=word) for word in candidate.own_words[:2])
    for changes in (boosts, _wide_enough(choice, candidate, article)):
        if len(changes) > 1 and choice.holds(article, *changes):
            return changes
    return ()


def standing(choice: Choice, article: str) -> int:
    """The place that an article's story would have if there were room for all, counted from 1; 0 where it has none."""
    candidate = choice.candidate(article)
    return _place_of(_with_room_for_all(choice, candidate), article) if candidate else 0


def _with_room_for_all(choice: Choice, candidate: BallotStory) -> tuple[Story, ...]:
    most = _numbers(choice.ballot, candidate.section, _MOST_STORIES, _MOST_STORIES, _MOST_STORIES)
    return choice.made_again(*most) or ()


def _wide_enough(choice: Choice, candidate: BallotStory, article: str) -> tuple[Change, ...]:
    """The numbers that make room for an article, as far as that is the same newsletter still."""
    taken = _with_room_for_all(choice, candidate)
    above = taken[: _place_of(taken, article)]
    if not above or len(above) > _SAME_NEWSLETTER * choice.ballot.max_stories:
        return ()
    return _numbers(
        choice.ballot,
        candidate.section,
        len(above),
        sum(story.lead.source == above[-1].lead.source for story in above),
        sum(story.section == candidate.section for story in above),
    )


def _numbers(ballot: Ballot, section: str, stories: int, of_source: int, of_section: int) -> tuple[Change, ...]:
    """Those of the three numbers that are larger than what is set."""
    most = _section_change(ballot, section, of_section)
    changes = (
        (ballot.max_stories, Change(table="pick", key="max_stories", value=stories)),
        (ballot.per_source, Change(table="pick", key="per_source", value=of_source)),
        *([(_section_most(ballot, section), most)] if most else []),
    )
    return tuple(change for now, change in changes if int(change.value) > now)


def full_sections(choice: Choice) -> tuple[tuple[int, Change], ...]:
    """The sections whose own number keeps out better stories than some that are in: how many, and what would do."""
    held = Counter(story.section for story in choice.made_again() or ())
    told = []
    for section in choice.ballot.sections:
        if section.most is None and choice.ballot.sections_give_way:
            continue
        wide = choice.made_again(Change(table="sections", key="max_stories", value=_MOST_STORIES, of=section.name))
        most = sum(story.section == section.name for story in wide or ())
        if most > held[section.name]:
            change = Change(table="sections", key="max_stories", value=most, of=section.name)
            told.append((most - held[section.name], change))
    return tuple(told)


def to_get_out(choice: Choice, article: str) -> tuple[Change, ...]:
    """The single settings, each with its nearest value, that would have kept an article out."""
    candidate = choice.candidate(article)
    if candidate is None or candidate.voices[0].pinned:
        return ()
    below = _place_of(choice.made_again(), article) - 1
    fewer = [Change(table="pick", key="max_stories", value=below)] if below > 0 else []
    ladders = (fewer, *_ladders(choice.ballot, candidate, up=False))
    return tuple(step for ladder in ladders if (step := _first(choice, article, ladder, held=False)))


def _first(choice: Choice, article: str, ladder: Iterable[Change], *, held: bool) -> Change | None:
    """The first change that does it."""
    return next((change for change in ladder if choice.holds(article, change) is held), None)


def _more_stories(choice: Choice, article: str) -> list[Change]:
    """A larger issue begins with the smaller one, so one choice tells how large it has to be."""
    place = _place_of(choice.made_again(Change(table="pick", key="max_stories", value=_MOST_STORIES)), article)
    return [Change(table="pick", key="max_stories", value=place)] if place else []


def _place_of(taken: Sequence[Story] | None, article: str) -> int:
    """Counted from 1; 0 where it is not among them."""
    places = (at for at, story in enumerate(taken or (), 1) if any(one.id == article for one in story.articles))
    return next(places, 0)


def _ladders(ballot: Ballot, candidate: BallotStory, *, up: bool) -> Iterator[list[Change]]:
    """Settings with values that are further and further from what is set."""
    lead, section = candidate.voices[0], candidate.section
    yield [Change(table="pick", key="per_source", value=value) for value in _steps(ballot.per_source, up=up)]
    yield [Change(table="pick", key="per_topic", value=value) for value in _steps(ballot.per_topic, up=up)]
    steps = _steps(_section_most(ballot, section), up=up)
    yield [change for value in steps if (change := _section_change(ballot, section, value))]
    if lead.source in ballot.own_sources:
        weights = [weight for weight in _WEIGHTS if (weight > lead.weight if up else weight < lead.weight)]
        yield [
            Change(table="sources", key="weight", value=weight, of=lead.source, called=lead.publisher)
            for weight in (weights if up else reversed(weights))
        ]
    if up:
        yield [Change(table="pick", key="boost", value=word) for word in candidate.own_words]
        floor = math.floor(worth(candidate.terms) * 100) / 100
        yield [Change(table="pick", key="min_score", value=floor)]


def _section_most(ballot: Ballot, section: str) -> int:
    own = next((one.most for one in ballot.sections if one.name == section), None)
    return own or ballot.per_section


def _section_change(ballot: Ballot, section: str, value: int) -> Change | None:
    """The setting for the stories of a section; None where the issue has no sections."""
    if not ballot.sections:
        return None
    if any(one.name == section for one in ballot.sections):
        return Change(table="sections", key="max_stories", value=value, of=section)
    return Change(table="pick", key="per_section", value=value)


def _steps(number: int, *, up: bool) -> Iterable[int]:
    return range(number + 1, number + _MORE + 1) if up else range(number - 1, 0, -1)
