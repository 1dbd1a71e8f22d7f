"""What an SPF record says (RFC 7208): whether every receiver can read it, and whom it lets send."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from digest.doctor.dns import Dns

#: Questions to DNS that a record may cost, those it includes among them (§4.6.4).
MOST_LOOKUPS = 10
#: Hosts of an MX that are looked at (§4.6.4).
_MOST_HOSTS = 10
_ASKING = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
_MECHANISMS = _ASKING - {"redirect"} | {"all", "ip4", "ip6"}
_TERM = re.compile(r"(?P<qualifier>[+\-~?]?)(?P<name>[a-z][a-z0-9_.-]*)(?P<kind>[:=]?)(?P<value>.*)", re.IGNORECASE)
_PREFIXES = re.compile(r"(?P<target>[^/]*)(?:/(?P<four>\d{1,2}))?(?://(?P<six>\d{1,3}))?")


class SpfError(Exception):
    """A receiver can't use the record; the words say why."""


class DependsOnMessageError(Exception):
    """Only a receiver can say: it depends on the message (macros, exists), or on the name of an address (ptr)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpfTerm:
    """One term of a record: a mechanism or a modifier (§4.6.1)."""

    text: str
    qualifier: str
    name: str
    #: A domain or a network; "" where it is the domain's own.
    target: str = ""
    #: Bits of IPv4 and IPv6 addresses that count.
    bits: tuple[int, int] = (32, 128)


@dataclass(slots=True)
class Policy:
    """The record of a domain, and those it leads to.

    Raises:
        SpfError: a receiver can't use it.
    """

    dns: Dns
    domain: str
    lookups: int = 0

    def check(self) -> None:
        """Read all of it, whoever sends."""
        terms = _parsed_terms(record_of(self.dns, self.domain))
        if not any(
            (term.qualifier == "+" and term.name != "all") or term.name == "redirect" for term in _evaluated(terms)
        ):
            self._refuse_pass_all(terms)
            raise SpfError(f"{self.domain} lets nobody send")
        self._walk(self.domain, terms)

    def passes(self, address: str) -> bool:
        """Whether a receiver lets this address send.

        Raises:
            DependsOnMessageError: that can't be told from here.
        """
        return self._result(self.domain, address) == "+"

    def _walk(self, domain: str, terms: Sequence[SpfTerm]) -> None:
        self._refuse_pass_all(terms)
        for term in _evaluated(terms):
            self.lookups += term.name in _ASKING
            if self.lookups > MOST_LOOKUPS:
                raise SpfError(f"{self.domain} costs receivers more than {MOST_LOOKUPS} questions to DNS")
            if term.name in ("include", "redirect") and "%" not in term.target:
                self._walk(term.target, _parsed_terms(record_of(self.dns, term.target, of=f"{domain}: {term.text}")))

    def _refuse_pass_all(self, terms: Sequence[SpfTerm]) -> None:
        if any(term.name == "all" and term.qualifier == "+" for term in terms):
            raise SpfError(f"everybody may send as {self.domain}: +all")

    def _result(self, domain: str, address: str) -> str:
        """The qualifier of the first mechanism that matches an address, "+" to "?"; "" where none does."""
        for term in _evaluated(_parsed_terms(record_of(self.dns, domain))):
            if term.name == "redirect":
                return self._result(_target_of(term), address)
            if self._matches(term, domain, address):
                return term.qualifier
        return ""

    def _matches(self, term: SpfTerm, domain: str, address: str) -> bool:
        match term.name:
            case "all":
                return True
            case "ip4" | "ip6":
                return ip_address(address) in ip_network(term.target, strict=False)
            case "include":
                return self._result(_target_of(term), address) == "+"
            case "a":
                return self._is_address_of((_target_of(term) or domain,), term, address)
            case "mx":
                return self._is_address_of(self.dns.mx(_target_of(term) or domain)[:_MOST_HOSTS], term, address)
            case _:
                raise DependsOnMessageError(term.text)

    def _is_address_of(self, hosts: Sequence[str], term: SpfTerm, address: str) -> bool:
        known = (ip_address(one) for host in hosts if host for one in self.dns.addresses(host))
        networks = (ip_network((one, term.bits[one.version == 6]), strict=False) for one in known)
        return any(ip_address(address) in network for network in networks)


def records(dns: Dns, domain: str) -> list[str]:
    return [text for text in dns.txt(domain) if re.match(r"v=spf1(\s|$)", text, re.IGNORECASE)]


def record_of(dns: Dns, domain: str, *, of: str = "") -> str:
    """The one record of a domain.

    Args:
        of: the term that leads to it, for the error.
    """
    found = records(dns, domain)
    if len(found) != 1:
        raise SpfError(f"{of or domain} has {len(found) or 'no'} SPF record{'s' * (len(found) > 1)}")
    return found[0]


def _target_of(term: SpfTerm) -> str:
    if "%" in term.target:
        raise DependsOnMessageError(term.text)
    return term.target


def _evaluated(terms: Sequence[SpfTerm]) -> Iterator[SpfTerm]:
    """The terms that a receiver evaluates: up to `all`, or without one the redirect after all others (§5.1, §6.1)."""
    for term in terms:
        if term.name != "redirect":
            yield term
        if term.name == "all":
            return
    yield from (term for term in terms if term.name == "redirect")


def _parsed_terms(record: str) -> list[SpfTerm]:
    read = (_parsed_term(text) for text in record.split()[1:])
    return [term for term in read if term]


def _parsed_term(text: str) -> SpfTerm | None:
    """A term; None for a modifier that says nothing of who may send (§6)."""
    match = _TERM.fullmatch(text)
    if match is None:
        raise SpfError(f'"{text}" is no term of SPF')
    qualifier, name, kind, value = match["qualifier"] or "+", match["name"].lower(), match["kind"], match["value"]
    if kind == "=":
        return SpfTerm(text=text, qualifier="", name=name, target=value.rstrip(".")) if name == "redirect" else None
    if name not in _MECHANISMS or (name == "all" and value) or (kind and not value):
        raise SpfError(f'"{text}" is no term of SPF')
    if name in ("ip4", "ip6"):
        return SpfTerm(text=text, qualifier=qualifier, name=name, target=_parsed_network(text, name, value))
    split = _PREFIXES.fullmatch(value)
    if split is None or (name in ("include", "exists") and not split["target"]):
        raise SpfError(f'"{text}" is no term of SPF')
    bits = (int(split["four"] or 32), int(split["six"] or 128))
    if bits[0] > 32 or bits[1] > 128:
        raise SpfError(f'"{text}" is no term of SPF')
    return SpfTerm(text=text, qualifier=qualifier, name=name, target=split["target"].rstrip("."), bits=bits)


def _parsed_network(text: str, name: str, value: str) -> str:
    try:
        return str((IPv4Network if name == "ip4" else IPv6Network)(value, strict=False))
    except ValueError:
        raise SpfError(f'"{text}" names no {"IPv4" if name == "ip4" else "IPv6"} address') from None
