"""A CSV file as a person keeps it in a spreadsheet or an editor: its dialect, and its rows with their raw text.

Everything is read so that it can be written back byte for byte: line ends are kept, and bytes that are no text become
lone surrogates (PEP 383) which turn into the same bytes again.
"""

from __future__ import annotations

import csv
import itertools
import os
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from digest.audience.listfile import Stamp
from digest.errors import UsageError

_BOM = "\ufeff"
_DELIMITERS = ",;\t"
#: A cell may go over several lines, but a quote that nobody closed must not swallow the list.
_MAX_LINES = 100
#: Read at a time to find out the encoding. A line this long is no row, and reading it would take as much memory.
_BLOCK = 1 << 20
_FOREIGN = {
    b"PK\x03\x04": "an Excel or LibreOffice workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\xff\xfe": "UTF-16 text (Excel's “Unicode Text”)",
    b"\xfe\xff": "UTF-16 text",
}
_BROKEN_QUOTES = "the quotes of the row don't close, or text follows a closing one"
_SAVE_AS_CSV = "Save it from the spreadsheet as “CSV UTF-8 (comma delimited)”."
_HEADER_HINT = "Write the names of the columns as its first line: email,name,status,topics"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How a CSV file is written, and its header."""

    path: Path
    #: "utf-8", or "cp1252" where the bytes are no UTF-8.
    encoding: str
    #: The line end: "\\n", "\\r\\n" or (an old Mac's) "\\r".
    end: str
    delimiter: str
    header: tuple[str, ...]
    #: The line of the header, counted from 1; the rows follow.
    header_line: int
    #: The file as it was when this was found out.
    stamp: Stamp
    #: Whether it has no header and is nothing but addresses, one a line.
    bare: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What was a guess, as sentences."""
        guesses = (
            (
                self.encoding != "utf-8",
                f"is no UTF-8 and was read as Windows-1252. Where names look wrong: {_SAVE_AS_CSV}",
            ),
            (self.bare, "has no line that names the columns and was read as addresses, one a line"),
        )
        return tuple(f"{self.path} {guess}" for made, guess in guesses if made)


class Row(NamedTuple):
    """One row, comment or blank line. A tuple, because there may be a million."""

    #: The line it starts on, counted from 1.
    line: int
    #: Its text as it stands in the file, line ends included.
    raw: str
    #: None for a comment, a blank line and for a row that can't be read.
    cells: list[str] | None
    #: Why it can't be read.
    problem: str = ""


def inspect(path: Path) -> Sheet:
    """Find out how a file is written.

    Raises:
        UsageError: it is absent, empty, no text, or has no header.
    """
    try:
        with path.open("rb") as file:
            stamp = Stamp.of(os.fstat(file.fileno()))
            head = file.read(1 << 16)
            _refuse_foreign(path, head)
            file.seek(0)
            encoding = _encoding(path, file)
        end = _line_end(head)
        with _open(path, encoding, end) as text:
            delimiter, header, header_line = _find_header(path, text)
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such list", hint=_hint_for_absent(path)) from None
    except OSError as error:
        raise UsageError(
            f"{path}: can't be read: {error.strerror}", hint="Check the name and its permissions."
        ) from None
    return Sheet(
        path=path,
        encoding=encoding,
        end=end,
        delimiter=delimiter,
        header=header,
        header_line=header_line,
        stamp=stamp,
    )


def rows(sheet: Sheet) -> Iterator[Row]:
    """The rows below the header, with comments and blank lines, in bounded memory.

    Raises:
        UsageError: the file is no longer the one that was inspected.
    """
    with _open(sheet.path, sheet.encoding, sheet.end) as file:
        _refuse_changed(sheet, file)
        for _ in range(sheet.header_line):
            file.readline()
        yield from _split(file, sheet)
        _refuse_changed(sheet, file)


def text_blocks(sheet: Sheet) -> Iterator[str]:
    """The file's text in pieces of whole lines, to be searched."""
    with _open(sheet.path, sheet.encoding, sheet.end) as file:
        while block := file.read(_BLOCK):
            yield block + file.readline()


def preamble(sheet: Sheet) -> Row:
    """What stands above the rows, as it is: a BOM, comments, the header."""
    with _open(sheet.path, sheet.encoding, sheet.end) as file:
        return Row(1, "".join(file.readline() for _ in range(sheet.header_line)), None)


def unchanged(sheet: Sheet, *, without: Collection[int] = ()) -> Iterator[bytes]:
    """The file's own bytes, except for the rows which start on the lines `without`."""
    for row in itertools.chain([preamble(sheet)], rows(sheet)):
        if row.line not in without:
            yield row.raw.encode(sheet.encoding, "surrogateescape")


def new_row(sheet: Sheet, cells: Sequence[str], *, below: Row) -> tuple[int, bytes]:
    """The line and the bytes of a row that is put below the last: in the file's own manner, quoted where it must be.

    Raises:
        UsageError: the file's encoding has no such character.
    """
    ended = below.raw.endswith(("\n", "\r"))
    text = sheet.delimiter.join(_format_cell(cell, sheet.delimiter) for cell in cells) + sheet.end
    try:
        written = (text if ended else sheet.end + text).encode(sheet.encoding)
    except UnicodeEncodeError as error:
        missing = error.object[error.start]
        raise UsageError(
            f"{sheet.path}: the file is written in Windows-1252, which has no “{missing}”", hint=_SAVE_AS_CSV
        ) from None
    return below.line + below.raw.count(sheet.end[-1]) + (not ended), written


