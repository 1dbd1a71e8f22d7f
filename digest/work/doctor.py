"""`digest doctor`: everything that has to be right before mail is accepted, looked at without sending any."""

from __future__ import annotations

import asyncio
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from jinja2 import Environment, TemplateSyntaxError

from digest.audience import subscribers
from digest.audience.unsubscribing import unsubscribe_token
from digest.deliver.wire.smtp import SmtpTransport
from digest.deliver.wire.transport import BrokenConnectionError
from digest.doctor import domain
from digest.doctor.dns import Dns
from digest.doctor.observation import Observation, State
from digest.doctor.server import check_one_click, judge_encryption, judge_hello, judge_size
from digest.errors import DigestError
from digest.project import Project
from digest.settings import SHORTEST_SECRET
from digest.settings.mail import SmtpSettings
from digest.store.database import open_database, sqlite_url
from digest.work.outgoing import access_tokens
from digest.work.safeguards import refuse_lost_ledger, refuse_lost_server
from digest.workspace import open_workspace

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
#: What a run of a large list may write: the ledger has some 300 bytes a delivery.
_ROOM = 500_000_000
#: Nobody's: no mailbox can be below .invalid (RFC 6761).
_NOBODY = "nobody@doctor.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What an examination reaches for. Without `dns` it stays on this machine."""

    now: datetime
    dns: Dns | None
    #: Without it, the servers themselves.
    transport: Callable[[SmtpSettings], SmtpTransport] | None = None


def examine(project: Project, around: Surroundings) -> Iterator[Observation]:
    """Look at one thing after the other; what can't be told is said to be so."""
    yield from _own_house(project, around.now)
    if around.dns is None:
        yield Observation(code="network", state=State.UNKNOWN, found="not looked at: server, DNS, one-click")
        return
    yield from _server(project, around)
    yield from _sender(project, around.dns)
    yield from _one_click(project, around.now)


# --- on this machine --------------------------------------------------------------------------------------------


def _own_house(project: Project, now: datetime) -> Iterator[Observation]:
    newsletter = project.settings.newsletter
    if newsletter.address:
        yield Observation(code="postal-address", state=State.OK, found="the footer has a postal address")
    else:
        advice = "Write it into digest.toml: the law of most countries wants it, and nothing is sent without."
        yield Observation(code="postal-address", state=State.ERROR, found="newsletter.address is empty", advice=advice)
    yield _secret(project)
    yield from _lists(project)
    yield _database(project, now)
    free = shutil.disk_usage(project.folder).free
    yield _observed(
        "disk", good=free > _ROOM, found=f"{free / 1e9:.1f} GB are free", advice="Make room: a run needs 0.5 GB."
    )
    yield from _templates(project)
    yield from _key_files(project)


def _secret(project: Project) -> Observation:
    secret = project.settings.secret_key.get_secret_value()
    if not secret:
        found = "DIGEST_SECRET_KEY is not set; the ledger has a key of its own, and keys/unsubscribe.key a copy"
        advice = "Write a key into .env, or keep keys/ in your backups: links in old mail must outlive the ledger."
        return Observation(code="secret-key", state=State.WARNING, found=found, advice=advice)
    return _observed(
        "secret-key",
        good=len(secret) >= SHORTEST_SECRET and len(set(secret)) >= SHORTEST_SECRET // 2,
        found=f"DIGEST_SECRET_KEY has {len(secret)} characters",
        advice="Make a random one: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'",
    )


def _lists(project: Project) -> Iterator[Observation]:
    try:
        audit = subscribers.check(project.list_file(), project.list_columns())
    except DigestError as error:
        yield _failed("list", error)
        return
    for doubt in audit.doubts:
        yield Observation(code="list", state=State.ERROR, found=doubt, advice=audit.way_out)
    if audit.doubts:
        return
    found = f"{audit.path.name}: {audit.statuses.get('active', 0):,} are mailed, {audit.bad:,} rows can't be"
    state = State.WARNING if audit.bad or not audit.statuses.get("active") else State.OK
    advice = "See them with: digest subscribers check" if audit.bad else ""
    yield Observation(code="list", state=state, found=found, advice=advice)


def _database(project: Project, now: datetime) -> Observation:
    try:
        with open_workspace(project, clock=lambda: now) as workspace:
            refuse_lost_ledger(workspace)
            refuse_lost_server(workspace)
    except DigestError as error:
        return _failed("database", error)
    return Observation(code="database", state=State.OK, found="the ledger opens")


def _templates(project: Project) -> Iterator[Observation]:
    for path in sorted((project.folder / "templates").rglob("*.j2")):
        try:
            Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        except (TemplateSyntaxError, OSError, UnicodeDecodeError) as error:
            found = f"templates/{path.name}: {error}"
            advice = "Mend it, or delete it: then the packaged one is used."
            yield Observation(code="templates", state=State.ERROR, found=found, advice=advice)


def _key_files(project: Project) -> Iterator[Observation]:
    if not project.settings.dkim.selectors:
        return
    from digest.deliver.messages.keys import read_key  # noqa: PLC0415 - cryptography takes 60 ms; few sign themselves

    for selector in project.settings.dkim.selectors:
        path = project.keys / f"{selector}.pem"
        try:
            read_key(path)
        except DigestError as error:
            yield _failed("key-file", error)
            continue
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            found = f"{path} may be read by others on this machine"
            yield Observation(code="key-file", state=State.WARNING, found=found, advice=f"chmod 600 {path}")


