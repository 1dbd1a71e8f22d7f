"""What became of an issue, kept in its folder."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace

from digest.deliver.loop.recorder import trouble
from digest.deliver.report import report_text
from digest.model import Report
from digest.work.holds import as_wanted
from digest.work.outlet import destination, only_written
from digest.workspace import Workspace

_log = logging.getLogger(__name__)


def close(workspace: Workspace, report: Report) -> Report:
    """Keep what became of an issue, and close its mailings once nobody is left to be tried; returns the whole of it."""
    report = replace(as_wanted(workspace, report), only_written=only_written(workspace, report.issue))
    if not (report.remaining or report.deferred or report.stopped):
        for mailing in workspace.book.mailings(report.issue):
            workspace.book.finish(report.issue, mailing.list, now=workspace.clock())
    _log.info("delivery ended", extra={"fields": _figures(report)})
    save_report(workspace, report)
    return report


def _figures(report: Report) -> dict[str, object]:
    """A report without the people in it."""
    outcomes = {"deferred": report.deferred, "failed": report.failed, "uncertain": report.uncertain}
    return {
        "issue": report.issue,
        "written" if report.only_written else "sent": report.sent,
        **{name: len(those) for name, those in outcomes.items()},
        "remaining": report.remaining,
        "stopped": report.stopped,
        "reasons": Counter(trouble(one) for those in outcomes.values() for one in those),
    }


def save_report(workspace: Workspace, report: Report) -> None:
    """Keep what became of an issue in its folder: for programs, and as an account for people."""
    record = workspace.book.get(report.issue)
    text = report_text(
        report,
        workspace.ledger.tally(report.issue),
        subject=record.subject if record else "",
        by=destination(workspace),
        ended=workspace.today,
    )
    workspace.archive.save_report(report, text=text)
