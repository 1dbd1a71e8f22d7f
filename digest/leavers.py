"""Who left an issue's lists since its recipients were frozen: they are not mailed.

The lists are read again before each run, since an issue may be on its way for weeks, and once more whenever they change
during a run, which may take hours.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile

from digest.audience import subscribers
from digest.audience.roll import Roll
from digest.audience.watch import Watch
from digest.errors import UsageError
from digest.newsdesk import Desk
from digest.store.ledger import Ledger

_log = logging.getLogger(__name__)

#: Seconds between two looks at whether a list was changed while its issue is on its way.
_LOOK_AGAIN = 5.0


class Leavers:
    """The leavers of one issue, as long as one run lasts.

    Args:
        stopped: once true, reading ends between two rows; then nobody is mailed, and the next run looks again.

    Raises:
        UsageError: a list can't be read, by any of its methods.
    """

    def __init__(self, desk: Desk, issue: str, *, ledger: Ledger, stopped: Callable[[], bool]) -> None:
        self._desk = desk
        self._issue = issue
        self._ledger = ledger
        self._stopped = stopped
        self._lists = [mailing.list for mailing in desk.book.mailings(issue)]
        with self._lists_needed():
            files = [desk.project.list_file(name) for name in self._lists]
        self._watch = Watch(files, every=_LOOK_AGAIN, time=time.monotonic)

    def skip(self) -> None:
        """Skip who is active on none of the lists any more."""
        roll = Roll(takewhile(lambda _: not self._stopped(), self._active()))
        if self._stopped():
            # The roll is not whole: by it people would have left who have not.
            return
        why = f"not active on {' or '.join(self._lists)} any more"
        gone = self._ledger.skip(
            self._issue, lambda key: not self._stopped() and key not in roll, why=why, now=self._desk.clock()
        )
        if gone:
            _log.info("recipients left", extra={"fields": {"issue": self._issue, "skipped": gone}})

    def skip_again(self) -> None:
        """Skip who has left since the lists were read, if they have changed."""
        if self._watch.changed():
            try:
                self.skip()
            except UsageError:
                # Somebody is writing it just now: it is read when they are done.
                if self._watch.at_rest():
                    raise

    def _active(self) -> Iterator[str]:
        """The keys of the lists' active people."""
        for name in self._lists:
            with self._lists_needed():
                yield from subscribers.active_keys(self._desk.project.list_file(name))

    @contextmanager
    def _lists_needed(self) -> Iterator[None]:
        """Who left can't be told without the lists, so an unreadable one stops the run."""
        try:
            yield
        except UsageError as error:
            hint = f"{error.hint} Nobody is mailed issue {self._issue} until it can be read: it tells who has left."
            raise UsageError(error.message, hint=hint) from error
