"""What became of an issue, kept in its folder."""

from __future__ import annotations

from digest.deliver.report import report_text
from digest.model import (
    Report,
)
from digest.work.outlet import destination
from digest.workspace import Workspace


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
