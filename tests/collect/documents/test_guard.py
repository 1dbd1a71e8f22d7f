"""Which addresses are nobody's business."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore2
import pytest

from digest.collect.documents.guard import (
    Address,
    AddressRefusedError,
    GuardedBackend,
    is_allowed_private,
    is_public,
    system_addresses,
)

PUBLIC, PRIVATE = "93.184.216.34", "10.0.0.1"


class Recorder(httpcore2.AsyncNetworkBackend):
    """Notes where it is asked to connect to; some hosts do not answer."""

    def __init__(self, dead: Iterable[str] = ()) -> None:
        self.connected: list[str] = []
        self.timeouts: list[float | None] = []
        self._dead = set(dead)

    async def connect_tcp(  # the base's signature
        self,
        host: str,
        port: int,
        timeout: Any = None,  # noqa: ASYNC109
        *more: Any,
    ) -> httpcore2.AsyncNetworkStream:
        self.connected.append(host)
        self.timeouts.append(timeout)
        if host in self._dead:
            raise httpcore2.ConnectError(f"{host} does not answer")
        return httpcore2.AsyncMockStream([])


def answers(*names: str) -> Any:
    async def resolve(host: str, port: int) -> Sequence[Address]:
        return [ipaddress.ip_address(name) for name in names]

    return resolve


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])
def test_addresses_that_everyone_reaches_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.3",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # the metadata of clouds
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo to 127.0.0.1
    ],
)
def test_addresses_of_this_machine_and_its_network_are_not(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", [PUBLIC, PRIVATE, "127.0.0.1", "::1", "fd12:3456::1", "192.168.1.1"])
async def test_where_private_addresses_are_allowed_they_are_connected_to(address: str) -> None:
    inner = Recorder()
    await GuardedBackend(inner, resolve=answers(address), private=True).connect_tcp("wiki.internal", 443)
    assert inner.connected == [address]


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "100.100.100.200", "fe80::1", "224.0.0.1"]
)
async def test_the_secrets_of_a_cloud_are_refused_all_the_same(address: str) -> None:
    assert not is_allowed_private(ipaddress.ip_address(address))
    with pytest.raises(AddressRefusedError, match="no website's"):
        await GuardedBackend(Recorder(), resolve=answers(address), private=True).connect_tcp("feeds.example", 80)


async def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    inner = Recorder()
    await GuardedBackend(inner, resolve=answers(PUBLIC)).connect_tcp("feeds.example", 443)
    assert inner.connected == [PUBLIC]


async def test_a_host_at_a_private_address_is_refused_before_any_connection() -> None:
    inner = Recorder()
    with pytest.raises(AddressRefusedError, match=r"feeds\.example is at a private address"):
        await GuardedBackend(inner, resolve=answers(PRIVATE, "::1")).connect_tcp("feeds.example", 443)
    assert inner.connected == []


async def test_of_several_addresses_only_the_public_ones_are_tried() -> None:
    inner = Recorder(dead=["93.184.216.35"])
    guard = GuardedBackend(inner, resolve=answers(PRIVATE, "93.184.216.35", PUBLIC))
    await guard.connect_tcp("feeds.example", 443)
    assert inner.connected == ["93.184.216.35", PUBLIC]


async def test_an_address_with_others_behind_it_does_not_use_up_the_time() -> None:
    inner = Recorder(dead=["2606:4700::1"])
    await GuardedBackend(inner, resolve=answers("2606:4700::1", PUBLIC)).connect_tcp("feeds.example", 443, 20.0)
    assert inner.timeouts == [3.0, 20.0]


async def test_where_no_address_answers_the_last_failure_is_told() -> None:
    with pytest.raises(httpcore2.ConnectError, match="does not answer"):
        await GuardedBackend(Recorder(dead=[PUBLIC]), resolve=answers(PUBLIC)).connect_tcp("feeds.example", 443)


async def test_a_name_without_an_address_is_refused_as_unknown() -> None:
    with pytest.raises(httpcore2.ConnectError, match="not known"):
        await GuardedBackend(Recorder(), resolve=answers()).connect_tcp("feeds.example", 443)


async def test_a_local_socket_is_refused() -> None:
    with pytest.raises(AddressRefusedError):
        await GuardedBackend(Recorder()).connect_unix_socket("/run/docker.sock")


@pytest.mark.parametrize("name", ["127.0.0.1", "::1", "2130706433", "0x7f.1", "127.1", "localhost"])
async def test_however_this_machine_is_written_it_is_refused(name: str) -> None:
    inner = Recorder()
    with pytest.raises((AddressRefusedError, httpcore2.ConnectError)):
        await GuardedBackend(inner).connect_tcp(name, 80)
    assert inner.connected == []


async def test_a_name_that_cannot_be_one_is_not_known() -> None:
    with pytest.raises(httpcore2.ConnectError, match="not known"):
        await system_addresses("a" * 300, 80)
