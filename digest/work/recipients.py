"""Who gets an issue: on record in one transaction, or only counted."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from digest.audience import subscribers
from digest.deliver.plan import plan
from digest.errors import CheckFailedError
from digest.model import BadRow, DeliveryState, Plan, Progress, Skipped, Subscriber
from digest.store.issues import Mailing
from digest.store.ledger import Ledger
from digest.work.drafts import carried_articles
from digest.work.links import remember_links
from digest.workspace import Workspace

_log = logging.getLogger(__name__)

#: Planning tells how far it is each so many rows of the list.
_TELL_EVERY = 10_000


def freeze(workspace: Workspace, issue: str, list_name: str, *, progress: Progress) -> Plan:
    """Put the recipients of an issue on record; from here on it can't be edited, only delivered."""
    # What can't be read or used is told before anybody is on record.
    _ = workspace.keys, workspace.secret, workspace.archive.load_edition(issue)
    carried = list(carried_articles(workspace, issue, on=workspace.today.date()))
    rows = _counted_rows(_rows(workspace, list_name), progress)
    frozen = _for_somebody(plan(issue, rows, ledger=workspace.ledger), list_name)
    remember_links(workspace)
    mailing = Mailing(issue=issue, list=list_name, started_at=workspace.clock(), day=workspace.day)
    workspace.book.begin(mailing, carried)
    counts = {"recipients": frozen.recipients, "skipped": len(frozen.skipped)}
    _log.info("recipients frozen", extra={"fields": {"issue": issue, "list": list_name, **counts}})
    return frozen


def rehearse(workspace: Workspace, issue: str, list_name: str) -> Plan:
    """Say who would get an issue, and put nobody on record."""
    _ = workspace.keys
    register = _Rehearsal(workspace.ledger)
    return _for_somebody(plan(issue, _rows(workspace, list_name), ledger=register), list_name)


def _for_somebody(planned: Plan, list_name: str) -> Plan:
    """An issue that is sent to nobody would be the period's, and its articles would be told to nobody."""
    if planned.recipients:
        return planned
    reasons = Counter(one.kind or one.why for one in planned.skipped)
    told = ", ".join(f"{count:,} {why}" for why, count in reasons.most_common(5)) or "it has no rows"
    raise CheckFailedError(
        f"Nobody on subscribers/{list_name}.csv is mailed ({told}): the issue is not sent.",
        hint="See the list with: digest subscribers check",
    )


def _rows(workspace: Workspace, list_name: str) -> Iterator[Subscriber | BadRow]:
    """The rows of a list. Raises UnclearListError where a column may tell who has left and is not understood."""
    return subscribers.read(workspace.project.list_file(list_name), workspace.project.list_columns(list_name))


class _Rehearsal:
    """Stands in for the ledger, keeps nothing, and counts."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._people = 0

    def tally(self, issue: str) -> Mapping[DeliveryState, int]:
        return Counter(self._ledger.tally(issue)) + Counter({DeliveryState.PLANNED: self._people})

    def freeze(self, issue: str, people: Iterable[tuple[str, Subscriber]]) -> list[Skipped]:
        skipped = self._ledger.freeze(issue, self._counted(people), keep=False)
        self._people -= len(skipped)
        return skipped

    def _counted(self, people: Iterable[tuple[str, Subscriber]]) -> Iterator[tuple[str, Subscriber]]:
        for person in people:
            self._people += 1
            yield person


def _counted_rows(rows: Iterator[Subscriber | BadRow], progress: Progress) -> Iterator[Subscriber | BadRow]:
    for count, row in enumerate(rows, start=1):
        if count % _TELL_EVERY == 0:
            progress(count, 0)
        yield row
