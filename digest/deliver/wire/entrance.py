"""The way into a mail server: connect, say hello, encrypt, log in. Whatever goes wrong is told with the next step."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import aiosmtplib

from digest.deliver.wire import troubles
from digest.deliver.wire.hello import hello_name, is_about_the_name, local_address, say_hello
from digest.deliver.wire.login import NoWayInError, log_in, log_in_by_token
from digest.deliver.wire.replies import Reply, Stage
from digest.deliver.wire.transport import BrokenConnectionError, ServerRefusedError
from digest.settings.mail import SmtpSettings

if TYPE_CHECKING:
    # httpx2 takes 0.1 s, and few log in so.
    from digest.deliver.wire.oauth import AccessTokens

#: Where TLS comes first (RFC 8314 §3.3) nobody greets in the clear: no need to wait long for it, in seconds.
_TLS_PORT, _SOON = 465, 5.0


_T = TypeVar("_T")


class NameRefusedError(ServerRefusedError):
    """The server does not like the name that we said in EHLO."""


class LoginGate:
    """Lets the first connection log in alone: what a server says to a wrong password, it is asked once.

    Args:
        closed: whether there is a login; without one, all may pass at once.
    """

    def __init__(self, *, closed: bool) -> None:
        self._closed = closed
        self._turn = asyncio.Lock()
        self._failures = 0
        self._trouble: Exception | None = None

    async def through(self, connect: Callable[[], Awaitable[_T]]) -> _T:
        """Connect, once one has been let in. Raises as that one or `connect` does."""
        failures = self._failures
        if self._closed:
            async with self._turn:
                if self._trouble and self._failures > failures:
                    # The one that was waited for knocked for us, too.
                    raise self._trouble
                if self._closed:
                    return await self._first(connect)
        return await connect()

    async def _first(self, connect: Callable[[], Awaitable[_T]]) -> _T:
        try:
            connection = await connect()
        except (BrokenConnectionError, ServerRefusedError) as error:
            self._failures, self._trouble = self._failures + 1, error
            raise
        self._closed = False
        return connection


async def enter(client: aiosmtplib.SMTP, smtp: SmtpSettings, *, hello: str, tokens: AccessTokens | None = None) -> None:
    """Connect, say hello, encrypt, log in.

    Args:
        hello: our name in EHLO; where it is none that every server takes, the address of the connection is said.

    Raises:
        BrokenConnectionError: it may work later.
        NameRefusedError: it may work with another name, where this was no address.
        ServerRefusedError: it won't.
    """
    stage = Stage.CONNECT
    try:
        await _connect(client, smtp)
        stage = Stage.HELLO
        client.local_hostname = hello_name(hello, local=local_address(client))
        await say_hello(client, client.local_hostname)
        if smtp.security == "starttls":
            stage = Stage.TLS
            await _encrypt(client, smtp)
            stage = Stage.HELLO
            await say_hello(client, client.local_hostname)
        stage = Stage.LOGIN
        await _log_in(client, smtp, tokens)
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(client, smtp, stage, error) from error
    except (aiosmtplib.SMTPException, OSError, UnicodeError) as error:
        raise troubles.unreachable(smtp, error) from error
    if client.transport is None or client.transport.is_closing():
        raise BrokenConnectionError(f"{smtp.host}:{smtp.port} closed the connection")


async def _connect(client: aiosmtplib.SMTP, smtp: SmtpSettings) -> None:
    patience = client.timeout or 0.0
    if smtp.port == _TLS_PORT and smtp.security != "tls":
        patience = min(patience, _SOON)
    try:
        await client.connect(timeout=patience)
    except aiosmtplib.SMTPConnectError as error:
        if smtp.security != "tls" and troubles.is_ungreeted(error) and await _speaks_tls(smtp, patience):
            raise troubles.speaks_tls_first(smtp) from error
        raise


async def _speaks_tls(smtp: SmtpSettings, within: float) -> bool:
    """Whether a server that does not greet answers a TLS handshake."""
    # Nothing is said to it: whose certificate it has does not matter.
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    try:
        async with asyncio.timeout(within):
            _, writer = await asyncio.open_connection(smtp.host, smtp.port, ssl=anybody)
    except (OSError, UnicodeError):
        return False
    writer.transport.abort()
    return True


async def _encrypt(client: aiosmtplib.SMTP, smtp: SmtpSettings) -> None:
    if not client.supports_extension("starttls"):
        raise troubles.offers_no_starttls(smtp)
    await client.starttls()


async def _log_in(client: aiosmtplib.SMTP, smtp: SmtpSettings, tokens: AccessTokens | None) -> None:
    try:
        if tokens:
            await log_in_by_token(client, smtp.username, tokens)
        elif smtp.username:
            await log_in(client, smtp.username, smtp.password.get_secret_value())
    except NoWayInError as error:
        raise ServerRefusedError(f"{smtp.host}:{smtp.port} {error.message}", hint=error.hint) from error


def _refused(
    client: aiosmtplib.SMTP, smtp: SmtpSettings, stage: Stage, error: aiosmtplib.SMTPResponseException
) -> Exception:
    trouble = troubles.refused(smtp, stage, Reply(error.code, error.message))
    named = not (client.local_hostname or "[").startswith("[")
    if stage is Stage.HELLO and named and is_about_the_name(error.code):
        return NameRefusedError(str(trouble), hint=getattr(trouble, "hint", ""))
    return trouble
