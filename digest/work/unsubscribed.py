"""Who left an issue's lists since its recipients were frozen: they are not mailed.

The lists are read again before each run, since an issue may be on its way for weeks, and once more whenever they change
during a run, which may take hours. Nobody is taken for one who left because of a row that is bad: they wait until it is
mended; so does whoever is on none of the lists that are there while another is gone. A list that names hardly anybody
any more is likelier a file that was cut off than people who left all at once: it stops the run.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from digest.audience.listfile import Watch
from digest.audience.snapshot import Snapshot, snapshot
from digest.errors import DigestError, UnclearListError, UsageError
from digest.store.ledger import Ledger
from digest.workspace import Workspace

_log = logging.getLogger(__name__)

#: Seconds between two looks at whether a list was changed while its issue is on its way.
_LOOK_AGAIN = 5.0
#: Of those who wait for an issue so many may be gone from its lists without a row that says so; of fewer than ten
#: people, all but everybody. Lists lose less than one in a hundred readers a month.
_MOST_GONE = 0.5
_FEW = 10


class Unsubscribed:
    """The unsubscribed of one issue, as long as one run lasts.

    Args:
        stopped: once true, reading ends between two rows; then nobody is mailed, and the next run looks again.

    Raises:
        UsageError: a list can't be read, by any of its methods.
        UnclearListError: it can't be told from a list who has left, likewise.
    """

    def __init__(self, workspace: Workspace, issue: str, *, ledger: Ledger, stopped: Callable[[], bool]) -> None:
        self._workspace = workspace
        self._issue = issue
        self._ledger = ledger
        self._stopped = stopped
        mailed = [mailing.list for mailing in workspace.book.mailings(issue)]
        self._gone = [name for name in mailed if not workspace.project.has_list(name)]
        self._lists = [name for name in mailed if name not in self._gone] or mailed
        #: How many wait for a list that is gone.
        self._waiting = 0
        with self._lists_needed():
            files = [workspace.project.list_file(name) for name in self._lists]
        self._watch = Watch(files, every=_LOOK_AGAIN, time=time.monotonic)

    def skip(self) -> None:
        """Skip who is active on none of the lists any more, and let those wait of whom that can't be told."""
        lists = [self._standing(name) for name in self._lists]
        if self._stopped():
            # They were not read to the end: by them people would have left who have not.
            return
        if not self._gone:
            self._refuse_cut_off(lists)
        why = f"not active on {' or '.join(self._lists)} any more"
        gone = self._ledger.skip(
            self._issue,
            lambda key: not (self._stopped() or self._gone) and has_left(key, lists),
            why=why,
            now=self._workspace.clock(),
        )
        held = self._ledger.hold(
            self._issue,
            lambda key: held_by(key, lists) or self._waits_for_list(key, lists),
            now=self._workspace.clock(),
        )
        self._waiting = held if self._gone else 0
        if gone or held:
            fields = {"issue": self._issue, "skipped": gone, "held": held}
            _log.info("recipients left", extra={"fields": fields})

    @property
    def notes(self) -> tuple[str, ...]:
        """What the owner should know of those who wait."""
        if not self._waiting:
            return ()
        wait = f"{self._waiting:,} of the issue's readers wait: {_files(self._gone)} is gone, which tells who has left."
        return (f"{wait} Put it back, or end the issue for good: digest deliveries cancel {self._issue}",)

    def _waits_for_list(self, key: str, lists: Sequence[Snapshot]) -> str:
        """Why somebody waits whose list may be one that is gone; "" where none is, or another says that they stay."""
        if not self._gone or any(key in one.active for one in lists):
            return ""
        return f"waits for {_files(self._gone)}, which is gone and tells whether they have left"

    def skip_again(self) -> None:
        """Skip who has left since the lists were read, if they have changed."""
        if self._watch.changed():
            try:
                self.skip()
            except (UsageError, UnclearListError):
                # Somebody is writing it just now: it is read when they are done.
                if self._watch.at_rest():
                    raise

    def _standing(self, name: str) -> Snapshot:
        project = self._workspace.project
        with self._lists_needed():
            return snapshot(project.list_file(name), project.list_columns(name), stopped=self._stopped)

    def _refuse_cut_off(self, lists: Sequence[Snapshot]) -> None:
        waiting = gone = 0
        for key in self._ledger.left(self._issue):
            waiting += 1
            gone += not any(key in one.active or key in one.left or one.held_by(key) for one in lists)
        empty = [one.list for one in lists if not one.rows]
        if waiting and empty:
            self._refuse(f"subscribers/{empty[0]}.csv names nobody any more, and {waiting:,} people wait for an issue")
        if waiting >= _FEW and gone > _MOST_GONE * waiting:
            names = " and ".join(f"subscribers/{name}.csv" for name in self._lists)
            self._refuse(f"{gone:,} of the {waiting:,} people who wait for an issue are not in {names} any more")

    def _refuse(self, problem: str) -> None:
        raise UnclearListError(
            f"{problem} ({self._issue}): that looks like a file that was cut off.",
            hint="Put it back. Where they left indeed, keep their rows and write “unsubscribed” as the status.",
        )

    @contextmanager
    def _lists_needed(self) -> Iterator[None]:
        """Who left can't be told without the lists, so one that can't be read stops the run."""
        try:
            yield
        except (UsageError, UnclearListError) as error:
            put_back = "Put it back under this name, or rename it back." if self._gone else error.hint
            until = (
                f"Nobody is mailed issue {self._issue} until it can be read: it tells who has left. "
                f"To end the issue for good: digest deliveries cancel {self._issue}"
            )
            hint = f"{put_back}\n        {until}" if "\n" in put_back else f"{put_back} {until}"
            raise _same(error, hint) from error


def has_left(key: str, lists: Sequence[Snapshot]) -> bool:
    """Whether somebody is active on none of the lists, and no bad row may be theirs."""
    if any(key in one.active or one.held_by(key) for one in lists):
        return False
    return any(key in one.left for one in lists) or not any(one.unknown for one in lists)


def held_by(key: str, lists: Sequence[Snapshot]) -> str:
    """Why it can't be told whether somebody has left; "" where it can."""
    if any(key in one.active for one in lists):
        return ""
    for one in lists:
        if line := one.held_by(key):
            return f"waits until line {line} of {one.list}.csv is mended: see digest subscribers check"
    if any(key in one.left for one in lists):
        return ""
    unknown = next((one for one in lists if one.unknown), None)
    if unknown is None:
        return ""
    return f"waits until line {unknown.unknown} of {unknown.list}.csv is mended: it has no address, and may be theirs"


def _files(lists: Sequence[str]) -> str:
    return " and ".join(f"subscribers/{name}.csv" for name in lists)


def _same(error: DigestError, hint: str) -> DigestError:
    return type(error)(error.message, hint=hint)
