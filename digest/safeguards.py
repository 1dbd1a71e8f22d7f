"""What was there yesterday and is not today: a server, a ledger. A run stops before that mails everybody, or nobody."""

from __future__ import annotations

from digest.errors import UsageError
from digest.newsdesk import Desk
from digest.schedule import period_of
from digest.store.deliveries import mail_written
from digest.store.issues import OUTBOX


def by_mail(desk: Desk) -> bool:
    """Whether a server is set, so that messages go to people and not into a folder."""
    return bool(desk.project.settings.mail_servers())


def only_written(desk: Desk, issue: str) -> bool:
    """Whether an issue's messages lie in a folder, and nobody has got one."""
    return any(mailing.only_written for mailing in desk.book.mailings(issue))


def refuse_lost_server(desk: Desk) -> None:
    """Stop a run that would write into a folder what readers wait for.

    Raises:
        UsageError: issues went by a server before, and none is set now.
    """
    last = None if by_mail(desk) else desk.book.last_by_server()
    if last:
        raise UsageError(
            f"Issue {last.issue} went by {last.taken_by}, and now no SMTP_HOST is set: nobody would get mail.",
            hint=f"Set it again, in .env of {desk.project.folder.resolve()} or the environment. A copy of a folder "
            "often lacks .env, whose name begins with a dot.",
        )


def mail_what_was_written(desk: Desk, issue: str) -> int:
    """Plan again an issue that was only written while no server was set; returns how many messages that is."""
    if not (by_mail(desk) and only_written(desk, issue)):
        return 0
    cadence, zone = desk.project.settings.newsletter.cadence, desk.project.settings.newsletter.zone
    first, *_ = desk.book.mailings(issue)
    began = first.started_at.astimezone(zone).date()
    # Its Date is today's, unless it would become the issue of another period by that.
    today = period_of(began, cadence) == period_of(desk.today.date(), cadence)
    return mail_written(desk.engine, issue, now=desk.clock(), started_at=desk.clock() if today else None)


def taken_by(desk: Desk) -> str:
    """What takes messages now: the servers' hosts, or `OUTBOX`."""
    return " and ".join(server.smtp.host for server in desk.project.settings.mail_servers()) or OUTBOX
