"""What the stories of an issue were chosen from, and by which settings: the content of ballot.json.

With it the choice can be made again, so that `digest explain` knows weeks later what would have changed it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, pairwise

from digest.model import Article, Picked, Story, Term, Window
from digest.settings import Settings
from digest.text.words import stop_words, tokens

#: What boost words are looked for in, at the most (`pick.ranking.rank`).
_LEAD_CHARACTERS = 600
_MOST_WORDS = 3
_SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotArticle:
    """An article of a story, as far as the choice looks at it."""

    article: str
    source: str
    publisher: str
    weight: float
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotStory:
    """A story as it stood for the choice."""

    section: str
    #: Those it has by itself.
    terms: tuple[Term, ...]
    #: The lead first.
    voices: tuple[BallotArticle, ...]
    #: Words of its headline, and two in a row, that no other story has in its headlines and first sentences.
    own_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLimit:
    """A section of digest.toml and its own max_stories."""

    name: str
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """All that the choice of stories was made from."""

    since: datetime
    until: datetime
    max_stories: int
    per_source: int
    per_section: int
    catch_all: str
    sections: tuple[SectionLimit, ...]
    #: Locations that digest.toml names itself: others come from a list of feeds and have no weight of their own.
    own_sources: tuple[str, ...]
    candidates: tuple[BallotStory, ...]
    #: Two candidates by their places, and how much they are on one subject (`model.news.Near`).
    near: tuple[tuple[float, ...], ...]
    per_topic: int = 2
    min_score: float | None = None
    #: Whether better stories may go beyond `per_section`.
    sections_give_way: bool = False


def ballot_of(picked: Picked, *, window: Window, settings: Settings) -> Ballot:
    """Note what an issue's stories were chosen from."""
    words = _own_words(picked.considered)
    return Ballot(
        since=window.since,
        until=window.until,
        max_stories=settings.pick.max_stories,
        per_source=settings.pick.per_source,
        per_section=settings.pick.per_section,
        catch_all=settings.pick.catch_all,
        sections=tuple(SectionLimit(name=section.name, most=section.max_stories) for section in settings.sections),
        own_sources=tuple(source.location for source in settings.source_list() if source.kind != "opml"),
        candidates=tuple(
            BallotStory(
                section=story.section,
                terms=story.terms,
                voices=tuple(_voice(article) for article in story.articles),
                own_words=own,
            )
            for story, own in zip(picked.considered, words, strict=True)
        ),
        near=picked.near,
        per_topic=settings.pick.per_topic,
        min_score=settings.pick.min_score,
        sections_give_way=settings.pick.sections_give_way,
    )


def _voice(article: Article) -> BallotArticle:
    return BallotArticle(
        article=article.id,
        source=article.source,
        publisher=article.publisher,
        weight=article.weight,
        pinned=article.pinned,
    )


def _own_words(stories: Sequence[Story]) -> list[tuple[str, ...]]:
    said = [_phrases(_texts(story.articles)) for story in stories]
    used = Counter(phrase for phrases in said for phrase in phrases)
    return [_only_here(story, phrases, used) for story, phrases in zip(stories, said, strict=True)]


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        yield from (article.title, article.text[:_LEAD_CHARACTERS], article.teaser[:_LEAD_CHARACTERS])


def _phrases(texts: Iterable[str]) -> set[str]:
    """The words of the texts, and each two in a row."""
    said = [tokens(text) for text in texts]
    return {word for words in said for word in words} | {f"{a} {b}" for words in said for a, b in pairwise(words)}


def _only_here(story: Story, phrases: set[str], used: Counter[str]) -> tuple[str, ...]:
    title, stop = tokens(story.lead.title), stop_words(story.lead.language)
    telling = [word for word in title if _is_telling(word, stop)]
    pairs = [f"{a} {b}" for a, b in pairwise(title) if a in telling and b in telling]
    # A boost word also finds its plural.
    own = (
        phrase
        for phrase in dict.fromkeys((*sorted(telling, key=lambda word: -len(word)), *pairs))
        if all(used[form] <= (form in phrases) for form in (phrase, f"{phrase}s", f"{phrase}es"))
    )
    return tuple(islice(own, _MOST_WORDS))


def _is_telling(word: str, stop: frozenset[str]) -> bool:
    shortest = _SHORTEST_WORD if word.isascii() else 2
    return len(word) >= shortest and not word.isdigit() and word not in stop


def telling_word(title: str, language: str = "") -> str:
    """The longest word of a title that says something; "" where there is none."""
    stop = stop_words(language)
    return max((word for word in tokens(title) if _is_telling(word, stop)), key=len, default="")
