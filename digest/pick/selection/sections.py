"""Which section a story belongs to.

The source's own section first, then the rules of each section in the owner's order (source, feed category), then the
keywords and example articles, found in the story or in what is most like it; what fits none goes to the catch-all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digest.model import Article
from digest.pick.phrases import Phrase, Tokens, phrases
from digest.pick.selection.topics import assign_topics
from digest.settings import SectionSettings
from digest.text.folding import folded_name
from digest.text.language import detect_language
from digest.text.words import stop_words

# Words of an article that are searched for keywords: beyond these it speaks of other things.
_WORDS = 300
_CHARACTERS = 3_000
_HEADLINE_WEIGHT = 3.0
_MOST_HEADLINES = 5

Story = Sequence[Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A section's name and why."""

    section: str
    reason: str
    #: Whether the source or a rule of the owner's demands it.
    is_ruled: bool = False


def place(stories: Sequence[Story], sections: Sequence[SectionSettings], *, catch_all: str) -> list[Placing]:
    """The section of each story, given as its articles with the lead first."""
    by_rule = [_by_rule(story, sections) for story in stories]
    # Stories placed by rule are asked for keywords, too: they are the company of the others.
    by_keywords = _by_keywords(stories, [one for one in sections if one.keywords or one.examples])
    leftover = Placing(section=catch_all, reason="it fits the keywords of no section")
    return [rule or keywords or leftover for rule, keywords in zip(by_rule, by_keywords, strict=True)]


def _by_rule(story: Sequence[Article], sections: Sequence[SectionSettings]) -> Placing | None:
    for article in story:
        placing = _by_hint(article, sections) or _by_source(article, sections) or _by_category(article, sections)
        if placing:
            return placing
    return None


def _by_hint(article: Article, sections: Sequence[SectionSettings]) -> Placing | None:
    if article.section is None:
        return None
    hint = folded_name(article.section)
    name = next((section.name for section in sections if folded_name(section.name) == hint), article.section)
    return Placing(section=name, reason=f"{article.publisher} always goes here", is_ruled=True)


def _by_source(article: Article, sections: Sequence[SectionSettings]) -> Placing | None:
    names = {folded_name(article.source), folded_name(article.publisher)}
    for section in sections:
        if any(folded_name(source) in names for source in section.sources):
            return Placing(section=section.name, reason=f"{article.publisher} is among its sources", is_ruled=True)
    return None


def _by_category(article: Article, sections: Sequence[SectionSettings]) -> Placing | None:
    given = {folded_name(category): category for category in article.categories}
    for section in sections:
        for category in section.categories:
            if folded_name(category) in given:
                reason = f'its source files it under "{category}"'
                return Placing(section=section.name, reason=reason, is_ruled=True)
    return None


def _by_keywords(stories: Sequence[Story], sections: Sequence[SectionSettings]) -> list[Placing | None]:
    wanted = [phrases(section.keywords) for section in sections]
    headlines = [_headlines(story) for story in stories]
    texts = [Tokens.of((story[0].text or story[0].teaser)[:_CHARACTERS], most=_WORDS) for story in stories]
    found = [
        [_keywords_in(of, headline, text) for of in wanted] for headline, text in zip(headlines, texts, strict=True)
    ]
    mentions = np.array([[sum(one.values()) for one in row] for row in found], dtype=np.float64)
    languages = [story[0].language for story in stories]
    bags = [_bag(*given) for given in zip(headlines, texts, languages, strict=True)]
    examples = [(n, _example_bag(text)) for n, section in enumerate(sections) for text in section.examples]
    return [
        Placing(section=sections[topic].name, reason=_reason(row[topic], sections[topic])) if topic >= 0 else None
        for topic, row in zip(assign_topics(bags, mentions, examples), found, strict=True)
    ]


def _example_bag(text: str) -> dict[str, float]:
    """The words of an example: a headline, and below it the text."""
    headline, _, body = text.strip().partition("\n")
    return _bag(Tokens.of(headline), Tokens.of(body[:_CHARACTERS], most=_WORDS), detect_language(text))


def _headlines(story: Story) -> Tokens:
    """The words of the story's headlines, and what the lead's feed files it under."""
    titles = (article.title for article in story[:_MOST_HEADLINES])
    return Tokens.of(" | ".join((*titles, *story[0].categories)))


def _keywords_in(wanted: Sequence[Phrase], headline: Tokens, text: Tokens) -> dict[str, float]:
    """The keywords that an article holds, and how much that counts."""
    counts = {p.written: _HEADLINE_WEIGHT * p.count(headline) + p.count(text) for p in wanted}
    return {keyword: min(count, _HEADLINE_WEIGHT) for keyword, count in counts.items() if count}


def _bag(headline: Tokens, text: Tokens, language: str) -> dict[str, float]:
    stop = stop_words(language)
    bag: dict[str, float] = {word: count for word, count in text.counts.items() if _is_telling(word, stop)}
    for word, count in headline.counts.items():
        if _is_telling(word, stop):
            bag[word] = bag.get(word, 0.0) + 2 * count
    return bag


def _is_telling(word: str, stop: frozenset[str]) -> bool:
    return len(word) > 1 and word not in stop and not word.isdigit()


def _reason(found: dict[str, float], section: SectionSettings) -> str:
    if not found and section.examples:
        return "it is like the section's examples"
    if not found:
        return "it is like others that speak of the section's keywords"
    most = sorted(found, key=lambda keyword: -found[keyword])[:3]
    return f"it speaks of {', '.join(most)}"
