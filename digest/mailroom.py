"""From an edition to people's mailboxes: what `digest send` does with the ledger.

due_step      what there is to do, from the ledger and the calendar
freeze        who gets an issue, on record in one transaction; the edition's bytes are on disk before
deliver_rest  deliver what is left of it: at first, after an interruption, when deferred ones are due
send_test     one message marked [TEST], which the ledger knows nothing of
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from digest.audience import subscribers
from digest.deliver.account import account
from digest.deliver.loop.lanes import Server
from digest.deliver.loop.recorder import Telling, trouble
from digest.deliver.loop.standing import standing
from digest.deliver.messages.dkim import SigningKey
from digest.deliver.pacing.estimate import Outlook, open_stretches
from digest.deliver.pacing.limits import Meter, run_limits
from digest.deliver.plan import plan
from digest.deliver.wire.outbox import Outbox
from digest.deliver.wire.smtp import SmtpTransport
from digest.deliver.wire.transport import BrokenConnectionError, ServerRefusedError, Transport
from digest.departures import link_secret, remember_links, return_paths, unsubscribe_links
from digest.errors import CheckFailedError, UsageError
from digest.holds import as_wanted, cancelled_report, end_cancelled, heeded
from digest.leavers import Leavers
from digest.mailsettings import Rates, ServerSettings, SmtpSettings
from digest.model import (
    BadRow,
    DeliveryState,
    Edition,
    Outcome,
    Plan,
    Recipient,
    Report,
    Skipped,
    Subscriber,
)
from digest.newsdesk import Desk, carried_articles, waiting_draft
from digest.pipeline import Personal, Progress, mail, mold_of
from digest.project import Project
from digest.render.placeholders import greeter
from digest.safeguards import by_mail, only_written, taken_by
from digest.schedule import LONGEST_PERIOD, Step, next_step, period_of
from digest.settings import SendSettings, Settings
from digest.store.allowances import Allowances
from digest.store.consents import Consents
from digest.store.database import open_database, sqlite_url
from digest.store.deliveries import try_again
from digest.store.issues import Mailing
from digest.store.journal import Journal, this_boot
from digest.store.ledger import Ledger

_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from digest.deliver.wire.oauth import AccessTokens

#: For the size of a message: the others differ by a name and an address.
_SOMEBODY = Recipient(key="somebody@example.invalid", email="somebody@example.invalid")
#: Planning tells how far it is each so many rows of the list.
_TELL_EVERY = 10_000
#: What may be of the period that it is: none is longer, and a mailing begins some time after its run.
_LATELY = LONGEST_PERIOD + timedelta(days=2)


def due_step(desk: Desk, list_name: str) -> Step:
    """What a run has to do for a list in this period, once interrupted mailings have been seen to."""
    period = period_of(desk.day, desk.project.settings.newsletter.cadence)
    mailed, held = _mailed(desk, period)
    waiting = waiting_draft(desk)
    return next_step(
        period=period,
        list_name=list_name,
        mailed=mailed,
        held=held,
        written={issue for issue in mailed.values() if only_written(desk, issue)},
        by_mail=by_mail(desk),
        draft=waiting.record.key if waiting else "",
        draft_period=waiting.record.period if waiting else "",
        edited=bool(waiting and waiting.edited),
    )


def extra_step(desk: Desk, list_name: str) -> Step:
    """To send the draft that waits though the period's issue was sent; never builds one, so that no cron line can.

    Raises:
        UsageError: the period's own issue is still due, or no draft waits.
    """
    due = due_step(desk, list_name)
    if due.action != "nothing":
        raise UsageError(
            f"This period's own issue has not been sent to {list_name} yet, and --extra is for one more.",
            hint="Send it first, with: digest send",
        )
    waiting = waiting_draft(desk)
    if waiting is None:
        raise UsageError("No draft waits to be sent.", hint="Make one with digest build, then: digest send --extra")
    return Step(action="send draft", issue=waiting.record.key, why="it is one more in this period")


def _mailed(desk: Desk, period: str) -> tuple[dict[str, str], dict[str, str]]:
    """The lists that got an issue in a period, each with the issue, and which of these issues a person holds back.

    What counts is when it went out: a draft that was built on Friday and edited is the issue of the week after. And it
    is the day on which that run began, whatever cadence and time zone the newsletter had then.
    """
    newsletter = desk.project.settings.newsletter
    lately = desk.book.mailed(since=desk.began - _LATELY)
    days = {one: one.day or one.started_at.astimezone(newsletter.zone).date() for one in lately}
    of_period = [one for one, day in days.items() if period_of(day, newsletter.cadence) == period]
    held = {key: word for key in {one.issue for one in of_period} if (word := _held(desk, key))}
    # The first is the period's issue, behind it may be extra ones; but one more stands in for one that was cancelled.
    mailed: dict[str, str] = {}
    for one in sorted(of_period, key=lambda one: one.issue in held):
        mailed.setdefault(one.list, one.issue)
    return mailed, held


def _held(desk: Desk, issue: str) -> str:
    """ "was cancelled", "is paused", or nothing."""
    record = desk.book.get(issue)
    if record and record.cancelled_at:
        return "was cancelled"
    return "is paused" if record and record.paused_at else ""


# --- who gets it ------------------------------------------------------------------------------------------------


def freeze(desk: Desk, issue: str, list_name: str, *, progress: Progress) -> Plan:
    """Put the recipients of an issue on record; from here on it can't be edited, only delivered."""
    # What can't be read or used is told before anybody is on record.
    signing_keys(desk.project)
    link_secret(desk)
    desk.archive.load_edition(issue)
    carried = list(carried_articles(desk, issue, on=desk.today.date()))
    rows = _told(_rows(desk, list_name), progress)
    frozen = _for_somebody(plan(issue, rows, ledger=_ledger(desk)), list_name)
    remember_links(desk)
    mailing = Mailing(issue=issue, list=list_name, started_at=desk.clock(), day=desk.day)
    desk.book.begin(mailing, carried)
    counts = {"recipients": frozen.recipients, "skipped": len(frozen.skipped)}
    _log.info("recipients frozen", extra={"fields": {"issue": issue, "list": list_name, **counts}})
    return frozen


