"""Refusals in a row, nobody served between them: are they about the recipients, or about us? Pure.

Nobody can tell from one alone, so what becomes of these waits for the next message that is taken. Then they stand. They
stand, too, where everybody has been tried; where a run ends before, each is only deferred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from digest.deliver.wire.replies import Verdict
from digest.deliver.wire.transport import Letter
from digest.model import Outcome

#: So many of a kind stop a run. Those that may be about us: more would only harm the sender's name. Those in words that
#: nobody knows: they may say that our account is closed. And mailboxes that are no more: of the worst list three in ten
#: are, and 25 in a row one time in 10^13, but a server that has lost its tables says so of everybody.
_IN_A_ROW = {Verdict.SUSPECT: 3, Verdict.REFUSE: 25, Verdict.GONE: 25}

Refusal = tuple[Letter, Outcome, Verdict]


class Row:
    """What was refused since the last message that was taken.

    Args:
        attempts: whose tries are used up is no evidence against a server. In doubt nobody is given up; but the same few
            must not keep each run from all the others.
    """

    def __init__(self, attempts: int) -> None:
        self._attempts = attempts
        self._held: list[Refusal] = []
        self._counts: Counter[Verdict] = Counter()

    @staticmethod
    def holds(verdict: Verdict) -> bool:
        """Whether refusals like this wait."""
        return verdict in _IN_A_ROW

    def add(self, letter: Letter, outcome: Outcome, verdict: Verdict) -> int:
        """Hold a refusal back. Returns how many of the kind there are where they should stop the run, else 0."""
        self._held.append((letter, outcome, verdict))
        if letter.recipient.attempts >= self._attempts:
            return 0
        self._counts[verdict] += 1
        return self._counts[verdict] if self._counts[verdict] >= _IN_A_ROW[verdict] else 0

    def end(self) -> Sequence[Refusal]:
        """End the row; returns what was held back."""
        held, self._held = self._held, []
        self._counts.clear()
        return held
