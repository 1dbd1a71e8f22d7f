"""The rows of a list, each a subscriber or what is wrong with it; and who is not mailed whatever another row says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from digest.audience.cells import EDGES, FaultError
from digest.audience.meanings import ACTIVE, is_leaving
from digest.audience.opened import OpenedList
from digest.audience.rows import bad_row, read_row, read_status, whole
from digest.audience.sheet import Row, rows
from digest.model import BadRow, Subscriber
from digest.text.addresses import address_key

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")


class Entry(NamedTuple):
    row: Row
    is_: Subscriber | BadRow


@dataclass(frozen=True, slots=True)
class Inactive:
    """Who is not active by some row, each as the hash of the key with the row's line."""

    #: By a row that can be read.
    left: Mapping[int, int]
    #: By one that can't: it may mean that somebody has left.
    perhaps: Mapping[int, int]

    def line(self, key: int) -> int | None:
        return self.left.get(key) or self.perhaps.get(key)


def entries(opened: OpenedList) -> Iterator[Entry]:
    """The rows one by one, whatever the others hold."""
    columns, readings = opened.columns, opened.survey.readings
    for row in rows(opened.sheet):
        if "\0" in row.raw:
            problem = FaultError("the row holds a NUL")
            yield Entry(row, bad_row(row.line, row.raw, problem, hint="Delete the row, or type it anew."))
        elif row.cells is not None:
            yield Entry(row, read_row(row.cells, columns, readings, line=row.line))
        elif row.problem:
            yield Entry(row, bad_row(row.line, row.raw, FaultError(row.problem)))


def distinct(opened: OpenedList) -> Iterator[Subscriber | BadRow]:
    """The rows, each person once: see `subscribers.read`."""
    inactive = inactive_lines(opened)
    seen: dict[int, int] = {}
    for _, entry in entries(opened):
        yield _refuse_again(entry, seen, inactive) if isinstance(entry, Subscriber) else entry


def active_of(opened: OpenedList) -> Iterator[str]:
    """The keys of those who are mailed, as often as they are on the list."""
    inactive = inactive_lines(opened)
    for _, entry in entries(opened):
        if isinstance(entry, Subscriber) and entry.status == ACTIVE:
            key = address_key(entry.email)
            if inactive.line(hash(key)) is None:
                yield key


def addresses_in(row: Row) -> list[str]:
    """The keys of what may be addresses in a row that is bad."""
    return [address_key(address) for address in _ADDRESS.findall(row.raw)]


def inactive_lines(opened: OpenedList) -> Inactive:
    """Who must not be mailed: told by any row, if only by one that is bad."""
    left: dict[int, int] = {}
    perhaps: dict[int, int] = {}
    if opened.survey.readings:
        for row in rows(opened.sheet):
            cells = row.cells
            if row.problem:
                # It is not mailed, but its word that somebody has left counts.
                cells = row.raw.rstrip("\r\n").replace('"', "").split(opened.sheet.delimiter)
            if not cells or len(cells) <= opened.columns.email:
                continue
            told = _told(cells, opened)
            if told is not None:
                key = hash(address_key(cells[opened.columns.email].strip(EDGES)))
                (left if told and not row.problem else perhaps)[key] = row.line
    return Inactive(left, perhaps)


def _told(cells: list[str], opened: OpenedList) -> bool | None:
    """True where a row says that somebody is not active, False where it may, None where it says nothing of it."""
    columns, readings = opened.columns, opened.survey.readings
    try:
        return True if read_status(whole(cells, columns, readings), readings) != ACTIVE else None
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