def rehearse(desk: Desk, issue: str, list_name: str) -> Plan:
    """Say who would get an issue, and put nobody on record."""
    signing_keys(desk.project)
    register = _Rehearsal(_ledger(desk))
    return _for_somebody(plan(issue, _rows(desk, list_name), ledger=register), list_name)


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


def _rows(desk: Desk, list_name: str) -> Iterator[Subscriber | BadRow]:
    """The rows of a list. Raises UnclearListError where a column may tell who has left and is not understood."""
    return subscribers.read(desk.project.list_file(list_name), desk.project.list_columns(list_name))


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


def _told(rows: Iterator[Subscriber | BadRow], progress: Progress) -> Iterator[Subscriber | BadRow]:
    for count, row in enumerate(rows, start=1):
        if count % _TELL_EVERY == 0:
            progress(count, 0)
        yield row


def refuse_in_vain(desk: Desk, issue: str) -> None:
    """Ask the servers whether they let us in and take mail of this size, while the issue can still be changed.

    Raises:
        ServerRefusedError: none of them does. One that can't be reached may be back when it is needed.
    """
    edition, settings = desk.archive.load_edition(issue), desk.project.settings
    mold = mold_of(edition, settings, personal=_personal(desk), date=desk.clock(), keys=signing_keys(desk.project))
    size = sum(map(len, mold.pieces(_SOMEBODY)))
    refusals = []
    for server in settings.mail_servers():
        try:
            asyncio.run(_smtp(desk, server).visit(size=size))
        except ServerRefusedError as error:
            refusals.append(error)
        except BrokenConnectionError:
            return
    if refusals and len(refusals) == len(settings.mail_servers()):
        raise refusals[0]


# --- on its way -------------------------------------------------------------------------------------------------


async def deliver_rest(desk: Desk, issue: str, *, stop: asyncio.Event, progress: Telling) -> Report:
    """Deliver what the ledger still holds of an issue, and close its mailings once nobody is left to be tried.

    Who has left its lists since the recipients were frozen is not mailed. Where nobody is left, neither lists nor the
    edition are needed, which may be gone by then.

    Raises:
        UsageError: the edition or all of the lists can't be read.
    """
    # What a dead run left claimed is planned again, or uncertain, before it is looked through.
    _ledger(desk).recover(issue, now=desk.clock())
    some_left = anybody_left(desk, issue)
    async with heeded(desk, issue, stop):
        report = await _delivered(desk, issue, stop, progress) if some_left else standing(_ledger(desk), issue)
    report = replace(as_wanted(desk, report), only_written=only_written(desk, issue))
    if not (report.remaining or report.deferred or report.stopped):
        for mailing in desk.book.mailings(issue):
            desk.book.finish(issue, mailing.list, now=desk.clock())
    _log.info("delivery ended", extra={"fields": _figures(report)})
    desk.archive.save_report(report, text=_account(desk, report))
    return report


