"""Bodies as they go over the wire, with holes for what differs from one recipient to the next.

What is the same for everybody is encoded once; for a recipient only the values are, and the pieces are put together.
No line of an encoded body begins with a dot, so there is no dot-stuffing (RFC 5321 §4.5.2): a message has the same
bytes on the wire and in a file. No line ends with a blank or holds two in a row: a body is what DKIM makes of it before
it is hashed.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

#: A line of quoted-printable has at most 76 characters with its soft break (RFC 2045 §6.7); a dot or a "From " at its
#: beginning takes two more.
_QP_LINE = 73
#: The second of two blanks, too: some relays make one of them, and DKIM counts them as one.
_QP_UNSAFE = re.compile(rb"[^ -<>-~]|(?<= ) ")
_SOFT_BREAK = b"=\r\n"
#: A line that stays as it is if it is short, as most values do that are put into holes.
_QP_PLAIN = re.compile(r"(?!\.|From )[!-<>-~]+(?: [!-<>-~]+)*")
#: Octets on a line of 76 characters of base64.
_BASE64_ROW = 57


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A hole: what is put in, and what surrounds it."""

    value: Literal["greeting", "email", "unsubscribe_url"]
    context: Literal["text", "html", "url"]


Piece = str | Slot
Fill = Callable[[Slot], str]


class Body(Protocol):
    """An encoded body with holes."""

    #: The Content-Transfer-Encoding.
    name: str

    def filled(self, fill: Fill) -> list[bytes]:
        """The pieces of the body for one recipient; the last one ends with CRLF."""
        ...


def encode_body(pieces: Sequence[Piece]) -> Body:
    """Quoted-printable, which a person and every filter can read, unless base64 is clearly shorter."""
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    # A script other than Latin takes 6 to 9 characters a letter in quoted-printable, and 3 to 4 in base64.
    in_base64 = len(quoted_printable(text)) > 1.5 * len(text.encode())
    return Base64(pieces) if in_base64 else QuotedPrintable(pieces)


class QuotedPrintable:
    """Soft line breaks around each hole keep every line short, whatever is put in."""

    name = "quoted-printable"

    def __init__(self, pieces: Sequence[Piece]) -> None:
        last = len(pieces) - 1
        self._pieces = [
            piece if isinstance(piece, Slot) else quoted_printable(piece, open_end=index < last)
            for index, piece in enumerate(pieces)
        ]

    def filled(self, fill: Fill) -> list[bytes]:
        filled = [
            quoted_printable(fill(piece), open_end=True) if isinstance(piece, Slot) else piece for piece in self._pieces
        ]
        return [*filled, b"\r\n"]


def quoted_printable(text: str, *, open_end: bool = False) -> bytes:
    """Encode text; with an open end, what follows continues its last line after a soft break."""
    if len(text) <= _QP_LINE and _QP_PLAIN.fullmatch(text):
        return text.encode("ascii") + (_SOFT_BREAK if open_end else b"")
    lines = _with_crlf(text).encode("utf-8", "replace").split(b"\r\n")
    encoded = [_quoted_line(line) for line in lines]
    if open_end and encoded[-1]:
        encoded[-1] += _SOFT_BREAK
    return b"\r\n".join(encoded)


def _quoted_line(line: bytes) -> bytes:
    escaped = _QP_UNSAFE.sub(_escape, line)
    if escaped[-1:] == b" ":
        escaped = escaped[:-1] + b"=20"
    pieces = []
    while len(escaped) > _QP_LINE:
        # Not inside "=XX".
        cut = _QP_LINE - (2 if escaped[_QP_LINE - 2] == 0x3D else 1 if escaped[_QP_LINE - 1] == 0x3D else 0)
        pieces.append(_safe_start(escaped[:cut]))
        escaped = escaped[cut:]
    return _SOFT_BREAK.join([*pieces, _safe_start(escaped)])


def _escape(found: re.Match[bytes]) -> bytes:
    return b"=%02X" % found[0][0]


def _safe_start(line: bytes) -> bytes:
    """A dot alone would end the message; mailboxes in one file put ">" before "From "."""
    if line.startswith(b"."):
        return b"=2E" + line[1:]
    return b"=46" + line[1:] if line.startswith(b"From ") else line


class Base64:
    """Base64 takes three octets at a time, so what follows a hole depends on the length of what is put in.

    Each long piece is encoded three times, for each number of octets that may be missing from the group before it.
    """

    name = "base64"

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces: list[Slot | bytes | tuple[_Shifted, _Shifted, _Shifted]] = []
        for piece in pieces:
            if isinstance(piece, Slot):
                self._pieces.append(piece)
                continue
            octets = _with_crlf(piece).encode("utf-8", "replace")
            shifts = (_shifted(octets, 0), _shifted(octets, 1), _shifted(octets, 2))
            self._pieces.append(octets if len(octets) < _BASE64_ROW else shifts)

    def filled(self, fill: Fill) -> list[bytes]:
        out: list[bytes] = []
        waiting = b""
        for piece in self._pieces:
            if isinstance(piece, Slot):
                waiting += _with_crlf(fill(piece)).encode("utf-8", "replace")
            elif isinstance(piece, bytes):
                waiting += piece
            else:
                shifted = piece[-len(waiting) % 3]
                out += [_base64_rows(waiting + shifted.first), shifted.encoded]
                waiting = shifted.rest
        return [*out, _base64_rows(waiting)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shifted:
    """A piece whose first octets complete the group before it."""

    first: bytes
    encoded: bytes
    rest: bytes


def _shifted(octets: bytes, missing: int) -> _Shifted:
    whole = len(octets) - (len(octets) - missing) % 3
    return _Shifted(first=octets[:missing], encoded=_base64_rows(octets[missing:whole]), rest=octets[whole:])


def _base64_rows(octets: bytes) -> bytes:
    rows = (octets[start : start + _BASE64_ROW] for start in range(0, len(octets), _BASE64_ROW))
    return b"".join(binascii.b2a_base64(row, newline=False) + b"\r\n" for row in rows)


def _with_crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
