"""Hands messages to a mail server.

aiosmtplib connects, encrypts and logs in; the messages then go over the same connection by our own dialogue: aiosmtplib
has no pipelining, and tells nobody whether a connection broke before or after a message's final dot.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import aiosmtplib

if TYPE_CHECKING:
    # httpx2 takes 0.1 s, and few log in so.
    from digest.deliver.wire.oauth import AccessTokens

from digest.deliver.wire.dialogue import Dialogue, Timeouts
from digest.deliver.wire.replies import SHORTEN, Reply, Stage, Verdict, judge
from digest.deliver.wire.stream import Wire
from digest.deliver.wire.transport import BrokenConnectionError, Letter, Round, ServerRefusedError
from digest.mailsettings import SmtpSettings
from digest.model import Recipient

__all__ = ["SmtpTransport", "Timeouts", "Visit"]

_OTHER_HOST = "Check that SMTP_HOST is the name in the server's certificate."
_UNKNOWN_AUTHORITY = (
    "Nobody this machine trusts has signed it: add its authority, or have the server send its whole chain."
)
#: By OpenSSL's X509_V_ERR_*: what to do about a certificate.
_CERTIFICATE = {
    9: "It is not valid yet: check this machine's clock.",
    10: "It has expired: whoever keeps the server must renew it. Check this machine's clock, too.",
    62: _OTHER_HOST,
    64: _OTHER_HOST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a server is like that let us in."""

    #: The extensions of its EHLO, in small letters.
    offers: frozenset[str]
    #: "TLSv1.3"; "" where the connection is in the clear.
    tls: str
    #: When its certificate does, in seconds since 1970; 0 where there is none.
    expires: float


