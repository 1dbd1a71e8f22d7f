"""Opens the project's database and brings its tables up to date."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from digest.errors import DigestError, UsageError

#: The newest migration; a test holds it and the folder to each other.
CURRENT_REVISION = "0008"
_MIGRATIONS = Path(__file__).parent / "migrations"
_ADDRESSES = 'Write "sqlite:///digest.db" or "postgresql://user:password@host/name".'


def open_database(url: str) -> Engine:
    """Connect, and run what migrations are missing: an older database is brought up to date in one transaction.

    Args:
        url: "sqlite:///PATH" or "postgresql://..."; see `sqlite_url`.

    Raises:
        UsageError: the URL is wrong, the database can't be opened, or a newer program wrote it.
    """
    engine = _connectable(url)
    try:
        with engine.connect() as connection:
            revision = _revision(connection)
        if revision != CURRENT_REVISION:
            _upgrade(engine, revision)
    except DBAPIError as error:
        engine.dispose()
        raise UsageError(
            f"The database {shown(engine)} can't be opened: {error.orig}",
            hint="Check DATABASE_URL, and that the file (or server) can be written to.",
        ) from error
    except BaseException:
        engine.dispose()
        raise
    event.listen(engine, "handle_error", _explain)
    return engine


def sqlite_url(path: Path) -> str:
    return str(sqlalchemy.URL.create("sqlite", database=str(path)))


def shown(engine: Engine) -> str:
    """The database's address without its password."""
    return engine.url.render_as_string(hide_password=True)


def writing(engine: Engine) -> Engine:
    """The same database, for transactions that write from their first statement to their last.

    SQLite fails a transaction that reads first and writes later if another wrote in between (SQLITE_BUSY_SNAPSHOT, no
    waiting helps); one that begins as a writer waits for its turn.
    """
    return engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")


def _connectable(url: str) -> Engine:
    try:
        parsed = sqlalchemy.make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise UsageError(
                f"DATABASE_URL names a database that is not supported: {parsed.get_backend_name()}.", hint=_ADDRESSES
            )
        # The connection used last is used next: SQLite empties the page cache of one that others have written beside.
        pool = {} if _in_memory(parsed) else {"pool_use_lifo": True}
        # The parameters are people, and the project's key: an error must not carry them into digest.log.
        engine = create_engine(parsed, hide_parameters=True, **pool)
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError(
            "DATABASE_URL is not a database's address.",
            hint=_ADDRESSES,
        ) from error
    except ModuleNotFoundError as error:
        raise UsageError(
            f"DATABASE_URL needs the Python package {error.name}.",
            hint='Install it with: pip install "newsletter-digest[postgresql]"',
        ) from error
    if engine.dialect.name == "sqlite":
        if not _in_memory(parsed):
            _make_private(str(parsed.database))
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _in_memory(url: sqlalchemy.URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def _make_private(path: str) -> None:
    """A new file is its owner's only: it holds addresses. SQLite gives the files beside it the same permissions."""
    # Where the file can't be made, connecting says why.
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))


def _explain(failure: ExceptionContext) -> None:
    """A full disk, a lost server: nothing that a traceback would explain better. What else fails, fails discreetly."""
    error = failure.sqlalchemy_exception
    if error is not None:
        # PostgreSQL's further lines show the row: "DETAIL: Failing row contains (...)".
        error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])
    if isinstance(error, OperationalError):
        raise DigestError(
            f"The database can't be used: {str(failure.original_exception).strip()}.",
            hint="See that the disk has room and the server runs, and run the command again: it goes on from here.",
        ) from failure.original_exception


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions leave DDL and reads outside (docs.sqlalchemy.org, "pysqlite transactions").
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        # A claim must be on disk before a message's first byte: NORMAL would lose the last commits with the power.
        "synchronous = FULL",
        "foreign_keys = ON",
        # Someone else's transaction takes milliseconds; planning a million recipients takes seconds.
        "busy_timeout = 60000",
        # KiB. A run for a million people peaks at 264 MB while it plans, with twice as much at 305, no sooner.
        "cache_size = -32768",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def _revision(connection: Connection) -> str | None:
    """What the database is at; None where it is new."""
    if not sqlalchemy.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(engine: Engine, revision: str | None) -> None:
    from alembic import command  # noqa: PLC0415 - alembic takes as long as most commands, and is needed once a project
    from alembic.config import Config  # noqa: PLC0415 - the same
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - the same

    config = Config(attributes={"connection": None})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise UsageError(
            f"The database {shown(engine)} was written by a newer version of this program "
            f"(revision {revision}; this one knows {CURRENT_REVISION}).",
            hint="Install the newer version: pip install --upgrade newsletter-digest",
        )
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
