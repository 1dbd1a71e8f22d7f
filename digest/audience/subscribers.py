"""The lists of subscribers. The CSV file that a person edits is the truth; nothing else remembers a person.

Reading streams, so that a list of a million needs no more memory than a number for each address. Writing changes the
one line it is about and leaves every other byte alone.
"""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from digest.audience.rewrite import alone, replace
from digest.audience.rows import (
    EDGES,
    STATUSES,
    Columns,
    bad_row,
    clean_name,
    find_columns,
    guard,
    read_email,
    read_row,
    read_topics,
    refuse_formula,
    shown,
    unread_columns,
)
from digest.audience.sheet import Row, Sheet, inspect, new_row, preamble, rows, unchanged
from digest.errors import UsageError
from digest.model import BadRow, Subscriber
from digest.text.addresses import address_key

_ACTIVE = frozenset({"", "active"})
_LEFT = STATUSES - _ACTIVE
#: Bad rows that `check` keeps; of a file with more only the number is told.
MAX_REPORTED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
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


def read(path: Path) -> Iterator[Subscriber | BadRow]:
    """The list's rows in order, each a subscriber (of any status) or what is wrong with it.

    Of rows with the same address (see `address_key`) the first counts and the others are bad rows, but one that is
    not active outweighs those that are: who has unsubscribed anywhere in the list is not mailed.

    Raises:
        UsageError: there is no such file, it is empty or no CSV, or no column holds the addresses; at once, before
            the first row. While reading: the file was changed meanwhile.
    """
    sheet = inspect(path)
    columns = _columns(sheet)
    return _read(sheet, columns)


def active_keys(path: Path) -> Iterator[str]:
    """The keys of those who are mailed, as often as they are on the list: so nobody has to be remembered.

    Raises:
        UsageError: see `read`; when the first is asked for.
    """
    sheet = inspect(path)
    columns = _columns(sheet)
    inactive = _inactive_lines(sheet, columns)
    for entry in _entries(sheet, columns):
        if isinstance(entry, Subscriber) and entry.status == "active":
            key = address_key(entry.email)
            if hash(key) not in inactive:
                yield key


def check(path: Path) -> Audit:
    """Read the whole list and count.

    Raises:
        UsageError: see `read`.
    """
    sheet = inspect(path)
    statuses: Counter[str] = Counter()
    bad = 0
    bad_rows: list[BadRow] = []
    columns = _columns(sheet)
    for entry in _read(sheet, columns):
        if isinstance(entry, Subscriber):
            statuses[entry.status] += 1
        else:
            bad += 1
            bad_rows += [entry] if bad <= MAX_REPORTED else []
    notes = (*sheet.notes, *_unread(sheet, columns))
    return Audit(path=path, statuses=dict(statuses), bad=bad, bad_rows=tuple(bad_rows), notes=notes)


def add(path: Path, email: str, *, name: str = "", topics: Sequence[str] = ()) -> Change:
    """Add a person as the list's last row; an active one with that address is left as it is.

    Raises:
        UsageError: the address or name is invalid, the address is in the list but not active, or the list has no
            column for what is to be written; and see `read`.
    """
    cells = _valid_cells(email, name, topics)
    email = cells["email"]
    with _editing(path) as (sheet, columns):
        there, last = _find(sheet, columns, address_key(email))
        for row in there:
            _refuse_inactive(sheet, row, columns)
        if there:
            return Change(kind="already there", email=email, lines=tuple(row.line for row in there))
        line, written = new_row(sheet, _place(sheet, columns, cells), below=last)
        replace(path, itertools.chain(unchanged(sheet), [written]), read_at=sheet.stamp)
    return Change(kind="added", email=email, lines=(line,))


def remove(path: Path, email: str) -> Change:
    """Remove every row with that address, also those that differ in capitals or are bad for another reason.

    Raises:
        UsageError: there is no text to look for; and see `read`.
    """
    key = address_key(email.strip(EDGES))
    if not key:
        raise UsageError("There is no address to remove.", hint="Write it as it stands in the list.")
    with _editing(path) as (sheet, columns):
        lines = tuple(row.line for row in _find(sheet, columns, key)[0])
        if not lines:
            return Change(kind="not found", email=email)
        replace(path, unchanged(sheet, without=frozenset(lines)), read_at=sheet.stamp)
    return Change(kind="removed", email=email, lines=lines)


# --- reading ----------------------------------------------------------------------------------------------------


def _columns(sheet: Sheet) -> Columns:
    try:
        return find_columns(sheet.header)
    except ValueError as error:
        raise UsageError(
            f"{sheet.path}:{sheet.header_line}: {error}",
            hint="The first line names the columns, such as: email,name,status,topics",
        ) from None


def _unread(sheet: Sheet, columns: Columns) -> Iterator[str]:
    """What the owner may believe to tell who has left."""
    told_by = f"only “{shown(sheet.header[columns.status])}” tells" if columns.status is not None else "no column tells"
    for name in unread_columns(sheet.header, columns):
        yield f"The column “{shown(name)}” is not read: {told_by} who has left. Write “unsubscribed” under “status”."


