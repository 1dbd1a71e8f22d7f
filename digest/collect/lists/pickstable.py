"""A table of links, as programs for bookmarks export them (CSV) → the owner's picks. Pure."""

from __future__ import annotations

import csv
import io
import re

from digest.collect.lists.picks import OwnPick, PicksFile, picks_of
from digest.text.clean import clean_line
from digest.text.html import without_tags_in_text
from digest.text.urls import http_url

#: What programs call their columns.
_LINK = ("url", "link", "href", "address", "uri")
_TITLE = ("title", "name", "headline")
_NOTE = ("note", "notes", "comment", "comments", "description", "excerpt", "annotation")
_DELIMITERS = (",", ";", "\t")


def parse_table(text: str) -> PicksFile | None:
    """Read the picks of a table; rows that hold none are reported with their line. None where the text is no table."""
    header = _header(text)
    if header is None:
        return None
    columns, delimiter = header
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=False)
    found: list[OwnPick] = []
    problems: list[tuple[int, str]] = []
    next(rows)
    line = rows.line_num + 1
    try:
        for row in rows:
            cells = dict(zip(columns, map(clean_line, row), strict=False))
            address = next((cells[name] for name in _LINK if cells.get(name)), "")
            url = http_url(address) if "://" in address else None
            if url:
                found.append(OwnPick(url=url, title=_cell(cells, _TITLE), note=_cell(cells, _NOTE), line=line))
            elif any(cells.values()):
                problems.append((line, f'"{address[:80]}" is no web address: write it in full, "https://..."'))
            line = rows.line_num + 1
    except csv.Error as error:
        problems.append((line, f"cannot be read as a table from here on: {error}"))
    return picks_of(found, problems)


def _cell(cells: dict[str, str], names: tuple[str, ...]) -> str:
    return without_tags_in_text(next((cells[name] for name in names if cells.get(name)), ""))


def _header(text: str) -> tuple[list[str], str] | None:
    """The columns that the first line names, one of them that of the links, and what parts them."""
    first = text.removeprefix("\ufeff").lstrip("\r\n").partition("\n")[0]
    for delimiter in _DELIMITERS:
        columns = [re.sub(r"\W+", "", name).lower() for name in first.split(delimiter)]
        if len(columns) > 1 and any(name in columns for name in _LINK):
            return columns, delimiter
    return None
