"""Refuses connections to addresses that a feed has no right to name: loopback, private networks, cloud metadata.

A feed is a stranger's text, and its redirects and links may name anything. The name is resolved here, once, and the
connection goes to the very address that was checked, so a name server that answers differently a second time gains
nothing; and since every connection passes here, so does every hop of a redirect.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import httpcore2

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]

#: IPv6 addresses that stand for an IPv4 one: RFC 6052 (NAT64), where the last 32 bits are it.
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
#: Where clouds tell a machine its secrets. The IPv4 one is a link-local address as well.
_METADATA = frozenset(
    map(ipaddress.ip_address, ("169.254.169.254", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200"))
)
#: Seconds for an address that has others behind it: a broken IPv6 route must not use up the time of the whole fetch.
_PATIENCE = 3.0
_UNKNOWN = "{} is not known to the name server"


class AddressRefusedError(Exception):
    """A host has no public address."""


def is_public(address: Address) -> bool:
    """Whether an address is reachable by everyone; what an IPv6 address carries of IPv4 is judged as well."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _embedded_ipv4(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved)


def is_allowed_private(address: Address) -> bool:
    """Whether a source may be at an address where private ones are allowed: not where clouds keep their metadata."""
    inner = _embedded_ipv4(address) if isinstance(address, ipaddress.IPv6Address) else None
    if inner is not None:
        return is_allowed_private(inner)
    return not (address.is_link_local or address.is_multicast or address in _METADATA)


def _embedded_ipv4(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if any(address in network for network in _NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


async def system_addresses(host: str, port: int) -> Sequence[Address]:
    """The addresses of a host, as the system's resolver gives them."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(_UNKNOWN.format(host)) from error
    return [ipaddress.ip_address(str(info[4][0]).split("%")[0]) for info in found]


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Opens connections to public addresses only, or also to private ones."""

    def __init__(
        self,
        inner: httpcore2.AsyncNetworkBackend | None = None,
        *,
        resolve: Resolve | None = None,
        private: bool = False,
    ) -> None:
        self._inner = inner or httpcore2.AnyIOBackend()
        self._resolve = resolve or system_addresses
        self._private = private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # the base's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        found = await self._resolve(host, port)
        if not found:
            raise httpcore2.ConnectError(_UNKNOWN.format(host))
        allowed = [address for address in found if (is_allowed_private if self._private else is_public)(address)]
        if not allowed:
            raise AddressRefusedError(self._refusal(host))
        *others, last = (str(address) for address in allowed)
        for address in others:
            try:
                return await self._inner.connect_tcp(address, port, _PATIENCE, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(last, port, timeout, local_address, socket_options)

    def _refusal(self, host: str) -> str:
        if self._private:
            return f"{host} is at an address that is no website's"
        return f"{host} is at a private address (collect.allow_private allows it)"

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109  # the base's signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  # the base's signature
    ) -> httpcore2.AsyncNetworkStream:
        raise AddressRefusedError(f"{path} is a local socket")

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)
