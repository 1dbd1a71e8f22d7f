"""From settings to the parts that send: servers, templates of messages, limits."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from digest.deliver.loop.lanes import Server
from digest.deliver.wire.outbox import Outbox
from digest.deliver.wire.smtp import SmtpTransport
from digest.deliver.wire.transport import BrokenConnectionError, ServerRefusedError, Transport
from digest.model import (
    Recipient,
)
from digest.pipeline import Personal, template_of
from digest.render.greeting import greeter
from digest.settings import SendSettings, Settings
from digest.settings.mail import Rates, ServerSettings, SmtpSettings
from digest.store.consents import Consents
from digest.work.links import return_paths, unsubscribe_links
from digest.workspace import Workspace

#: For the size of a message: the others differ by a name and an address.
_SOMEBODY = Recipient(key="somebody@example.invalid", email="somebody@example.invalid")

if TYPE_CHECKING:
    from digest.deliver.wire.oauth import AccessTokens

if TYPE_CHECKING:
    from digest.deliver.wire.oauth import AccessTokens


def refuse_in_vain(workspace: Workspace, issue: str) -> None:
    """Ask the servers whether they let us in and take mail of this size, while the issue can still be changed.

    Raises:
        ServerRefusedError: none of them does. One that can't be reached may be back when it is needed.
    """
    edition, settings = workspace.archive.load_edition(issue), workspace.settings
    template = template_of(
        edition, settings, personal=personal_parts(workspace), date=workspace.clock(), keys=workspace.keys
    )
    size = sum(map(len, template.pieces(_SOMEBODY)))
    refusals = []
    for server in settings.mail_servers():
        try:
            asyncio.run(smtp_transport(workspace, server).visit(size=size))
        except ServerRefusedError as error:
            refusals.append(error)
        except BrokenConnectionError:
            return
    if refusals and len(refusals) == len(settings.mail_servers()):
        raise refusals[0]


def personal_parts(workspace: Workspace) -> Personal:
    settings = workspace.settings
    greet = greeter(settings.newsletter, settings.render, templates=workspace.project.templates)
    return Personal(
        secret=workspace.secret,
        unsubscribe_url=unsubscribe_links(workspace),
        greeting=lambda person: greet(person.name),
    )


def without_limits(settings: Settings) -> Settings:
    """The settings for a test: one message to its own author breaks no limit."""
    keep = {"connections": 1, "per_connection": settings.send.per_connection}
    return settings.model_copy(update={"send": SendSettings.model_validate(keep)})


def transport_of(workspace: Workspace, folder: str) -> Transport | list[Server]:
    servers = workspace.settings.mail_servers()
    if not servers:
        return Outbox(workspace.project.outbox / folder)
    return [
        Server(
            name=server.name,
            transport=smtp_transport(workspace, server),
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


def smtp_transport(workspace: Workspace, server: ServerSettings) -> SmtpTransport:
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
