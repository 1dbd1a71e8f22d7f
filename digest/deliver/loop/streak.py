"""A streak of refusals, nobody served between them: are they about the recipients, or about us? Pure.

Nobody can tell from one alone, so what becomes of each waits for somebody of the same provider to be served, or for
the end of the run. Then it stands. A streak, of a server's or of a provider's refusals, is about us: then each is put
off, and nobody loses an attempt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digest.deliver.wire.transport import Message
from digest.deliver.wire.verdicts import Verdict
from digest.model import Outcome

#: They name a mailbox. Of the worst list three in ten are no more, and 25 in a row one time in 10^13; but a server that
#: has lost its tables says so of everybody.
_OF_MAILBOXES = frozenset({Verdict.GONE, Verdict.REFUSE, Verdict.DEFER})
_OF_ANYBODY = frozenset(
    {*(Verdict.UNCLEAR, Verdict.LATER, Verdict.TOO_LARGE), *(Verdict.GREYLISTED, Verdict.SUSPECT, Verdict.STOP)}
)
_HELD = _OF_MAILBOXES | _OF_ANYBODY
#: Taken at their word where there is nobody to compare them with.
_GONE_OR_FULL = frozenset({Verdict.GONE, Verdict.REFUSE})
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
    message: Message
    outcome: Outcome
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """What has become of refusals that waited."""

    #: They are about their recipients.
    stand: Sequence[Refusal] = ()
    #: They are about us.
    put_off: Sequence[Refusal] = ()


_NOTHING = Decision()


class _Refused:
    """How many people were refused, by how; who is refused again is not counted again."""

    def __init__(self) -> None:
        self._people: dict[Verdict, set[str]] = defaultdict(set)

    def add(self, refusal: Refusal) -> None:
        people = self._people[refusal.verdict]
        # Nothing asks for more.
        if len(people) < _DOUBT_MAILBOXES:
            people.add(refusal.message.recipient.key)

    def count(self, verdicts: frozenset[Verdict] = _HELD) -> int:
        return sum(len(people) for verdict, people in self._people.items() if verdict in verdicts)

    @property
    def doubted(self) -> frozenset[Verdict]:
        """The kinds of refusals that are about us, by how many there were."""
        if self.count() >= _DOUBT_MAILBOXES:
            return _HELD
        return _OF_ANYBODY if self.count(_OF_ANYBODY) >= _DOUBT else frozenset()


class RefusalStreak:
    """What one server refused, as long as nobody knows why.

    Args:
        provider_of: who keeps the mailbox of a recipient, by key.
        doubting: False where the issue is so old that whatever is refused stands.
    """

    def __init__(self, provider_of: Callable[[str], str], *, doubting: bool = True) -> None:
        self._provider_of = provider_of
        self._doubting = doubting
        #: How many messages this server took.
        self.sent = 0
        #: It is given no more messages.
        self.over = False
        #: Since this server took a message.
        self._streak: list[Refusal] = []
        self._refused = _Refused()
        #: Since this server took a message for a provider.
        self._by_provider: dict[str, _Refused] = {}
        #: From before the last message that was taken, in the order they came.
        self._waiting: list[Refusal] = []

    @staticmethod
    def holds(verdict: Verdict) -> bool:
        """Whether refusals like this wait."""
        return verdict in _HELD

    def add(self, refusal: Refusal) -> Decision:
        """Take in a refusal."""
        provider = self._provider(refusal)
        self._streak.append(refusal)
        if not self._counts(refusal):
            return _NOTHING
        refused = self._by_provider.setdefault(provider, _Refused())
        refused.add(refusal)
        self._refused.add(refusal)
        put_off = self._take(self._refused.doubted, lambda _: True, self._streak)
        for those in (self._streak, self._waiting):
            put_off += self._take(refused.doubted, lambda one: self._provider(one) == provider, those)
        return Decision(put_off=put_off)

    @property
    def too_many(self) -> int:
        """How many recipients in a row were refused, where they should stop the server; else 0."""
        against_us = self._refused.count(_AGAINST_US)
        for_good = self._refused.count(_FOR_GOOD)
        if against_us >= _STOP_AGAINST_US or for_good >= _STOP_FOR_GOOD:
            return for_good
        return 0

    def provider_refuses_all(self, key: str) -> bool:
        """Whether the provider of a recipient refuses all of its own, whoever else is served."""
        refused = self._by_provider.get(self._provider_of(key))
        return refused is not None and refused.count(_AGAINST_US) >= _STOP_AGAINST_US

    def served(self, key: str) -> Decision:
        """Somebody was served; in most runs nothing waits for it."""
        self.sent += 1
        if not (self._by_provider or self._streak or self._waiting):
            return _NOTHING
        provider = self._provider_of(key)
        self._by_provider.pop(provider, None)
        self._waiting += self._streak
        self._streak = []
        self._refused = _Refused()
        stand = self._take(_HELD, lambda one: self._provider(one) == provider, self._waiting)
        over = max(0, len(self._waiting) - _MOST_WAITING)
        stand += self._waiting[:over]
        del self._waiting[:over]
        return Decision(stand=stand)

    def end(self, *, complete: bool, ever: bool, few: bool) -> Decision:
        """Nothing more is to come, for now. The streak lasts until somebody is served: those who were put off come back
        one by one, and one alone would look like none.

        Args:
            complete: everybody who is due has been tried.
            ever: somebody got this issue, in whatever run.
            few: it was for one or two when the run began: so many can't be told from a streak.
        """
        streak, waiting = self._streak, self._waiting
        self._streak, self._waiting = [], []
        if complete and (self.sent or not any(map(self._counts, streak))):
            return Decision(stand=[*waiting, *streak])
        believed = frozenset[Verdict]()
        if complete:
            believed |= _HELD if few and ever else _GONE_OR_FULL if few else frozenset()
            believed |= _OF_MAILBOXES if ever else frozenset()
        stand = self._take(believed, lambda _: True, streak)
        return Decision(stand=[*waiting, *stand], put_off=streak)

    def _counts(self, refusal: Refusal) -> bool:
        """Whether it is evidence against the server; who was refused before as others were served is none."""
        return self._doubting and refusal.message.recipient.attempts == 0

    def _provider(self, refusal: Refusal) -> str:
        return self._provider_of(refusal.message.recipient.key)

    def _take(
        self, verdicts: frozenset[Verdict], wanted: Callable[[Refusal], bool], those: list[Refusal]
    ) -> list[Refusal]:
        """Take out of a list what is of these verdicts and wanted."""
        if not verdicts:
            return []
        taken = [one for one in those if one.verdict in verdicts and wanted(one)]
        those[:] = [one for one in those if one not in taken]
        return taken
