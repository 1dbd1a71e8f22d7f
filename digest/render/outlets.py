"""The other outlets that a story's item names: behind the sentences it takes from them, and in "also covered by".

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
#: As many names as fit on three lines of a phone. An event can have 30 outlets; with six links to each of 20 stories
#: a newsletter stays below 90 KiB (tests/render/test_html.py measures it).
_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some of a summary: sentences and what is between them, or the name of an outlet."""

    text: str
    #: Whether it is a name, and where the article is that the sentences before it are from.
    is_name: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    links: tuple[Link, ...]
    #: Publishers that are not named; 0, or at least 2.
    more: int


def summary_pieces(item: Item) -> tuple[Piece, ...]:
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


def cited_articles(item: Item) -> Iterator[Link]:
    """The articles that a summary names the outlets of."""
    return filter(None, (_citation(sentence, item) for sentence in item.sentences))


def coverage(item: Item, *, cited: bool = True) -> Coverage:
    """The other publishers on a story with the first link of each; never that of the story itself.

    Args:
        cited: with those that the summary cites. Where their names in it are links, a second one tells nothing new, and
            a newsletter with both would be clipped.
    """
    by_name: dict[str, Link] = {}
    for link in item.also:
        by_name.setdefault(_name_of(link), link)
    by_name.pop(_plain_name(item.publisher), None)
    links = tuple(by_name.values())
    named = links if len(links) <= _MOST + 1 else links[:_MOST]
    in_summary = set() if cited else {_name_of(link) for link in cited_articles(item) if link.url}
    shown = tuple(link for link in named if _name_of(link) not in in_summary)
    return Coverage(links=shown, more=len(links) - len(named))


def _plain_name(publisher: str) -> str:
    """A publisher's name to compare: "The Gazette" and "Gazette" are one."""
    return folded_name(publisher).removeprefix("the ")


def _name_of(link: Link) -> str:
    return _plain_name(link.publisher or link.title)


def _citation(sentence: Sentence, item: Item) -> Link | None:
    """The article that a sentence has to name, if it has to name one."""
    link = sentence.cites
    name = _outlet(link.publisher, link.url) if link else ""
    return link if name and _plain_name(name) != _plain_name(_outlet(item.publisher, item.url)) else None


def _outlet(publisher: str, url: str | None) -> str:
    return publisher or shown_host(url or "")
