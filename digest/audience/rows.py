"""The rows of a list → subscribers, or what is wrong with them; and who is not mailed whatever another row says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from digest.audience.cells import EDGES, FaultError, clean_name, read_email, read_topics, shown, unguard
from digest.audience.columns import Columns
from digest.audience.meanings import ACTIVE, NO_STATUS, NOTHING, STATUSES, UNCLEAR, is_leaving, is_left_for_name
from digest.audience.opened import OpenedList
from digest.audience.sheet import Row, rows
from digest.audience.survey import StatusReader
from digest.model import BadRow, Subscriber
from digest.text.addresses import address_key

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
_T = TypeVar("_T")
#: What the cells of nearly all rows say.
_ORDINARY = frozenset({ACTIVE, NOTHING})


def read_row(
    cells: Sequence[str], columns: Columns, readers: Sequence[StatusReader] = (), *, line: int
) -> Subscriber | BadRow:
    """The subscriber of a row; one whose status is not "active" is a subscriber, too, who is not mailed."""
    try:
        cells = padded_cells(cells, columns, readers)
        return Subscriber(
            email=_cell(read_email, cells[columns.email], column="email"),
            name=_cell(clean_name, full_name([cells[at] for at in columns.names]), column="name"),
            status=read_status(cells, readers),
            topics=() if columns.topics is None else _cell(read_topics, cells[columns.topics], column="topics"),
            line=line,
        )
    except FaultError as fault:
        content = cells[columns.email] if len(cells) > columns.email else ""
        return bad_row(line, content, fault)


def bad_row(line: int, content: str, fault: FaultError, *, hint: str = "") -> BadRow:
    """Report a row with as much of it as can be shown on a terminal."""
    return BadRow(
        line=line,
        content=shown(content),
        problem=str(fault),
        hint=hint,
        kind="" if fault.kind == str(fault) else fault.kind,
        column=shown(fault.column),
    )


def read_status(cells: Sequence[str], readers: Sequence[StatusReader]) -> str:
    """Where somebody stands, by all the columns that tell: "active" only where none says otherwise.

    Raises:
        FaultError: a cell holds a word that is not known.
    """
    statuses = [reader.status_of(cells[reader.index]) for reader in readers]
    if _ORDINARY.issuperset(statuses):
        return ACTIVE
    for status in statuses:
        if status != ACTIVE and status not in NO_STATUS:
            return status
    for reader, status in zip(readers, statuses, strict=True) if UNCLEAR in statuses else ():
        if status == UNCLEAR:
            column = shown(reader.name)
            raise FaultError(
                f"the column “{column}” holds “{shown(cells[reader.index])}”, which is none of "
                f"{', '.join(sorted(STATUSES))}, nor another word for one of these that is known",
                kind=f"the column “{column}” holds a word for a status that is not known",
                column=column,
            )
    return ACTIVE


def full_name(parts: Sequence[str]) -> str:
    """First and last name as one; a part that the other holds already is not said twice."""
    kept = [part.strip() for part in parts if part.strip()]
    if len(kept) < 2:
        return kept[0] if kept else ""
    first, last = (unguard(part) for part in kept)
    if f" {first.casefold()} " in f" {last.casefold()} ":
        return last
    if f" {last.casefold()} " in f" {first.casefold()} ":
        return first
    return f"{first} {last}"


def padded_cells(cells: Sequence[str], columns: Columns, readers: Sequence[StatusReader]) -> Sequence[str]:
    """The cells of a row, and empty ones for those that it lacks at its end: spreadsheets save such rows so.

    Raises:
        FaultError: it has more cells than the header, or some have slipped from where they belong.
    """
    for at in columns.names:
        if at < len(cells) and is_left_for_name(cells[at]):
            raise FaultError("the name says that somebody has left: write that as the status", column="name")
    if len(cells) == columns.count:
        return cells
    counts = f"the header has {columns.count} cells and the row {len(cells)}"
    if len(cells) > columns.count:
        # Spreadsheets leave empty cells at the end of a row that once was longer.
        if any(cell.strip() for cell in cells[columns.count :]):
            raise FaultError(counts, kind="the row has more cells than the header")
        return cells
    if is_shifted(cells, columns, readers):
        raise FaultError(
            f"{counts}, and what belongs into one stands in another",
            kind="the row lacks cells, and what belongs into one stands in another",
        )
    return [*cells, *[""] * (columns.count - len(cells))]


def is_shifted(cells: Sequence[str], columns: Columns, readers: Sequence[StatusReader]) -> bool:
    """Whether a row that lacks cells lacks them in its midst: what belongs into one stands in another."""
    own = {columns.email, *(reader.index for reader in readers)}
    return any("@" in cell or is_leaving(cell) for at, cell in enumerate(cells) if at not in own)


def _cell(read: Callable[[str], _T], cell: str, *, column: str) -> _T:
    try:
        return read(cell)
    except FaultError as fault:
        fault.column = fault.column or column
        raise


# --- all rows of a list -------------------------------------------------------------------------------------------


class ReadRow(NamedTuple):
    row: Row
    entry: Subscriber | BadRow


@dataclass(frozen=True, slots=True)
class Inactive:
    """Who is not active by some row, each as the hash of the key with the row's line."""

    #: By a row that can be read.
    left: Mapping[int, int]
    #: By one that can't: it may mean that somebody has left.
    perhaps: Mapping[int, int]

    def line(self, key: int) -> int | None:
        return self.left.get(key) or self.perhaps.get(key)


