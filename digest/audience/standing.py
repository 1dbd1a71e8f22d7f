"""Where everybody stands on a list just now, in little memory: what an issue that is on its way asks of it."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from digest.audience.entries import addresses_in, entries, inactive_lines
from digest.audience.meanings import ACTIVE
from digest.audience.opened import Said, open_list
from digest.audience.roll import Roll
from digest.model import Subscriber
from digest.text.addresses import address_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who is mailed, who has left, and of whom a row that is bad tells nothing sure."""

    list: str
    active: Roll
    left: Roll
    #: The line of the bad row by the hash of the person's key.
    held: dict[int, int]
    #: The line of a bad row in which no address can be read: it may be anybody's.
    unknown: int
    #: How many rows there are but comments and blank lines.
    rows: int

    def held_by(self, key: str) -> int:
        """The line of the bad row of a person; 0 where there is none."""
        return self.held.get(hash(key), 0)


def standing(path: Path, said: Said, *, stopped: Callable[[], bool] = lambda: False) -> Standing:
    """Read a list.

    Args:
        stopped: once true, reading ends between two rows: then this is not the whole list.

    Raises:
        UsageError: it can't be read.
        UnclearListError: a column may tell who has left and is not understood.
    """
    opened = open_list(path, said)
    opened.refuse_doubts()
    inactive = inactive_lines(opened)
    active, left = array("q"), array("q", inactive.left)
    held = dict(inactive.perhaps)
    rows = unknown = 0
    for row, entry in takewhile(lambda _: not stopped(), entries(opened)):
        rows += 1
        if not isinstance(entry, Subscriber):
            found = addresses_in(row)
            held |= {hash(key): row.line for key in found}
            unknown = unknown or (0 if found else row.line)
        elif entry.status == ACTIVE and inactive.line(key := hash(address_key(entry.email))) is None:
            active.append(key)
    return Standing(list=path.stem, active=Roll(active), left=Roll(left), held=held, unknown=unknown, rows=rows)
