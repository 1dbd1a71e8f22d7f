"""A file of a folder → its text, or the reason why it is none. What is odd about it becomes a note."""

from __future__ import annotations

import codecs
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from digest.collect.documents.encoding import to_text

#: The text of a long novel has 3 MB; a larger file is a log, a dump or a mistake.
LARGEST_BYTES = 5_000_000
#: Text has no control characters but white space; a picture, a PDF or an archive has some in every line.
_MOST_CONTROLS = 0.01
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A file's text and what was odd about it ("" where nothing was)."""

    text: str
    note: str = ""


class NotATextError(Exception):
    """The file holds no text that can be read; the message goes on from its name: "is larger than 5 MB"."""


def read_text_file(path: Path) -> TextFile:
    """Read a file in UTF-8, UTF-16 or Windows-1252.

    Raises:
        NotATextError: it is too large, not readable, or no text.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            # Reading a pipe would wait for a writer for ever.
            raise NotATextError("is no file with a text but a pipe or a device: move it away")
        if status.st_size > LARGEST_BYTES:
            raise NotATextError(f"is larger than {LARGEST_BYTES / 1_000_000:g} MB: cut it or move it away")
        return decode(path.read_bytes())
    except OSError as error:
        raise NotATextError(f"cannot be read: {error.strerror}") from error


def decode(body: bytes) -> TextFile:
    """The text in the bytes of a file.

    Raises:
        NotATextError: they are no text.
    """
    wide = _wide_encoding(body)
    text, oddity = (body.decode(wide, "replace"), "") if wide else to_text(body)
    nulls = text.count("\0")
    if nulls > len(text) * _MOST_CONTROLS or len(_CONTROL.findall(text)) > len(text) * _MOST_CONTROLS:
        raise NotATextError("is no text but a program's file: move it away")
    if nulls:
        oddity = "has null characters in it: they are left out"
    elif oddity:
        oddity = "is not in UTF-8: it was read as Windows-1252"
    return TextFile(text=text.replace("\0", ""), note=oddity)


def _wide_encoding(body: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of Western text is null."""
    sample = body[: 2 * (min(len(body), 2000) // 2)]
    if not sample or body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    even, odd = sample[::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
    if max(even, odd) < 0.6 or min(even, odd) > 0.1:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
