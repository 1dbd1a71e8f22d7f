"""Names of hosts that every mail server takes, and addresses in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.hostnames import address_literal, is_address_literal, is_full_name


@pytest.mark.parametrize("name", ["mail.example.org", "a.b", "xn--bcher-kva.example.org", "3com.com", "MX-1.A.ORG"])
def test_a_full_name_is_one(name: str) -> None:
    assert is_full_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "localhost", "myhost", "mylaptop.", "web_1.app_net", "localhost.localdomain", "host.local", "pc.lan",
        "box.home.arpa", "-a.example.org", "a-.example.org", "a..org", ".example.org", "bücher.example.org",
        "a b.example.org", f"{'x' * 64}.example.org", ".".join(["abcdefg"] * 32), "192.0.2.1", "a.example.org\n",
    ],
)  # fmt: skip
def test_what_some_servers_refuse_is_no_full_name(name: str) -> None:
    assert not is_full_name(name)


@pytest.mark.parametrize(
    ("address", "literal"),
    [
        ("192.0.2.1", "[192.0.2.1]"),
        ("2001:db8::1", "[IPv6:2001:db8::1]"),
        ("fe80::1%eth0", "[IPv6:fe80::1]"),
        ("::ffff:192.0.2.1", "[192.0.2.1]"),
    ],
)
def test_an_address_is_written_as_servers_read_it(address: str, literal: str) -> None:
    assert address_literal(address) == literal
    assert is_address_literal(literal)


@given(st.ip_addresses())
def test_every_address_has_a_literal(address: object) -> None:
    assert is_address_literal(address_literal(str(address)))


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert not (is_full_name(text) and is_address_literal(text))