def anybody_left(desk: Desk, issue: str) -> bool:
    """Whether somebody is still to be tried."""
    return any(True for _ in _ledger(desk).left(issue))


async def _delivered(desk: Desk, issue: str, stop: asyncio.Event, progress: Telling) -> Report:
    first, *_ = desk.book.mailings(issue)
    edition = _frozen_edition(desk, issue)
    leavers = Leavers(desk, issue, ledger=_ledger(desk), stopped=stop.is_set)
    # A list of a million takes its time: Ctrl-C is heard meanwhile.
    await asyncio.to_thread(leavers.skip)
    desk.book.note_taker(issue, taken_by(desk))
    report = await mail(
        edition,
        desk.project.settings,
        ledger=_ledger(desk, before_claim=leavers.skip_again),
        transport=_transport(desk, issue),
        personal=_personal(desk),
        allowances=Allowances(desk.engine),
        date=first.started_at,
        now=desk.clock,
        stop=stop,
        progress=progress,
        keys=signing_keys(desk.project),
    )
    report = replace(report, notes=(*report.notes, *leavers.notes))
    return _stopped_in_time(report)


def _frozen_edition(desk: Desk, issue: str) -> Edition:
    """The edition that an issue on its way began with. Raises UsageError where its file can't be read."""
    try:
        return desk.archive.load_edition(issue)
    except UsageError as error:
        hint = (
            f"Issue {issue} is on its way, and goes on with this file only: put it back from a backup. "
            f"To end the issue for good: digest deliveries cancel {issue}"
        )
        raise UsageError(error.message, hint=hint) from error


def _stopped_in_time(report: Report) -> Report:
    """A run that is stopped when nobody is left to be tried has done its work: there is nothing to go on with."""
    if not report.stopped or report.remaining or report.deferred:
        return report
    return replace(report, stopped="", notes=(*report.notes, "it was stopped when everybody had been tried"))


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


def _account(desk: Desk, report: Report) -> str:
    record = desk.book.get(report.issue)
    subject = record.subject if record else ""
    return account(report, tally(desk, report.issue), subject=subject, by=destination(desk), ended=desk.today)


async def send_test(desk: Desk, edition: Edition, address: str, *, stop: asyncio.Event) -> Report:
    """Send an edition to one address, marked as a test; on record only in a ledger that is thrown away."""
    marked = replace(edition, subject=f"[TEST] {edition.subject}")
    # Message-IDs are made with the secret: no test may bear that of the message in earnest, or of another test.
    personal = replace(_personal(desk), secret=secrets.token_bytes(16))
    with TemporaryDirectory() as folder:
        engine = open_database(sqlite_url(Path(folder) / "test.db"))
        try:
            ledger = Ledger(engine)
            plan(edition.issue, [Subscriber(email=address)], ledger=ledger)
            return await mail(
                marked,
                _at_any_time(desk.project.settings),
                ledger=ledger,
                transport=_transport(desk, "test"),
                personal=personal,
                date=desk.clock(),
                now=desk.clock,
                stop=stop,
                progress=lambda _done, _total, _troubles: None,
                keys=signing_keys(desk.project),
            )
        finally:
            engine.dispose()


def _personal(desk: Desk) -> Personal:
    settings = desk.project.settings
    greet = greeter(settings.newsletter, settings.render, templates=desk.project.templates)
    return Personal(
        secret=link_secret(desk),
        unsubscribe_url=unsubscribe_links(desk),
        greeting=lambda person: greet(person.name),
    )


def signing_keys(project: Project) -> tuple[SigningKey, ...]:
    """The keys that mail is signed with. Raises UsageError where one of them can't be used."""
    selectors = project.settings.dkim.selectors
    if not selectors:
        return ()
    written = tuple(_written(project.keys / f"{selector}.pem") for selector in selectors)
    return _read_keys(project.keys, signing_domain(project.settings), selectors, written)


@lru_cache(maxsize=1)
def _read_keys(
    folder: Path, domain: str, selectors: tuple[str, ...], written: tuple[int, ...]
) -> tuple[SigningKey, ...]:
    """A run asks for its keys up to three times, and OpenSSL's check of an RSA key takes 50 ms."""
    del written  # only there so that a file that was changed is read again
    from digest.deliver.messages.keys import signing_keys as read  # noqa: PLC0415 - cryptography takes 60 ms; few sign themselves

    return read(folder, domain=domain, selectors=selectors)


def _written(path: Path) -> int:
    """When a file was written, in nanoseconds; 0 where there is none."""
    return path.stat().st_mtime_ns if path.exists() else 0


