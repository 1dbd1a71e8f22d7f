"""A summary as it is printed: behind the sentences of another outlet than the leading article's stands its name.

The publisher below the headline is the leading article's; what others say must not read as its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from digest.model import Item, Link, Sentence
from digest.render.script import brackets, word_space
from digest.text.folding import folded_name
from digest.text.headlines import cut_headline
from digest.text.stops import with_stop
from digest.text.urls import shown_host

#: Columns of a name; more is a tagline.
_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some of a summary: sentences and what is between them, or the name of an outlet."""

    text: str
    #: Whether it is a name, and where the article is that the sentences before it are from.
    is_name: bool = False
    url: str | None = None


def cited(item: Item) -> tuple[Piece, ...]:
    """The sentences of a summary in a row, behind those of one article of another outlet its name in brackets."""
    space = word_space(item.language)
    opening, closing = brackets(item.language)
    pieces: list[Piece] = []
    between = ""
    for article, sentences in groupby(item.sentences, lambda sentence: _citation(sentence, item)):
        pieces.append(Piece(text=between + space.join(with_stop(each, item.language) for each in sentences)))
        between = space
        if article:
            name = cut_headline(_outlet(article.publisher, article.url), most=_NAME, language=item.language)
            pieces += [Piece(text=opening), Piece(text=name, is_name=True, url=article.url)]
            between = closing
    if pieces and pieces[-1].is_name:
        pieces.append(Piece(text=closing.rstrip()))
    return tuple(pieces)


def citations(item: Item) -> Iterator[Link]:
    """The articles that a summary names the outlets of."""
    return filter(None, (_citation(sentence, item) for sentence in item.sentences))


def plain_name(publisher: str) -> str:
    """A publisher's name to compare: "The Gazette" and "Gazette" are one."""
    return folded_name(publisher).removeprefix("the ")


def _citation(sentence: Sentence, item: Item) -> Link | None:
    """The article that a sentence has to name, if it has to name one."""
    link = sentence.cites
    name = _outlet(link.publisher, link.url) if link else ""
    return link if name and plain_name(name) != plain_name(_outlet(item.publisher, item.url)) else None


def _outlet(publisher: str, url: str | None) -> str:
    return publisher or shown_host(url or "")
