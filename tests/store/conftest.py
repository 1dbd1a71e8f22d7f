"""A new database for each test, once in SQLite and once in PostgreSQL: the store promises the same on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from digest.store.database import open_database, sqlite_url
from tests.postgresql import PostgreSQL, postgresql


@pytest.fixture(autouse=True)
def _new_databases() -> None:
    """Here the migrations make each of them: it is what these tests are about."""


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """A PostgreSQL server that lives as long as the tests."""
    with postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def template(postgresql_server: PostgreSQL) -> str:
    """A database with the tables, to copy: that takes a tenth of the migrations' time."""
    postgresql_server.run("CREATE DATABASE digest_template")
    open_database(postgresql_server.url("digest_template")).dispose()
    return "digest_template"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes a database each time it is called, and says where."""
    if request.param == "sqlite":
        names = (f"{number}.db" for number in count())
        return lambda: sqlite_url(tmp_path / next(names))
    server, template = request.getfixturevalue("postgresql_server"), request.getfixturevalue("template")

    def create() -> str:
        name = f"test_{uuid4().hex}"
        server.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return server.url(name)

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
