"""A header of a message as it came over the wire → what it says, for people. Pure.

The standard library decodes encoded words (RFC 2047) one by one and keeps to the letter: a character that two words
share, a blank too many or a raw byte becomes a question mark there. Mail programs read all of these, and so does this.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from email.message import Message
from email.utils import getaddresses

from digest.collect.documents.charsets import codec_of
from digest.collect.documents.encoding import to_text
from digest.text.clean import clean_line

#: =?charset*language?B or Q?text?=; the blanks within are nobody's right and somebody's habit.
_WORD = re.compile(
    r"=\?\s*(?P<charset>[\w.:-]{1,40})(?:\*[\w-]{0,20})?\s*\?\s*(?P<how>[bq])\s*\?(?P<text>.{0,4000}?)(?:\?=|\Z)",
    re.IGNORECASE,
)
#: Such words in a row: what is between them only folds the line (RFC 2047 §6.2).
_WORDS = re.compile(rf"{_WORD.pattern}(?:\s*{re.sub(r'P<[a-z]+>', ':', _WORD.pattern)})*", re.IGNORECASE)
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=]+")
_ESCAPED = re.compile(rb"=([0-9A-Fa-f]{2})")
_LONGEST_HEADER = 10_000
#: Stands for decoded words while the addresses of a header are parsed: a comma or bracket in them separates nothing.
_PLACE = "\ue000{}\ue001"
_PLACED = re.compile("\ue000([0-9]{1,5})\ue001")


def header_text(message: Message, name: str) -> str:
    """A header as one line of text, "" where there is none.

    Bytes that are no ASCII are in the charset of the message, where they are not UTF-8.
    """
    charset = charset_of(message)
    return clean_line("".join(text for text, _ in _decoded_parts(_raw_header(message, name), charset)))


def header_addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """The people of a header as (name, address)."""
    texts = _decoded_parts(_raw_header(message, name), charset_of(message))
    words = [text for text, _ in texts]
    people = getaddresses(["".join(_PLACE.format(at) if is_word else text for at, (text, is_word) in enumerate(texts))])
    if not any("@" in address for _, address in people):
        people = getaddresses([header_text(message, name)])
    return [(clean_line(_with_decoded_words(person, words)), address) for person, address in people]


def charset_of(message: Message) -> str:
    """The charset that a message or its first part that has one is in, "" where none says."""
    return next((charset for part in message.walk() if (charset := part.get_content_charset())), "")


def _with_decoded_words(name: str, words: Sequence[str]) -> str:
    return _PLACED.sub(lambda place: words[int(place[1])] if int(place[1]) < len(words) else "", name)


def _raw_header(message: Message, name: str) -> str:
    """The header in one line; bytes beyond ASCII are surrogates, as the standard library keeps them."""
    raw = next((value for known, value in message.raw_items() if known.lower() == name.lower()), "")
    return re.sub(r"[\r\n]+", "", str(raw)[:_LONGEST_HEADER])


def _decoded_parts(raw: str, charset: str) -> list[tuple[str, bool]]:
    """The parts of a header, decoded, and whether each was one of encoded words."""
    found: list[tuple[str, bool]] = []
    end = 0
    for words in _WORDS.finditer(raw):
        found += [(_decoded_plain(raw[end : words.start()], charset), False), (_decoded_words(words[0], charset), True)]
        end = words.end()
    return [*found, (_decoded_plain(raw[end:], charset), False)]


def _decoded_plain(text: str, charset: str) -> str:
    """What is no encoded word: raw bytes, or Japanese between escapes."""
    if not re.search("[\udc80-\udcff\x1b]", text):
        return text
    return to_text(text.encode("utf-8", "surrogateescape"), f"charset={charset}")[0]


def _decoded_words(words: str, charset: str) -> str:
    """Encoded words in a row: those of one charset are one text, wherever they were cut."""
    texts: list[tuple[str, bytes]] = []
    letters = ""
    for word in _WORD.finditer(words):
        codec = codec_of(word["charset"]) or charset
        # A single letter of Base64 is no byte: its others are in the next word.
        letters = letters + word["text"] if word["how"] in "bB" else ""
        content = _from_base64(letters) if letters else _from_quoted(word["text"])
        letters = letters[-1:] if len(letters) % 4 == 1 else ""
        if texts and texts[-1][0] == codec:
            content = texts.pop()[1] + content
        texts.append((codec, content))
    return "".join(to_text(content, f"charset={codec}")[0] for codec, content in texts)


def _from_base64(text: str) -> bytes:
    """Base64 without its padding, with padding amid it, and with what is none."""
    return b"".join(base64_bytes(part.encode()) for part in _NO_BASE64.sub("", text).split("="))


def base64_bytes(letters: bytes) -> bytes:
    """What letters of Base64 without their padding stand for; a single one at the end is no byte and left out."""
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _from_quoted(text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape").replace(b"_", b" ")
    return _ESCAPED.sub(lambda escaped: bytes([int(escaped[1], 16)]), raw)
