"""Hands messages to a mail server.

aiosmtplib connects, encrypts and logs in; the messages then go over the same connection by our own dialogue: aiosmtplib
has no pipelining, and tells nobody whether a connection broke before or after a message's final dot.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import aiosmtplib

if TYPE_CHECKING:
    # httpx2 takes 0.1 s, and few log in so.
    from digest.deliver.wire.oauth import AccessTokens

from digest.deliver.wire.dialogue import Dialogue, Timeouts
from digest.deliver.wire.entrance import LoginGate, NameRefusedError, enter
from digest.deliver.wire.hello import own_name
from digest.deliver.wire.replies import TOO_LARGE
from digest.deliver.wire.stream import Wire
from digest.deliver.wire.transport import Batch, BrokenConnectionError, ServerRefusedError
from digest.model import Recipient
from digest.settings.mail import SmtpSettings

__all__ = ["SmtpTransport", "Timeouts", "Visit"]

#: As long as nobody is on record for it.
SHORTEN = (
    "Shorten the issue (pick.max_stories, summarize.words), or set SMTP_HOST to a server that takes larger mail, "
    "then send again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a server is like that let us in."""

    #: The extensions of its EHLO, in small letters.
    offers: frozenset[str]
    #: "TLSv1.3"; "" where the connection is in the clear.
    tls: str
    #: When its certificate does, in seconds since 1970; 0 where there is none.
    expires: float
    #: What we called ourselves in EHLO.
    hello: str
    #: Octets that it takes of a message at most (RFC 1870); 0 where it does not say.
    most: int


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
        #: What we say in EHLO; "" is the address of the connection, None not known yet.
        self._hello: str | None = settings.hello or None
        self._gate = LoginGate(closed=bool(settings.username))

    async def carry(self, batch: Batch) -> None:
        # No message, no connection.
        message = await batch.next()
        if message is None:
            return
        try:
            client = await self._connect()
        except BaseException:
            # It was not begun: a server that can't be reached is no attempt at this recipient.
            batch.put_back(message)
            raise
        time = asyncio.get_running_loop().time
        renew_at = time() + self._renew_after
        async with self._wire(client) as wire:
            offered = client.esmtp_extensions
            _refuse_too_large(sum(map(len, message.pieces())), offered.get("size", ""), hint=TOO_LARGE)
            _refuse_unwritable(self._sender, utf8="smtputf8" in offered)
            dialogue = Dialogue(
                wire=wire,
                sender=self._sender,
                timeouts=self._timeouts,
                pipelining=self._pipelining and "pipelining" in offered,
                utf8="smtputf8" in offered,
                batch=batch,
                left=_most_messages(self._per_connection, offered.get("limits", "")),
                return_path=self._return_path,
                old=lambda: time() >= renew_at,
            )
            await dialogue.run(message)

    async def _connect(self) -> aiosmtplib.SMTP:
        """Open a connection that takes mail. Raises as `carry` does."""
        return await self._gate.through(self._open)

    async def _open(self) -> aiosmtplib.SMTP:
        if self._hello is None:
            # Asked for once: without DNS it takes seconds.
            self._hello = await asyncio.to_thread(own_name)
        try:
            return await self._entered()
        except NameRefusedError:
            # Some servers hang up with it, so a new connection; an address is a name everywhere (RFC 5321 §4.1.4).
            self._hello = ""
            return await self._entered()

    async def _entered(self) -> aiosmtplib.SMTP:
        settings = self._settings
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security == "tls",
            # One step at a time, so that a failure is known for what it is: by itself aiosmtplib takes a server that is
            # too busy for EHLO for one that is older than it.
            start_tls=False,
            tls_context=self._tls,
            # Said nowhere: `enter` says it. Without one aiosmtplib asks the system.
            local_hostname="localhost",
            timeout=self._timeouts.connect,
        )
        try:
            # Each step has its time; so has the whole, for a server that drips.
            async with asyncio.timeout(4 * self._timeouts.connect):
                await enter(client, settings, hello=self._hello or "", tokens=self._tokens)
        except TimeoutError as error:
            client.close()
            raise BrokenConnectionError(f"{settings.host}:{settings.port} takes too long to begin") from error
        except ServerRefusedError as error:
            client.close()
            raise type(error)(error.message, hint=error.hint.replace("SMTP_", self._variables)) from error
        except BaseException:
            client.close()
            raise
        return client

    async def visit(self, *, size: int = 0) -> Visit:
        """Connect, encrypt and log in, and send nothing. Raises as `carry` does.

        Args:
            size: octets of a message that the server should take.
        """
        client = await self._connect()
        async with self._wire(client):
            _refuse_too_large(size, client.esmtp_extensions.get("size", ""), hint=SHORTEN)
            channel = client.get_transport_info("ssl_object")
            certificate = channel.getpeercert() if channel else {}
            return Visit(
                offers=frozenset(client.esmtp_extensions),
                tls=channel.version() if channel else "",
                expires=ssl.cert_time_to_seconds(certificate["notAfter"]) if certificate else 0.0,
                hello=client.local_hostname or "",
                most=_most(client.esmtp_extensions.get("size", "")),
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


def _refuse_too_large(size: int, limit: str, *, hint: str) -> None:
    """Compare a message with what EHLO said (RFC 1870). The others differ by a name and an address at most.

    Raises:
        ServerRefusedError: it would be in vain to send any.
    """
    if (most := _most(limit)) and size > most:
        raise ServerRefusedError(
            f"The message has {size:,} bytes, and the server takes no more than {most:,}.", hint=hint
        )


def _most_messages(wanted: int, limits: str) -> int:
    """How many messages one connection carries; a server may say in EHLO what it takes (RFC 9422)."""
    said = re.search(r"\bMAILMAX=([1-9][0-9]{0,8})(?![0-9])", limits, re.IGNORECASE)
    return min(wanted, int(said[1])) if said else wanted


def _most(limit: str) -> int:
    """What SIZE of EHLO says; 0 for no limit, or for nothing that can be read."""
    return int(limit) if re.fullmatch(r"[0-9]{1,18}", limit) else 0


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