# --- the mail server --------------------------------------------------------------------------------------------


def _server(project: Project, around: Surroundings) -> Iterator[Observation]:
    servers = project.settings.mail_servers()
    if not servers:
        found = "no SMTP_HOST is set: messages go to outbox/"
        yield Observation(code="server", state=State.WARNING, found=found, advice="Set SMTP_HOST in .env.")
        return
    try:
        engine = open_database(project.settings.database_url or sqlite_url(project.database))
    except DigestError as error:
        yield _failed("server", error)
        return
    transport = around.transport or (lambda smtp: SmtpTransport(smtp, sender="", tokens=access_tokens(smtp, engine)))
    for one in servers:
        for observation in _visited(one.smtp, transport, around.now):
            yield replace(observation, advice=observation.advice.replace("SMTP_", one.variables))
    engine.dispose()


def _visited(
    smtp: SmtpSettings, transport: Callable[[SmtpSettings], SmtpTransport], now: datetime
) -> Iterator[Observation]:
    server = f"{smtp.host}:{smtp.port}"
    try:
        visit = asyncio.run(transport(smtp).visit())
    except DigestError as error:
        yield _failed("server", error)
        return
    except BrokenConnectionError as error:
        advice = "Check SMTP_HOST, SMTP_PORT and your network; many providers close port 25."
        yield Observation(code="server", state=State.ERROR, found=error.detail, advice=advice)
        return
    login = "takes our login" if smtp.username else "lets us in without a login"
    yield Observation(code="server", state=State.OK, found=f"{server} {login}")
    yield judge_hello(server=server, said=visit.hello, wanted=smtp.hello)
    yield from judge_size(server=server, most=visit.most)
    expires = datetime.fromtimestamp(visit.expires, UTC) if visit.expires else None
    yield from judge_encryption(server=server, tls=visit.tls, expires=expires, local=smtp.host in _LOCAL, now=now)
    yield _observed(
        "pipelining",
        good="pipelining" in visit.offers,
        found=f"{server} {'offers' if 'pipelining' in visit.offers else 'does not offer'} PIPELINING",
        advice="Each message takes four round trips: a near server, or more send.connections, helps.",
    )


# --- the sender's domain ----------------------------------------------------------------------------------------


def _sender(project: Project, dns: Dns) -> Iterator[Observation]:
    settings = project.settings
    sender = settings.newsletter.sender.domain
    hosts = list(dict.fromkeys(one.smtp.host for one in settings.mail_servers() if one.smtp.host not in _LOCAL))
    envelope = settings.send.return_path.rpartition("@")[2] or sender
    yield domain.check_mx(dns, domain=sender)
    # SPF is about where bounces go (RFC 7208 §2.4).
    yield domain.check_spf(dns, domain=envelope, servers=hosts)
    yield from _signatures(project, dns)
    yield domain.check_dmarc(dns, domain=sender)
    signer = settings.signing_domain if settings.dkim.selectors else ""
    yield domain.check_alignment(dns, sender=sender, signer=signer, envelope=envelope)
    # A server of the sender's own domain is taken for their own.
    for host in hosts:
        if domain.is_below(host, sender):
            yield domain.check_ptr(dns, host=host)


def _signatures(project: Project, dns: Dns) -> Iterator[Observation]:
    selectors = project.settings.dkim.selectors
    if not selectors:
        advice = "If your mail provider doesn't sign with your domain: digest keys make"
        yield Observation(code="dkim", state=State.UNKNOWN, found="we don't sign; the server may", advice=advice)
        return
    from digest.deliver.messages.keys import key_record, read_key  # noqa: PLC0415 - cryptography takes 60 ms; few sign themselves

    for selector in selectors:
        try:
            key = read_key(project.keys / f"{selector}.pem")
        except DigestError:
            # Told with what is on this machine.
            continue
        record = key_record(key, domain=project.settings.signing_domain, selector=selector)
        yield domain.check_dkim(dns, name=record.name, value=record.value)


def _one_click(project: Project, now: datetime) -> Iterator[Observation]:
    newsletter = project.settings.newsletter
    if not newsletter.unsubscribe_url:
        found = "people unsubscribe by mail to the sender; there is no one-click address"
        advice = "Gmail and Yahoo want one from who sends over 5,000 a day: set newsletter.unsubscribe_url."
        yield Observation(code="one-click", state=State.WARNING, found=found, advice=advice)
        return
    secret = project.settings.secret_key.get_secret_value() or "nobody's secret, of an examination"
    token = unsubscribe_token(secret.encode(), newsletter.list, _NOBODY)
    yield from check_one_click(newsletter.unsubscribe_url.replace("{token}", token), now=now)


def _observed(code: str, *, good: bool, found: str, advice: str) -> Observation:
    return Observation(code=code, state=State.OK if good else State.WARNING, found=found, advice="" if good else advice)


def _failed(code: str, error: DigestError) -> Observation:
    return Observation(code=code, state=State.ERROR, found=error.message, advice=error.hint)
