"""Which language has which table, and what it lacks of those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from digest.languages.schema import SCHEMA
from digest.languages.tables import Table, languages, read


def lacking(tables: Mapping[str, Table]) -> Iterator[str]:
    """What a language's file lacks of what it may not do without: "denials", "sentences.titles"."""
    for table, entries in SCHEMA.items():
        needed = [key for key, entry in entries.items() if not entry.optional]
        if needed and table not in tables:
            yield table
        else:
            yield from (f"{table}.{key}" for key in needed if not tables[table].get(key))


def matrix() -> str:
    """The languages and their tables, a table a line: "x" one that is whole, "o" one that lacks a key, "." none,
    and nothing for one that it can do without.

    Below it stands which keys are lacking where.
    """
    files = {language: read(language) for language in languages()}
    lacks = {language: list(lacking(tables)) for language, tables in files.items()}
    width = max(map(len, SCHEMA))
    lines = [" ".join([" " * width, *(f"{language:>3}" for language in files)])]
    lines += [
        " ".join([table.ljust(width), *(f"{_mark(table, files[language], lacks[language]):>3}" for language in files)])
        for table in SCHEMA
    ]
    keys = (f"{language} lacks {', '.join(some)}" for language in files if (some := _keys(lacks[language])))
    return "\n".join([*lines, "", *keys])


def _mark(table: str, tables: Mapping[str, Table], lacks: Sequence[str]) -> str:
    if table not in tables:
        return "." if table in lacks else " "
    return "o" if any(key.startswith(f"{table}.") for key in lacks) else "x"


def _keys(lacks: Sequence[str]) -> list[str]:
    return [key for key in lacks if "." in key]
