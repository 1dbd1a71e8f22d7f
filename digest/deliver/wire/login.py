"""Logging in (RFC 4954): one way, once. A second try with a wrong password is what servers lock accounts for."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import aiosmtplib

from digest.deliver.wire.replies import Reply
from digest.deliver.wire.transport import ServerRefusedError

if TYPE_CHECKING:
    # httpx2 takes 0.1 s, and few log in so.
    from digest.deliver.wire.oauth import AccessTokens

_TAKEN = 235
_GO_ON = 334
#: The server does not know this way of logging in, or not in this form; of the password it has said nothing.
_OTHER_WAY = frozenset({500, 501, 502, 503, 504})


class NoWayInError(ServerRefusedError):
    """The server offers no way to log in with what we have; the message goes on from its name."""


_Way = Callable[[aiosmtplib.SMTP, bytes, bytes], Awaitable[Reply]]


async def log_in(client: aiosmtplib.SMTP, username: str, password: str) -> None:
    """Log in by the first way that the server knows; a password that it refuses is not tried again.

    Raises:
        aiosmtplib.SMTPAuthenticationError: what the server says to it.
        NoWayInError: it offers no way of ours.
    """
    offered = client.server_auth_methods
    reply = None
    for name, way in _WAYS.items():
        if name in offered and (reply is None or reply.code in _OTHER_WAY):
            reply = await way(client, username.encode(), password.encode())
    if reply is None:
        raise _no_way(offered)
    _accepted(reply)


async def log_in_by_token(client: aiosmtplib.SMTP, username: str, tokens: AccessTokens) -> None:
    """Log in with an access token; once more with a new one, since a token may be withdrawn before it ends.

    Raises:
        as `log_in`, and as `AccessTokens.token`.
    """
    if "xoauth2" not in client.server_auth_methods:
        raise NoWayInError(
            "takes no access tokens (XOAUTH2)",
            hint="Leave SMTP_OAUTH_PROVIDER out of .env and log in with SMTP_PASSWORD.",
        )
    token = await tokens.token()
    reply = await _by_token(client, username, token)
    if reply.code == 535:  # RFC 4954 §6: the credentials are not valid
        reply = await _by_token(client, username, await tokens.token(refused=token))
    _accepted(reply)


def _accepted(reply: Reply) -> None:
    if reply.code != _TAKEN:
        raise aiosmtplib.SMTPAuthenticationError(reply.code, reply.text)


def _no_way(offered: list[str]) -> NoWayInError:
    names = ", ".join(sorted({name.upper() for name in offered}))
    if not names:
        return NoWayInError(
            "offers no login",
            hint="Check SMTP_HOST, SMTP_PORT and SMTP_SECURITY in .env; if it needs none, leave SMTP_USERNAME out.",
        )
    if {"xoauth2", "oauthbearer"} & set(offered):
        return NoWayInError(
            f"takes no password, only {names}",
            hint="Set SMTP_OAUTH_PROVIDER and what goes with it; docs/guide.md tells how.",
        )
    return NoWayInError(
        f"offers only ways to log in that digest does not know: {names}",
        hint="Have its owner allow PLAIN over TLS, or set SMTP_HOST to another server.",
    )


# --- the ways -------------------------------------------------------------------------------------------------------


async def _plain(client: aiosmtplib.SMTP, username: bytes, password: bytes) -> Reply:
    """RFC 4616. The response goes with the command, or after it to a server that wants to ask first."""
    response = _encoded(b"\0" + username + b"\0" + password)
    reply = await _say(client, b"AUTH", b"PLAIN", response)
    if reply.code in _OTHER_WAY:
        reply = await _say(client, b"AUTH", b"PLAIN")
    return await _say(client, response) if reply.code == _GO_ON else reply


async def _login(client: aiosmtplib.SMTP, username: bytes, password: bytes) -> Reply:
    """Two answers to two questions. Some servers take no name along with the command, and all ask for it."""
    reply = await _say(client, b"AUTH", b"LOGIN")
    for answer in (username, password):
        if reply.code != _GO_ON:
            break
        reply = await _say(client, _encoded(answer))
    return reply


async def _cram_md5(client: aiosmtplib.SMTP, username: bytes, password: bytes) -> Reply:
    """RFC 2195. The last resort: a server that keeps only hashes of passwords offers it and can't take any."""
    reply = await _say(client, b"AUTH", b"CRAM-MD5")
    if reply.code != _GO_ON:
        return reply
    try:
        challenge = base64.b64decode(reply.text, validate=True)
    except ValueError:
        # RFC 4954 §4: a star ends the exchange.
        await _say(client, b"*")
        return Reply(504, "its CRAM-MD5 challenge is no base64")
    digest = hmac.new(password, challenge, "md5").hexdigest().encode()
    return await _say(client, _encoded(username + b" " + digest))


async def _by_token(client: aiosmtplib.SMTP, username: str, token: str) -> Reply:
    response = _encoded(f"user={username}\x01auth=Bearer {token}\x01\x01".encode())
    reply = await _say(client, b"AUTH", b"XOAUTH2", response)
    # What is wrong comes as a question; an empty answer brings the refusal.
    return await _say(client, b"") if reply.code == _GO_ON else reply


async def _say(client: aiosmtplib.SMTP, *words: bytes) -> Reply:
    response = await client.execute_command(*words)
    return Reply(response.code, response.message)


def _encoded(octets: bytes) -> bytes:
    return base64.b64encode(octets)


#: The best first. All that says the password comes after encryption, or stays on this machine.
_WAYS: dict[str, _Way] = {"plain": _plain, "login": _login, "cram-md5": _cram_md5}