def _read(sheet: Sheet, columns: Columns) -> Iterator[Subscriber | BadRow]:
    inactive = _inactive_lines(sheet, columns)
    seen: dict[int, int] = {}
    for entry in _entries(sheet, columns):
        yield _refuse_again(entry, seen, inactive) if isinstance(entry, Subscriber) else entry


def _entries(sheet: Sheet, columns: Columns) -> Iterator[Subscriber | BadRow]:
    """The rows one by one, whatever the others hold."""
    for row in rows(sheet):
        if "\0" in row.raw:
            yield bad_row(row.line, row.raw, "the row holds a NUL", "Delete the row, or type it anew.")
        elif row.cells is not None:
            yield read_row(row.cells, columns, line=row.line)
        elif row.problem:
            yield bad_row(row.line, row.raw, row.problem)


def _refuse_again(entry: Subscriber, seen: dict[int, int], inactive: Mapping[int, int]) -> Subscriber | BadRow:
    """Let the first row of an address through.

    A 64-bit hash stands for the address: 115 MB for a million against 152 MB with the text, and two different ones
    meet once in 37 million such lists.
    """
    key = hash(address_key(entry.email))
    if entry.status == "active" and key in inactive:
        problem = f"the same address is not active on line {inactive[key]}"
        return bad_row(entry.line, entry.email, problem, "Remove one of the two rows.")
    first = seen.setdefault(key, entry.line)
    if first != entry.line:
        return bad_row(entry.line, entry.email, f"the same address as on line {first}", "Remove one of the two rows.")
    return entry


def _inactive_lines(sheet: Sheet, columns: Columns) -> dict[int, int]:
    """The hashed keys of those who must not be mailed, with their lines."""
    if columns.status is None:
        return {}
    lines: dict[int, int] = {}
    for row in rows(sheet):
        # A row that can't be read is not mailed, but its word that somebody has left counts.
        cells = row.raw.replace('"', "").split(sheet.delimiter) if row.problem else row.cells
        if cells and _says_left(cells, columns.status, columns.count):
            lines[hash(address_key(_email_cell(cells, columns)))] = row.line
    return lines


def _says_left(cells: Sequence[str], status: int, count: int) -> bool:
    """Whether a row is not of an active person; where cells are missing, the status may have slipped into any."""
    if len(cells) > status and cells[status].strip(EDGES).lower() not in _ACTIVE:
        return True
    return len(cells) < count and any(cell.strip().lower() in _LEFT for cell in cells)


def _email_cell(cells: Sequence[str], columns: Columns) -> str:
    return cells[columns.email].strip(EDGES) if len(cells) > columns.email else ""


# --- writing ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _editing(path: Path) -> Iterator[tuple[Sheet, Columns]]:
    inspect(path)  # what can't be read is told as such, before it is locked
    with alone(path):
        sheet = inspect(path)
        yield sheet, _columns(sheet)


def _valid_cells(email: str, name: str, topics: Sequence[str]) -> dict[str, str]:
    """The text of each cell by column."""
    try:
        address = refuse_formula(read_email(email))
        name = clean_name(name)
        topics = read_topics(";".join(topics))
    except ValueError as error:
        raise UsageError(f"{email!r} can't be added: {error}", hint="Write it as name@example.org.") from None
    return {"email": address, "name": guard(name), "topics": guard(";".join(topics)), "status": "active"}


def _find(sheet: Sheet, columns: Columns, key: str) -> tuple[list[Row], Row]:
    """The rows of an address, bad ones too, and the last row of all."""
    found: list[Row] = []
    last = preamble(sheet)
    for row in rows(sheet):
        last = row
        if row.cells and address_key(_email_cell(row.cells, columns)) == key:
            found.append(row)
    return found, last


def _refuse_inactive(sheet: Sheet, row: Row, columns: Columns) -> None:
    entry = read_row(row.cells or (), columns, line=row.line)
    if isinstance(entry, BadRow):
        problem = f"the address is there, in a row that can't be mailed: {entry.problem}"
        raise UsageError(f"{sheet.path}:{row.line}: {problem}", hint="Mend that row in the file.")
    if entry.status != "active":
        raise UsageError(
            f"{sheet.path}:{row.line}: the address is there, and {entry.status}",
            hint="If the person asked to come back, change the status to “active” in the file.",
        )


def _place(sheet: Sheet, columns: Columns, cells: Mapping[str, str]) -> list[str]:
    """The cells in the file's own order."""
    placed = [""] * columns.count
    for column, text in cells.items():
        index = getattr(columns, column)
        if index is not None:
            placed[index] = text
        elif text and column != "status":
            raise UsageError(
                f"{sheet.path}: the list has no column “{column}”",
                hint=f"Add “{column}” to line {sheet.header_line}, or leave it out here.",
            )
    return placed
