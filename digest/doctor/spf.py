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
_TERM = re.compile(r"(?P<sign>[+\-~?]?)(?P<name>[a-z][a-z0-9_.-]*)(?P<kind>[:=]?)(?P<value>.*)", re.IGNORECASE)
_PREFIXES = re.compile(r"(?P<target>[^/]*)(?:/(?P<four>\d{1,2}))?(?://(?P<six>\d{1,3}))?")


class SpfError(Exception):
    """A receiver can't use the record; the words say why."""


class UntoldError(Exception):
    """Only a receiver can say: it depends on the message (macros, exists), or on the name of an address (ptr)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of a record."""

    text: str
    sign: str
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
        terms = _terms(record_of(self.dns, self.domain))
        if not any((term.sign == "+" and term.name != "all") or term.name == "redirect" for term in _heeded(terms)):
            self._refuse_everybody(terms)
            raise SpfError(f"{self.domain} lets nobody send")
        self._walk(self.domain, terms)

    def passes(self, address: str) -> bool:
        """Whether a receiver lets this address send. Raises UntoldError where that can't be told from here."""
        return self._result(self.domain, address) == "+"

    def _walk(self, domain: str, terms: Sequence[Term]) -> None:
        self._refuse_everybody(terms)
        for term in _heeded(terms):
            self.lookups += term.name in _ASKING
            if self.lookups > MOST_LOOKUPS:
                raise SpfError(f"{self.domain} costs receivers more than {MOST_LOOKUPS} questions to DNS")
            if term.name in ("include", "redirect") and "%" not in term.target:
                self._walk(term.target, _terms(record_of(self.dns, term.target, of=f"{domain}: {term.text}")))

    def _refuse_everybody(self, terms: Sequence[Term]) -> None:
        if any(term.name == "all" and term.sign == "+" for term in terms):
            raise SpfError(f"everybody may send as {self.domain}: +all")

    def _result(self, domain: str, address: str) -> str:
        """The sign of the first word that is about an address; "" where none is."""
        for term in _heeded(_terms(record_of(self.dns, domain))):
            if term.name == "redirect":
                return self._result(_told(term), address)
            if self._is_about(term, domain, address):
                return term.sign
        return ""

    def _is_about(self, term: Term, domain: str, address: str) -> bool:
        match term.name:
            case "all":
                return True
            case "ip4" | "ip6":
                return ip_address(address) in ip_network(term.target, strict=False)
            case "include":
                return self._result(_told(term), address) == "+"
            case "a":
                return self._at((_told(term) or domain,), term, address)
            case "mx":
                return self._at(self.dns.mx(_told(term) or domain)[:_MOST_HOSTS], term, address)
            case _:
                raise UntoldError(term.text)

    def _at(self, hosts: Sequence[str], term: Term, address: str) -> bool:
        known = (ip_address(one) for host in hosts if host for one in self.dns.addresses(host))
        networks = (ip_network((one, term.bits[one.version == 6]), strict=False) for one in known)
        return any(ip_address(address) in network for network in networks)


def records(dns: Dns, domain: str) -> list[str]:
    return [text for text in dns.txt(domain) if re.match(r"v=spf1(\s|$)", text, re.IGNORECASE)]


def record_of(dns: Dns, domain: str, *, of: str = "") -> str:
    """The one record of a domain.

    Args:
        of: the word that leads to it, for the error.
    """
    found = records(dns, domain)
    if len(found) != 1:
        raise SpfError(f"{of or domain} has {len(found) or 'no'} SPF record{'s' * (len(found) > 1)}")
    return found[0]


def _told(term: Term) -> str:
    if "%" in term.target:
        raise UntoldError(term.text)
    return term.target


def _heeded(terms: Sequence[Term]) -> Iterator[Term]:
    """The words a receiver looks at: those up to `all`, or without one the redirect after all others (§5.1, §6.1)."""
    for term in terms:
        if term.name != "redirect":
            yield term
        if term.name == "all":
            return
    yield from (term for term in terms if term.name == "redirect")


def _terms(record: str) -> list[Term]:
    read = (_term(text) for text in record.split()[1:])
    return [term for term in read if term]


def _term(text: str) -> Term | None:
    """A word; None for a modifier that says nothing of who may send (§6)."""
    match = _TERM.fullmatch(text)
    if match is None:
        raise SpfError(f'"{text}" is no word of SPF')
    sign, name, kind, value = match["sign"] or "+", match["name"].lower(), match["kind"], match["value"]
    if kind == "=":
        return Term(text=text, sign="", name=name, target=value.rstrip(".")) if name == "redirect" else None
    if name not in _MECHANISMS or (name == "all" and value) or (kind and not value):
        raise SpfError(f'"{text}" is no word of SPF')
    if name in ("ip4", "ip6"):
        return Term(text=text, sign=sign, name=name, target=_network(text, name, value))
    split = _PREFIXES.fullmatch(value)
    if split is None or (name in ("include", "exists") and not split["target"]):
        raise SpfError(f'"{text}" is no word of SPF')
    bits = (int(split["four"] or 32), int(split["six"] or 128))
    if bits[0] > 32 or bits[1] > 128:
        raise SpfError(f'"{text}" is no word of SPF')
    return Term(text=text, sign=sign, name=name, target=split["target"].rstrip("."), bits=bits)


def _network(text: str, name: str, value: str) -> str:
    try:
        return str((IPv4Network if name == "ip4" else IPv6Network)(value, strict=False))
    except ValueError:
        raise SpfError(f'"{text}" names no {"IPv4" if name == "ip4" else "IPv6"} address') from None
