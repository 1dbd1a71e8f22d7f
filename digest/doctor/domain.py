"""What DNS says of the domain that mail is sent from: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489), MX, PTR."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import ParamSpec

from digest.doctor import spf
from digest.doctor.dns import Dns, DnsUnavailableError
from digest.doctor.observation import Observation, State

P = ParamSpec("P")
Check = Callable[P, Observation]


def _unknown_without_dns(code: str) -> Callable[[Check[P]], Check[P]]:
    """Where DNS gives no answer, a check says so instead of failing."""

    def decorate(check: Check[P]) -> Check[P]:
        @wraps(check)
        def checked(*args: P.args, **kwargs: P.kwargs) -> Observation:
            try:
                return check(*args, **kwargs)
            except DnsUnavailableError as error:
                advice = "Try again with a network."
                return Observation(code=code, state=State.UNKNOWN, found=str(error), advice=advice)

        return checked

    return decorate


def tags(record: str) -> dict[str, str]:
    """ "v=DKIM1; p=abc" → {"v": "DKIM1", "p": "abc"}; blanks don't count."""
    pairs = (tag.partition("=") for tag in record.split(";") if "=" in tag)
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs}


@_unknown_without_dns("spf")
def check_spf(dns: Dns, *, domain: str, servers: Sequence[str] = ()) -> Observation:
    """Whether the domain of the envelope's sender says who may send for it, and lets these servers."""
    found = spf.records(dns, domain)
    if not found:
        words = " ".join(f"a:{server}" for server in servers) or "mx"
        advice = f'Publish this, or what your mail provider names instead: {domain}. TXT "v=spf1 {words} ~all"'
        return Observation(code="spf", state=State.ERROR, found=f"{domain} has no SPF record", advice=advice)
    if len(found) > 1:
        advice = "Join them into one: two are an error to every receiver (RFC 7208 §4.5)."
        return Observation(code="spf", state=State.ERROR, found=f"{domain} has {len(found)} SPF records", advice=advice)
    policy = spf.Policy(dns, domain)
    try:
        policy.check()
        covered = {server: _may_send(policy, server) for server in servers}
    except spf.SpfError as error:
        advice = f"Have it name your mail server or what your mail provider tells you, and end with ~all: {found[0]}"
        return Observation(code="spf", state=State.ERROR, found=str(error), advice=advice)
    return _judge_servers(domain, found[0], covered)


def _judge_servers(domain: str, record: str, covered: Mapping[str, bool | None]) -> Observation:
    """What a valid record says of the servers that we send by."""
    # The address that a provider takes our mail at is not always the one that it sends from.
    refused = [server for server, may in covered.items() if may is False and is_below(server, domain)]
    if refused:
        found = f"{domain} does not let {' and '.join(refused)} send: {record}"
        advice = f"Write {' '.join(f'a:{server}' for server in refused)} into it, before its end."
        return Observation(code="spf", state=State.ERROR, found=found, advice=advice)
    unclear = [server for server, may in covered.items() if not may]
    if unclear:
        found = f"{domain}: {record}; whether it lets {' and '.join(unclear)} send can't be told from here"
        advice = "Make sure that it names what your mail provider tells you."
        return Observation(code="spf", state=State.UNKNOWN, found=found, advice=advice)
    return Observation(code="spf", state=State.OK, found=f"{domain}: {record}")


def _may_send(policy: spf.Policy, server: str) -> bool | None:
    """Whether all addresses of a server may send; None where that depends on more than DNS."""
    addresses = policy.dns.addresses(server)
    try:
        return all(policy.passes(address) for address in addresses) if addresses else None
    except spf.DependsOnMessageError:
        return None


def is_below(host: str, domain: str) -> bool:
    """Whether a server is taken for the domain's own."""
    return host == domain or host.endswith(f".{domain}")


@_unknown_without_dns("dkim")
def check_dkim(dns: Dns, *, name: str, value: str) -> Observation:
    """Whether the record of a key is published, and of this key."""
    published = dns.txt(name)
    advice = f'Publish: {name}. TXT "{value}"'
    if not published:
        return Observation(code="dkim", state=State.ERROR, found=f"{name} is not published", advice=advice)
    keys = [tags(text).get("p", "") for text in published]
    if tags(value)["p"] not in keys:
        what = "is revoked (empty p=)" if keys == [""] else "is of another key"
        return Observation(code="dkim", state=State.ERROR, found=f"{name} {what}", advice=advice)
    if len(published) > 1:
        found = f"{name} has {len(published)} records"
        return Observation(code="dkim", state=State.ERROR, found=found, advice="Leave only this one. " + advice)
    if "y" in tags(published[0]).get("t", "").split(":"):
        advice = "Take t=y out of it once mail verifies."
        return Observation(code="dkim", state=State.WARNING, found=f"{name} is in test mode", advice=advice)
    return Observation(code="dkim", state=State.OK, found=f"{name} is published and is the key's")