class SmtpTransport:
    """A mail server.

    Args:
        sender: the envelope's sender.
        per_connection: messages on one connection before it is renewed.
        tls: for certificates other than those of the system; hosts are verified unless it says otherwise.
        pipelining: False keeps to one command at a time, whatever the server offers.
        renew_after: seconds; an older connection is renewed, too.
        variables: what the names of its variables in .env begin with, for hints.
        return_path: where a recipient's bounces go, if not to the sender.
        tokens: log in with these instead of the password.
    """

    def __init__(
        self,
        settings: SmtpSettings,
        *,
        sender: str,
        per_connection: int = 100,
        timeouts: Timeouts | None = None,
        tls: ssl.SSLContext | None = None,
        pipelining: bool = True,
        renew_after: float = 300,
        variables: str = "SMTP_",
        return_path: Callable[[Recipient], str] | None = None,
        tokens: AccessTokens | None = None,
    ) -> None:
        self._settings = settings
        self._sender = sender
        self._per_connection = per_connection
        self._timeouts = timeouts or Timeouts()
        # Made once: it reads the system's certificates.
        self._tls = tls or (None if settings.security == "none" else ssl.create_default_context())
        self._pipelining = pipelining
        self._renew_after = renew_after
        self._variables = variables
        self._return_path = return_path
        self._tokens = tokens
        self._hello_name = ""

    async def carry(self, letters: Round) -> None:
        # No letter, no connection.
        letter = await letters.next()
        if letter is None:
            return
        try:
            client = await self._connect()
        except BaseException:
            # It was not begun: a server that can't be reached is no attempt at this recipient.
            letters.put_back(letter)
            raise
        time = asyncio.get_running_loop().time
        renew_at = time() + self._renew_after
        async with self._wire(client) as wire:
            offered = client.esmtp_extensions
            _refuse_too_large(letter, offered.get("size", ""))
            _refuse_unwritable(self._sender, utf8="smtputf8" in offered)
            dialogue = Dialogue(
                wire=wire,
                sender=self._sender,
                timeouts=self._timeouts,
                pipelining=self._pipelining and "pipelining" in offered,
                utf8="smtputf8" in offered,
                letters=letters,
                left=_most_messages(self._per_connection, offered.get("limits", "")),
                return_path=self._return_path,
                old=lambda: time() >= renew_at,
            )
            await dialogue.run(letter)

    async def _connect(self) -> aiosmtplib.SMTP:
        settings = self._settings
        # Asked for once: without DNS it takes seconds.
        self._hello_name = self._hello_name or await asyncio.to_thread(_own_name)
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security == "tls",
            # One step at a time, so that a failure is known for what it is: by itself aiosmtplib takes a server that is
            # too busy for EHLO for one that is older than it.
            start_tls=False,
            tls_context=self._tls,
            local_hostname=self._hello_name,
            timeout=self._timeouts.connect,
        )
        try:
            # Each step has its time; so has the whole, for a server that drips.
            async with asyncio.timeout(4 * self._timeouts.connect):
                await _open(client, settings, self._tokens)
        except TimeoutError as error:
            client.close()
            raise BrokenConnectionError(f"{settings.host}:{settings.port} takes too long to begin") from error
        except ServerRefusedError as error:
            client.close()
            raise ServerRefusedError(error.message, hint=error.hint.replace("SMTP_", self._variables)) from error
        except BaseException:
            client.close()
            raise
        return client

    async def visit(self) -> Visit:
        """Connect, encrypt and log in, and send nothing. Raises as `carry` does."""
        client = await self._connect()
        async with self._wire(client):
            channel = client.get_transport_info("ssl_object")
            certificate = channel.getpeercert() if channel else {}
            return Visit(
                offers=frozenset(client.esmtp_extensions),
                tls=channel.version() if channel else "",
                expires=ssl.cert_time_to_seconds(certificate["notAfter"]) if certificate else 0.0,
            )

    @asynccontextmanager
    async def _wire(self, client: aiosmtplib.SMTP) -> AsyncIterator[Wire]:
        wire = Wire(cast("asyncio.Transport", client.transport))
        try:
            yield wire
            # Everything is settled: however the server takes the leave, it changes nothing.
            with suppress(BrokenConnectionError):
                wire.write(b"QUIT\r\n")
                await wire.reply(self._timeouts.quit)
        except BaseException:
            wire.abort()
            raise
        finally:
            await wire.close(self._timeouts.quit)
            client.close()


def _refuse_too_large(letter: Letter, limit: str) -> None:
    """Compare a message with what EHLO said (RFC 1870). The others differ by a name and an address at most.

    Raises:
        ServerRefusedError: it would be in vain to send any.
    """
    most = int(limit) if re.fullmatch(r"[0-9]{1,18}", limit) else 0
    if most and (size := sum(map(len, letter.pieces()))) > most:
        raise ServerRefusedError(
            f"The message has {size:,} bytes, and the server takes no more than {most:,}.", hint=SHORTEN
        )


def _most_messages(wanted: int, limits: str) -> int:
    """How many messages one connection carries; a server may say in EHLO what it takes (RFC 9422)."""
    said = re.search(r"\bMAILMAX=([1-9][0-9]{0,8})(?![0-9])", limits, re.IGNORECASE)
    return min(wanted, int(said[1])) if said else wanted


def _refuse_unwritable(sender: str, *, utf8: bool) -> None:
    """Compare the sender with what EHLO said (RFC 6531 §3.1).

    Raises:
        ServerRefusedError: the server takes mail from no such address.
    """
    if not (utf8 or sender.isascii()):
        raise ServerRefusedError(
            f"The server takes no mail from {sender}: it knows only addresses in ASCII (no SMTPUTF8).",
            hint="Give newsletter.sender, or send.return_path, an address without other letters before the @.",
        )


def _own_name() -> str:
    """What we call ourselves: a full name, or an address literal (RFC 5321 §4.1.4)."""
    name = socket.getfqdn()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


