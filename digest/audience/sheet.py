"""A CSV file as a person keeps it in a spreadsheet or an editor: its dialect, and its rows with their raw text.

Everything is read so that it can be written back byte for byte: line ends are kept, and bytes that are no text become
lone surrogates (PEP 383) which turn into the same bytes again.
"""

from __future__ import annotations

import csv
import os
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from digest.audience.rewrite import Stamp
from digest.errors import UsageError

_BOM = "\ufeff"
_DELIMITERS = ",;\t"
#: A cell may go over several lines, but a quote that nobody closed must not swallow the list.
_MAX_LINES = 100
#: A line this long is no row of a list, and reading it would take as much memory.
_MAX_LINE_BYTES = 1 << 20
_FOREIGN = {
    b"PK\x03\x04": "an Excel or LibreOffice workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\xff\xfe": "UTF-16 text (Excel's “Unicode Text”)",
    b"\xfe\xff": "UTF-16 text",
}
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

    @property
    def notes(self) -> tuple[str, ...]:
        """What was a guess, as sentences."""
        if self.encoding == "utf-8":
            return ()
        return (f"{self.path} is no UTF-8 and was read as Windows-1252. Where names look wrong: {_SAVE_AS_CSV}",)


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


def preamble(sheet: Sheet) -> str:
    """What stands above the rows, as it is: a BOM, comments, the header."""
    with _open(sheet.path, sheet.encoding, sheet.end) as file:
        return "".join(file.readline() for _ in range(sheet.header_line))


def encode(sheet: Sheet, text: str) -> bytes:
    """The bytes that text read from this sheet came from."""
    return text.encode(sheet.encoding, "surrogateescape")


def format_row(sheet: Sheet, cells: list[str]) -> str:
    """A row in the file's own delimiter and line end, quoted only where it must be."""
    return sheet.delimiter.join(_format_cell(cell, sheet.delimiter) for cell in cells) + sheet.end


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
    # readline with a limit costs 0.15 µs a line more than iteration, and keeps a file without line ends out of memory.
    for number, line in enumerate(iter(lambda: file.readline(_MAX_LINE_BYTES), b""), start=1):
        if len(line) == _MAX_LINE_BYTES:
            raise UsageError(f"{path}:{number}: a line longer than 1 MiB is no row of a list", hint=_SAVE_AS_CSV)
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
            return delimiter, tuple(cell.strip() for cell in next(csv.reader([text], delimiter=delimiter))), number
    raise UsageError(f"{path}: the list is empty", hint=_HEADER_HINT)


def _hint_for_absent(path: Path) -> str:
    lists = sorted(file.stem for file in path.parent.glob("*.csv"))
    if lists:
        return f"The lists in {path.parent} are: {', '.join(lists[:10])}."
    return _HEADER_HINT


def _split(file: TextIO, sheet: Sheet) -> Iterator[Row]:
    waiting: deque[str] = deque()
    pull = _puller(file, waiting)
    line = sheet.header_line + 1
    while raw := pull():
        if '"' not in raw or raw[0] == "#":
            yield _plain_row(line, raw, sheet.delimiter)
            line += 1
            continue
        row, taken = _quoted_row(line, raw, pull, waiting, sheet.delimiter)
        yield row
        line += taken


def _puller(file: TextIO, waiting: deque[str]) -> Callable[[], str]:
    """The next line: one that was read ahead, else one of the file; "" at the end."""
    readline = file.readline

    def pull() -> str:
        return waiting.popleft() if waiting else readline()

    return pull


def _plain_row(line: int, raw: str, delimiter: str) -> Row:
    text = raw.rstrip("\r\n")
    if text[:1] == "#" or not text.strip(delimiter + " \t"):
        return Row(line, raw, None)
    return Row(line, raw, text.split(delimiter))


def _quoted_row(line: int, raw: str, pull: Callable[[], str], waiting: deque[str], delimiter: str) -> tuple[Row, int]:
    """The row that starts with `raw`, and on how many lines it stands.

    Where its quotes don't close, the first line alone is the bad row and the lines after it are read again.
    """
    taken = [raw]

    def lines() -> Iterator[str]:
        yield raw
        while len(taken) < _MAX_LINES and (more := pull()):
            taken.append(more)
            yield more

    try:
        cells = next(csv.reader(lines(), delimiter=delimiter, strict=True))
    except csv.Error:
        waiting.extendleft(reversed(taken[1:]))
        return Row(line, raw, None, 'a " is opened and not closed, or stands inside a cell that starts with one'), 1
    return Row(line, "".join(taken), cells), len(taken)
