"""Where messages go: to a mail server, or into a folder as long as none is set."""

from __future__ import annotations

from digest.store.deliveries import mail_written
from digest.store.issues import OUTBOX
from digest.work.schedule import period_of
from digest.workspace import Workspace


def by_mail(workspace: Workspace) -> bool:
    """Whether a server is set, so that messages go to people and not into a folder."""
    return bool(workspace.settings.mail_servers())


def only_written(workspace: Workspace, issue: str) -> bool:
    """Whether an issue's messages lie in a folder, and nobody has got one."""
    return any(mailing.only_written for mailing in workspace.book.mailings(issue))


def taken_by(workspace: Workspace) -> str:
    """What takes messages now: the servers' hosts, or `OUTBOX`."""
    return " and ".join(server.smtp.host for server in workspace.settings.mail_servers()) or OUTBOX


def destination(workspace: Workspace) -> str:
    """Where messages go, for a person: "by mail.example.org" or "into outbox/ (no SMTP_HOST is set)"."""
    return (
        f"by {taken_by(workspace)}" if by_mail(workspace) else f"into {workspace.project.outbox}/ (no SMTP_HOST is set)"
    )


def mail_what_was_written(workspace: Workspace, issue: str) -> int:
    """Plan again an issue that was only written while no server was set; returns how many messages that is."""
    if not (by_mail(workspace) and only_written(workspace, issue)):
        return 0
    cadence, zone = workspace.settings.newsletter.cadence, workspace.settings.newsletter.zone
    first, *_ = workspace.book.mailings(issue)
    began = first.started_at.astimezone(zone).date()
    # Its Date is today's, unless it would become the issue of another period by that.
    today = period_of(began, cadence) == period_of(workspace.today.date(), cadence)
    return mail_written(workspace.engine, issue, now=workspace.clock(), started_at=workspace.clock() if today else None)
