"""Which domains are one provider's: it counts what it gets from us over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: Mailboxes of persons. A name that ends with a dot stands for that name in every country.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "google": ("gmail.com", "googlemail.com"),
    "microsoft": ("outlook.", "hotmail.", "live.", "msn.com", "passport.com"),
    "yahoo": ("yahoo.", "ymail.com", "rocketmail.com", "aol.", "aim.com", "verizon.net", "sky.com"),
    "apple": ("icloud.com", "me.com", "mac.com"),
    "gmx": ("gmx.", "web.de", "mail.com"),
    "telekom": ("t-online.de", "magenta.de"),
    "proton": ("proton.me", "protonmail.com", "protonmail.ch", "pm.me"),
    "zoho": ("zoho.", "zohomail.com"),
    "fastmail": ("fastmail.com", "fastmail.fm"),
    "orange": ("orange.fr", "wanadoo.fr"),
    "free": ("free.fr", "aliceadsl.fr"),
    "comcast": ("comcast.net", "xfinity.com"),
    "mail.ru": ("mail.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru"),
    "yandex": ("yandex.", "ya.ru"),
    "tencent": ("qq.com", "foxmail.com"),
    "netease": ("163.com", "126.com", "yeah.net"),
}


class Providers:
    """The table above and the owner's own groups, which win.

    Args:
        own: a group's name → its domains.
    """

    def __init__(self, own: Mapping[str, Sequence[str]] | None = None) -> None:
        groups = {**GROUPS, **(own or {})}
        self._group = {domain: name for name, domains in groups.items() for domain in domains}

    def of(self, key: str) -> str:
        """The provider of an address: its group, or its domain."""
        domain = key.rpartition("@")[2]
        return self._group.get(domain) or self._group.get(f"{domain.partition('.')[0]}.") or domain
