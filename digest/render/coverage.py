"""Who else covers a story: publishers, each named once."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model import Item, Link
from digest.render.citation import citations, plain_name

#: As many names as fit on three lines of a phone. An event can have 30 outlets; with six links to each of 20 stories
#: a letter stays below 90 KiB (tests/render/test_html.py measures it).
_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    links: tuple[Link, ...]
    #: Publishers that are not named; 0, or at least 2.
    more: int


def coverage(item: Item, *, cited: bool = True) -> Coverage:
    """The other publishers on a story with the first link of each; never that of the story itself.

    Args:
        cited: with those that the summary cites. Where their names in it are links, a second one tells nothing new, and
            a letter with both would be clipped.
    """
    by_name: dict[str, Link] = {}
    for link in item.also:
        by_name.setdefault(_key(link), link)
    by_name.pop(plain_name(item.publisher), None)
    links = tuple(by_name.values())
    named = links if len(links) <= _MOST + 1 else links[:_MOST]
    in_summary = set() if cited else {_key(link) for link in citations(item) if link.url}
    shown = tuple(link for link in named if _key(link) not in in_summary)
    return Coverage(links=shown, more=len(links) - len(named))


def _key(link: Link) -> str:
    return plain_name(link.publisher or link.title)
