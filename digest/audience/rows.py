"""The cells of a row → a subscriber, or what is wrong with the row. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from digest.audience.cells import FaultError, clean_name, read_email, read_topics, shown, unguard
from digest.audience.columns import Columns
from digest.audience.meanings import ACTIVE, NO_STATUS, NOTHING, STATUSES, UNCLEAR, is_leaving, is_left_for_name
from digest.audience.survey import Reading
from digest.model import BadRow, Subscriber

_T = TypeVar("_T")
#: What the cells of nearly all rows say.
_ORDINARY = frozenset({ACTIVE, NOTHING})


def read_row(
    cells: Sequence[str], columns: Columns, readings: Sequence[Reading] = (), *, line: int
) -> Subscriber | BadRow:
    """The subscriber of a row; one whose status is not "active" is a subscriber, too, who is not mailed."""
    try:
        cells = whole(cells, columns, readings)
        return Subscriber(
            email=_read(read_email, cells[columns.email], column="email"),
            name=_read(clean_name, full_name([cells[at] for at in columns.names]), column="name"),
            status=read_status(cells, readings),
            topics=() if columns.topics is None else _read(read_topics, cells[columns.topics], column="topics"),
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


def read_status(cells: Sequence[str], readings: Sequence[Reading]) -> str:
    """Where somebody stands, by all the columns that tell: "active" only where none says otherwise.

    Raises:
        FaultError: a cell holds a word that is not known.
    """
    told = [reading.says(cells[reading.index]) for reading in readings]
    if _ORDINARY.issuperset(told):
        return ACTIVE
    for status in told:
        if status != ACTIVE and status not in NO_STATUS:
            return status
    for reading, status in zip(readings, told, strict=True) if UNCLEAR in told else ():
        if status == UNCLEAR:
            column = shown(reading.name)
            raise FaultError(
                f"the column “{column}” holds “{shown(cells[reading.index])}”, which is none of "
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


def whole(cells: Sequence[str], columns: Columns, readings: Sequence[Reading]) -> Sequence[str]:
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
    if slipped(cells, columns, readings):
        raise FaultError(
            f"{counts}, and what belongs into one stands in another",
            kind="the row lacks cells, and what belongs into one stands in another",
        )
    return [*cells, *[""] * (columns.count - len(cells))]


def slipped(cells: Sequence[str], columns: Columns, readings: Sequence[Reading]) -> bool:
    """Whether a row that lacks cells lacks them in its midst: what belongs into one stands in another."""
    own = {columns.email, *(reading.index for reading in readings)}
    return any("@" in cell or is_leaving(cell) for at, cell in enumerate(cells) if at not in own)


def _read(read: Callable[[str], _T], cell: str, *, column: str) -> _T:
    try:
        return read(cell)
    except FaultError as fault:
        fault.column = fault.column or column
        raise
