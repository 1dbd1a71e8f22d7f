"""A message → its words, in HTML and in plain text, however they were packed for the way. Pure."""

from __future__ import annotations

import quopri
import re
from copy import copy
from email import message_from_bytes, policy
from email.message import Message

from digest.collect.documents.encoding import to_text
from digest.collect.mail.headers import base64_bytes

#: A newsletter has a handful of parts.
_MOST_PARTS = 100
_QUOTED = re.compile(rb"=(?:\r?\n|[0-9A-F]{2})")
#: Quoted-printable breaks its lines, and writes what is no ASCII, several times in any letter.
_FEWEST_QUOTED = 4
_BASE64 = re.compile(rb"\s*(?:[A-Za-z0-9+/]{40,}={0,2}\s+)*[A-Za-z0-9+/]{4,}={0,2}\s*")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
#: A line of several words is none of Base64.
_WORDS = re.compile(rb"^.*\S[ \t]+\S.*$", re.MULTILINE)
#: Of a body in Base64, at most this share of its bytes is noise of the line.
_NOISE = 0.05
#: A line that could be a boundary, with the header of a part below it.
_BOUNDARY = re.compile(rb"^--(\S(?:.{0,68}\S)?)[ \t]*\r?\n(?=Content-[\w-]+:)", re.MULTILINE | re.IGNORECASE)


def words_of(message: Message) -> tuple[str, str]:
    """The first HTML part and the first plain one, as text each; "" where there is none."""
    html = plain = ""
    for part, _ in zip(_with_parts_told_apart(message).walk(), range(_MOST_PARTS), strict=False):
        kind = part.get_content_type()
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        if kind == "text/html" and not html:
            html = _decoded_text(part)
        elif kind == "text/plain" and not plain:
            plain = _unflowed(_decoded_text(part), part)
    return html, plain


def _with_parts_told_apart(message: Message) -> Message:
    """The message, its parts told apart even where its header names another boundary than stands between them."""
    if message.get_content_maintype() != "multipart" or message.is_multipart():
        return message
    raw = _raw_bytes(message)
    found = _BOUNDARY.search(raw)
    if not found:
        return message
    head = b'Content-Type: multipart/mixed; boundary="' + found[1].replace(b'"', b"") + b'"\n\n'
    return message_from_bytes(head + raw, policy=policy.compat32)


def _raw_bytes(part: Message) -> bytes:
    """The bytes of a part as they came."""
    unnamed = copy(part)
    del unnamed["Content-Transfer-Encoding"]
    payload = unnamed.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded_text(part: Message) -> str:
    return to_text(_decoded_bytes(part), f"charset={part.get_content_charset('')}")[0]


def _decoded_bytes(part: Message) -> bytes:
    """A part's bytes as they were before they were packed (RFC 2045 §6), by what they are where the header errs."""
    raw = _raw_bytes(part)
    coding = re.sub(r"[^\w-].*", "", str(part.get("Content-Transfer-Encoding", "")).strip().lower(), flags=re.DOTALL)
    if coding in {"x-uuencode", "uuencode", "uue", "x-uue"}:
        unpacked = part.get_payload(decode=True)
        return unpacked if isinstance(unpacked, bytes) else raw
    if coding == "base64":
        noise = len(_NO_BASE64.findall(raw))
        return _from_base64(raw) if noise <= _NOISE * len(raw) else raw
    if coding == "quoted-printable" or _is_quoted(raw):
        return quopri.decodestring(raw)
    return _from_base64(raw) if coding in {"", "7bit", "8bit"} and _looks_like_base64(raw) else raw


def _is_quoted(raw: bytes) -> bool:
    marks = _QUOTED.findall(raw[:20_000])
    return len(marks) >= _FEWEST_QUOTED and any(mark.endswith(b"\n") for mark in marks) and b"=3D" in marks


def _looks_like_base64(raw: bytes) -> bool:
    return len(raw) >= 120 and _BASE64.fullmatch(raw) is not None


def _from_base64(raw: bytes) -> bytes:
    """Base64 with noise in it, cut off, or with text below it that a mailing list has added."""
    letters = re.sub(rb"[^A-Za-z0-9+/=]", b"", _WORDS.split(raw, maxsplit=1)[0])
    return base64_bytes(letters.partition(b"=")[0])


def _unflowed(text: str, part: Message) -> str:
    """Lines that go on below are one (RFC 3676): a blank at their end says so."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    joint = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    return re.sub(r"(?m)(?<!^--) \r?\n(?!\r?\n|>)", joint, text)
