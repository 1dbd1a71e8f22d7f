"""JSON-LD on a page → what it says of the page's own article (https://schema.org/Article), and of no other one. Pure.

Pages carry the data of related stories, comments, reviews, series and their publisher in the same scripts, often as
articles of the same kind. An article is the page's own if it names the page's address, or if its headline is the
page's; one that names another address, or another headline, is not.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from digest.collect.pages.blocks import Element
from digest.text.clean import clean_line
from digest.text.html import html_to_line
from digest.text.urls import canonical_url, http_url
from digest.text.words import content_words, tokens

_ARTICLE = re.compile(r"(?!Job)\w*(?:Article|Posting|Report)")
_PAGE = re.compile(r"(?:Item|About|Medical)?(?:Web)?Page")
#: Where an object of the page itself may lie within another; all else within one is about something else.
_WITHIN = frozenset({"@graph", "mainEntity", "mainEntityOfPage"})
#: Names that an object gives the page that it is about.
_ADDRESSES = ("url", "@id", "mainEntityOfPage")
_LONGEST_SCRIPT = 1_000_000
_MOST_OBJECTS = 2_000
_MOST_NAMES = 5
_MOST_IN_A_ROW = 20
#: Looking for faults takes time for each opening mark of a comment.
_LONGEST_TO_MEND = 200_000
#: Two headlines are of one article if they share so much of the shorter one's words.
_OF_HEADLINE = 0.5
#: What surrounds JSON that is written by templates, and what its grammar does not allow in it.
_BEFORE = re.compile(r"[\ufeff\s]*(?://[ \t]*|/\*\s*)?(?:<!--|<!\[CDATA\[)\s*(?:\*/)?")
_BEHIND = re.compile(r"(?://[ \t]*|/\*\s*)?(?:-->|\]\]>)\s*(?:\*/)?[\s;]*\Z")
_STRING_OR_FAULT = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])|/\*.{0,200}?\*/|//[^\n]*', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFacts:
    """What the data says of the page's article; "" where it says nothing."""

    headline: str = ""
    published: str = ""
    created: str = ""
    author: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTitles:
    """What a page calls itself beside its data."""

    #: To its readers, and to those who link to it.
    shown: tuple[str, ...]
    #: In its title element, where the site's name may be all.
    in_head: str
    #: BCP 47 primary tag, "" where it is not known.
    language: str


def linked_facts(tree: Element, *, addresses: Iterable[str], titles: PageTitles) -> LinkedFacts:
    """Read the data on the page's own article, or on the page where there is none.

    Args:
        addresses: the page's own.
    """
    things = [thing for script in _scripts(tree) for thing in _objects(script)]
    known = {canonical_url(address) for address in addresses if address}
    articles = [thing for thing in things if _is_of_type(thing, _ARTICLE)]
    pages = [thing for thing in things if _is_of_type(thing, _PAGE)]
    own_objects = _OwnObjects(addresses=known, titles=titles)
    own = next((found for found in map(own_objects.first_of, (articles, pages)) if found), {})
    by_id = {name: thing for thing in things if isinstance(name := thing.get("@id"), str) and len(thing) > 1}
    return LinkedFacts(
        headline=html_to_line(_text_of(own.get("headline"))) if _is_of_type(own, _ARTICLE) else "",
        published=_text_of(own.get("datePublished")),
        created=_text_of(own.get("dateCreated")),
        author=_name_of(own.get("author"), by_id),
        publisher=_name_of(own.get("publisher"), by_id),
    )


def says_the_same(one: str, other: str, language: str = "") -> bool:
    """Whether two titles are of one article, though one may be longer, or reworded for search engines."""
    return _likeness(one, other, language) >= _OF_HEADLINE


