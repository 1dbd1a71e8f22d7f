"""Header lines as they go over the wire. Pure: text in, bytes with CRLF out, whatever the text holds.

Written here since the standard library's policies encode and fold by length alone: a `List-Unsubscribe` of over 75
characters comes out as RFC 2047 encoded words, which mail programs don't read (https://github.com/python/cpython/issues/85725).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Sized

#: A line that an encoded word stands on has at most 76 characters, the word itself 75 (RFC 2047 §2).
_LINE = 76
#: The most that a line may have, without its CRLF (RFC 5322 §2.1.1).
MAX_LINE = 998
# C0 and C1 controls, the two Unicode line ends, and halves of surrogate pairs, which no encoding takes.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_NOT_IN_ADDRESS = re.compile(rf"[\s<>]|{_CONTROLS.pattern}")
_LINK = re.compile(r"[!-;=?-~]+")
#: What an encoded word may hold as it is, also in a name (RFC 2047 §5 (3)).
_PLAIN_IN_WORD = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")


def one_line(text: str) -> str:
    """The text on one line: controls become spaces, and so do runs of blanks."""
    if text.isprintable() and "  " not in text and text.strip() == text and text.isascii():
        # Most are, and this is asked of every message.
        return text
    return " ".join(_CONTROLS.sub(" ", text).split())


def text_header(name: str, text: str) -> bytes:
    """A header of free text: Subject, and the like."""
    text = one_line(text)
    if _needs_words(text):
        return _lines(f"{name}:", list(_encoded_words(text, len(name) + 2)))
    return _lines(f"{name}:", text.split(" "))


def address_header(name: str, display: str, address: str) -> bytes:
    """A header with one mailbox: From, To, Reply-To, and List-Id, which is written alike.

    An address that is not ASCII makes the header UTF-8 (RFC 6532): the server must offer SMTPUTF8.
    """
    return _lines(f"{name}:", [*_phrase(one_line(display), len(name) + 2), f"<{_one_token(address)}>"])


def links_header(name: str, links: tuple[str, ...]) -> bytes:
    """A header of addresses in angle brackets, never encoded and folded only between them (RFC 2369 §2, RFC 8058).

    Raises:
        ValueError: a link has blanks, controls, angle brackets or other than ASCII, or is too long for a line.
    """
    for link in links:
        if not _LINK.fullmatch(link):
            raise ValueError(f"a link in {name} must be ASCII without blanks and angle brackets")
        if len(link) + 4 > MAX_LINE:
            raise ValueError(f"a link in {name} has {len(link)} characters; {MAX_LINE - 4} fit a line")
    return _lines(f"{name}:", [f"<{link}>," for link in links[:-1]] + [f"<{links[-1]}>"])


def token_header(name: str, token: str) -> bytes:
    """A header whose value we made: a date, an identifier, a media type."""
    return f"{name}: {token if token.isprintable() else _CONTROLS.sub('', token)}\r\n".encode("ascii")


def _one_token(address: str) -> str:
    return _NOT_IN_ADDRESS.sub("", address)


def _needs_words(text: str) -> bool:
    # "=?" in plain text would be read as the beginning of an encoded word.
    return not text.isascii() or "=?" in text or max(map(len, text.split(" "))) > _LINE


def _phrase(display: str, used: int) -> list[str]:
    if not display:
        return []
    if _needs_words(display):
        return list(_encoded_words(display, used))
    if _ATOMS.fullmatch(display):
        return display.split(" ")
    escaped = display.replace("\\", "\\\\").replace('"', '\\"')
    # Folding inside the quotes would be allowed, but is often read wrong.
    return [f'"{escaped}"'] if len(escaped) < _LINE - used else list(_encoded_words(display, used))


def _lines(first: str, tokens: list[str]) -> bytes:
    """Put tokens behind each other, with a new line before one that would not fit."""
    whole = " ".join([first, *tokens])
    if len(whole) <= _LINE:
        return f"{whole}\r\n".encode()
    out, width = [first], len(first)
    for token in tokens:
        # The first one stays beside the name: some servers read a header that begins with a line break as empty.
        fits = width + 1 + len(token) <= _LINE or out == [first]
        out.append(f" {token}" if fits else f"\r\n {token}")
        width = width + 1 + len(token) if fits else 1 + len(token)
    return ("".join(out) + "\r\n").encode("utf-8")


def _encoded_words(text: str, used: int) -> Iterator[str]:
    """RFC 2047 words, the first one short enough to stand behind `used` characters; no character is cut in two."""
    octets = text.encode()
    if 3 * len(_quoted(text)) <= 4 * len(octets):
        for chunk in _chunks(text, _quoted, _LINE - 12 - used, _LINE - 13):
            yield f"=?utf-8?Q?{_quoted(chunk)}?="
    else:
        for chunk in _chunks(text, str.encode, (_LINE - 12 - used) // 4 * 3, (_LINE - 13) // 4 * 3):
            yield f"=?utf-8?B?{base64.b64encode(chunk.encode()).decode('ascii')}?="


def _chunks(text: str, encode: Callable[[str], Sized], first_room: int, room: int) -> Iterator[str]:
    begin, width = 0, room - first_room
    for index, character in enumerate(text):
        taken = len(encode(character))
        if width + taken > room and index > begin:
            yield text[begin:index]
            begin, width = index, 0
        width += taken
    yield text[begin:]


def _quoted(text: str) -> str:
    return "".join(
        chr(byte) if byte in _PLAIN_IN_WORD else "_" if byte == 0x20 else f"={byte:02X}" for byte in text.encode()
    )
