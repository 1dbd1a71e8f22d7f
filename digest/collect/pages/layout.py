"""Replaces markup that only lays out a page by markup of boxes and paragraphs, in place.

Older pages put the whole page into tables, a menu in one cell and the article in another, and break preformatted lines
by hand. An extractor takes the first for a table with data, one row a paragraph, and each line of the second for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from digest.collect.pages.blocks import Element
from digest.collect.prose.furniture import is_prose

_TABLE_PARTS = frozenset("table tbody thead tfoot tr td th caption".split())  # noqa: SIM905  # words as words
#: What stands in cells of a page, and not in those of data.
_LAID_OUT = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote div center pre table".split())  # noqa: SIM905  # words as words
_LABELS = frozenset({"th", "caption", "thead"})
#: A cell with so many words is an article's, or with so many and paragraphs in it; cells with data have a handful.
_LONG_CELL, _PARAGRAPHED_CELL = 60, 20
_FEWEST_BREAKS = 2
_BLANK_LINES = re.compile(r"\n\s*\n")


def unwrap_layout(tree: Element) -> None:
    """Turn the cells of tables that lay out the page into plain boxes, and preformatted prose into paragraphs."""
    for table in list(tree.iter("table")):
        if _is_layout(table):
            # The cells of a table within it are its own matter.
            for part in [table, *_own_parts(table)]:
                part.tag = "div"
    for preformatted in list(tree.iter("pre")):
        if len(preformatted) == 0 and is_prose(" ".join((preformatted.text or "").split())):
            _paragraphed(preformatted)


def _is_layout(table: Element) -> bool:
    if table.get("role") in {"presentation", "none"} or next(table.iterdescendants("table"), None) is not None:
        return True
    parts = list(_own_parts(table))
    if any(part.tag in _LABELS for part in parts):
        return False
    cells = [(cell, _words(cell)) for cell in parts if cell.tag == "td"]
    if any(words >= _LONG_CELL or (words >= _PARAGRAPHED_CELL and _has_paragraphs(cell)) for cell, words in cells):
        return True
    rows = [row for row in parts if row.tag == "tr"]
    return sum(words for _, words in cells) >= _LONG_CELL and all(_filled(row) <= 1 for row in rows)


def _own_parts(table: Element) -> Iterator[Element]:
    """The rows and cells of a table, not those of tables in it."""
    waiting = list(table)
    while waiting:
        part = waiting.pop(0)
        if part.tag in _TABLE_PARTS and part.tag != "table":
            yield part
            waiting += [] if part.tag in {"td", "th", "caption"} else list(part)
        elif part.tag == "form":
            # Between a table and its rows, as old generators write it.
            waiting += list(part)


def _has_paragraphs(cell: Element) -> bool:
    inside = [element.tag for element in cell.iterdescendants()]
    return not _LAID_OUT.isdisjoint(inside) or inside.count("br") >= _FEWEST_BREAKS


def _filled(row: Element) -> int:
    return sum(_words(cell) > 0 for cell in row)


def _words(element: Element) -> int:
    return len("".join(element.itertext()).split())


def _paragraphed(preformatted: Element) -> None:
    paragraphs = _BLANK_LINES.split(preformatted.text or "")
    preformatted.tag, preformatted.text = "div", None
    for paragraph in paragraphs:
        etree.SubElement(preformatted, "p").text = " ".join(paragraph.split())