async def _open(client: aiosmtplib.SMTP, settings: SmtpSettings, tokens: AccessTokens | None) -> None:
    """Connect, encrypt, log in.

    Raises:
        BrokenConnectionError: it may work later.
        ServerRefusedError: it won't.
    """
    server = f"{settings.host}:{settings.port}"
    try:
        await client.connect()
        await _say_hello(client)
        if settings.security == "starttls":
            await client.starttls()
            await _say_hello(client)
        if tokens:
            await _login_by_token(client, settings.username, tokens)
        elif settings.username:
            await client.login(settings.username, settings.password.get_secret_value())
    except aiosmtplib.SMTPResponseException as error:
        _raise_refused(server, error, encrypted=settings.security != "none")
    except (aiosmtplib.SMTPException, OSError, UnicodeError) as error:
        _raise_unreachable(server, error)
    if client.transport is None or client.transport.is_closing():
        raise BrokenConnectionError(f"{server} closed the connection")


async def _login_by_token(client: aiosmtplib.SMTP, username: str, tokens: AccessTokens) -> None:
    """Log in with an access token; once more with a new one, since a token may be withdrawn before it ends."""
    token = await tokens.token()
    try:
        await client.auth_xoauth2(username, token)
    except aiosmtplib.SMTPAuthenticationError as error:
        if error.code not in (334, 535):
            raise
        await client.auth_xoauth2(username, await tokens.token(refused=token))


async def _say_hello(client: aiosmtplib.SMTP) -> None:
    if not client.is_ehlo_or_helo_needed:
        return
    try:
        await client.ehlo()
    except aiosmtplib.SMTPHeloError as error:
        # Not known there (RFC 5321 §3.2): it may be older than EHLO.
        if error.code not in (500, 502):
            raise
        await client.helo()


def _raise_refused(server: str, error: aiosmtplib.SMTPResponseException, *, encrypted: bool) -> None:
    stage = {
        aiosmtplib.SMTPAuthenticationError: Stage.LOGIN,
        aiosmtplib.SMTPConnectResponseError: Stage.CONNECT,
        aiosmtplib.SMTPHeloError: Stage.HELLO,
    }.get(type(error), Stage.TLS if encrypted else Stage.HELLO)
    reply = Reply(error.code, error.message)
    verdict = judge(stage, reply)
    if verdict is not Verdict.STOP:
        raise BrokenConnectionError(f"{server} answered: {reply}", code=error.code, verdict=verdict) from error
    if stage is Stage.LOGIN:
        hint = "Check SMTP_USERNAME and SMTP_PASSWORD in .env."
        raise ServerRefusedError(f"{server} refuses the login: {reply}", hint=hint) from error
    hint = "Check SMTP_HOST and SMTP_PORT in .env."
    raise ServerRefusedError(f"{server} refuses us: {reply}", hint=hint) from error


def _raise_unreachable(server: str, error: Exception) -> None:
    causes = list(_causes(error))
    if unverified := next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None):
        raise ServerRefusedError(
            f"The certificate of {server} can't be verified: {causes[-1]}",
            hint=_CERTIFICATE.get(unverified.verify_code, _UNKNOWN_AUTHORITY),
        ) from error
    unnamed = (isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME for cause in causes)
    if isinstance(error, UnicodeError) or any(unnamed):
        raise ServerRefusedError(f"There is no server called {server}.", hint="Check SMTP_HOST in .env.") from error
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        raise ServerRefusedError(
            f"{server} can't be spoken to over TLS: {causes[-1]}",
            hint="SMTP_SECURITY is tls for port 465 and starttls for port 587.",
        ) from error
    if type(error) is aiosmtplib.SMTPException:
        # aiosmtplib found that the server offers no STARTTLS or no way to log in.
        raise ServerRefusedError(
            f"{server}: {error.message}", hint="Check SMTP_SECURITY and SMTP_USERNAME in .env."
        ) from error
    raise BrokenConnectionError(f"{server} can't be reached: {causes[-1]}") from error


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
