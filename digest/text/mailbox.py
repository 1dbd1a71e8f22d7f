"""A mailbox as RFC 5322 §3.4 has it: an address and the name before it. Pure; no guess goes out in somebody's name.

An owner writes what mail programs show, `Harbour: Notes <notes@example.org>`, and seldom the quotes that a header needs
there. What stands between < and > is the address, what stands before it the name, letter by letter; quoted names and
encoded words (RFC 2047) are read by the standard library's parser. What can be read in two ways is refused.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from digest.text.addresses import address_key, normal_address

#: Embeddings, overrides and isolates: they make a text read as another than it is.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Mail programs show 30 or so; a longer one is something else that was pasted.
_LONGEST_NAME = 200
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_NAMED = re.compile(rf'(?P<name>(?:{_QUOTED}|[^"<>])*)<(?P<address>[^<>]*)>')
_IN_QUOTES = re.compile(_QUOTED)
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bq]\?[^?\s]*\?=", re.IGNORECASE)
#: What a name may hold only in quotes (RFC 5322 §3.2.3).
_SPECIAL = re.compile(r'[()<>\[\]:;@\\,."]')
#: What stands around an address in a text.
_AROUND = re.compile(r'[\s,;<>()\[\]"]+')
_FORM = 'write it as "Name <name@example.org>"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Whom mail is from, or goes to."""

    #: As a person reads it, without quotes; "" where there is none.
    name: str = ""
    #: As a server takes it, its domain in ASCII.
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    def __str__(self) -> str:
        """What `read_mailbox` reads as this mailbox."""
        if not self.name:
            return self.address
        escaped = self.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}" <{self.address}>' if _SPECIAL.search(self.name) else f"{self.name} <{self.address}>"


def read_mailbox(text: str) -> Mailbox:
    """Read "Name <address>" or an address.

    Raises:
        ValueError: it is neither, or can be read in two ways; the message says what to write.
    """
    text = text.strip()
    _refuse_controls(text)
    if named := _NAMED.fullmatch(text):
        address = _address(named["address"].strip())
        return Mailbox(name=_name(named["name"].strip(), address), address=address)
    if _AROUND.search(text) or text.lower().startswith("mailto:"):
        raise ValueError(_what_to_write(text))
    return Mailbox(address=_address(text))


def _refuse_controls(text: str) -> None:
    # Cc: line ends, NUL. Cs: halves of surrogate pairs. Zl, Zp: line ends of Unicode.
    if any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} or one in BIDI_CONTROLS for one in text):
        raise ValueError("holds a control character; write it again by hand")


def _address(text: str) -> str:
    try:
        return normal_address(text)
    except ValueError as error:
        raise ValueError(f'"{text}" is not an address: {str(error).rstrip(".")}; {_FORM}') from None


def _name(text: str, address: str) -> str:
    """The name before an address, without quotes."""
    bare = _IN_QUOTES.sub(" ", text)
    # An address that is not in quotes stood there to be an address: a comma is missing, or < and >.
    if any(address_key(other) != address_key(address) for other in _addresses(bare)):
        raise ValueError(_what_to_write(f"{text} <{address}>"))
    name = " ".join(text.split())
    if '"' in text or _ENCODED_WORD.search(text):
        if _SPECIAL.search(bare) and not _ENCODED_WORD.search(text):
            raise ValueError(_what_to_write(f"{text} <{address}>"))
        name = _phrase(name)
    _refuse_controls(name)
    if len(name) > _LONGEST_NAME:
        raise ValueError(f"the name has {len(name)} letters; {_LONGEST_NAME} are the most")
    return name


def _phrase(text: str) -> str:
    """What quoted strings and encoded words say. Raises ValueError where they can't be read."""
    from email.headerregistry import HeaderRegistry  # noqa: PLC0415 - takes 40 ms; few names have quotes

    try:
        header: Any = HeaderRegistry()("From", f"{text} <name@example.org>")
    except (ValueError, IndexError):
        # What an encoded word says may hold line ends; https://github.com/python/cpython/issues/81288 and others.
        raise ValueError(f"the name before the address can't be read; {_FORM}") from None
    name = " ".join(str(header.addresses[0].display_name).split()) if header.addresses else ""
    whole = [one.addr_spec for one in header.addresses] == ["name@example.org"]
    if header.defects or not whole or _ENCODED_WORD.search(name):
        raise ValueError(f"the name before the address can't be read; {_FORM}")
    return name


def _addresses(text: str) -> list[str]:
    """The addresses that stand in a text, each once."""
    found = {}
    for word in _AROUND.split(text):
        written = word.strip(".:'").removeprefix("mailto:")
        if "@" in written:
            try:
                found[address_key(normal_address(written))] = written
            except ValueError:
                continue
    return list(found.values())


def _what_to_write(text: str) -> str:
    """Words for a text that is no mailbox, with one that can be pasted where it is plain what was meant."""
    match _addresses(text):
        case []:
            return f"holds no address; {_FORM}"
        case [_] if _ENCODED_WORD.search(text):
            return f"can be read in more than one way; {_FORM}"
        case [one]:
            rest = text.replace('"', "").replace(f"mailto:{one}", " ").replace(one, " ")
            name = " ".join(re.sub(r"[<>\\]|\(\s*\)", " ", rest).split()).strip(" ,;:")
            if name.startswith("(") and name.endswith(")"):
                name = name[1:-1]
            meant = Mailbox(name=name[:_LONGEST_NAME], address=normal_address(one))
            return f"can be read in more than one way; if this is meant, write: {_toml(str(meant))}"
        case several:
            return f"holds {len(several)} addresses ({', '.join(several)}); {_FORM}, with one, any other in quotes"


def _toml(text: str) -> str:
    return f"'{text}'" if '"' in text and "'" not in text else json.dumps(text, ensure_ascii=False)