def dmarc_policy(dns: Dns, domain: str) -> tuple[str, str]:
    """Where the DMARC record that counts for a domain is, and the record; ("", "") where there is none.

    Up the tree of names rather than by the list of public suffixes, as the revision of DMARC has it.
    """
    place, records = _dmarc_records(dns, domain)
    return (place, records[0]) if records else ("", "")


def _dmarc_records(dns: Dns, domain: str) -> tuple[str, list[str]]:
    for parent in _parents(domain):
        found = [text for text in dns.txt(f"_dmarc.{parent}") if tags(text).get("v", "").upper() == "DMARC1"]
        if found:
            return parent, found
    return "", []


def _parents(domain: str) -> Iterator[str]:
    labels = domain.split(".")
    for start in range(max(len(labels) - 1, 1)):
        yield ".".join(labels[start:])


@_unknown_without_dns("dmarc")
def check_dmarc(dns: Dns, *, domain: str) -> Observation:
    place, records = _dmarc_records(dns, domain)
    if len(records) > 1:
        advice = "Leave only one: with two there is none to every receiver (RFC 7489 §6.6.3)."
        found = f"_dmarc.{place} has {len(records)} DMARC records"
        return Observation(code="dmarc", state=State.ERROR, found=found, advice=advice)
    if not records:
        advice = f'Publish: _dmarc.{domain}. TXT "v=DMARC1; p=none; rua=mailto:postmaster@{domain}"'
        return Observation(code="dmarc", state=State.ERROR, found=f"{domain} has no DMARC record", advice=advice)
    [record] = records
    policy = tags(record).get("p", "")
    if policy not in ("none", "quarantine", "reject"):
        advice = "It has to say p=none, p=quarantine or p=reject."
        return Observation(code="dmarc", state=State.ERROR, found=f"_dmarc.{place}: {record}", advice=advice)
    return Observation(code="dmarc", state=State.OK, found=f"_dmarc.{place}: {record}")


@_unknown_without_dns("alignment")
def check_alignment(dns: Dns, *, sender: str, signer: str, envelope: str) -> Observation:
    """DMARC wants the domain readers see to be the one that signs, or the one bounces go to.

    Args:
        signer: the domain of our own signature; "" where the mail server signs, if anybody.
    """
    top = dmarc_policy(dns, sender)[0] or sender

    def aligned(domain: str) -> bool:
        return domain in {sender, top} or domain.endswith(f".{top}") or sender.endswith(f".{domain}")

    if signer and aligned(signer):
        return Observation(code="alignment", state=State.OK, found=f"From is {sender}, signed by {signer}")
    if aligned(envelope):
        advice = "" if signer else "Make sure that your provider signs with this domain, too, or: digest keys make"
        found = f"From is {sender}, the envelope is from {envelope}" + ("" if signer else "; we do not sign")
        return Observation(code="alignment", state=State.OK if signer else State.WARNING, found=found, advice=advice)
    found = f"From is {sender}, but it is signed by {signer or 'nobody we know'} and sent by {envelope}"
    advice = f"Set dkim.domain to {sender}, and send.return_path to an address of it."
    return Observation(code="alignment", state=State.ERROR, found=found, advice=advice)


@_unknown_without_dns("mx")
def check_mx(dns: Dns, *, domain: str) -> Observation:
    """Answers and bounces have to arrive somewhere; receivers ask, too."""
    hosts = dns.mx(domain)
    if hosts == ("",):
        advice = "Use a sender of a domain that takes mail."
        return Observation(code="mx", state=State.ERROR, found=f"{domain} says that it takes no mail", advice=advice)
    if hosts:
        return Observation(code="mx", state=State.OK, found=f"{domain} takes mail at {', '.join(hosts)}")
    if dns.addresses(domain):
        found = f"{domain} has no MX record, only an address"
        return Observation(code="mx", state=State.WARNING, found=found, advice=f"Publish: {domain}. MX 10 HOST.")
    advice = f"Answers and bounces get lost. Publish: {domain}. MX 10 HOST."
    return Observation(code="mx", state=State.ERROR, found=f"{domain} takes no mail", advice=advice)


@_unknown_without_dns("ptr")
def check_ptr(dns: Dns, *, host: str) -> Observation:
    """Whether the addresses of a server of our own lead to a name and back (FCrDNS); Gmail refuses others."""
    lost = [
        address
        for address in dns.addresses(host)
        if not any(address in dns.addresses(name) for name in dns.names(address))
    ]
    if lost:
        found = f"{', '.join(lost)} has no name that leads back to it"
        advice = f"Have whoever runs the network set the PTR of {lost[0]} to {host}."
        return Observation(code="ptr", state=State.ERROR, found=found, advice=advice)
    return Observation(code="ptr", state=State.OK, found=f"the addresses of {host} lead to a name and back")
