"""What was there yesterday and is not today: a server, a ledger. A run stops before that mails everybody, or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time

from digest.errors import CheckFailedError, UsageError
from digest.newsdesk import Desk, carried_articles
from digest.schedule import period_of
from digest.store.database import shown
from digest.store.deliveries import mail_written
from digest.store.issues import OUTBOX, IssueRecord, Mailing
from digest.store.secret import copied_secret, kept_secret


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


# --- the ledger -------------------------------------------------------------------------------------------------


def refuse_lost_ledger(desk: Desk) -> None:
    """Stop a run that would send again what another ledger has sent, or give its numbers to other issues.

    Raises:
        CheckFailedError: issues/ tells of issues that people got, and the ledger does not know them.
    """
    if unknown := unknown_issues(desk):
        raise CheckFailedError(
            f"issues/ tells of {_counted(desk, unknown)}, which the ledger does not know: "
            f"{shown(desk.engine)} is new, or another one than before. To go on would mail people again.",
            hint="Put the ledger back from a backup, digest.db with digest.db-wal if there is one, or set DATABASE_URL "
            f"as it was. If it is lost for good: digest deliveries adopt; then {_these(unknown)} sent."
            f"{_about_links(desk)}",
        )


def unknown_issues(desk: Desk) -> list[str]:
    """The keys of issues that people got by their reports, and that the ledger does not know, oldest first."""
    known, there = desk.book.mailed_keys(), desk.archive.keys()
    return [key for key in there if key not in known and desk.archive.was_mailed(key)]


def adopt(desk: Desk, key: str) -> str:
    """Have the ledger know an issue as sent, by what its folder tells; returns what can't be told any more."""
    missing, articles = "", []
    day = _sent_at(desk, key).date()
    try:
        articles = list(carried_articles(desk, key, on=day))
    except UsageError as error:
        missing = f"its articles may come again: {error.message}"
    desk.book.adopt(_record(desk, key), list(_mailings(desk, key)), articles)
    return missing


def _record(desk: Desk, key: str) -> IssueRecord:
    number, _, day = key.partition("-")
    on, subject, until = date.fromisoformat(day), "", _sent_at(desk, key)
    with suppress(UsageError):
        subject = desk.archive.load_issue(key).subject
    with suppress(UsageError):
        if ballot := desk.archive.load_ballot(key):
            until = ballot.until
    period = period_of(on, desk.project.settings.newsletter.cadence)
    return IssueRecord(
        key=key, number=int(number), date=on, period=period, subject=subject, until=until, created_at=desk.clock()
    )


def _mailings(desk: Desk, key: str) -> Iterator[Mailing]:
    """To all lists there are: nobody knows any more to which it went, and nobody may be mailed it again."""
    report = None
    with suppress(UsageError):
        report = desk.archive.load_report(key)
    taker = OUTBOX if report and report.only_written else "a mail server"
    for name in sorted({desk.project.settings.newsletter.list, *desk.project.list_names}):
        yield Mailing(issue=key, list=name, started_at=_sent_at(desk, key), taken_by=taker)


def _sent_at(desk: Desk, key: str) -> datetime:
    """When it went out, as far as its folder tells."""
    zone = desk.project.settings.newsletter.zone
    ended = desk.archive.ended(key) or datetime.combine(date.fromisoformat(key.partition("-")[2]), time(12))
    return min(ended.replace(tzinfo=zone), desk.today)


def _counted(desk: Desk, unknown: list[str]) -> str:
    last = unknown[-1]
    people = "people"
    with suppress(UsageError):
        if report := desk.archive.load_report(last):
            people = f"{report.sent_total:,} {'message' if report.sent_total == 1 else 'messages'}"
    many = f"{len(unknown)} issues, the last of them " if unknown[1:] else "issue "
    return f"{many}{last} ({people} by its report)"


def _these(unknown: list[str]) -> str:
    return f"these {len(unknown)} count as" if unknown[1:] else "it counts as"


def _about_links(desk: Desk) -> str:
    """What a lost ledger means for links that are out."""
    if desk.project.settings.secret_key.get_secret_value() or copied_secret(desk.project.secret_copy):
        return ""
    if kept_secret(desk.engine):
        return ""
    return (
        " It also held the key of links to unsubscribe, since DIGEST_SECRET_KEY is not set: without it, those in mails"
        " that are out tell nobody."
    )
