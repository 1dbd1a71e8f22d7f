"""A cell → what it says of whether somebody is mailed, given what its column is about. Pure.

Yes, no, a date, a word for where somebody stands, in any of the languages of `digest.languages`. A word that is not
known is no guess: it is `UNCLEAR`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from digest.audience.statuscolumns import ColumnKind, StatusColumn
from digest.languages.tables import folded, merged

#: What a row's status may be. Only the active are mailed.
STATUSES = frozenset({"active", "pending", "paused", "unsubscribed", "bounced", "complained"})
ACTIVE = "active"
#: It says nothing of leaving: a date in "subscribed", a "0" in "bounces", "premium" among statuses.
NOTHING = ""
#: The cell is empty, which may mean a no.
EMPTY = "(empty)"
#: A number of something, as far as anybody can tell.
NUMBER = "(number)"
#: It may say that somebody has left, in a word that is not known.
UNCLEAR = "(unclear)"
#: What is no status.
NO_STATUS = frozenset({NOTHING, EMPTY, NUMBER, UNCLEAR})

_NUMBER = re.compile(r"-?\d+(?:[.,]0+)?")
#: Seconds or milliseconds since 1970 have so many digits.
_EPOCH_DIGITS = 9
_DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2})?\D?.*"  # 2024-05-01T10:00:00Z, 2024/5/1
    r"|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}\b.*"  # 01.05.2024 10:00
    r"|\d{1,2}[-/]\d{1,2}[-/]\d{2}\b.*"  # 5/1/24; with dots it may be a server's code: 5.7.26
    r"|(?:\w{3,9}\.?,? )?(?:\d{1,2}\.?(?: de)? \w{3,12}\.?|\w{3,12}\.? \d{1,2}),?(?: de)? \d{4}\b.*"  # May 1, 2024
    r"|\d{8}|\d{14}",  # 20240501
    re.DOTALL,
)
_ITEMS = re.compile(r"[;,|\[\]\"'{}]+")
_STATUSES = ("unsubscribed", "bounced", "complained", "pending", "paused")


def meaning(cell: str, column: StatusColumn) -> str:
    """A status, or one of the constants above."""
    text = cell.strip(" \u00a0\u200b\ufeff\t")
    if not text:
        return EMPTY
    match column.kind:
        case ColumnKind.LEAVING:
            return _of_leaving(text, column)
        case ColumnKind.STAYING:
            return _of_staying(text, column)
        case ColumnKind.STATUS:
            return _of_status(text)
        case ColumnKind.WORDS:
            return _of_words(text)
        case ColumnKind.TAGS:
            return _of_tags(text)


def _of_leaving(text: str, column: StatusColumn) -> str:
    if _is_word_for(text, "no") or _is_word_for(text, "nothing"):
        return NOTHING
    if _NUMBER.fullmatch(text) and not _is_date(text):
        return _of_number(float(text.replace(",", ".")), column)
    known = _status_of_text(text)
    if known in _STATUSES:
        return known
    if column.reasons or _is_word_for(text, "yes") or _is_word_for(text, "mark") or _is_date(text):
        return column.means
    return UNCLEAR if known is None else NOTHING


def _of_number(number: float, column: StatusColumn) -> str:
    if number == 0:
        return NOTHING
    return NUMBER if column.counts else column.means


def _of_staying(text: str, column: StatusColumn) -> str:
    if _is_word_for(text, "yes") or _is_word_for(text, "mark") or text == "1":
        return ACTIVE
    if _is_word_for(text, "no") or text == "0":
        return column.means
    if _is_date(text):
        return NOTHING
    if _NUMBER.fullmatch(text):
        return NUMBER
    known = _status_of_text(text)
    if known is not None:
        return known
    return EMPTY if _is_word_for(text, "nothing") else UNCLEAR


def _of_status(text: str) -> str:
    known = _status_of_text(text)
    if known is not None:
        return known
    if _is_word_for(text, "yes"):
        return ACTIVE
    if _is_word_for(text, "no"):
        return "unsubscribed"
    if _is_word_for(text, "nothing"):
        return EMPTY
    return NOTHING if _is_date(text) else UNCLEAR


def _of_words(text: str) -> str:
    """Of several words in a cell the one that says that somebody is not mailed."""
    found = {_status_of_text(item) for item in (text, *_ITEMS.split(text)) if item.strip()}
    left = next((status for status in _STATUSES if status in found), None)
    if left:
        return left
    if ACTIVE in found:
        return ACTIVE
    return NOTHING if found <= {NOTHING} or _is_word_for(text, "nothing") or _is_date(text) else UNCLEAR


def _of_tags(text: str) -> str:
    left = next(filter(None, (_phrase_in(folded(item)) for item in _ITEMS.split(text))), None)
    return _known_words().get(left, "unsubscribed") if left else NOTHING


# --- words ------------------------------------------------------------------------------------------------------


@functools.cache
def _known_words() -> Mapping[str, str]:
    """Every known word for where somebody stands, with the status it means."""
    known: dict[str, str] = {}
    table = merged("statuses")
    for status, key in [(NOTHING, "regular"), *((status, status) for status in (ACTIVE, *_STATUSES))]:
        known |= {folded(word): status for word in table[key]}
    return known


@functools.cache
def _phrases() -> tuple[str, ...]:
    """The words that mean leaving wherever they stand, the longest first."""
    return tuple(sorted({folded(word) for word in merged("statuses")["anywhere"]}, key=len, reverse=True))


def _phrase_in(words: str) -> str | None:
    """The first of those in a folded text."""
    spaced = f" {words} "
    return next((phrase for phrase in _phrases() if phrase in words and f" {phrase} " in spaced), None)


@functools.cache
def _booleans() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(word.casefold() for word in words) for key, words in merged("booleans").items()}


def _is_word_for(text: str, key: str) -> bool:
    return text.casefold() in _booleans()[key]


def _is_date(text: str) -> bool:
    return (text.isdigit() and len(text) >= _EPOCH_DIGITS) or _DATE.fullmatch(text) is not None


def _status_of_text(text: str) -> str | None:
    """The status that a text means, "" for one that has nothing to do with leaving; None where it is not known."""
    words = folded(text)
    known = _known_words().get(words)
    if known is not None:
        return known
    if left := _phrase_in(words):
        return _known_words().get(left, "unsubscribed")
    # What stands before a bracket or a dash, as in Subscribed (double opt-in).
    head = folded(re.split(r"[(:\-–—/,;]", text, maxsplit=1)[0])
    return _known_words().get(head) if head != words else None


def is_leaving(cell: str) -> bool:
    """Whether a cell holds a word for one who is not mailed, whatever its column."""
    return _status_of_text(cell.strip()) in _STATUSES


def is_mark(text: str) -> bool:
    """Whether a cell is ticked: "x"."""
    return _is_word_for(text, "mark")


@functools.cache
def _anywhere() -> frozenset[str]:
    return frozenset(word.casefold() for word in merged("statuses")["anywhere"])


def is_left_for_name(cell: str) -> bool:
    """Whether somebody wrote that a person has left where their name belongs."""
    return cell.strip().casefold() in _anywhere()


def means_left_anywhere(text: str) -> bool:
    """Whether a text in any column at all says that somebody is not to be mailed."""
    return "://" not in text and _phrase_in(folded(text)) is not None
