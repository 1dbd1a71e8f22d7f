"""What the columns of a list say of who has left, found out from all of its cells before anybody is mailed.

By its name a column only may tell; by its cells it does: a column "state" of regions tells nothing, one of "active"
and "unsubscribed" does, whatever it is called. What may say that somebody has left and is not understood is a `Doubt`,
and a list with one is not mailed.
"""

from __future__ import annotations

import functools
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.audience.columns import Columns
from digest.audience.meanings import (
    ACTIVE,
    EMPTY,
    NO_STATUS,
    NOTHING,
    NUMBER,
    UNCLEAR,
    is_mark,
    meaning,
    means_left_anywhere,
)
from digest.audience.sheet import Sheet, rows, text_blocks
from digest.audience.statuscolumns import ColumnKind, StatusColumn
from digest.languages.tables import folded, merged

#: Different cells of a column that are kept to be shown.
_MOST_VALUES = 50
#: Cells whose meaning is remembered: most columns hold a few words, and dates need no memory.
_REMEMBERED = 8192
#: A cell with one of these is half of a row, or several.
_BROKEN = frozenset(map(chr, range(32)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReader:
    """A column that tells who has left, and how its cells are read."""

    index: int
    name: str
    #: A cell → a status, `NOTHING`, or `UNCLEAR` for a row that is bad.
    status_of: Callable[[str], str]
    #: What is written into it for somebody new who is mailed.
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A column that may tell who has left and is not understood."""

    name: str
    #: The cells that are not understood, the most frequent first, and the number of rows with one.
    unclear: tuple[str, ...]
    rows: int
    #: All its different cells but those that mean leaving, the most frequent first: who is mailed is among them.
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    readers: tuple[StatusReader, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def survey(sheet: Sheet, columns: Columns, mapping: Mapping[int, tuple[str, ...]]) -> Survey:
    """Find out which columns tell who has left.

    Args:
        mapping: what the owner says of a column by its index: the cells of those who are mailed; none where it tells
            nothing of leaving.
    """
    configured = tuple(_reader_by_settings(at, sheet.header[at], values) for at, values in mapping.items() if values)
    status_columns = [one for one in columns.status_columns if one.index not in mapping]
    known = {columns.email, *columns.names, *columns.other_ways, *mapping, *(one.index for one in status_columns)}
    others = set(range(len(sheet.header))) - known
    tallies, found = _counted(sheet, status_columns, sorted(others))
    if found:
        tallies += _counted(sheet, found, ())[0]
    judged = [_reader_or_doubt(tally) for tally in tallies]
    return Survey(
        readers=(*configured, *(one for one in judged if isinstance(one, StatusReader))),
        doubts=tuple(one for one in judged if isinstance(one, Doubt)),
    )


def _reader_by_settings(index: int, name: str, mailed: Sequence[str]) -> StatusReader:
    wanted = frozenset(value.strip().casefold() for value in mailed)
    statuses = StatusColumn(index=index, name=name, kind=ColumnKind.STATUS)

    def status_of(cell: str) -> str:
        if cell.strip().casefold() in wanted:
            return ACTIVE
        status = meaning(cell, statuses)
        return "unsubscribed" if status in NO_STATUS or status == ACTIVE else status

    return StatusReader(index=index, name=name, status_of=functools.lru_cache(_REMEMBERED)(status_of), new=mailed[0])


# --- counting ---------------------------------------------------------------------------------------------------


class _Tally:
    """What the cells of one column mean, counted over the rows of those whom no other column says to have left."""

    def __init__(self, column: StatusColumn) -> None:
        self.column = column
        self.status_of = functools.lru_cache(_REMEMBERED)(functools.partial(meaning, column=column))
        self.meanings: Counter[str] = Counter()
        self.values: Counter[str] = Counter()

    def add(self, cell: str, meant: str, count: int) -> None:
        self.meanings[meant] += count
        if cell in self.values or len(self.values) < _MOST_VALUES:
            self.values[cell] += count

    def is_broken(self, cell: str) -> bool:
        """Whether the row is bad, whatever the column tells."""
        return self.column.kind is ColumnKind.STATUS and not _BROKEN.isdisjoint(cell)

    @property
    def settles(self) -> bool:
        """Whether a row of which its cell says so has left, however the column as a whole is judged."""
        return self.column.certain or self.column.kind is not ColumnKind.STAYING

    @property
    def left(self) -> int:
        return sum(count for status, count in self.meanings.items() if _is_left(status))

    def values_that_mean(self, *statuses: str) -> tuple[str, ...]:
        return tuple(value.strip() for value, _ in self.values.most_common() if self.status_of(value) in statuses)


def _is_left(status: str) -> bool:
    return status != ACTIVE and status not in NO_STATUS


def _count(tallies: Sequence[_Tally], alike: Mapping[tuple[str, ...], int]) -> None:
    """Count rows, of which those with the same cells stand together.

    What is not understood in the row of somebody who has left by another column is of no account: "peruttu" as the
    status beside a date in "unsubscribed_at", "Manual" as the way they left.
    """
    for cells, count in alike.items():
        meant = [tally.status_of(cell) for tally, cell in zip(tallies, cells, strict=True)]
        gone = any(_is_left(one) and tally.settles for tally, one in zip(tallies, meant, strict=True))
        for tally, cell, one in zip(tallies, cells, meant, strict=True):
            if not (tally.is_broken(cell) or (gone and one == UNCLEAR)):
                tally.add(cell, one, count)


def _picker(indices: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Takes the cells of some columns out of a row; those that it lacks at its end are empty."""
    if len(indices) == 1:
        [only] = indices
        return lambda cells: (cells[only] if only < len(cells) else "",)
    pick: Callable[[Sequence[str]], tuple[str, ...]] = operator.itemgetter(*indices) if indices else lambda _: ()
    most = max(indices, default=-1)
    return lambda cells: pick(cells if len(cells) > most else [*cells, *[""] * (most + 1 - len(cells))])


def _counted(
    sheet: Sheet, status_columns: Sequence[StatusColumn], others: Sequence[int]
) -> tuple[list[_Tally], list[StatusColumn]]:
    """What the status columns hold, counted; and the other columns in which a cell says that somebody has left.

    For those the file as a whole is searched first, which takes 50 ms for a million rows and mostly finds nothing.
    """
    tallies = [_Tally(column) for column in status_columns]
    words = {form for word in merged("statuses")["anywhere"] for form in (word.lower(), folded(word))}
    present = _words_in(text_blocks(sheet), words) if others else set()
    speaks = re.compile("|".join(map(re.escape, present))).search
    pick = _picker([column.index for column in status_columns])
    found: set[int] = set()
    alike: Counter[tuple[str, ...]] = Counter()
    for row in rows(sheet) if tallies or present else ():
        cells = row.cells
        if not cells:
            continue
        alike[pick(cells)] += 1
        if len(alike) >= _REMEMBERED:
            _count(tallies, alike)
            alike.clear()
        # In a row that lacks cells they may have slipped: it is read with care as it is.
        if present and len(cells) >= len(sheet.header) and speaks(row.raw.lower()):
            found |= {at for at in others if at not in found and means_left_anywhere(cells[at])}
    _count(tallies, alike)
    named = (
        StatusColumn(index=at, name=sheet.header[at], kind=ColumnKind.WORDS, certain=False) for at in sorted(found)
    )
    return tallies, list(named)


def _words_in(blocks: Iterable[str], words: set[str]) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        text = block.lower()
        found |= {word for word in words - found if word in text}
    return found


# --- judging ----------------------------------------------------------------------------------------------------


def _reader_or_doubt(tally: _Tally) -> StatusReader | Doubt | None:
    """How a column is read; None where it tells nothing of leaving."""
    match tally.column.kind:
        case ColumnKind.LEAVING:
            return _judged_as_leaving(tally)
        case ColumnKind.STAYING:
            return _judged_as_staying(tally)
        case ColumnKind.STATUS:
            return _judged_as_status(tally)
        case ColumnKind.WORDS if tally.left and tally.meanings[UNCLEAR]:
            return _doubt(tally)
        case ColumnKind.WORDS | ColumnKind.TAGS:
            return _status_reader(tally) if tally.left else None


def _judged_as_leaving(tally: _Tally) -> StatusReader | Doubt | None:
    if tally.meanings[UNCLEAR]:
        return _doubt(tally)
    return _status_reader(tally) if tally.left else None


def _judged_as_staying(tally: _Tally) -> StatusReader | Doubt | None:
    counts, certain = tally.meanings, tally.column.certain
    known = tally.left + counts[ACTIVE]
    if not known and not (certain and counts[UNCLEAR]):
        return None
    if counts[NUMBER]:
        return _doubt(tally) if certain else None
    if counts[UNCLEAR]:
        return _doubt(tally)
    if counts[EMPTY] and all(is_mark(value) for value in tally.values_that_mean(ACTIVE)) and not tally.left:
        return _status_reader(tally, empty=tally.column.means, new="x")
    if counts[EMPTY]:
        return _doubt(tally)
    return _status_reader(tally, new="yes")


def _judged_as_status(tally: _Tally) -> StatusReader | Doubt | None:
    counts = tally.meanings
    if not tally.column.certain and not (tally.left or counts[ACTIVE]):
        return None
    known = tally.left + counts[ACTIVE] + counts[NOTHING] + counts[EMPTY]
    # A few that are not known are slips of the pen, and only their rows are bad.
    if counts[UNCLEAR] > known:
        return _doubt(tally)
    return _status_reader(tally, new=ACTIVE)


def _status_reader(tally: _Tally, *, empty: str = NOTHING, new: str = "") -> StatusReader:
    """
    Args:
        empty: the meaning of an empty cell.
        new: what to write for somebody who is mailed, where the column has no word of its own for it.
    """
    status_of, index = tally.status_of, tally.column.index

    @functools.lru_cache(_REMEMBERED)
    def settled_status(cell: str) -> str:
        meant = status_of(cell)
        if meant == EMPTY:
            return empty
        return NOTHING if meant == NUMBER else meant

    own = next(iter(tally.values_that_mean(ACTIVE)), new) if new else ""
    return StatusReader(index=index, name=tally.column.name, status_of=settled_status, new=own)


def _doubt(tally: _Tally) -> Doubt:
    not_known = (UNCLEAR, NUMBER, EMPTY) if tally.column.kind is ColumnKind.STAYING else (UNCLEAR,)
    stay = (ACTIVE, NOTHING, *not_known)
    return Doubt(
        name=tally.column.name,
        unclear=tally.values_that_mean(*not_known),
        rows=sum(tally.meanings[status] for status in not_known),
        values=tally.values_that_mean(*stay),
    )
