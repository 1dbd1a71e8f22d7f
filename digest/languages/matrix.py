"""Which language has which table, and what it lacks of those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from digest.languages.schema import SCHEMA
from digest.languages.tables import Table, languages, read


def lacking(tables: Mapping[str, Table]) -> Iterator[str]:
    """What a language's file lacks of what it may not do without: "denials", "dates.units"."""
    for table, entries in SCHEMA.items():
        if table not in tables:
            yield table
            continue
        for key, entry in entries.items():
            if not entry.optional and not tables[table].get(key):
                yield f"{table}.{key}"


def matrix() -> str:
    """The languages and their tables, a table a line: "x" one that is whole, "o" one that lacks a key, "." none.

    Below it stands which keys are lacking where.
    """
    files = {language: read(language) for language in languages()}
    lacks = {language: list(lacking(tables)) for language, tables in files.items()}
    width = max(map(len, SCHEMA))
    lines = [" ".join([" " * width, *(f"{language:>3}" for language in files)])]
    lines += [
        " ".join([table.ljust(width), *(f"{_mark(table, lacks[language]):>3}" for language in files)])
        for table in SCHEMA
    ]
    keys = (f"{language} lacks {', '.join(some)}" for language in files if (some := _keys(lacks[language])))
    return "\n".join([*lines, "", *keys])


def _mark(table: str, lacks: Sequence[str]) -> str:
    if table in lacks:
        return "."
    return "o" if any(key.startswith(f"{table}.") for key in lacks) else "x"


def _keys(lacks: Sequence[str]) -> list[str]:
    return [key for key in lacks if "." in key]
