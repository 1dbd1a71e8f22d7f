"""Which column of a list holds the addresses, where its name does not tell: the one whose cells are addresses."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from digest.audience.cells import read_email
from digest.audience.sheet import Sheet, rows

#: Rows that are looked at: enough to tell a column of addresses from one that holds some.
_ROWS = 1000
#: The share of them that have an address in it. Lists that people keep lack a few and misspell a few.
_NEARLY_ALL = 0.9


def columns_of_addresses(sheet: Sheet, among: Sequence[int]) -> list[int]:
    """Those of the columns whose cells are addresses in nearly all rows."""
    found: Counter[int] = Counter()
    total = 0
    for row in itertools.islice((row for row in rows(sheet) if row.cells), _ROWS):
        cells = row.cells or ()
        total += 1
        found.update(at for at in among if at < len(cells) and is_address(cells[at]))
    return [at for at in among if found[at] and found[at] >= _NEARLY_ALL * total]


def is_address(cell: str) -> bool:
    """Whether a cell holds an address and nothing else."""
    if "@" not in cell:
        return False
    try:
        read_email(cell)
    except ValueError:
        return False
    return True
