"""Bodies as servers and files compress them → their content, of no more than a given size. Pure.

httpx2 would go by the headers alone: plain text that is said to be compressed would fail, and the second member of a
gzip file would be lost.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

#: What is asked for, and can be read.
ACCEPTED = "gzip, deflate"
_GZIP = frozenset({"gzip", "x-gzip"})
_DEFLATE = frozenset({"deflate", "x-deflate"})
#: Codings of https://www.iana.org/assignments/http-parameters#content-coding and others that compress. Whatever else
#: servers write there ("utf-8", "none", "binary", "aws-chunked") says nothing about the bytes, as browsers take it.
_NOT_READ = frozenset({"br", "brotli", "zstd", "compress", "x-compress", "bzip2", "xz", "lzma", "dcb", "dcz", "exi"})
#: No honest server applies more codings to an answer.
_MOST_CODINGS = 5
#: Programs that write gzip in blocks begin a member every 64 KB; what is behind each is copied.
_MOST_MEMBERS = 1_000
_GZIP_MAGIC = b"\x1f\x8b"
#: What a feed or a page begins with; in so many compressed bytes, there is always one that no text has.
_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{\[][^\x00-\x08\x0e-\x1f]{0,256}(?![\x00-\x08\x0e-\x1f])")
_DAMAGED = "answered with damaged compressed data"


class BodyError(Exception):
    """The content of a body cannot be had; the message goes on after the name of what it is of."""


def too_large(limit: int) -> str:
    """What is said of a body of more than `limit` bytes, after its name."""
    return f"is larger than {limit / 1_000_000:g} MB, the limit of collect.max_megabytes"


def codings_in(headers: Sequence[str]) -> tuple[str, ...]:
    """What the Content-Encoding headers of an answer name, in the order in which it was applied (RFC 9110 §8.4)."""
    named = (coding.strip(" \t'\"").lower() for header in headers for coding in header.split(","))
    return tuple(coding for coding in named if coding in _GZIP | _DEFLATE | _NOT_READ)


def unpacked(body: bytes, codings: Sequence[str], *, limit: int) -> bytes:
    """The content of a body to which codings were applied, and of a gzip file that was served as one.

    What is not compressed though it is said to be is taken as it is; what broke off counts as far as it came.

    Raises:
        BodyError: it is damaged, holds more than `limit` bytes, or is compressed in a way that is not read.
    """
    if len(codings) > _MOST_CODINGS:
        raise BodyError(f"answered with what was compressed {len(codings)} times")
    for coding in reversed(codings):
        body = _decoded(coding, body, limit)
    return inflated(body, limit=limit)


def _decoded(coding: str, body: bytes, limit: int) -> bytes:
    if body.startswith(_GZIP_MAGIC):
        return inflated(body, limit=limit, damaged=_DAMAGED)
    if coding in _DEFLATE:
        return _from_deflate(body, limit)
    if not body or _TEXT.match(body):
        return body
    if coding in _NOT_READ:
        raise BodyError(f'answered compressed as "{coding}", which was not asked for')
    raise BodyError(_DAMAGED)


def _from_deflate(body: bytes, limit: int) -> bytes:
    # RFC 9110 §8.4.1.2: "deflate" is the zlib format, but some send the stream without that wrapping.
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            content = zlib.decompressobj(wbits).decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(content) > limit:
            raise BodyError(too_large(limit))
        return content
    if _TEXT.match(body):
        return body
    raise BodyError(_DAMAGED)


def inflated(body: bytes, *, limit: int, damaged: str = "is a damaged gzip file") -> bytes:
    """The content of a gzip file, all its members, or `body` where it is none.

    Args:
        damaged: the error's words for a damaged file.

    Raises:
        BodyError: it is damaged, or holds more than `limit` bytes.
    """
    if not body.startswith(_GZIP_MAGIC):
        return body
    members: list[bytes] = []
    size = 0
    # Behind the last member, any bytes may follow.
    while body.startswith(_GZIP_MAGIC) and len(members) < _MOST_MEMBERS:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            members.append(unpacker.decompress(body, limit - size + 1))
        except zlib.error:
            if members:
                break
            raise BodyError(damaged) from None
        size += len(members[-1])
        if size > limit:
            raise BodyError(too_large(limit))
        body = unpacker.unused_data
    return b"".join(members)
