"""Questions to DNS, and the door they go through."""

from __future__ import annotations

from typing import Any, Protocol

import dns.exception
import dns.resolver
import dns.reversename

#: Seconds for all tries of one question.
_LIFETIME = 5.0


class DnsUnavailableError(Exception):
    """Nobody answered: that says nothing about the record."""


class Dns(Protocol):
    """Each gives () where there is no such record, and raises DnsUnavailableError where nobody can say."""

    def txt(self, name: str) -> tuple[str, ...]: ...
    def mx(self, name: str) -> tuple[str, ...]: ...
    def addresses(self, name: str) -> tuple[str, ...]: ...
    def names(self, address: str) -> tuple[str, ...]: ...


class Resolver:
    """The system's name servers, or one at an address and port."""

    def __init__(self, server: str = "", port: int = 53, *, lifetime: float = _LIFETIME) -> None:
        self._lifetime = lifetime
        try:
            self._resolver = dns.resolver.Resolver(configure=not server)
        except dns.resolver.NoResolverConfiguration:
            self._resolver = dns.resolver.Resolver(configure=False)
        if server:
            self._resolver.nameservers, self._resolver.port = [server], port

    def txt(self, name: str) -> tuple[str, ...]:
        # The strings of a record are one text (RFC 7208 §3.3, RFC 6376 §3.6.2.2).
        return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT"))

    def mx(self, name: str) -> tuple[str, ...]:
        records = sorted(self._ask(name, "MX"), key=lambda record: record.preference)
        return tuple(str(record.exchange).rstrip(".") for record in records)

    def addresses(self, name: str) -> tuple[str, ...]:
        return tuple(str(record.address) for kind in ("A", "AAAA") for record in self._ask(name, kind))

    def names(self, address: str) -> tuple[str, ...]:
        records = self._ask(str(dns.reversename.from_address(address)), "PTR")
        return tuple(str(record.target).rstrip(".").lower() for record in records)

    def _ask(self, name: str, kind: str) -> list[Any]:
        try:
            return list(self._resolver.resolve(name, kind, lifetime=self._lifetime, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise DnsUnavailableError(f"{name}: no answer from DNS") from error
