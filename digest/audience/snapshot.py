"""A list as it is just now, in little memory: what an issue that is on its way asks of it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from digest.audience.meanings import ACTIVE
from digest.audience.opened import MailedValues, open_list
from digest.audience.rows import addresses_in, inactive_lines, read_rows
from digest.model import Subscriber
from digest.text.addresses import address_key


class HashedKeys:
    """The keys of people, to be asked whether somebody is among them.

    A 64-bit hash stands for the key of each: 8 MB for a million against 150 MB of text. Who is not among them is taken
    for one of them once in 18 million million times.

    Args:
        hashes: `hash` of the key of each.
    """

    def __init__(self, hashes: array[int]) -> None:
        self._hashes = array("q", sorted(hashes))

    def __contains__(self, key: str) -> bool:
        wanted = hash(key)
        place = bisect_left(self._hashes, wanted)
        return place < len(self._hashes) and self._hashes[place] == wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Who is mailed, who has left, and whose row is bad, so that neither is sure."""

    list: str
    active: HashedKeys
    left: HashedKeys
    #: The line of the bad row by the hash of the person's key.
    held: dict[int, int]
    #: The line of a bad row in which no address can be read: it may be anybody's.
    unknown: int
    #: How many rows there are but comments and blank lines.
    rows: int

    def held_by(self, key: str) -> int:
        """The line of the bad row of a person; 0 where there is none."""
        return self.held.get(hash(key), 0)


def snapshot(path: Path, mailed_values: MailedValues, *, stopped: Callable[[], bool] = lambda: False) -> Snapshot:
    """Read a list.

    Args:
        stopped: once true, reading ends between two rows: then this is not the whole list.

    Raises:
        UsageError: it can't be read.
        UnclearListError: a column may tell who has left and is not understood.
    """
    opened = open_list(path, mailed_values)
    opened.refuse_doubts()
    inactive = inactive_lines(opened)
    active, left = array("q"), array("q", inactive.left)
    held = dict(inactive.perhaps)
    rows = unknown = 0
    for row, entry in takewhile(lambda _: not stopped(), read_rows(opened)):
        rows += 1
        if not isinstance(entry, Subscriber):
            found = addresses_in(row)
            held |= {hash(key): row.line for key in found}
            unknown = unknown or (0 if found else row.line)
        elif entry.status == ACTIVE and inactive.line(key := hash(address_key(entry.email))) is None:
            active.append(key)
    return Snapshot(
        list=path.stem, active=HashedKeys(active), left=HashedKeys(left), held=held, unknown=unknown, rows=rows
    )
