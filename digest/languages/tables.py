"""Reads the files of this folder: all that the program knows about a language, a file each.

Code holds the rules, these files the words. A language without a file, or a file without a table, has no such words:
a rule that needs them says nothing there. Two things fall back to English: what readers are told (`render.words`), and
stop words (`text.words`), since an unknown language may well be English, and all borrow from it.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from digest.languages.schema import SCHEMA, Kind

_FOLDER = Path(__file__).parent

Table = Mapping[str, tuple[str, ...]]

_TABLE_BEGINS = re.compile(r"^\[(\w+)\]$", re.MULTILINE)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")
#: Letters that Unicode does not take apart.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ي": "ی", "ك": "ک"})


def languages(table: str = "") -> list[str]:
    """The languages there is a file for, "ar", "de", ...; with a table, those whose file has it."""
    return [language for language in _files() if not table or table in _texts(language)]


def read(language: str) -> Mapping[str, Table]:
    """All tables of one language, each text as a tuple of one.

    Raises:
        ValueError: the file holds what the schema does not know, or an entry is not of its kind.
    """
    tables = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return {table: _checked(entries, f"{language}.toml: {table}", table) for table, entries in tables.items()}


@functools.cache
def table_of(language: str, table: str) -> Table:
    """One table of a language; a key that its file lacks is not in it, and neither is any where there is no file."""
    text = _texts(language).get(table)
    if text is None:
        return {}
    return _checked(tomllib.loads(text)[table], f"{language}.toml: {table}", table)


def written(language: str, table: str) -> str:
    """A table as it stands in a language's file, comments and all, without its header."""
    return _texts(language)[table].partition("\n")[2].strip() + "\n"


def words(language: str, table: str, key: str) -> tuple[str, ...]:
    """What a language has under a key; nothing where its file lacks it or there is none."""
    return table_of(language, table).get(key, ())


def text(language: str, table: str, key: str) -> str:
    """The one text that a language has under a key; "" where its file lacks it or there is none."""
    return next(iter(words(language, table, key)), "")


@functools.cache
def merged(table: str) -> Table:
    """The words of all languages under each key of a table, English first: for texts whose language is not known."""
    first = sorted(languages(table), key=lambda language: (language != "en", language))
    tables = [table_of(language, table) for language in first]
    return {key: tuple(dict.fromkeys(word for one in tables for word in one.get(key, ()))) for key in SCHEMA[table]}


def either(patterns: Iterable[str]) -> str:
    """One regular expression for any of several; one that matches nothing for none."""
    return "(?:" + ("|".join(patterns) or "(?!)") + ")"


@functools.cache
def _files() -> tuple[str, ...]:
    """The names of the files. A feed may call its language anything, also the path of another file."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@functools.cache
def _texts(language: str) -> Mapping[str, str]:
    """The text of each table: to parse a whole file takes some 10 ms, and a list is read with the words of all."""
    if language not in _files():
        return {}
    text = (_FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    starts = list(_TABLE_BEGINS.finditer(text))
    ends = [*(start.start() for start in starts[1:]), len(text)]
    return {start[1]: text[start.start() : end] for start, end in zip(starts, ends, strict=True)}


def _checked(entries: Mapping[str, Any], where: str, table: str) -> Table:
    for key, entry in entries.items():
        known = SCHEMA.get(table, {}).get(key)
        if known is None:
            raise ValueError(f"{where}.{key} is not known")
        if not _fits(entry, known.kind):
            raise ValueError(f"{where}.{key} is no {'text' if known.kind == 'text' else 'list of ' + known.kind}")
    return {key: (entry,) if isinstance(entry, str) else tuple(entry) for key, entry in entries.items()}


def _fits(entry: object, kind: Kind) -> bool:
    if kind == "text":
        return isinstance(entry, str) and bool(entry)
    return isinstance(entry, list) and all(isinstance(word, str) and word for word in entry)


def folded(text: str) -> str:
    """Words as they are compared: "Désabonné_e-mail" and "desabonne email" are the same. Accents, case, marks go."""
    humps = text if text.islower() else _HUMP.sub(" ", text)
    if humps.isascii():
        return _NO_WORD.sub(" ", humps.lower()).strip().replace("e mail", "email")
    # Taken apart, "℠" is in capitals.
    plain = unicodedata.normalize("NFKD", humps).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_PLAIN)
    return _NO_WORD.sub(" ", letters).strip().replace("e mail", "email")
