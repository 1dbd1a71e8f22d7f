"""Who is on a list, in eight bytes a person: what a mailing that goes on asks of a list of a million."""

from __future__ import annotations

from array import array
from bisect import bisect_left


class Roll:
    """People, to be asked whether somebody is among them.

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
