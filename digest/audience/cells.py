"""One cell of a list → an address, a name, topics; and a text as it may be written into one or shown. Pure."""

from __future__ import annotations

import functools
import re

from digest.text.addresses import normal_address
from digest.text.clean import clean_line

#: A greeting has to fit a line of a mail.
MAX_NAME = 200

_BETWEEN_TOPICS = re.compile(r"[;,|]")
# Controls of any kind, with the two separators that some mailers take for a line end, end a header.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNDECODABLE = re.compile(r"[\ud800-\udfff]")
# What a cell copied from a web page or a mail program brings along at its ends.
EDGES = " \u00a0\u200b\ufeff"


class FaultError(ValueError):
    """What is wrong with a cell or a row.

    Args:
        problem: a sentence.
        kind: the same without what this row alone has; rows of one kind are told together.
        column: the column it is in.
    """

    def __init__(self, problem: str, *, kind: str = "", column: str = "") -> None:
        super().__init__(problem)
        self.kind = kind or problem
        self.column = column


def shown(text: str) -> str:
    """Text of a file as it may be printed on a terminal: on one line, short, without anything that steers it."""
    line = clean_line(_CONTROL.sub(" ", _UNDECODABLE.sub("\ufffd", text[:500])))
    return line if len(line) <= 80 else line[:79] + "…"


def clean_name(text: str) -> str:
    """A name as it may stand in a greeting.

    Raises:
        FaultError: it holds a line break or another control character, or is too long.
    """
    _refuse_controls(text, "name")
    name = clean_line(text)
    if len(name) > MAX_NAME:
        raise FaultError(f"the name has {len(name)} characters; {MAX_NAME} is the most", kind="the name is too long")
    return unguard(name)


def read_email(cell: str) -> str:
    """The address of a cell, as a server takes it.

    Raises:
        FaultError: there is none, or it is none.
    """
    email = cell.strip(EDGES)
    if not email:
        raise FaultError("the address is missing")
    _refuse_controls(email, "address")
    if "<" in email:
        raise FaultError("the cell holds more than an address; a name has its own column")
    if email.count("@") > 1:
        raise FaultError("the cell holds several addresses; each has its own row")
    try:
        return normal_address(email)
    except ValueError as error:
        reason = str(error)
        problem = f"not an address: {reason[:1].lower()}{reason[1:].rstrip('.')}"
        raise FaultError(problem, kind="not an address") from None


def is_address(cell: str) -> bool:
    """Whether a cell holds an address and nothing else."""
    if "@" not in cell:
        return False
    try:
        read_email(cell)
    except ValueError:
        return False
    return True


# The same few cells stand in thousands of rows.
@functools.lru_cache(maxsize=1024)
def read_topics(cell: str) -> tuple[str, ...]:
    """The topics of a cell: “science; local” → ("science", "local").

    Raises:
        FaultError: it holds a control character.
    """
    if not cell:
        return ()
    _refuse_controls(cell, "list of topics")
    return tuple(dict.fromkeys(topic for part in _BETWEEN_TOPICS.split(unguard(cell)) if (topic := clean_line(part))))


def guard(cell: str) -> str:
    """Text that no spreadsheet runs as a formula: an apostrophe before =, +, - and @ (OWASP, “CSV Injection”)."""
    return "'" + cell if _is_formula(cell) else cell


def refuse_formula(address: str) -> str:
    """The address, unless it looks like a formula: it can't be guarded, since the apostrophe would be part of it.

    Raises:
        FaultError: a spreadsheet would run it.
    """
    if _is_formula(address):
        raise FaultError("a spreadsheet would take it for a formula")
    return address


def _is_formula(cell: str) -> bool:
    return cell.startswith(("=", "+", "-", "@"))


def unguard(cell: str) -> str:
    """Take back what `guard` did."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell[1:]) else cell


def _refuse_controls(text: str, what: str) -> None:
    if text.isascii() and text.isprintable():
        return
    if _UNDECODABLE.search(text):
        raise FaultError(f"the {what} holds bytes that are not text in the file's encoding")
    if "\0" in text:
        raise FaultError(f"the {what} holds a NUL")
    if _CONTROL.search(text):
        raise FaultError(f"the {what} holds a line break or another control character")
