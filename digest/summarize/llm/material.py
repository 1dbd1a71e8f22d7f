"""An article as a model is shown it: clean of what could steer, and no longer than it has to be.

What is shown is also what an answer is held to: a sentence that was taken out here can't be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from digest.model import Article, Story
from digest.summarize.facts.source_text import SourceText
from digest.summarize.llm.refusals import CONTROL, steers
from digest.text.clean import clean_line
from digest.text.language import detect_language, primary_subtag
from digest.text.sentences import paragraph_sentences, paragraphs

#: Characters shown of an article, and of a story. News says early what it has to say (`article_sentences.HORIZON`).
_ARTICLE, _STORY = 4_000, 10_000
#: Articles shown of a story.
_MOST = 5


def language_of(story: Story) -> str:
    """The language that a story is told in; "" where nobody can tell."""
    lead = story.lead
    named = primary_subtag(lead.language)
    return named or detect_language(f"{lead.title} {lead.text or lead.teaser}")


def sources_of(story: Story) -> tuple[SourceText, ...]:
    """The articles of a story that a model may be shown: those in its language, the leading one first."""
    language = language_of(story)
    found: list[SourceText] = []
    room = _STORY
    for article in story.articles:
        if article.language and primary_subtag(article.language) != language:
            continue
        source = _source(article, language, most=min(_ARTICLE, room))
        if source.text and room > 0:
            found.append(source)
            room -= len(source.text)
    return tuple(found[:_MOST])


def printed_source(texts: Iterable[str], *, language: str, article: str) -> SourceText:
    """What is printed on a story, as the source of what introduces it."""
    fit = (text for text in map(clean_line, texts) if text and not steers(text, language))
    return SourceText("\n\n".join(fit), language=language, article=article)


def _source(article: Article, language: str, *, most: int) -> SourceText:
    kept: list[str] = []
    for paragraph in (article.title, *paragraphs(max(article.text, article.teaser, key=len))):
        fit = " ".join(_fit(paragraph, language, most=most))
        most -= len(fit)
        if fit:
            kept.append(fit)
    return SourceText("\n\n".join(kept), language=language, article=article.id)


def _fit(paragraph: str, language: str, *, most: int) -> Iterator[str]:
    for sentence in paragraph_sentences(clean_line(paragraph), language):
        most -= len(sentence) + 1
        if most < 0:
            return
        if not steers(sentence, language):
            yield CONTROL.sub(" ", sentence)
