"""Refusals in a row, nobody served between them: are they about the recipients, or about us? Pure.

Nobody can tell from one alone, so what becomes of these waits for somebody of the same provider to be served, or for
the end of the run. Then they stand. Where a whole row is refused, by a server or by a provider, it is about us: then
each is put off, and none loses an attempt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digest.deliver.wire.transport import Letter
from digest.deliver.wire.verdicts import Verdict
from digest.model import Outcome

#: They name a mailbox. Of the worst list three in ten are no more, and 25 in a row one time in 10^13; but a server that
#: has lost its tables says so of everybody.
_OF_MAILBOXES = frozenset({Verdict.GONE, Verdict.REFUSE, Verdict.DEFER})
_OF_ANYBODY = frozenset(
    {*(Verdict.UNCLEAR, Verdict.LATER, Verdict.TOO_LARGE), *(Verdict.GREYLISTED, Verdict.SUSPECT, Verdict.STOP)}
)
_HELD = _OF_MAILBOXES | _OF_ANYBODY
#: Refused together: one or two strangers in a row may have the same trouble, three hardly.
_DOUBT, _DOUBT_MAILBOXES = 3, 25
#: So many in a row stop a server: more would only harm the sender's name. Those that say no more than "later" stop
#: none: where everybody is greylisted, everybody must have been tried once.
_AGAINST_US = frozenset({Verdict.SUSPECT, Verdict.STOP, Verdict.TOO_LARGE})
_FOR_GOOD = _AGAINST_US | {Verdict.GONE, Verdict.REFUSE, Verdict.UNCLEAR}
_STOP_AGAINST_US, _STOP_FOR_GOOD = 3, 25
#: Refusals that wait though others are served. A power cut leaves them uncertain, like all that is claimed.
_MOST_WAITING = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    letter: Letter
    outcome: Outcome
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Decided:
    """What has become of refusals that waited."""

    #: They are about their recipients.
    stand: Sequence[Refusal] = ()
    #: They are about us.
    put_off: Sequence[Refusal] = ()


_NOTHING = Decided()


class Refusals:
    """What one server refused, as long as nobody knows why.

    Args:
        provider_of: who keeps the mailbox of a recipient, by key.
        doubting: False where the issue is so old that whatever is refused stands.
    """

    def __init__(self, provider_of: Callable[[str], str], *, doubting: bool = True) -> None:
        self._provider_of = provider_of
        self._doubting = doubting
        #: Since this server took a message.
        self._row: list[Refusal] = []
        self._in_a_row: Counter[Verdict] = Counter()
        #: Since this server took a message for a provider.
        self._by_provider: dict[str, Counter[Verdict]] = {}
        #: From before the last message that was taken, in the order they came.
        self._waiting: list[Refusal] = []

    @staticmethod
    def holds(verdict: Verdict) -> bool:
        """Whether refusals like this wait."""
        return verdict in _HELD

    def add(self, refusal: Refusal) -> Decided:
        """Take in a refusal."""
        provider = self._provider(refusal)
        self._row.append(refusal)
        if not self._counts(refusal):
            return _NOTHING
        refused = self._by_provider.setdefault(provider, Counter())
        refused[refusal.verdict] += 1
        self._in_a_row[refusal.verdict] += 1
        put_off = self._take(_doubted(self._in_a_row), lambda _: True, self._row)
        for those in (self._row, self._waiting):
            put_off += self._take(_doubted(refused), lambda one: self._provider(one) == provider, those)
        return Decided(put_off=put_off)

    @property
    def stop(self) -> int:
        """How many recipients in a row were refused, where they should stop the server; else 0."""
        against_us = _count(self._in_a_row, _AGAINST_US)
        for_good = _count(self._in_a_row, _FOR_GOOD)
        if against_us >= _STOP_AGAINST_US or for_good >= _STOP_FOR_GOOD:
            return for_good
        return 0

    def shut(self, key: str) -> bool:
        """Whether the provider of a recipient refuses all of its own, whoever else is served."""
        refused = self._by_provider.get(self._provider_of(key))
        return refused is not None and _count(refused, _AGAINST_US) >= _STOP_AGAINST_US

    def served(self, key: str) -> Decided:
        """Somebody was served; most runs never come further than the first line."""
        if not (self._by_provider or self._row or self._waiting):
            return _NOTHING
        provider = self._provider_of(key)
        self._by_provider.pop(provider, None)
        self._waiting += self._row
        self._row = []
        self._in_a_row.clear()
        stand = self._take(_HELD, lambda one: self._provider(one) == provider, self._waiting)
        over = max(0, len(self._waiting) - _MOST_WAITING)
        stand += self._waiting[:over]
        del self._waiting[:over]
        return Decided(stand=stand)

    def end(self, *, complete: bool, ever: bool) -> Decided:
        """Nothing more is to come, for now.

        Args:
            complete: everybody has been tried.
            ever: somebody was served of this issue, in whatever run.
        """
        row, waiting = self._row, self._waiting
        stands = complete and (ever or self._too_few())
        self._row, self._waiting = [], []
        self._in_a_row.clear()
        return Decided(stand=[*waiting, *row] if stands else waiting, put_off=() if stands else row)

    def _too_few(self) -> bool:
        """Whether what was refused is too little to be about us, though nobody ever was served."""
        if not any(map(self._counts, self._row)):
            return True
        for_good = all(refusal.verdict in (Verdict.GONE, Verdict.REFUSE) for refusal in self._row)
        return for_good and self._in_a_row.total() < _DOUBT

    def _counts(self, refusal: Refusal) -> bool:
        """Whether it is evidence against the server; who was refused before as others were served is none."""
        return self._doubting and refusal.letter.recipient.attempts == 0

    def _provider(self, refusal: Refusal) -> str:
        return self._provider_of(refusal.letter.recipient.key)

    def _take(
        self, verdicts: frozenset[Verdict], wanted: Callable[[Refusal], bool], those: list[Refusal]
    ) -> list[Refusal]:
        """Take out of a list what is of these verdicts and wanted."""
        if not verdicts:
            return []
        taken = [one for one in those if one.verdict in verdicts and wanted(one)]
        those[:] = [one for one in those if one not in taken]
        return taken


def _doubted(refused: Counter[Verdict]) -> frozenset[Verdict]:
    """The kinds of refusals that are about us, by how many there were in a row."""
    if refused.total() >= _DOUBT_MAILBOXES:
        return _HELD
    return _OF_ANYBODY if _count(refused, _OF_ANYBODY) >= _DOUBT else frozenset()


def _count(refused: Counter[Verdict], verdicts: frozenset[Verdict]) -> int:
    return sum(refused[verdict] for verdict in verdicts)
