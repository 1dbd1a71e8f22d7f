"""Which sentences of an article can stand alone, away from their neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.model import Article
from digest.text.reading import count_words
from digest.text.sentences import paragraphs, split_sentences

_MIN_WORDS = 5

#: Openings that lean on the sentence before: pronouns, connectives, "the move".
_LEANS = re.compile(
    r"[\"'“‘«„(]*(?:he|she|it|they|his|her|its|their|this|that|these|those|but|and|or|so|yet|still|then|also|however|"
    r"meanwhile|moreover|instead|in (?:addition|fact|turn)|the (?:move|decision|former|latter|pair|news))\b",
    re.IGNORECASE,
)
_OPEN, _CLOSE = "“«„", "”»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may be in a summary."""

    text: str
    article: str
    #: Its place among the sentences of its article, counted from 0.
    place: int
    #: How many of the article's sentences there are in all.
    out_of: int
    words: int


def candidates(article: Article) -> list[Candidate]:
    """The sentences of an article that stand alone, in its order."""
    source = article.text or article.teaser
    sentences = [s for p in paragraphs(source) for s in split_sentences(p, article.language)]
    return [
        Candidate(text=text, article=article.id, place=place, out_of=len(sentences), words=count_words(text))
        for place, text in enumerate(sentences)
        if stands_alone(text)
    ]


def stands_alone(sentence: str) -> bool:
    """Whether a reader who has not seen what is before it knows what a sentence is about."""
    return (
        count_words(sentence) >= _MIN_WORDS
        and sentence.rstrip("\"'”’»)").endswith((".", "!", "…", "。", "।", "؟", "۔", "！"))
        and not _LEANS.match(sentence)
        and quotes_whole(sentence)
    )


def quotes_whole(sentence: str) -> bool:
    """Whether every quotation in it is opened and closed."""
    opened = sum(sentence.count(mark) for mark in _OPEN)
    closed = sum(sentence.count(mark) for mark in _CLOSE)
    return opened == closed and sentence.count('"') % 2 == 0
