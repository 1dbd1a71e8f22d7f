"""A story → its sentences, and which of them may be in a summary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from digest.model import Article
from digest.summarize.boilerplate import is_boilerplate
from digest.summarize.openings import is_connective, leans_back, names_nobody, turns
from digest.text.quotes import open_quotes, quotes_whole
from digest.text.reading import count_words
from digest.text.sentences import ends_in_title, paragraph_sentences, paragraphs
from digest.text.words import stop_words, tokens

#: Sentences of an article that are looked at: what a reader must know stands further up. From 20 to 200 the scores of
#: the summaries in `consensus` do not move; 15 lose 0.004.
HORIZON = 25

#: A lead may be delayed: among the first five sentences one has two fifths of the headline's words, the first at most
#: one fifth. The figures of `consensus` do not ask for it, readers do ("After the summit comes another meeting ...").
_OPENING, _TOLD, _UNTOLD = 5, 0.4, 0.2

_FEWEST_WORDS = 5
_STOPS = (".", "!", "。", "！", "।", "۔", "．", "։")
_CLOSING = "\"'”’»“)]）」』 "
#: "LONDON (Reuters) - ", "(CNN) -- ", "Boston (CNN)": where a report was written is no part of what it says.
_DATELINE = re.compile(
    r"(?:(?:[^\W\d_a-z][\w.,'’ /-]{1,40}\s?)?\((?:AFP|ANI|AP|Bloomberg|CBS[^)]*|CNN[^)]*|dpa|IANS|Kyodo[^)]*|PTI|"
    r"Reuters|UPI|Xinhua)\)\s*(?:[-–—]{1,2}\s*)?"
    r"|[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я.'’ /-]{2,30}(?:, [A-Z][\w.]{1,12}){0,2}(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?\s?"
    r"(?:\([^)]{2,20}\)\s?)?[-–—]{1,2}\s)"
    r"(?=[^\W\d_a-z]|[“\"'‘«])"
)
#: "PARIS: Service was ...", "Nairobi -- Workers ...": how others write it, on top of a text only.
_PLACE = re.compile(
    r"(?=[A-Z -]{4,}:)[A-Z]{3,}(?:[ -][A-Z]{3,}){0,2}: (?=[A-Z“\"][\w’']*[^A-Z])"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2} -- (?=[A-Z“\"])"
)
_BULLET = re.compile(r"\s*(?:[-*•‣▪–—]|\d{1,3}[.)]|#{1,6})\s")
_ENDING = re.compile(r"(?<=...)(?:ings?|ed(?:ly)?|ly|ies|es|s|e|y)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence where it stands in a story."""

    text: str
    article: Article
    #: The place of its article among the story's, and its own in the article, from 0.
    source: int
    place: int
    #: How soon it comes, counted from the sentence that tells what the headline tells.
    rank: int
    #: It sets the scene for that sentence.
    scene: bool
    #: It begins inside a quotation that the sentence before it opened.
    quoted: bool
    #: Its words, cut to what their forms have in common.
    stems: tuple[str, ...]


def read_lines(articles: Sequence[Article]) -> list[Line]:
    """The first sentences of each article in order; of its teaser where it has no text."""
    return [line for source, article in enumerate(articles) for line in _lines(article, source)]


def is_usable(line: Line) -> bool:
    """Whether a sentence is a whole statement of the story, with its quotations, and no "Meanwhile" before it."""
    text, language = line.text, line.article.language
    bare = text.rstrip(_CLOSING)
    return (
        not line.quoted
        and not line.scene
        and bare.endswith(_STOPS)
        and not bare.endswith("...")
        and not ends_in_title(bare)
        and not text[0].islower()
        and count_words(text) >= _FEWEST_WORDS
        and not _BULLET.match(text)
        and (turns(text, language) or not is_connective(text, language))
        and quotes_whole(text, language)
        and _brackets_whole(text)
        and not is_boilerplate(text)
    )


def _brackets_whole(text: str) -> bool:
    # "1)" and ":)" close what was never opened.
    return text[0] != "[" and text.count("(") <= text.count(")") and text.count("[") <= text.count("]")


def leans(line: Line) -> bool:
    """Whether a sentence is understood only after the one before it; the first has the headline before it."""
    judge = leans_back if line.place else names_nobody
    return turns(line.text, line.article.language) or judge(line.text, line.article.language)


def content(line: Line) -> frozenset[str]:
    """The stems that carry meaning."""
    return frozenset(line.stems) - _stop_stems(line.article.language)


def stems(text: str) -> tuple[str, ...]:
    """The words of a text, cut to what their forms have in common."""
    return tuple(_stem(word) for word in tokens(text))


def _lines(article: Article, source: int) -> list[Line]:
    texts = list(islice(_texts(article), HORIZON))
    words = [stems(text) for text, _ in texts]
    lead = _lead(words, frozenset(stems(article.title)) - _stop_stems(article.language))
    return [
        Line(
            text=text,
            article=article,
            source=source,
            place=place,
            rank=place - lead if place >= lead else lead - place + 2,
            scene=place < lead,
            quoted=quoted,
            stems=own,
        )
        for place, ((text, quoted), own) in enumerate(zip(texts, words, strict=True))
    ]


def _texts(article: Article) -> Iterator[tuple[str, bool]]:
    """The sentences of an article without datelines; and whether each begins inside a quotation."""
    begun = False
    # A text shorter than its teaser is a stump of it, or of something else.
    for paragraph in paragraphs(max(article.text, article.teaser, key=len)):
        open_before: str | None = ""
        for sentence in paragraph_sentences(paragraph, article.language):
            dateline = _DATELINE.match(sentence) or (None if begun else _PLACE.match(sentence))
            begun = True
            yield sentence[dateline.end() :] if dateline else sentence, bool(open_before)
            open_before = open_quotes(sentence, article.language, open_before or "")


def _lead(sentences: Sequence[Sequence[str]], headline: frozenset[str]) -> int:
    """The place of the first sentence, or of one soon after that tells the headline where the first only leads up."""
    if not headline or not sentences:
        return 0
    told = [len(headline.intersection(sentence)) / len(headline) for sentence in sentences[:_OPENING]]
    best = max(told)
    return told.index(best) if told[0] <= _UNTOLD and best >= _TOLD else 0


@cache
def _stem(word: str) -> str:
    # Near enough: with Porter's rules the writers' summaries score the same, with whole words 0.004 less in ROUGE-2.
    return _ENDING.sub("", word)[:7]


@cache
def _stop_stems(language: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in stop_words(language))
