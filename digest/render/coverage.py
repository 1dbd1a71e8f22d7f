"""Who else covers a story: publishers, each named once."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model import Item, Link

#: As many names as fit on three lines of a phone. An event can have 30 outlets; with six links to each of 20 stories
#: a letter stays below 90 KiB (tests/render/test_html.py measures it).
_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    links: tuple[Link, ...]
    #: Publishers that are not named; 0, or at least 2.
    more: int


def coverage(item: Item) -> Coverage:
    """The other publishers on a story with the first link of each; never that of the story itself."""
    by_name: dict[str, Link] = {}
    for link in item.also:
        by_name.setdefault(_name(link.publisher or link.title), link)
    by_name.pop(_name(item.publisher), None)
    links = tuple(by_name.values())
    if len(links) <= _MOST + 1:
        return Coverage(links=links, more=0)
    return Coverage(links=links[:_MOST], more=len(links) - _MOST)


def _name(publisher: str) -> str:
    return publisher.casefold().removeprefix("the ")