def _format_cell(cell: str, delimiter: str) -> str:
    plain = not any(mark in cell for mark in (delimiter, '"', "\r", "\n")) and cell == cell.strip()
    if plain and not cell.startswith("#"):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _open(path: Path, encoding: str, end: str) -> TextIO:
    # newline="\n" (or "\r") splits there only and translates nothing.
    newline = "\r" if end == "\r" else "\n"
    return path.open(encoding=encoding, errors="surrogateescape", newline=newline)


def _refuse_changed(sheet: Sheet, file: TextIO) -> None:
    if Stamp.of(os.fstat(file.fileno())) != sheet.stamp:
        raise UsageError(f"{sheet.path}: the list was changed while it was read", hint="Run it again.")


def _refuse_foreign(path: Path, head: bytes) -> None:
    for magic, what in _FOREIGN.items():
        if head.startswith(magic):
            raise UsageError(f"{path}: this is {what}, not a CSV file", hint=_SAVE_AS_CSV)


def _encoding(path: Path, file: BinaryIO) -> str:
    """UTF-8, unless every line with foreign letters fails as UTF-8: then it is what Excel writes in the West.

    Decided for the whole file, so that a broken byte in a UTF-8 list spoils its own row and no other name.
    """
    broken = False
    while block := file.read(_BLOCK):
        block += file.readline(_BLOCK)
        if len(block) > _BLOCK and b"\n" not in block and b"\r" not in block:
            raise UsageError(f"{path}: a line longer than 1 MiB is no row of a list", hint=_SAVE_AS_CSV)
        for line in () if block.isascii() else block.splitlines():
            if not line.isascii():
                try:
                    line.decode()
                except UnicodeDecodeError:
                    broken = True
                else:
                    return "utf-8"
    return "cp1252" if broken else "utf-8"


def _line_end(head: bytes) -> str:
    if b"\r\n" in head:
        return "\r\n"
    return "\r" if b"\r" in head and b"\n" not in head else "\n"


def _find_header(path: Path, file: TextIO) -> tuple[str, tuple[str, ...], int]:
    """The delimiter, the names of the columns, and their line."""
    delimiters = _DELIMITERS
    for number, line in enumerate(file, start=1):
        text = line.removeprefix(_BOM).strip()
        if text[:4].lower() == "sep=":
            delimiters = text[4:5] or _DELIMITERS  # Excel's own hint, which it hides from its users
        elif text.strip(_DELIMITERS) and not text.startswith("#"):
            delimiter = max(delimiters, key=text.count)
            return delimiter, _split_header(path, number, text, delimiter), number
    raise UsageError(f"{path}: the list is empty", hint=_HEADER_HINT)


def _split_header(path: Path, number: int, text: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for cell in next(csv.reader([text], delimiter=delimiter, strict=True)))
    except csv.Error:
        raise UsageError(
            f"{path}:{number}: the header's quotes don't close, or a line break stands in it", hint=_HEADER_HINT
        ) from None


def _hint_for_absent(path: Path) -> str:
    lists = sorted(file.stem for file in path.parent.glob("*.csv"))
    if lists:
        return f"The lists in {path.parent} are: {', '.join(lists[:10])}."
    return _HEADER_HINT


def _split(file: TextIO, sheet: Sheet) -> Iterator[Row]:
    unread: deque[str] = deque()
    lines = _lines(file, unread)
    number = sheet.header_line + 1
    for raw in lines:
        if not raw:
            return
        if '"' not in raw or raw[0] == "#":
            yield _plain_row(number, raw, sheet.delimiter)
            number += 1
        else:
            row, taken = _quoted_row(number, raw, lines, sheet.delimiter)
            yield row
            unread.extendleft(reversed(taken[1:] if row.problem else ()))
            number += 1 if row.problem else len(taken)


def _lines(file: TextIO, unread: deque[str]) -> Iterator[str]:
    """The lines of a file, those first that were read ahead and put back; "" at the end, as often as it is asked."""
    while True:
        for line in file:
            yield line
            while unread:
                yield unread.popleft()
        while unread:
            yield unread.popleft()
        yield ""


def _plain_row(number: int, raw: str, delimiter: str) -> Row:
    text = raw.rstrip("\r\n")
    cells = text.split(delimiter)
    if text[:1] == "#" or not (text[:1].isalnum() or any(map(str.strip, cells))):
        return Row(number, raw, None)
    return Row(number, raw, cells)


def _quoted_row(number: int, raw: str, lines: Iterator[str], delimiter: str) -> tuple[Row, list[str]]:
    """The row that starts with `raw`, and the lines that were taken to find its end.

    Where its quotes don't close, the first line alone is the bad row.
    """
    taken = [raw]

    def pull() -> Iterator[str]:
        yield raw
        while len(taken) < _MAX_LINES and (more := next(lines)):
            taken.append(more)
            yield more

    try:
        cells = next(csv.reader(pull(), delimiter=delimiter, strict=True))
    except csv.Error:
        return Row(number, raw, None, _BROKEN_QUOTES), taken
    return Row(number, "".join(taken), cells if any(cells) else None), taken
