"""A page's tree → its blocks of text in order, each with what tells an article's blocks from the others. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001  # lxml has no public name for the type of its elements

#: Elements whose text stands on lines of its own.
_BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details div dl dt fieldset figcaption "  # noqa: SIM905  # words as words
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table "
    "tbody td tfoot th thead title tr ul".split()
)
#: Not text for readers: code, forms, what shows without scripts, metadata.
_SKIPPED = frozenset(
    "head iframe math noscript object script select style svg template textarea title".split()  # noqa: SIM905  # words as words
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """A line of text on a page and the element that it ends with."""

    text: str
    #: Share of its characters that are links.
    linked: float
    element: Element

    @property
    def words(self) -> int:
        return len(self.text.split())

    def ancestors(self) -> Iterator[Element]:
        """Its element and all around it, innermost first."""
        yield self.element
        yield from self.element.iterancestors()

    def is_within(self, element: Element) -> bool:
        return any(ancestor is element for ancestor in self.ancestors())


def read_blocks(tree: Element) -> list[Block]:
    """The blocks of a page in document order, without what no reader sees."""
    reader = _Reader()
    reader.walk(tree)
    return reader.blocks


class _Reader:
    """Collects text until an element that stands on its own begins or ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._linked = 0
        self._links = 0

    def walk(self, tree: Element) -> None:
        events = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
        for event, element in events:
            if event == "start":
                if element.tag in _SKIPPED:
                    events.skip_subtree()
                else:
                    self._start(element)
            else:
                self._end(element, closes=event == "end" and element.tag not in _SKIPPED)

    def _start(self, element: Element) -> None:
        if element.tag in _BLOCKS:
            self._finish(element.getparent())
        self._links += element.tag == "a"
        self._add(element.text)

    def _end(self, element: Element, *, closes: bool) -> None:
        if closes:
            if element.tag in _BLOCKS:
                self._finish(element if element.tag != "br" else element.getparent())
            self._links -= element.tag == "a"
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            self._linked += len(text.strip()) if self._links else 0

    def _finish(self, element: Element | None) -> None:
        text = " ".join("".join(self._parts).split())
        if text and element is not None:
            self.blocks.append(Block(text=text, linked=min(1.0, self._linked / len(text)), element=element))
        self._parts.clear()
        self._linked = 0


def kind_of(element: Element, *, depth: int = 3) -> tuple[str, ...]:
    """What an element is like: tags and classes of it and of those around it, the same for elements of one kind."""
    around = [element, *islice(element.iterancestors(), depth - 1)]
    return tuple(f"{each.tag} {_DIGITS.sub('', each.get('class') or '')}" for each in around)


#: Classes are often numbered: "post-7816", "jsx-2880685507".
_DIGITS = re.compile(r"\d+")
