"""The lists of subscribers. The CSV file that a person edits is the truth; nothing else remembers a person.

Reading streams, so that a list of a million needs no more memory than a number for each address. Writing changes the
one line it is about and leaves every other byte alone.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from digest.audience.cells import EDGES, clean_name, guard, read_email, read_topics, refuse_formula
from digest.audience.columns import Columns
from digest.audience.listfile import locked, replace
from digest.audience.meanings import ACTIVE
from digest.audience.opened import MailedValues, OpenedList, doubted, header_of, open_list, way_out
from digest.audience.rows import active_keys_of, distinct, read_row
from digest.audience.sheet import Row, Sheet, new_row, preamble, rows, unchanged
from digest.errors import UsageError
from digest.model import BadRow, Subscriber
from digest.text.addresses import address_key

_NOT_CONFIGURED: MailedValues = MappingProxyType({})
#: Bad rows that `check` keeps; further ones are only counted.
MAX_REPORTED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChange:
    """What `add` or `remove` did to a list."""

    kind: Literal["added", "already there", "removed", "not found"]
    #: The address as it is mailed.
    email: str
    #: The lines it stands or stood on, counted from 1.
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What `check` found in a list."""

    path: Path
    #: Valid rows by status: {"active": 120, "unsubscribed": 3}.
    statuses: Mapping[str, int]
    #: Rows that are not mailed until somebody mends them.
    bad: int
    #: The first `MAX_REPORTED` of them.
    bad_rows: tuple[BadRow, ...]
    #: How the file was understood where that was a guess.
    notes: tuple[str, ...]
    #: Columns that may tell who has left and are not understood, a sentence each: nobody is mailed.
    doubts: tuple[str, ...] = ()
    #: The lines for digest.toml that settle them.
    way_out: str = ""


def read(path: Path, mailed_values: MailedValues = _NOT_CONFIGURED) -> Iterator[Subscriber | BadRow]:
    """The list's rows in order, each a subscriber (of any status) or what is wrong with it.

    Of rows with the same address (see `address_key`) the first counts and the others are bad rows, but one that is
    not active outweighs those that are: who has unsubscribed anywhere in the list is not mailed.

    Raises:
        UsageError: there is no such file, it is empty or no CSV, or no column holds the addresses; at once, before
            the first row. While reader: the file was changed meanwhile.
    """
    opened = open_list(path, mailed_values)
    opened.refuse_doubts()
    return distinct(opened)


def people(path: Path, mailed_values: MailedValues = _NOT_CONFIGURED) -> Iterator[Subscriber]:
    """Everybody whose row can be read, also of a list that is not mailed, to look somebody up; may name them twice.

    Raises:
        UsageError: see `read`.
    """
    return (entry for entry in distinct(open_list(path, mailed_values)) if isinstance(entry, Subscriber))


def active_keys(path: Path, mailed_values: MailedValues = _NOT_CONFIGURED) -> Iterator[str]:
    """The keys of those who are mailed, as often as they are on the list: so nobody has to be remembered.

    Raises:
        UsageError: see `read`.
    """
    opened = open_list(path, mailed_values)
    opened.refuse_doubts()
    return active_keys_of(opened)


def check(path: Path, mailed_values: MailedValues = _NOT_CONFIGURED) -> Audit:
    """Read the whole list and count.

    Raises:
        UsageError: see `read`.
    """
    opened = open_list(path, mailed_values)
    statuses: Counter[str] = Counter()
    bad = 0
    bad_rows: list[BadRow] = []
    for entry in distinct(opened):
        if isinstance(entry, Subscriber):
            statuses[entry.status] += 1
        else:
            bad += 1
            bad_rows += [entry] if bad <= MAX_REPORTED else []
    doubts = opened.survey.doubts
    return Audit(
        path=path,
        statuses=dict(statuses),
        bad=bad,
        bad_rows=tuple(bad_rows),
        notes=opened.notes,
        doubts=tuple(doubted(path, doubt) for doubt in doubts),
        way_out=way_out(path, doubts) if doubts else "",
    )