def read_rows(opened: OpenedList) -> Iterator[ReadRow]:
    """The rows one by one, whatever the others hold."""
    columns, readers = opened.columns, opened.survey.readers
    for row in rows(opened.sheet):
        if "\0" in row.raw:
            problem = FaultError("the row holds a NUL")
            yield ReadRow(row, bad_row(row.line, row.raw, problem, hint="Delete the row, or type it anew."))
        elif row.cells is not None:
            yield ReadRow(row, read_row(row.cells, columns, readers, line=row.line))
        elif row.problem:
            yield ReadRow(row, bad_row(row.line, row.raw, FaultError(row.problem)))


def distinct(opened: OpenedList) -> Iterator[Subscriber | BadRow]:
    """The rows, each person once: see `subscribers.read`."""
    inactive = inactive_lines(opened)
    seen: dict[int, int] = {}
    for _, entry in read_rows(opened):
        yield _refuse_again(entry, seen, inactive) if isinstance(entry, Subscriber) else entry


def active_keys_of(opened: OpenedList) -> Iterator[str]:
    """The keys of those who are mailed, as often as they are on the list."""
    inactive = inactive_lines(opened)
    for _, entry in read_rows(opened):
        if isinstance(entry, Subscriber) and entry.status == ACTIVE:
            key = address_key(entry.email)
            if inactive.line(hash(key)) is None:
                yield key


def addresses_in(row: Row) -> list[str]:
    """The keys of what may be addresses in a row that is bad."""
    return [address_key(address) for address in _ADDRESS.findall(row.raw)]


def inactive_lines(opened: OpenedList) -> Inactive:
    """Who must not be mailed, by any of their rows, even a bad one."""
    left: dict[int, int] = {}
    perhaps: dict[int, int] = {}
    if opened.survey.readers:
        for row in rows(opened.sheet):
            cells = row.cells
            if row.problem:
                # It is not mailed, but its word that somebody has left counts.
                cells = row.raw.rstrip("\r\n").replace('"', "").split(opened.sheet.delimiter)
            if not cells or len(cells) <= opened.columns.email:
                continue
            gone = _is_inactive(cells, opened)
            if gone is not None:
                key = hash(address_key(cells[opened.columns.email].strip(EDGES)))
                (left if gone and not row.problem else perhaps)[key] = row.line
    return Inactive(left, perhaps)


def _is_inactive(cells: list[str], opened: OpenedList) -> bool | None:
    """True where a row says that somebody is not active, False where it may, None where it says nothing of it."""
    columns, readers = opened.columns, opened.survey.readers
    try:
        return True if read_status(padded_cells(cells, columns, readers), readers) != ACTIVE else None
    except FaultError:
        if len(cells) > columns.count:
            return False if any(is_leaving(cell) for cell in cells) else None
        return False


def _refuse_again(entry: Subscriber, seen: dict[int, int], inactive: Inactive) -> Subscriber | BadRow:
    """Let the first row of an address through.

    A 64-bit hash stands for the address: 115 MB for a million against 152 MB with the text, and two different ones
    meet once in 37 million such lists.
    """
    key = hash(address_key(entry.email))
    if entry.status == ACTIVE and (line := inactive.line(key)):
        return _twice(
            entry, f"the same address is not active on line {line}", "the same address is not active elsewhere"
        )
    first = seen.setdefault(key, entry.line)
    if first != entry.line:
        return _twice(entry, f"the same address as on line {first}", "the same address as on an earlier line")
    return entry


def _twice(entry: Subscriber, problem: str, kind: str) -> BadRow:
    return bad_row(entry.line, entry.email, FaultError(problem, kind=kind), hint="Remove one of the two rows.")
