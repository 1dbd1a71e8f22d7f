"""What DNS says of a sender's domain, asked of a real name server on loopback."""

from __future__ import annotations

import pytest

from digest.doctor import domain
from digest.doctor.observation import State

KEY = "v=DKIM1; k=rsa; p=" + "A" * 392


def txt(text: str) -> str:
    return " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))


NET = {
    ("smtp.example.org", "A"): ["192.0.2.25"],
    ("other.example", "A"): ["198.51.100.1"],
    ("example.org", "MX"): ["10 smtp.example.org."],
    ("_spf.example.net", "TXT"): ['"v=spf1 ip4:192.0.2.0/24 -all"'],
    ("_elsewhere.example.net", "TXT"): ['"v=spf1 ip4:203.0.113.0/24 ~all"'],
    ("open.example.net", "TXT"): ['"v=spf1 +all"'],
    ("loop.example.net", "TXT"): ['"v=spf1 include:loop.example.net -all"'],
    ("two.example.net", "TXT"): ['"v=spf1 mx -all"', '"v=spf1 a -all"'],
}


@pytest.mark.parametrize(
    ("records", "state", "said"),
    [
        (["v=spf1 include:_spf.example.net ~all"], State.OK, "include:"),
        (["google-site-verification=1", "v=spf1 mx -all"], State.OK, "mx"),
        (["v=spf1 a:smtp.example.org ?all"], State.OK, "a:"),
        (["v=spf1 a:smtp.example.org/24 -all"], State.OK, "a:"),
        (["v=spf1 ip6:2001:db8::/32 IP4:192.0.2.25 -all exp=why.example.org"], State.OK, "IP4"),
        (["v=spf1 redirect=_spf.example.net"], State.OK, "redirect"),
        ([], State.ERROR, "no SPF record"),
        (["v=spf10 mx"], State.ERROR, "no SPF record"),
        (["v=spf1 mx ~all", "v=spf1 a ~all"], State.ERROR, "2 SPF records"),
        (["v=spf1 +all"], State.ERROR, "everybody may send"),
        (["v=spf1 mx all"], State.ERROR, "everybody may send"),
        (["v=spf1 +all include:_spf.example.net"], State.ERROR, "everybody may send"),
        (["v=spf1 mx include:open.example.net -all"], State.ERROR, "everybody may send"),
        (["v=spf1 -all"], State.ERROR, "lets nobody send"),
        (["v=spf1 ?all"], State.ERROR, "lets nobody send"),
        (["v=spf1 -all mx"], State.ERROR, "lets nobody send"),
        (["v=spf1 ipv4:1.2.3.4 -all"], State.ERROR, '"ipv4:1.2.3.4" is no term'),
        (["v=spf1 ip4:1.2.3 -all"], State.ERROR, "names no IPv4 address"),
        (["v=spf1 ip4:192.0.2.25, -all"], State.ERROR, "names no IPv4 address"),
        (["v=spf1 include:nothing.invalid ~all"], State.ERROR, "include:nothing.invalid has no SPF record"),
        (["v=spf1 redirect=nothing.invalid"], State.ERROR, "redirect=nothing.invalid has no SPF record"),
        (["v=spf1 mx include:two.example.net -all"], State.ERROR, "has 2 SPF records"),
        (["v=spf1 mx include:loop.example.net -all"], State.ERROR, "more than 10 questions"),
        (["v=spf1 " + "a:other.example " * 11 + "-all"], State.ERROR, "more than 10 questions"),
        # Sound, and not for our server
        (["v=spf1 a:other.example -all"], State.ERROR, "does not let smtp.example.org send"),
        (["v=spf1 include:_elsewhere.example.net ~all"], State.ERROR, "does not let smtp.example.org send"),
        (["v=spf1 -ip4:192.0.2.25 mx -all"], State.ERROR, "does not let smtp.example.org send"),
        # Only the receiver can say
        (["v=spf1 exists:%{i}.example.net -all"], State.UNKNOWN, "can't be told"),
        (["v=spf1 mx exists:%{i}.example.net -all"], State.OK, "mx"),
    ],
)
def test_spf_is_judged(serve_dns, records, state, said) -> None:
    dns = serve_dns({**NET, ("example.org", "TXT"): [txt(one) for one in records]})
    found = domain.check_spf(dns, domain="example.org", servers=["smtp.example.org"])
    assert (found.state, said in found.found) == (state, True), found


def test_of_a_providers_server_only_what_is_let_can_be_told(serve_dns) -> None:
    dns = serve_dns({**NET, ("example.org", "TXT"): ['"v=spf1 a:other.example -all"']})
    states = [
        domain.check_spf(dns, domain="example.org", servers=servers).state
        for servers in ([], ["other.example"], ["unknown.example"])
    ]
    assert states == [State.OK, State.OK, State.UNKNOWN]