def add(
    path: Path, email: str, *, name: str = "", topics: Sequence[str] = (), mailed_values: MailedValues = _NOT_CONFIGURED
) -> ListChange:
    """Add a person as the list's last row; an active one with that address is left as it is.

    Raises:
        UsageError: the address or name is invalid, the address is in the list but not active, or the list has no
            column for what is to be written; and see `read`.
    """
    cells = _valid_cells(email, name, topics)
    header_of(path)  # an unreadable file gives its own error, before it is locked
    with locked(path):
        opened = open_list(path, mailed_values)
        there, last = _find(opened.sheet, opened.columns, address_key(cells.email))
        for row in there:
            _refuse_inactive(opened, row)
        if there:
            return ListChange(kind="already there", email=cells.email, lines=tuple(row.line for row in there))
        line, written = new_row(opened.sheet, _cells_in_order(opened, cells), below=last)
        replace(path, itertools.chain(unchanged(opened.sheet), [written]), read_at=opened.sheet.stamp)
    return ListChange(kind="added", email=cells.email, lines=(line,))


def remove(path: Path, email: str) -> ListChange:
    """Remove every row with that address, also those that differ in capitals or are bad for another reason.

    Raises:
        UsageError: there is no text to look for; and see `read`.
    """
    key = address_key(email.strip(EDGES))
    if not key:
        raise UsageError("There is no address to remove.", hint="Write it as it stands in the list.")
    header_of(path)
    with locked(path):
        sheet, columns = header_of(path)
        lines = tuple(row.line for row in _find(sheet, columns, key)[0])
        if not lines:
            return ListChange(kind="not found", email=email)
        replace(path, unchanged(sheet, without=frozenset(lines)), read_at=sheet.stamp)
    return ListChange(kind="removed", email=email, lines=lines)


# --- writing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """The text of a new row."""

    email: str
    name: str
    topics: str


def _valid_cells(email: str, name: str, topics: Sequence[str]) -> _Cells:
    try:
        address = refuse_formula(read_email(email))
        name = clean_name(name)
        topics = read_topics(";".join(topics))
    except ValueError as error:
        raise UsageError(f"{email!r} can't be added: {error}", hint="Write it as name@example.org.") from None
    return _Cells(email=address, name=guard(name), topics=guard(";".join(topics)))


def _find(sheet: Sheet, columns: Columns, key: str) -> tuple[list[Row], Row]:
    """The rows of an address, bad ones too, and the last row of all."""
    found: list[Row] = []
    last = preamble(sheet)
    for row in rows(sheet):
        last = row
        if row.cells and len(row.cells) > columns.email and address_key(row.cells[columns.email].strip(EDGES)) == key:
            found.append(row)
    return found, last


def _refuse_inactive(opened: OpenedList, row: Row) -> None:
    entry = read_row(row.cells or (), opened.columns, opened.survey.readers, line=row.line)
    if isinstance(entry, BadRow):
        problem = f"the address is there, in a row that can't be mailed: {entry.problem}"
        raise UsageError(f"{opened.path}:{row.line}: {problem}", hint="Mend that row in the file.")
    if entry.status != ACTIVE:
        raise UsageError(
            f"{opened.path}:{row.line}: the address is there, and {entry.status}",
            hint="If the person asked to come back, change the status to “active” in the file.",
        )


def _cells_in_order(opened: OpenedList, cells: _Cells) -> list[str]:
    """The cells in the file's own order. A name goes into the first column of two."""
    columns = opened.columns
    placed = [""] * columns.count
    for reader in opened.survey.readers:
        placed[reader.index] = reader.new
    placed[columns.email] = cells.email
    name_at = columns.names[0] if columns.names else None
    for column, text, index in (("name", cells.name, name_at), ("topics", cells.topics, columns.topics)):
        if index is not None:
            placed[index] = text
        elif text:
            raise UsageError(
                f"{opened.path}: the list has no column “{column}”",
                hint=f"{_where_to_name(opened.sheet, column)}, or leave it out here.",
            )
    return placed


def _where_to_name(sheet: Sheet, column: str) -> str:
    if sheet.bare:
        return f"Write “email,{column}” as its first line"
    return f"Add “{column}” to line {sheet.header_line}"