def _likeness(one: str, other: str, language: str) -> float:
    """How much of the words of the shorter title the other one has."""
    first, second = (set(content_words(title, language) or tokens(title)) for title in (one, other))
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _OwnObjects:
    """Tells which of several objects is the page's own."""

    addresses: set[str]
    titles: PageTitles

    def first_of(self, things: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
        """The one that has the page's address; else the one of its headline; else one that has neither."""
        headed = {id(thing): self._likeness(thing) for thing in things}
        named = [thing for thing in things if self.addresses.intersection(_addresses(thing))]
        titled = sorted((one for one in things if headed[id(one)] >= _OF_HEADLINE), key=lambda one: -headed[id(one)])
        both = [thing for thing in named if thing in titled or not _headline(thing)]
        return next(iter(both or titled or named or [thing for thing in things if self._is_nameless(thing)]), None)

    def _likeness(self, thing: Mapping[str, Any]) -> float:
        titles = (*self.titles.shown, self.titles.in_head)
        return max(_likeness(_headline(thing), title, self.titles.language) for title in titles)

    def _is_nameless(self, thing: Mapping[str, Any]) -> bool:
        """Whether it tells of neither another address nor another headline than the page has."""
        elsewhere = [address for address in _addresses(thing) if not _is_home(address)]
        return not (self.addresses and elsewhere) and not (_headline(thing) and self.titles.shown)


def _headline(thing: Mapping[str, Any]) -> str:
    return _text_of(thing.get("headline")) or _text_of(thing.get("name"))


def _addresses(thing: Mapping[str, Any]) -> list[str]:
    """The addresses that an object gives the page that it is about; "#article" behind one is a name within the page."""
    values = [thing.get(name) for name in _ADDRESSES]
    values = [value.get("@id") or value.get("url") if isinstance(value, dict) else value for value in values]
    links = (http_url(value.partition("#")[0]) for value in values if isinstance(value, str))
    return [canonical_url(link) for link in links if link]


def _is_home(address: str) -> bool:
    return urlsplit(address).path in {"", "/"}


# --- objects ----------------------------------------------------------------------------------------------------


def _scripts(tree: Element) -> Iterator[Any]:
    for element in tree.iter("script"):
        text = element.text or ""
        if "ld+json" in (element.get("type") or "").lower() and len(text) <= _LONGEST_SCRIPT:
            yield from _values(text)


def _values(text: str) -> list[Any]:
    """The JSON of a script, [] where nobody could read it; template code, escapes and commas too many are let pass."""
    begun = _BEFORE.match(text)
    plain = _BEHIND.sub("", text[begun.end() :] if begun else text).strip("\ufeff \t\r\n;")
    try:
        return [json.loads(plain, strict=False)]
    except (ValueError, RecursionError):
        mended = _mended(html.unescape(plain) if "&quot;" in plain else plain)
    return _values_in_a_row(mended)


def _mended(text: str) -> str:
    """JSON without comments and without commas behind the last of several values."""
    if len(text) > _LONGEST_TO_MEND:
        return text
    return _STRING_OR_FAULT.sub(lambda match: match[0] if match[0][0] == '"' else "", text)


def _values_in_a_row(text: str) -> list[Any]:
    """Objects that stand one after the other, as far as they can be read."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = _next_object(text, 0)
    while at >= 0 and len(found) < _MOST_IN_A_ROW:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        found.append(value)
        at = _next_object(text, at)
    return found


def _next_object(text: str, start: int) -> int:
    """Where the next object or list begins, -1 where none does."""
    return min((at for at in (text.find(mark, start) for mark in "{[") if at >= 0), default=-1)


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [value]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, dict):
            yield thing
            waiting += [inner for name, inner in thing.items() if name in _WITHIN]
        elif isinstance(thing, list):
            waiting += thing


def _is_of_type(thing: Mapping[str, Any], kind: re.Pattern[str]) -> bool:
    """Whether it is of a kind; types may be several, and whole addresses ("http://schema.org/NewsArticle")."""
    types = thing.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and kind.fullmatch(re.split(r"[/#:]", name)[-1]) for name in names)


def _text_of(value: Any) -> str:
    """A text, however it is wrapped: in a list, or as {"@value": ...}."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("@value")
    return clean_line(value) if isinstance(value, str) else ""


def _name_of(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> str:
    """The name of a person or an organization, however it is nested; several are joined by commas."""
    if isinstance(value, list):
        return ", ".join(name for name in (_name_of(one, by_id) for one in value[:_MOST_NAMES]) if name)
    if not isinstance(value, dict):
        return html_to_line(value) if isinstance(value, str) else ""
    reference = value.get("@id")
    whole = by_id.get(reference, value) if isinstance(reference, str) and "name" not in value else value
    return html_to_line(_text_of(whole.get("name")))
