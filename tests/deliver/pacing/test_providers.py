"""Whose mailbox it is."""

from __future__ import annotations

import pytest

from digest.deliver.pacing.providers import GROUPS, Providers


@pytest.mark.parametrize(
    ("key", "provider"),
    [
        ("ada@gmail.com", "google"),
        ("ada@googlemail.com", "google"),
        ("ada@hotmail.co.uk", "microsoft"),
        ("ada@live.com", "microsoft"),
        ("ada@yahoo.fr", "yahoo"),
        ("ada@aol.com", "yahoo"),
        ("ada@example.org", "example.org"),
        ("ada@mail.gmail.com", "mail.gmail.com"),
        ("ada@xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("no address", "no address"),
    ],
)
def test_domains_of_one_provider_are_one(key: str, provider: str) -> None:
    assert Providers().of(key) == provider


def test_an_owner_may_name_groups_of_their_own() -> None:
    providers = Providers({"school": ["a.example", "b.example", "gmail.com"]})
    assert [providers.of(f"ada@{name}") for name in ("a.example", "b.example", "gmail.com")] == ["school"] * 3
    assert providers.of("ada@googlemail.com") == "google"


def test_no_domain_is_in_two_groups() -> None:
    domains = [domain for group in GROUPS.values() for domain in group]
    assert len(domains) == len(set(domains))
