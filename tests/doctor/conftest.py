"""A name server on loopback that answers what a test says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from digest.doctor.dns import Resolver

Zone = Mapping[tuple[str, str], list[str]]


def _answer(wire: bytes, zone: Zone) -> bytes:
    query = dns.message.from_wire(wire)
    [question] = query.question
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.RA
    name, kind = question.name.to_text().rstrip(".").lower(), dns.rdatatype.to_text(question.rdtype)
    if zone.get((name, kind)) == ["SERVFAIL"]:
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif found := zone.get((name, kind)):
        reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
    elif not any(known == name for known, _ in zone):
        reply.set_rcode(dns.rcode.NXDOMAIN)
    return reply.to_wire()


@pytest.fixture
def serve_dns() -> Iterator[Callable[[Zone], Resolver]]:
    """Starts a server of a zone, {(name, type): records}; gives a resolver that asks it."""
    sockets: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def start(zone: Zone) -> Resolver:
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind(("127.0.0.1", 0))
        address, port = server.getsockname()

        def serve() -> None:
            while True:
                wire, client = server.recvfrom(4096)
                if not wire:
                    return
                server.sendto(_answer(wire, zone), client)

        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        sockets.append(server)
        return Resolver(address, port, lifetime=3.0)

    yield start
    for server, thread in zip(sockets, threads, strict=True):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", server.getsockname())
        thread.join()
        server.close()
