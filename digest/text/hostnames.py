"""Names and addresses of hosts as mail servers take them (RFC 5321 §4.1.2 and §4.1.3, RFC 1123 §2.1). Pure."""

from __future__ import annotations

import ipaddress
import re

_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
#: RFC 1035 §2.3.4, in the form in which names are written.
_LONGEST = 253
#: Names that mean something on one network only, or nothing anywhere (RFC 6761, 6762, 8375, and what routers give).
_HERE_ONLY = frozenset(
    {"localhost", "localdomain", "local", "lan", "home", "internal", "intranet", "corp", "arpa"}
    | {"test", "invalid", "example"}
)


def is_full_name(name: str) -> bool:
    """Whether it is a whole host name in ASCII, such as "mail.example.org", and not one of a single network."""
    *labels, top = name.split(".")
    return (
        bool(labels)
        and len(name) <= _LONGEST
        and all(_LABEL.fullmatch(label) for label in (*labels, top))
        and not top.isdigit()
        and top.lower() not in _HERE_ONLY
    )


def address_literal(address: str) -> str:
    """What a host without a name calls itself: "[192.0.2.1]", "[IPv6:2001:db8::1]".

    Args:
        address: as sockets give it, perhaps with a scope ("fe80::1%eth0").
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # A socket that speaks both shows IPv4 so; servers compare it with the address that they see.
        ip = ip.ipv4_mapped or ip
    return f"[{ip}]" if ip.version == 4 else f"[IPv6:{ip}]"


def is_address_literal(text: str) -> bool:
    inside = text.removeprefix("[").removesuffix("]")
    try:
        return address_literal(inside.removeprefix("IPv6:")) == text
    except ValueError:
        return False
