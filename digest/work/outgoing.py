"""What an issue leaves with: messages that only lack their recipients, and the servers that take them."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from digest.deliver.loop.lanes import Server
from digest.deliver.wire.outbox import Outbox
from digest.deliver.wire.smtp import SmtpTransport
from digest.deliver.wire.transport import BrokenConnectionError, ServerRefusedError, Transport
from digest.errors import UsageError
from digest.model import Edition, Recipient
from digest.pipeline import Outgoing, Personal, prepare
from digest.render.placeholders import greeter
from digest.settings.mail import Rates, ServerSettings, SmtpSettings
from digest.store.sending import RefreshTokens
from digest.work.links import return_paths, unsubscribe_links
from digest.workspace import Workspace

#: For the size of a message: the others differ by a name and an address.
_SOMEBODY = Recipient(key="somebody@example.invalid", email="somebody@example.invalid")

if TYPE_CHECKING:
    from digest.deliver.wire.oauth import AccessTokens


def outgoing(workspace: Workspace, issue: str) -> Outgoing:
    """An issue on its way, as messages that only lack their recipients, and the servers that they leave by.

    Raises:
        UsageError: the edition that it began with, or a key that signs it, can't be read.
    """
    first, *_ = workspace.book.mailings(issue)
    return prepare(
        _frozen_edition(workspace, issue),
        workspace.settings,
        personal=_personal(workspace),
        servers=_servers(workspace, issue),
        date=first.started_at,
        keys=workspace.keys,
    )


def outgoing_test(workspace: Workspace, edition: Edition) -> Outgoing:
    """An edition as a test of it, marked so."""
    return prepare(
        replace(edition, subject=f"[TEST] {edition.subject}"),
        workspace.settings,
        # Message-IDs are made with the secret: no test may bear that of the message in earnest, or of another test.
        personal=replace(_personal(workspace), secret=secrets.token_bytes(16)),
        servers=_servers(workspace, "test"),
        date=workspace.clock(),
        keys=workspace.keys,
    )


def refuse_in_vain(workspace: Workspace, issue: str) -> None:
    """Ask the servers whether they let us in and take mail of this size, while the issue can still be changed.

    Raises:
        ServerRefusedError: none of them does. One that can't be reached may be back when it is needed.
    """
    size = _size(workspace, issue)
    refusals = []
    for server in workspace.settings.mail_servers():
        try:
            asyncio.run(_smtp(workspace, server).visit(size=size))
        except ServerRefusedError as error:
            refusals.append(error)
        except BrokenConnectionError:
            return
    if refusals and len(refusals) == len(workspace.settings.mail_servers()):
        raise refusals[0]


def _size(workspace: Workspace, issue: str) -> int:
    """Bytes of a message of an issue that is not on its way yet."""
    message = prepare(
        workspace.archive.load_edition(issue),
        workspace.settings,
        personal=_personal(workspace),
        servers=(),
        date=workspace.clock(),
        keys=workspace.keys,
    )
    return sum(map(len, message.template.pieces(_SOMEBODY)))


def _frozen_edition(workspace: Workspace, issue: str) -> Edition:
    """The edition that an issue on its way began with. Raises UsageError where its file can't be read."""
    try:
        return workspace.archive.load_edition(issue)
    except UsageError as error:
        hint = (
            f"Issue {issue} is on its way, and goes on with this file only: put it back from a backup. "
            f"To end the issue for good: digest deliveries cancel {issue}"
        )
        raise UsageError(error.message, hint=hint) from error


def _personal(workspace: Workspace) -> Personal:
    """What differs from one recipient to the next."""
    settings = workspace.settings
    greet = greeter(settings.newsletter, settings.render, templates=workspace.project.templates)
    return Personal(
        secret=workspace.secret,
        unsubscribe_url=unsubscribe_links(workspace),
        greeting=lambda person: greet(person.name),
    )


def _servers(workspace: Workspace, folder: str) -> Transport | list[Server]:
    servers = workspace.settings.mail_servers()
    if not servers:
        return Outbox(workspace.project.outbox / folder)
    return [
        Server(
            name=server.name,
            transport=_smtp(workspace, server),
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

    return Tokens(smtp, time=time.monotonic, refresh_tokens=RefreshTokens(engine))


def _smtp(workspace: Workspace, server: ServerSettings) -> SmtpTransport:
    settings = workspace.settings
    return SmtpTransport(
        server.smtp,
        tokens=access_tokens(server.smtp, workspace.engine),
        sender=settings.send.return_path or settings.newsletter.sender.address,
        per_connection=settings.send.per_connection,
        renew_after=settings.send.connection_seconds,
        return_path=return_paths(workspace) if "{token}" in settings.send.return_path else None,
        variables=server.variables,
    )