def signing_domain(settings: Settings) -> str:
    """The domain that signs, in ASCII: the sender's where no other is named."""
    return settings.dkim.domain or settings.newsletter.sender.domain


def _ledger(desk: Desk, *, before_claim: Callable[[], None] | None = None) -> Ledger:
    journal = Journal(desk.project.journal, boot=this_boot())
    run = f"{desk.clock():%Y%m%dT%H%M%S}-{os.getpid()}"
    return Ledger(desk.engine, run=run, journal=journal, before_claim=before_claim)


def _at_any_time(settings: Settings) -> Settings:
    """The settings for a test: one message to its own author breaks no limit."""
    keep = {"connections": 1, "per_connection": settings.send.per_connection}
    return settings.model_copy(update={"send": SendSettings.model_validate(keep)})


def _transport(desk: Desk, folder: str) -> Transport | list[Server]:
    servers = desk.project.settings.mail_servers()
    if not servers:
        return Outbox(desk.project.outbox / folder)
    return [
        Server(
            name=server.name,
            transport=_smtp(desk, server),
            weight=server.weight,
            rates=Rates.model_validate(server.model_dump(include=set(Rates.model_fields))),
        )
        for server in servers
    ]


def access_tokens(smtp: SmtpSettings, engine: Engine) -> AccessTokens | None:
    """What to log in with where the server takes no password."""
    if not smtp.oauth_provider:
        return None
    from digest.deliver.wire.oauth import AccessTokens as Tokens  # noqa: PLC0415 - httpx2 takes 0.1 s; few log in so

    return Tokens(smtp, time=time.monotonic, consents=Consents(engine))


def _smtp(desk: Desk, server: ServerSettings) -> SmtpTransport:
    settings = desk.project.settings
    return SmtpTransport(
        server.smtp,
        tokens=access_tokens(server.smtp, desk.engine),
        sender=settings.send.return_path or settings.newsletter.sender.address,
        per_connection=settings.send.per_connection,
        renew_after=settings.send.connection_seconds,
        return_path=return_paths(desk) if "{token}" in settings.send.return_path else None,
        variables=server.variables,
    )


def outlook(desk: Desk, issue: str, *, list_name: str = "") -> Outlook:
    """How long it will take to send what is left of an issue, as far as the limits and the quiet hours tell.

    Args:
        list_name: a list that is not on record yet and will be.
    """
    settings, now = desk.project.settings, desk.clock()
    taken = Allowances(desk.engine).load()
    limits = run_limits(settings.send, now=now.astimezone(settings.newsletter.zone), taken=taken)
    servers = [Meter(f"by {server.name}", server, taken) for server in settings.mail_servers()]
    coming = _active_keys(desk, list_name) if list_name else ()
    keys = chain(_ledger(desk).left(issue), coming)
    limited = limits.outlook(keys, now.timestamp(), per_second=settings.send.per_second, servers=servers)
    return replace(limited, open=open_stretches(now, settings.send.quiet_hours, settings.newsletter.zone))


def _active_keys(desk: Desk, list_name: str) -> Iterator[str]:
    return subscribers.active_keys(desk.project.list_file(list_name), desk.project.list_columns(list_name))


def destination(desk: Desk) -> str:
    """Where messages go, for a person: "by mail.example.org" or "into outbox/ (no SMTP_HOST is set)"."""
    return f"by {taken_by(desk)}" if by_mail(desk) else f"into {desk.project.outbox}/ (no SMTP_HOST is set)"


# --- what became of it ------------------------------------------------------------------------------------------


def recover(desk: Desk) -> list[str]:
    """Call uncertain what a dead run left claimed, end what was cancelled; returns the last issues, newest first."""
    ledger = _ledger(desk)
    recent = [record.key for record in desk.book.recent(10)]
    for issue in recent:
        ledger.recover(issue, now=desk.clock())
    for issue in end_cancelled(desk):
        report = cancelled_report(desk, issue)
        desk.archive.save_report(report, text=_account(desk, report))
    return recent


def uncertain(desk: Desk, issue: str) -> list[Outcome]:
    return list(_ledger(desk).deliveries(issue, DeliveryState.UNCERTAIN))


def resend_uncertain(desk: Desk, issue: str) -> None:
    """Plan the uncertain ones again: the owner prefers a message twice to none."""
    if try_again(desk.engine, issue, [DeliveryState.UNCERTAIN], now=desk.clock()):
        desk.book.reopen(issue)


def tally(desk: Desk, issue: str) -> Mapping[DeliveryState, int]:
    return _ledger(desk).tally(issue)
