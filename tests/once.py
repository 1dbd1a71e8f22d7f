"""What takes long to make and is the same at each run of the program: made once in a process of tests.

In a shell the program makes each of these once and ends; tests run it hundreds of times in one process. A program that
a test starts in a process of its own makes them itself, and so do the tests of the store make their databases.
"""

from __future__ import annotations

import os
import sqlite3
import ssl
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any

import httpcore2
import jinja2
import pytest
import typer.main
from sqlalchemy import Engine

from digest.store import database


def make_once(patch: pytest.MonkeyPatch) -> None:
    """The commands' signatures, the system's certificates, and templates compiled: as long as the patch lasts."""
    # Typer reads them at each call: 0.08 s.
    patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
    # OpenSSL parses 140 of them: 0.06 s, and each fetcher has two clients' worth.
    patch.setattr(httpcore2, "default_ssl_context", _trusting_once(httpcore2.default_ssl_context))
    # Jinja keeps them with the environment, and each run has its own: 0.2 s for the two of an issue.
    patch.setattr(jinja2.Environment, "compile", _compiled_once(jinja2.Environment.compile))


def copy_new_databases(patch: pytest.MonkeyPatch) -> None:
    """New SQLite files get their tables from one that the migrations made, as long as the patch lasts: 0.15 s each."""
    upgrade = database._upgrade

    def upgrade_or_copy(engine: Engine, revision: str | None) -> None:
        if revision is not None or engine.dialect.name != "sqlite":
            upgrade(engine, revision)
            return
        with database.writing(engine).begin() as connection:
            for statement in _tables(upgrade):
                connection.exec_driver_sql(statement)

    patch.setattr(database, "_upgrade", upgrade_or_copy)


def _trusting_once(create: Callable[..., ssl.SSLContext]) -> Callable[..., ssl.SSLContext]:
    @cache
    def trusting(_file: str | None, _folder: str | None, arguments: tuple[tuple[str, object], ...]) -> ssl.SSLContext:
        return create(**dict(arguments))

    def default_ssl_context(**arguments: object) -> ssl.SSLContext:
        named = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
        return trusting(*named, tuple(arguments.items()))

    return default_ssl_context


def _compiled_once(compiled: Callable[..., Any]) -> Callable[..., Any]:
    codes: dict[object, CodeType] = {}

    def compile_once(self: jinja2.Environment, source: Any, *arguments: Any, **named: Any) -> Any:
        if named or not isinstance(source, str):
            return compiled(self, source, *arguments, **named)
        how = (type(self), self.autoescape, self.trim_blocks, self.lstrip_blocks, self.keep_trailing_newline)
        key = how, source, arguments
        if key not in codes:
            codes[key] = compiled(self, source, *arguments)
        return codes[key]

    return compile_once


@cache
def _tables(upgrade: Callable[[Engine, str | None], None]) -> tuple[str, ...]:
    """The statements that make a new SQLite file what the migrations make of it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        engine = database._connectable(database.sqlite_url(path))
        upgrade(engine, None)
        engine.dispose()
        with closing(sqlite3.connect(path)) as connection:
            return tuple(line for line in connection.iterdump() if line not in ("BEGIN TRANSACTION;", "COMMIT;"))
