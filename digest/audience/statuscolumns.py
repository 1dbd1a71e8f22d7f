"""Columns that may tell who has left, known by their names, and what a yes in one means. Pure.

Names are understood by the words in them, in any of the languages of `digest.languages`: "EMAIL_BLACKLISTED",
"Unsubscribed from all email" and "Abgemeldet am" are columns that say who left; "opted in", "Accepts Email Marketing"
and "subscribed" say who stays; "status" and "type" hold a word for it. What happened when somebody came, how often
they read, what they pay and how else they may be reached says nothing of leaving.
"""

from __future__ import annotations

import enum
import functools
import re
from dataclasses import dataclass

from digest.languages.tables import folded, merged


class ColumnKind(enum.Enum):
    #: A yes, a date or a reason in it says that somebody is not mailed.
    LEAVING = "leaving"
    #: A yes in it says that somebody is mailed, a no that they are not.
    STAYING = "staying"
    #: It holds a word for where somebody stands.
    STATUS = "status"
    #: It holds a word of any kind, which may be one for where somebody stands.
    WORDS = "words"
    #: It holds many words of any kind, and one that says that somebody has left may be among them.
    TAGS = "tags"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusColumn:
    """A column that may tell who has left, as far as its name says."""

    #: The cell's place in its row.
    index: int
    #: As the file's owner wrote it.
    name: str
    kind: ColumnKind
    #: The status of whoever it says is not mailed, where its cell has no word for it.
    means: str = "unsubscribed"
    #: Whether it is about leaving by its name alone; otherwise only where its cells are.
    certain: bool = True
    #: Whether any text in it is a reason for leaving.
    reasons: bool = False
    #: Whether a number in it may be a number of mails: "soft bounces", "marketing emails bounced".
    counts: bool = False
    #: Of a status: whether its name says that it is one of mail, as "subscription status" does and "status" does not.
    of_mail: bool = False


def status_column_of(index: int, header: str) -> StatusColumn | None:
    """What a column of this name may tell; None where it tells nothing of leaving."""
    name = folded(header)
    if not name or _is_another_way(name) or _has(name, "modifiers", "never"):
        return None
    for read in (_leaving_column, _status_word_column, _staying_column, _words_column):
        if column := read(index, header, name):
            return column
    return None


def is_another_way(header: str) -> bool:
    """Whether a column is about calls, letters, short messages, whatever reaches people but mail."""
    return _is_another_way(folded(header))


def _leaving_column(index: int, header: str, name: str) -> StatusColumn | None:
    for means in ("complained", "bounced", "paused", "pending", "unsubscribed"):
        if _has(name, "leaving", means):
            reasons = _has(name, "modifiers", "detail") or _SUPPRESSION.search(name) is not None
            counts = means == "bounced" and _has(name, "modifiers", "counted")
            return StatusColumn(
                index=index, name=header, kind=ColumnKind.LEAVING, means=means, reasons=reasons, counts=counts
            )
    if name in _phrases("columns", "reason").exact:
        return StatusColumn(index=index, name=header, kind=ColumnKind.LEAVING)
    if _has(name, "leaving", "off") and not _has(name, "modifiers", "elsewhere"):
        return StatusColumn(
            index=index, name=header, kind=ColumnKind.LEAVING, reasons=_has(name, "modifiers", "detail")
        )
    return None


def _status_word_column(index: int, header: str, name: str) -> StatusColumn | None:
    """A column of words for where somebody stands: of mail for certain, of an order not at all, else perhaps."""
    if _has(name, "modifiers", "time"):
        return None
    of_what = _qualifier(name)
    if of_what is None:
        return _ambiguous_column(index, header, name)
    if _has(of_what, "modifiers", "elsewhere") and not _has(of_what, "modifiers", "mail"):
        return None
    of_mail = _has(of_what, "modifiers", "mail")
    return StatusColumn(
        index=index, name=header, kind=ColumnKind.STATUS, certain=not of_what or of_mail, of_mail=of_mail
    )


def _ambiguous_column(index: int, header: str, name: str) -> StatusColumn | None:
    """A word that means a region as well: "state", "estado", "consent state"."""
    words = name.split()
    if not _phrases("columns", "state").exact & set(words):
        return None
    if len(words) == 1 or _has(name, "modifiers", "mail"):
        return StatusColumn(index=index, name=header, kind=ColumnKind.STATUS, certain=False)
    return None


def _staying_column(index: int, header: str, name: str) -> StatusColumn | None:
    if any(_has(name, "modifiers", key) for key in ("time", "detail")) or _has(name, "modifiers", "elsewhere"):
        return None
    if _has(name, "staying", "confirmed"):
        return StatusColumn(index=index, name=header, kind=ColumnKind.STAYING, means="pending", certain=False)
    if _has(name, "staying", "subscribed") or _has(name, "staying", "active"):
        return StatusColumn(index=index, name=header, kind=ColumnKind.STAYING)
    if _has(name, "staying", "agreed"):
        return StatusColumn(index=index, name=header, kind=ColumnKind.STAYING, certain=False)
    return None


def _words_column(index: int, header: str, name: str) -> StatusColumn | None:
    if _has(name, "modifiers", "time"):
        return None
    for key, kind in (("tags", ColumnKind.TAGS), ("kind", ColumnKind.WORDS)):
        if _has(name, "columns", key):
            return StatusColumn(index=index, name=header, kind=kind, certain=False)
    return None


def _is_another_way(name: str) -> bool:
    return _has(name, "modifiers", "other_ways") and not _has(name, "modifiers", "this_way")


def _qualifier(name: str) -> str | None:
    """What a status is of: "email" in "email status", "bestell" in "Bestellstatus"; None where it is no status."""
    words = name.split()
    for status in _phrases("columns", "status").exact:
        if f" {status} " in f" {name} ":
            return " ".join(f" {name} ".replace(f" {status} ", " ", 1).split())
        if " " not in status and len(status) > 4 and len(words) and words[-1].endswith(status):
            return " ".join([*words[:-1], words[-1].removesuffix(status)])
    return None


# --- words in a name --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Words to look for in a name. No regular expressions: to compile them took ten times as long as to read a list."""

    exact: frozenset[str]
    #: Whole words and the beginnings of some, each behind a blank.
    within: tuple[str, ...]
    #: The same in a name that runs its words together: "optoutdate".
    run_together: tuple[str, ...]

    def match(self, name: str) -> bool:
        spaced = f" {name} "
        return any(word in spaced for word in self.within) or (
            " " not in name and any(word in name for word in self.run_together)
        )


#: Shorter ones stand by chance in longer words.
_LONG_ENOUGH = 5
_SUPPRESSION = re.compile(r"\b(?:suppress|reason)")


@functools.cache
def _phrases(table: str, key: str) -> _Phrases:
    words = {word: folded(word) for word in merged(table)[key]}
    joined = [plain.replace(" ", "") for word, plain in words.items() if word.endswith("*") or " " in plain]
    return _Phrases(
        exact=frozenset(words.values()),
        within=tuple(f" {plain}" if word.endswith("*") else f" {plain} " for word, plain in words.items()),
        run_together=tuple(word for word in joined if len(word) >= _LONG_ENOUGH),
    )


def _has(name: str, table: str, key: str) -> bool:
    return _phrases(table, key).match(name)
