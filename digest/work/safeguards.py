"""What was there yesterday and is not today: a server, a ledger. A run stops before that mails everybody, or nobody."""

from __future__ import annotations

from contextlib import suppress

from digest.errors import CheckFailedError, UsageError
from digest.store.database import shown
from digest.store.secret import copied_secret, kept_secret
from digest.work.outlet import by_mail
from digest.workspace import Workspace


def refuse_lost_server(workspace: Workspace) -> None:
    """Stop a run that would write into a folder what readers wait for.

    Raises:
        UsageError: issues went by a server before, and none is set now.
    """
    last = None if by_mail(workspace) else workspace.book.last_by_server()
    if last:
        raise UsageError(
            f"Issue {last.issue} went by {last.taken_by}, and now no SMTP_HOST is set: nobody would get mail.",
            hint=f"Set it again, in .env of {workspace.project.folder.resolve()} or the environment. A copy of a "
            "folder often lacks .env, whose name begins with a dot.",
        )


def refuse_lost_ledger(workspace: Workspace) -> None:
    """Stop a run that would send again what another ledger has sent, or give its numbers to other issues.

    Raises:
        CheckFailedError: issues/ tells of issues that people got, and the ledger does not know them.
    """
    if unknown := unknown_issues(workspace):
        raise CheckFailedError(
            f"issues/ tells of {_counted(workspace, unknown)}, which the ledger does not know: "
            f"{shown(workspace.engine)} is new, or another one than before. To go on would mail people again.",
            hint="Put the ledger back from a backup, digest.db with digest.db-wal if there is one, or set DATABASE_URL "
            f"as it was. If it is lost for good: digest deliveries adopt; then {_these(unknown)} sent."
            f"{_about_links(workspace)}",
        )


def unknown_issues(workspace: Workspace) -> list[str]:
    """The keys of issues that people got by their reports, and that the ledger does not know, oldest first."""
    known, there = workspace.book.mailed_keys(), workspace.archive.keys()
    return [key for key in there if key not in known and workspace.archive.was_mailed(key)]


def _counted(workspace: Workspace, unknown: list[str]) -> str:
    last = unknown[-1]
    people = "people"
    with suppress(UsageError):
        if report := workspace.archive.load_report(last):
            people = f"{report.sent_total:,} {'message' if report.sent_total == 1 else 'messages'}"
    many = f"{len(unknown)} issues, the last of them " if unknown[1:] else "issue "
    return f"{many}{last} ({people} by its report)"


def _these(unknown: list[str]) -> str:
    return f"these {len(unknown)} count as" if unknown[1:] else "it counts as"


def _about_links(workspace: Workspace) -> str:
    """What a lost ledger means for links that are out."""
    if workspace.settings.secret_key.get_secret_value() or copied_secret(workspace.project.secret_copy):
        return ""
    if kept_secret(workspace.engine):
        return ""
    return (
        " It also held the key of links to unsubscribe, since DIGEST_SECRET_KEY is not set: without it, those in mails"
        " that are out tell nobody."
    )
