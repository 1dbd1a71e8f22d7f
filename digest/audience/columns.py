"""Which columns of a list hold the addresses, names and topics: by its header in any language, else by its cells."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.audience.cells import is_address, shown
from digest.audience.sheet import Sheet, rows
from digest.audience.statuscolumns import ColumnKind, StatusColumn, is_another_way, status_column_of
from digest.languages.tables import folded, merged

#: Rows that are looked at: enough to tell a column of addresses from one that holds some.
_ROWS = 1000
#: The share of them that have an address in it. Lists that people keep lack a few and misspell a few.
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which cell holds what."""

    count: int
    email: int
    #: Whether the name of that one tells that it holds the addresses.
    known: bool = True
    #: The cells that make up the name, in their order: one, or the first and the last name.
    names: tuple[int, ...] = ()
    topics: int | None = None
    #: Those that may tell who has left, whether they will be read or not.
    status_columns: tuple[StatusColumn, ...] = ()
    #: The cells about short messages, calls, letters: who left those may read mail.
    other_ways: frozenset[int] = frozenset()


class AddressesError(ValueError):
    """No column is that of the addresses by its name, or more than one is; the message is a sentence.

    Args:
        candidates: which columns may hold them by their names: several, or all that do not say that somebody left.
    """

    def __init__(self, problem: str, candidates: Sequence[int]) -> None:
        super().__init__(problem)
        self.candidates = tuple(candidates)


def find_columns(header: Sequence[str], email: int | None = None) -> Columns:
    """Recognise the columns by their names, whatever their order and capitals.

    Args:
        email: the column of addresses, where it is known.

    Raises:
        AddressesError: there is no column of addresses, or more than one.
    """
    names = [folded(name) for name in header]
    known = email is None
    email = _email_column(header, names) if email is None else email
    topics = _first_called(names, "topics")
    named = _name_columns(names)
    rest = [at for at in range(len(names)) if at != email and at not in named]
    status_columns = (status_column_of(at, header[at]) for at in rest)
    return Columns(
        count=len(names),
        email=email,
        known=known,
        names=named,
        topics=topics,
        status_columns=tuple(one for one in status_columns if one),
        other_ways=frozenset(at for at in rest if is_another_way(header[at])),
    )


@functools.cache
def _aliases() -> Mapping[str, frozenset[str]]:
    """The words for each kind of column; those of one word also as they are written in two, and the other way round."""
    return {key: frozenset(_without_spaces(folded(word)) for word in words) for key, words in merged("columns").items()}


def _without_spaces(name: str) -> str:
    return name.replace(" ", "")


def _columns_called(names: Sequence[str], key: str) -> list[int]:
    return [at for at, name in enumerate(names) if _without_spaces(name) in _aliases()[key]]


def _first_called(names: Sequence[str], key: str) -> int | None:
    found = _columns_called(names, key)
    return found[0] if found else None


def _email_column(header: Sequence[str], names: Sequence[str]) -> int:
    """The column of addresses: by its name, else the only one whose name holds such a word."""
    exact = [at for at, name in enumerate(names) if name == "email"]
    for found in (
        exact,
        _columns_called(names, "email"),
        _email_like(header, names),
        _columns_called(names, "address"),
    ):
        if len(found) > 1:
            raise AddressesError(several(header, found), found)
        if found:
            return found[0]
    if any("@" in name for name in header):
        raise AddressesError("here stands an address instead of the columns' names", ())
    leaving = {
        at
        for at, name in enumerate(header)
        if (column := status_column_of(at, name)) and column.kind is ColumnKind.LEAVING
    }
    others = [at for at in range(len(header)) if at not in leaving]
    raise AddressesError(f"no column is called “email”; there are: {shown(', '.join(filter(None, header)))}", others)


def several(header: Sequence[str], found: Sequence[int]) -> str:
    """That more than one column may hold the addresses, as a sentence."""
    names = " and ".join(f"“{shown(header[at])}”" for at in found[:3])
    return f"{len(found)} columns may hold the address: {names}"


def _email_like(header: Sequence[str], names: Sequence[str]) -> list[int]:
    """The columns that speak of an address ("Buyer Email") and of nothing else."""
    words = {
        "email",
        *(_without_spaces(folded(word)) for word in merged("columns")["email"] if " " not in folded(word)),
    }
    found = [at for at, name in enumerate(names) if words & set(name.split())]
    return [
        at
        for at in found
        if not status_column_of(at, header[at]) and "@" not in header[at] and _speaks_of_one(names[at])
    ]


def _speaks_of_one(name: str) -> bool:
    """Whether a name with the word "email" is that of an address: "email opens" is not."""
    modifiers = merged("modifiers")
    others = {folded(word) for key in ("never", "time", "detail") for word in modifiers[key]}
    return not set(name.split()) & (others - {"name", "owner", "other"}) and name.rsplit(maxsplit=1)[-1] != "emails"


def _name_columns(names: Sequence[str]) -> tuple[int, ...]:
    """The cells of the name. Beside a first name a column "Name" holds the last ("Vorname;Name", "Prénom;Nom")."""
    whole, first, last = (_first_called(names, key) for key in ("name", "first_name", "last_name"))
    if first is None and last is None:
        return () if whole is None else (whole,)
    parts = (first if first is not None else whole, last if last is not None else whole)
    return tuple(dict.fromkeys(part for part in parts if part is not None))


def columns_of_addresses(sheet: Sheet, among: Sequence[int]) -> list[int]:
    """Those of the columns whose cells are addresses in nearly all rows."""
    found: Counter[int] = Counter()
    total = 0
    for row in itertools.islice((row for row in rows(sheet) if row.cells), _ROWS):
        cells = row.cells or ()
        total += 1
        found.update(at for at in among if at < len(cells) and is_address(cells[at]))
    return [at for at in among if found[at] and found[at] >= _NEARLY_ALL * total]
