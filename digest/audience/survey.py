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
from digest.audience.tellers import Kind, Teller
from digest.languages.tables import folded, merged

#: Different cells of a column that are kept to be shown.
_MOST_VALUES = 50
#: Cells whose meaning is remembered: most columns hold a few words, and dates need no memory.
_REMEMBERED = 8192
#: A cell with one of these is half of a row, or several.
_BROKEN = frozenset(map(chr, range(32)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A column that tells who has left, and how its cells are read."""

    index: int
    name: str
    #: A cell → a status, `NOTHING`, or `UNCLEAR` for a row that is bad.
    says: Callable[[str], str]
    #: What it holds in the row of somebody new who is mailed.
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
    readings: tuple[Reading, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def survey(sheet: Sheet, columns: Columns, mapping: Mapping[int, tuple[str, ...]]) -> Survey:
    """Find out which columns tell who has left.

    Args:
        mapping: what the owner said of a column by its index: the cells of those who are mailed; none where it tells
            nothing of leaving.
    """
    said = tuple(_mapped(at, sheet.header[at], values) for at, values in mapping.items() if values)
    tellers = [one for one in columns.tellers if one.index not in mapping]
    known = {columns.email, *columns.names, *columns.other_ways, *mapping, *(one.index for one in tellers)}
    others = set(range(len(sheet.header))) - known
    tallies, found = _looked_through(sheet, tellers, sorted(others))
    if found:
        tallies += _looked_through(sheet, found, ())[0]
    judged = [_judged(tally) for tally in tallies]
    return Survey(
        readings=(*said, *(one for one in judged if isinstance(one, Reading))),
        doubts=tuple(one for one in judged if isinstance(one, Doubt)),
    )


def _mapped(index: int, name: str, mailed: Sequence[str]) -> Reading:
    wanted = frozenset(value.strip().casefold() for value in mailed)
    statuses = Teller(index=index, name=name, kind=Kind.STATUS)

    def says(cell: str) -> str:
        if cell.strip().casefold() in wanted:
            return ACTIVE
        told = meaning(cell, statuses)
        return "unsubscribed" if told in NO_STATUS or told == ACTIVE else told

    return Reading(index=index, name=name, says=functools.lru_cache(_REMEMBERED)(says), new=mailed[0])


# --- counting ---------------------------------------------------------------------------------------------------


class _Tally:
    """What the cells of one column mean, counted over the rows of those whom no other column says to have left."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.says = functools.lru_cache(_REMEMBERED)(functools.partial(meaning, teller=teller))
        self.meanings: Counter[str] = Counter()
        self.values: Counter[str] = Counter()

    def add(self, cell: str, told: str, count: int) -> None:
        self.meanings[told] += count
        if cell in self.values or len(self.values) < _MOST_VALUES:
            self.values[cell] += count

    def is_broken(self, cell: str) -> bool:
        """Whether the row is bad, whatever the column tells."""
        return self.teller.kind is Kind.STATUS and not _BROKEN.isdisjoint(cell)

    @property
    def settles(self) -> bool:
        """Whether a row of which its cell says so has left, however the column as a whole is judged."""
        return self.teller.certain or self.teller.kind is not Kind.STAYING

    @property
    def left(self) -> int:
        return sum(count for told, count in self.meanings.items() if _is_left(told))

    def values_that(self, *told: str) -> tuple[str, ...]:
        return tuple(value.strip() for value, _ in self.values.most_common() if self.says(value) in told)


def _is_left(told: str) -> bool:
    return told != ACTIVE and told not in NO_STATUS


def _count(tallies: Sequence[_Tally], alike: Mapping[tuple[str, ...], int]) -> None:
    """Count rows, of which those with the same cells stand together.

    What is not understood in the row of somebody who has left by another column is of no account: "peruttu" as the
    status beside a date in "unsubscribed_at", "Manual" as the way they left.
    """
    for cells, count in alike.items():
        told = [tally.says(cell) for tally, cell in zip(tallies, cells, strict=True)]
        gone = any(_is_left(one) and tally.settles for tally, one in zip(tallies, told, strict=True))
        for tally, cell, one in zip(tallies, cells, told, strict=True):
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


def _looked_through(
    sheet: Sheet, tellers: Sequence[Teller], others: Sequence[int]
) -> tuple[list[_Tally], list[Teller]]:
    """The cells of the tellers, counted; and the other columns in which a cell says that somebody is not to be mailed.

    For those the file as a whole is searched first, which takes 50 ms for a million rows and mostly finds nothing.
    """
    tallies = [_Tally(teller) for teller in tellers]
    words = {form for word in merged("statuses")["anywhere"] for form in (word.lower(), folded(word))}
    present = _words_in(text_blocks(sheet), words) if others else set()
    speaks = re.compile("|".join(map(re.escape, present))).search
    pick = _picker([teller.index for teller in tellers])
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
    named = (Teller(index=at, name=sheet.header[at], kind=Kind.WORDS, certain=False) for at in sorted(found))
    return tallies, list(named)


def _words_in(blocks: Iterable[str], words: set[str]) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        text = block.lower()
        found |= {word for word in words - found if word in text}
    return found


# --- judging ----------------------------------------------------------------------------------------------------


def _judged(tally: _Tally) -> Reading | Doubt | None:
    """How a column is read; None where it tells nothing of leaving."""
    match tally.teller.kind:
        case Kind.LEAVING:
            return _judged_leaving(tally)
        case Kind.STAYING:
            return _judged_staying(tally)
        case Kind.STATUS:
            return _judged_status(tally)
        case Kind.WORDS if tally.left and tally.meanings[UNCLEAR]:
            return _doubt(tally)
        case Kind.WORDS | Kind.TAGS:
            return _reading(tally) if tally.left else None


def _judged_leaving(tally: _Tally) -> Reading | Doubt | None:
    if tally.meanings[UNCLEAR]:
        return _doubt(tally)
    return _reading(tally) if tally.left else None


def _judged_staying(tally: _Tally) -> Reading | Doubt | None:
    told, certain = tally.meanings, tally.teller.certain
    known = tally.left + told[ACTIVE]
    if not known and not (certain and told[UNCLEAR]):
        return None
    if told[NUMBER]:
        return _doubt(tally) if certain else None
    if told[UNCLEAR]:
        return _doubt(tally)
    if told[EMPTY] and all(is_mark(value) for value in tally.values_that(ACTIVE)) and not tally.left:
        return _reading(tally, empty=tally.teller.means, new="x")
    if told[EMPTY]:
        return _doubt(tally)
    return _reading(tally, new="yes")


def _judged_status(tally: _Tally) -> Reading | Doubt | None:
    told = tally.meanings
    if not tally.teller.certain and not (tally.left or told[ACTIVE]):
        return None
    known = tally.left + told[ACTIVE] + told[NOTHING] + told[EMPTY]
    # A few that are not known are slips of the pen, and only their rows are bad.
    if told[UNCLEAR] > known:
        return _doubt(tally)
    return _reading(tally, new=ACTIVE)


def _reading(tally: _Tally, *, empty: str = NOTHING, new: str = "") -> Reading:
    """
    Args:
        empty: what an empty cell says.
        new: what says of somebody that they are mailed, where the column has no word of its own for it.
    """
    says, index = tally.says, tally.teller.index

    @functools.lru_cache(_REMEMBERED)
    def told(cell: str) -> str:
        meant = says(cell)
        if meant == EMPTY:
            return empty
        return NOTHING if meant == NUMBER else meant

    own = next(iter(tally.values_that(ACTIVE)), new) if new else ""
    return Reading(index=index, name=tally.teller.name, says=told, new=own)


def _doubt(tally: _Tally) -> Doubt:
    not_known = (UNCLEAR, NUMBER, EMPTY) if tally.teller.kind is Kind.STAYING else (UNCLEAR,)
    stay = (ACTIVE, NOTHING, *not_known)
    return Doubt(
        name=tally.teller.name,
        unclear=tally.values_that(*not_known),
        rows=sum(tally.meanings[told] for told in not_known),
        values=tally.values_that(*stay),
    )
