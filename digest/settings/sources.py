"""Where articles may come from: the tables [[sources]] of digest.toml, and the passwords of mailboxes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from digest.model import Source, SourceKind
from digest.settings.table import Password
from digest.settings.table import Table as _Table

_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


class SourceSettings(_Table):
    feed: str = ""
    opml: str = ""
    folder: str = ""
    page: str = ""
    sitemap: str = ""
    #: A mailbox of newsletters: "imaps://user@host/Folder".
    mailbox: str = ""
    #: The variable of .env that holds its password.
    password_in: str = "IMAP_PASSWORD"  # noqa: S105  # a name
    #: A file of links with notes, which always go in.
    picks: str = ""
    #: The CSS selector of the links on a page that lists articles.
    links: str = ""
    name: str = ""
    section: str | None = None
    weight: float = Field(default=1.0, gt=0, le=100)
    full_text: bool | None = None

    @model_validator(mode="after")
    def _names_one_place(self) -> SourceSettings:
        if len(self._places()) != 1:
            raise ValueError(f"a source has exactly one of {', '.join(_KINDS[:-1])} and {_KINDS[-1]}")
        if "password_in" in self.model_fields_set and not self.mailbox:
            raise ValueError('password_in = belongs to mailbox = "imaps://..."')
        if self.links and not self.page:
            raise ValueError('links = belongs to page = "https://...", the page that the links are on')
        return self

    @field_validator("links")
    @classmethod
    def _selects(cls, value: str) -> str:
        if value:
            _refuse_bad_selector(value)
        return value

    @field_validator("mailbox")
    @classmethod
    def _is_a_mailbox(cls, value: str) -> str:
        if value:
            _refuse_bad_mailbox(value)
        return value

    @field_validator("password_in")
    @classmethod
    def _names_a_variable(cls, value: str) -> str:
        if not re.fullmatch(r"IMAP_PASSWORD(_[A-Z0-9]+)*", value):
            # Not shown: it may be the password itself.
            raise ValueError("write the name of a variable, such as IMAP_PASSWORD_WORK, and the password in .env")
        return value

    def _places(self) -> list[tuple[SourceKind, str]]:
        return [(kind, getattr(self, kind)) for kind in _KINDS if getattr(self, kind)]

    def source(self, *, full_text: bool) -> Source:
        [(kind, location)] = self._places()
        return Source(
            kind=kind,
            location=location,
            name=self.name,
            section=self.section,
            weight=self.weight,
            full_text=full_text if self.full_text is None else self.full_text,
            links=self.links,
        )


class ImapSettings(_Table):
    """IMAP_PASSWORD of the environment, and IMAP_PASSWORD_... for further mailboxes."""

    password: Password = SecretStr("")
    #: By the variable's name.
    others: Mapping[str, Password] = {}

    def named(self, variable: str) -> SecretStr:
        return self.password if variable == "IMAP_PASSWORD" else self.others.get(variable, SecretStr(""))


def _refuse_bad_mailbox(address: str) -> None:
    form = 'write it as "imaps://user@imap.example.org/INBOX"'
    try:
        parts = urlsplit(address)
        whole = parts.scheme in {"imaps", "imap"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ValueError(f"is not the address of a mailbox: {form}") from None
    user = parts.netloc.rpartition("@")[0] if whole else ""
    if not user or parts.query or parts.fragment or not unquote(address).isprintable():
        raise ValueError(f"is not the address of a mailbox: {form}")
    if ":" in user:
        raise ValueError(f"holds a password: {form}, and the password as IMAP_PASSWORD=... in .env")


def _refuse_bad_selector(selector: str) -> None:
    from cssselect import HTMLTranslator, SelectorError  # noqa: PLC0415  # only who has such a source pays its import

    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise ValueError(
            f'"{selector}" is not a CSS selector ({error}): write one such as "h2 a" or "article.teaser a"'
        ) from None
