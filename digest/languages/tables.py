"""Reads the files of this folder: what each language calls the things that the program has to understand.

Who reads a list does not know its language, so `merged` gives the words of all of them together.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).parent

#: The tables of a file and the keys in each: all are lists of words.
SCHEMA: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # Headers: what a column holds.
        "columns": frozenset(
            {
                "email",
                "address",
                "name",
                "first_name",
                "last_name",
                "topics",
                "status",
                "state",
                "reason",
                "kind",
                "tags",
            }
        ),
        # Headers: by a yes, a date or a reason the column says that somebody must not be mailed.
        "leaving": frozenset({"unsubscribed", "bounced", "complained", "paused", "pending", "off"}),
        # Headers: by a yes the column says that somebody is mailed.
        "staying": frozenset({"subscribed", "active", "agreed", "confirmed"}),
        # Headers: what turns the meaning of those.
        "modifiers": frozenset({"never", "detail", "time", "other_ways", "this_way", "mail", "elsewhere", "counted"}),
        # Cells: where somebody stands.
        "statuses": frozenset(
            {"active", "regular", "pending", "paused", "unsubscribed", "bounced", "complained", "anywhere"}
        ),
        # Cells: yes, no, a mark in a column of marks, and what people write where there is nothing.
        "booleans": frozenset({"yes", "no", "mark", "nothing"}),
    }
)

_Tables = Mapping[str, Mapping[str, tuple[str, ...]]]
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")
#: Letters that Unicode does not take apart.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ي": "ی", "ك": "ک"})


def languages() -> list[str]:
    """The languages there is a file for: "ar", "de", ..."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def read(language: str) -> _Tables:
    """The tables of one language; a table or a key that the file lacks is not in it.

    Raises:
        ValueError: the file holds what `SCHEMA` does not know, or an entry is no list of words.
    """
    tables = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    for table, entries in tables.items():
        for key, words in entries.items():
            if key not in SCHEMA.get(table, ()):
                raise ValueError(f"{language}.toml: {table}.{key} is not known")
            if not (isinstance(words, list) and all(isinstance(word, str) and word for word in words)):
                raise ValueError(f"{language}.toml: {table}.{key} is no list of words")
    return {table: {key: tuple(words) for key, words in entries.items()} for table, entries in tables.items()}


@functools.cache
def merged(table: str) -> Mapping[str, tuple[str, ...]]:
    """The words of all languages under each key of a table, English first."""
    first = sorted(languages(), key=lambda language: (language != "en", language))
    files = [_read_once(language).get(table, {}) for language in first]
    return {key: tuple(dict.fromkeys(word for file in files for word in file.get(key, ()))) for key in SCHEMA[table]}


_read_once = functools.cache(read)


def folded(text: str) -> str:
    """Words as they are compared: "Désabonné_e-mail" and "desabonne email" are the same. Accents, case, marks go."""
    humps = text if text.islower() else _HUMP.sub(" ", text)
    if humps.isascii():
        return _NO_WORD.sub(" ", humps.lower()).strip().replace("e mail", "email")
    plain = unicodedata.normalize("NFKD", humps.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_PLAIN)
    return _NO_WORD.sub(" ", letters).strip().replace("e mail", "email")
