"""Which sentences of a story may stand in a summary of it, alone or behind the one before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.summarize.facts.claims import without_quotations
from digest.summarize.sentences.article_sentences import ArticleSentence, content
from digest.summarize.sentences.credits import is_credit_or_notice
from digest.summarize.sentences.openings import is_connective, leans_back, names_nobody, turns
from digest.summarize.sentences.talk import talks
from digest.text.length import count_words
from digest.text.quotes import quotes_whole

_FEWEST_WORDS = 5
_BULLET = re.compile(r"^\s*(?:[-*+•‣▪●○◦■–—]|\d{1,3}[.)]|#{1,6})\s")
_SAYS = re.compile(r"[^\W\d_]")
#: With no more words that carry meaning, and neither name nor figure, a sentence says little. With four the round-ups
#: lose 0.002 of ROUGE-2.
_FEWEST_TELLING = 3
_FACT = re.compile(r"\d|\s[\"“‘(]?[A-ZÀ-ÖØ-ÞА-ЯĄĆĘŁŃÓŚŹŻ]")
#: An article is talk where more than this share of its first sentences is. Of the articles that lead 200 stories of 120
#: feeds those of papers and agencies have 0.25 at most, essays and diaries 0.33 at least, but for two.
_TALK, _TALKING = 12, 0.3


def is_usable(sentence: ArticleSentence) -> bool:
    """Whether a sentence may tell the story: it is a statement, and not the scene for one."""
    return not sentence.scene and is_statement(sentence)


def is_statement(sentence: ArticleSentence, *, fewest: int = _FEWEST_WORDS) -> bool:
    """Whether a sentence is a whole statement, with its quotations, and no "Meanwhile" before it."""
    text, language = sentence.text, sentence.article.language
    return (
        not sentence.quoted
        and sentence.ended
        and not text[0].islower()
        and not text.isupper()
        and count_words(text) >= fewest
        and not _BULLET.match(text)
        and (turns(text, language) or not is_connective(text, language))
        and quotes_whole(text, language)
        and _brackets_whole(text)
        and not is_credit_or_notice(text)
    )


def without_mark(text: str) -> str:
    """A text without the mark that makes an item of a list of it, if it has one."""
    return _BULLET.sub("", text, count=1)


def _brackets_whole(text: str) -> bool:
    # "1)" and ":)" close what was never opened.
    return text[0] != "[" and text.count("(") <= text.count(")") and text.count("[") <= text.count("]")


def leans(sentence: ArticleSentence) -> bool:
    """Whether a sentence is understood only after the one before it; the first has the headline before it."""
    text, language = sentence.text, sentence.article.language
    if sentence.begins:
        return turns(text, language) or names_nobody(text, language)
    return turns(text, language) or leans_back(text, language) or _is_only_quoted(text)


def _is_only_quoted(text: str) -> bool:
    """Whether a sentence does not say whose words it is."""
    return not _SAYS.search(without_quotations(text))


def is_talk(sentence: ArticleSentence) -> bool:
    """Whether a sentence is one of many that the author tells the readers in a row."""
    return talks(sentence.text, sentence.article.language)


def is_talk_throughout(sentences: Sequence[ArticleSentence]) -> bool:
    """Whether the author of an article talks to the readers all along: an essay or a diary, not a report."""
    first = [sentence for sentence in sentences[:_TALK] if not is_credit_or_notice(sentence.text)]
    return sum(map(is_talk, first)) > _TALKING * len(first)


def says_little(sentence: ArticleSentence) -> bool:
    """Whether a sentence only leads to the next one or sighs over the one before: "Not everything went to plan." """
    return len(content(sentence)) <= _FEWEST_TELLING and not _FACT.search(sentence.text)
