"""Cells → a subscriber, or what is wrong with the row. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import BadRow, Subscriber
from digest.text.addresses import normal_address
from digest.text.clean import clean_line

#: What a row's status may be. Only the active are mailed; an empty cell is active.
STATUSES = frozenset({"active", "pending", "paused", "unsubscribed", "bounced", "complained"})
#: A greeting has to fit a line of a mail.
MAX_NAME = 200

_ALIASES = {
    "email": ("email", "emailaddress", "mail", "mailaddress", "address"),
    "name": ("name", "fullname", "displayname", "firstname"),
    "status": ("status", "state"),
    "topics": ("topics", "topic", "tags", "interests"),
}
#: Columns that other programs export: Mailchimp's OPTIN_TIME and UNSUB_TIME, "subscribed", "opt-out", "is_active",
#: "Email Status", "do not mail"; German, French and Spanish ones.
_TELLS_WHO_LEFT = re.compile(
    r"subscri|unsub|opt(?:ed)?(?:in|out)|^(?:is)?active$|statu[st]|^state$|consent|bounce|complain|suppress|donot|deleted"
    r"|abgemeldet|angemeldet|abbestellt|abonni|désabonn|désinscri|^baja$|suscri"
)
_BETWEEN_WORDS = re.compile(r"[\s_.-]+")
_BETWEEN_TOPICS = re.compile(r"[;,|]")
# Controls of any kind, with the two separators that some mailers take for a line end, end a header.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNDECODABLE = re.compile(r"[\ud800-\udfff]")
# What a cell copied from a web page or a mail program brings along at its ends.
EDGES = " \u00a0\u200b\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which cell holds what."""

    count: int
    email: int
    name: int | None = None
    status: int | None = None
    topics: int | None = None


def find_columns(header: Sequence[str]) -> Columns:
    """Recognise the columns by their names, whatever their order and capitals.

    Raises:
        ValueError: there is no column of addresses, or more than one; the message is a sentence.
    """
    names = [_BETWEEN_WORDS.sub("", name.casefold()) for name in header]
    found = {field: _find(names, aliases) for field, aliases in _ALIASES.items()}
    if found["email"] is None and any("@" in name for name in header):
        raise ValueError("here stands an address instead of the columns' names")
    if found["email"] is None:
        raise ValueError(f"no column is called “email”; there are: {shown(', '.join(filter(None, header)))}")
    return Columns(
        count=len(names),
        email=found["email"],
        name=found["name"],
        status=found["status"],
        topics=found["topics"],
    )


def unread_columns(header: Sequence[str], columns: Columns) -> list[str]:
    """The columns that look as if they told who has left, though only `status` does."""
    read = {columns.email, columns.name, columns.status, columns.topics}
    names = (_BETWEEN_WORDS.sub("", name.casefold()) for name in header)
    return [header[at] for at, name in enumerate(names) if at not in read and _TELLS_WHO_LEFT.search(name)]


def _find(names: Sequence[str], aliases: Sequence[str]) -> int | None:
    for alias in aliases:
        if names.count(alias) > 1:
            raise ValueError(f"{names.count(alias)} columns are called “{alias}”")
        if alias in names:
            return names.index(alias)
    return None


def read_row(cells: Sequence[str], columns: Columns, *, line: int) -> Subscriber | BadRow:
    """The subscriber of a row; one whose status is not "active" is a subscriber, too, who is not mailed."""
    try:
        _refuse_wrong_count(cells, columns)
        return Subscriber(
            email=read_email(cells[columns.email]),
            name=clean_name(_cell(cells, columns.name)),
            status=_read_status(_cell(cells, columns.status)),
            topics=read_topics(_cell(cells, columns.topics)),
            line=line,
        )
    except ValueError as error:
        return bad_row(line, cells[columns.email] if len(cells) > columns.email else "", str(error))


def bad_row(line: int, content: str, problem: str, hint: str = "") -> BadRow:
    """Report a row with as much of it as can be shown on a terminal."""
    return BadRow(line=line, content=shown(content), problem=problem, hint=hint)


def shown(text: str) -> str:
    """Text of a file as it may be printed on a terminal: on one line, short, without anything that steers it."""
    line = clean_line(_CONTROL.sub(" ", _UNDECODABLE.sub("\ufffd", text[:500])))
    return line if len(line) <= 80 else line[:79] + "…"


def clean_name(text: str) -> str:
    """A name as it may stand in a greeting.

    Raises:
        ValueError: it holds a line break or another control character, or is too long.
    """
    _refuse_controls(text, "name")
    name = clean_line(text)
    if len(name) > MAX_NAME:
        raise ValueError(f"the name has {len(name)} characters; {MAX_NAME} is the most")
    return _unguard(name)


def read_email(cell: str) -> str:
    """The address of a cell, as a server takes it.

    Raises:
        ValueError: there is none, or it is none.
    """
    email = cell.strip(EDGES)
    if not email:
        raise ValueError("the address is missing")
    _refuse_controls(email, "address")
    if "<" in email:
        raise ValueError("the cell holds more than an address; a name has its own column")
    if email.count("@") > 1:
        raise ValueError("the cell holds several addresses; each has its own row")
    try:
        return normal_address(email)
    except ValueError as error:
        reason = str(error)
        raise ValueError(f"not an address: {reason[:1].lower()}{reason[1:].rstrip('.')}") from None


# The same few cells stand in thousands of rows.
@functools.lru_cache(maxsize=1024)
def read_topics(cell: str) -> tuple[str, ...]:
    """The topics of a cell: “science; local” → ("science", "local").

    Raises:
        ValueError: it holds a control character.
    """
    if not cell:
        return ()
    _refuse_controls(cell, "list of topics")
    return tuple(dict.fromkeys(topic for part in _BETWEEN_TOPICS.split(_unguard(cell)) if (topic := clean_line(part))))


def guard(cell: str) -> str:
    """Text that no spreadsheet runs as a formula: an apostrophe before =, +, - and @ (OWASP, “CSV Injection”)."""
    return "'" + cell if _is_formula(cell) else cell


def refuse_formula(address: str) -> str:
    """An address can't be guarded: the apostrophe would be part of it.

    Raises:
        ValueError: a spreadsheet would run it.
    """
    if _is_formula(address):
        raise ValueError("a spreadsheet would take it for a formula")
    return address


def _is_formula(cell: str) -> bool:
    return cell.startswith(("=", "+", "-", "@"))


def _unguard(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _is_formula(cell[1:]) else cell


def _cell(cells: Sequence[str], index: int | None) -> str:
    return "" if index is None else cells[index]


def _refuse_wrong_count(cells: Sequence[str], columns: Columns) -> None:
    # Spreadsheets leave empty cells at the end of a row that once was longer.
    if len(cells) < columns.count or any(cell.strip() for cell in cells[columns.count :]):
        raise ValueError(f"the header has {columns.count} cells and the row {len(cells)}")


def _refuse_controls(text: str, what: str) -> None:
    if text.isascii() and text.isprintable():
        return
    if _UNDECODABLE.search(text):
        raise ValueError(f"the {what} holds bytes that are not text in the file's encoding")
    if "\0" in text:
        raise ValueError(f"the {what} holds a NUL")
    if _CONTROL.search(text):
        raise ValueError(f"the {what} holds a line break or another control character")


@functools.lru_cache(maxsize=64)
def _read_status(cell: str) -> str:
    status = cell.strip(EDGES).lower() or "active"
    if status not in STATUSES:
        raise ValueError(f"the status is none of {', '.join(sorted(STATUSES))}")
    return status
