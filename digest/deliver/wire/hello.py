"""The name that we say in EHLO. Servers refuse whom they don't like the name of (RFC 5321 §4.1.4 or not)."""

from __future__ import annotations

import socket

import aiosmtplib

from digest.text.hostnames import address_literal, is_address_literal, is_full_name

#: EHLO is not known there: it may be older (RFC 5321 §3.2).
_NO_EHLO = frozenset({500, 502})
#: About something else than the name: order, encryption, login, a host that takes no mail.
_NOT_THE_NAME = frozenset({503, 521, 530, 535, 556})


def own_name() -> str:
    """This machine's name as the system gives it, in whatever form. Without DNS it takes seconds."""
    return socket.getfqdn()


def hello_name(name: str, *, local: str) -> str:
    """What to say: the name where every server takes it, or the address that the connection leaves by.

    Args:
        local: the local end's address.
    """
    whole = name.removesuffix(".")
    return whole if is_full_name(whole) or is_address_literal(whole) else address_literal(local)


def local_address(client: aiosmtplib.SMTP) -> str:
    return str(client.get_transport_info("sockname")[0])


async def say_hello(client: aiosmtplib.SMTP, name: str) -> None:
    """EHLO, or HELO where that is not known. Raises aiosmtplib.SMTPHeloError."""
    try:
        await client.ehlo(hostname=name)
    except aiosmtplib.SMTPHeloError as error:
        if error.code not in _NO_EHLO:
            raise
        await client.helo(hostname=name)


def is_about_the_name(code: int) -> bool:
    """Whether EHLO was refused for the name, so that another may be taken.

    Outlook says "501 5.5.4 Invalid domain name", Postfix "504 5.5.2 need fully-qualified hostname", others 550.
    """
    return code // 100 == 5 and code not in _NO_EHLO | _NOT_THE_NAME