def test_the_spf_record_to_publish_is_written_out(serve_dns) -> None:
    found = domain.check_spf(serve_dns({}), domain="example.org", servers=["smtp.example.org", "b.example.net"])
    assert 'example.org. TXT "v=spf1 a:smtp.example.org a:b.example.net ~all"' in found.advice


def test_two_dmarc_records_are_none(serve_dns) -> None:
    dns = serve_dns({("_dmarc.example.org", "TXT"): ['"v=DMARC1; p=none"', '"v=DMARC1; p=reject"']})
    found = domain.check_dmarc(dns, domain="example.org")
    assert (found.state, found.found) == (State.ERROR, "_dmarc.example.org has 2 DMARC records")


@pytest.mark.parametrize(
    ("records", "state", "said"),
    [
        ([KEY], State.OK, "is the key's"),
        ([KEY.replace("; ", " ;\t")], State.OK, "is the key's"),
        ([KEY + "; t=y"], State.WARNING, "test mode"),
        ([KEY.replace("A", "B")], State.ERROR, "another key"),
        (["v=DKIM1; p="], State.ERROR, "revoked"),
        ([KEY, KEY.replace("A", "B")], State.ERROR, "2 records"),
        ([], State.ERROR, "not published"),
    ],
)
def test_a_published_key_is_compared(serve_dns, records, state, said) -> None:
    name = "s._domainkey.example.org"
    dns = serve_dns({(name, "TXT"): [txt(one) for one in records]})
    found = domain.check_dkim(dns, name=name, value=KEY)
    assert (found.state, said in found.found) == (state, True)


def test_the_dmarc_record_of_a_parent_counts(serve_dns) -> None:
    dns = serve_dns({("_dmarc.example.org", "TXT"): [txt("v=DMARC1; p=reject")]})
    found = domain.check_dmarc(dns, domain="news.example.org")
    assert (found.state, found.found) == (State.OK, "_dmarc.example.org: v=DMARC1; p=reject")


@pytest.mark.parametrize("records", [[], ["v=DMARC2"], ["p=none"], ["v=DMARC1; p=perhaps"]])
def test_a_missing_or_broken_dmarc_record_is_an_error(serve_dns, records) -> None:
    dns = serve_dns({("_dmarc.example.org", "TXT"): [txt(one) for one in records]})
    assert domain.check_dmarc(dns, domain="example.org").state is State.ERROR


@pytest.mark.parametrize(
    ("sender", "signer", "envelope", "state"),
    [
        ("example.org", "example.org", "example.org", State.OK),
        ("news.example.org", "example.org", "example.net", State.OK),
        ("news.example.org", "mail.example.org", "example.net", State.OK),
        ("example.org", "", "example.org", State.WARNING),
        ("example.org", "example.net", "bounces.example.org", State.OK),
        ("example.org", "example.net", "example.net", State.ERROR),
        ("example.org", "notexample.org", "example.net", State.ERROR),
        ("example.org", "", "example.net", State.ERROR),
    ],
)
def test_dmarc_wants_one_of_two_domains_to_be_the_one_readers_see(serve_dns, sender, signer, envelope, state) -> None:
    dns = serve_dns({("_dmarc.example.org", "TXT"): [txt("v=DMARC1; p=none")]})
    assert domain.check_alignment(dns, sender=sender, signer=signer, envelope=envelope).state is state


@pytest.mark.parametrize(
    ("zone", "state"),
    [
        ({("example.org", "MX"): ["20 b.example.org.", "10 a.example.org."]}, State.OK),
        ({("example.org", "MX"): ["0 ."]}, State.ERROR),
        ({("example.org", "A"): ["192.0.2.1"]}, State.WARNING),
        ({}, State.ERROR),
    ],
)
def test_a_senders_domain_should_take_mail(serve_dns, zone, state) -> None:
    assert domain.check_mx(serve_dns(zone), domain="example.org").state is state


def test_a_servers_name_leads_to_its_address_and_back(serve_dns) -> None:
    zone = {("mx.example.org", "A"): ["192.0.2.1"], ("1.2.0.192.in-addr.arpa", "PTR"): ["mx.example.org."]}
    assert domain.check_ptr(serve_dns(zone), host="mx.example.org").state is State.OK
    lost = zone | {("1.2.0.192.in-addr.arpa", "PTR"): ["pool-1.example.net."]}
    found = domain.check_ptr(serve_dns(lost), host="mx.example.org")
    assert (found.state, "192.0.2.1" in found.advice) == (State.ERROR, True)


def test_a_name_server_that_fails_says_nothing_about_the_record(serve_dns) -> None:
    dns = serve_dns({("example.org", "TXT"): ["SERVFAIL"], ("example.org", "MX"): ["SERVFAIL"]})
    assert domain.check_spf(dns, domain="example.org").state is State.UNKNOWN
    assert domain.check_mx(dns, domain="example.org").state is State.UNKNOWN
