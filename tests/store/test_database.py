"""Opening: a new database, one of today, an older one, a newer one, and what is no database."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, insert, inspect, text
from sqlalchemy.exc import IntegrityError

from digest.errors import UsageError
from digest.store import database
from digest.store.database import CURRENT_REVISION, open_database, sqlite_url, writing
from digest.store.schema import deliveries, metadata

from .conftest import on_sqlite


def test_the_migrations_make_the_tables_that_the_program_uses(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        # The comparison above knows nothing of these.
        for table in metadata.sorted_tables:
            made = {check["name"] for check in inspect(connection).get_check_constraints(table.name)}
            meant = {str(check.name) for check in table.constraints if check.name and str(check.name).startswith("ck_")}
            assert made == meant


def test_the_newest_migration_is_the_current_revision() -> None:
    scripts = ScriptDirectory(str(database._MIGRATIONS))
    assert scripts.get_heads() == [CURRENT_REVISION]


def test_a_database_that_is_up_to_date_is_opened_without_alembic(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "digest.db")
    open_database(url).dispose()
    code = (
        "import sys; from digest.store.database import open_database;"
        f"open_database({url!r}).dispose(); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_opening_again_keeps_what_was_written(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "digest.db")
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO meta VALUES ('a', 'b')"))
    engine.dispose()
    engine = open_database(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT value FROM meta WHERE name = 'a'")).scalar() == "b"
    engine.dispose()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "digest.db")
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(UsageError, match=r"newer version .*revision 9999") as caught:
        open_database(url)
    assert "upgrade" in caught.value.hint


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = sqlite_url(tmp_path / "digest.db")

    def broken_step(*_: object, **__: object) -> None:
        raise RuntimeError("out of disk")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.operations.ops.CreateIndexOp.create_index", broken_step)
        with pytest.raises(RuntimeError, match="out of disk"):
            open_database(url)
    with closing(sqlite3.connect(tmp_path / "digest.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    open_database(url).dispose()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "digest.db"
    path.write_bytes(b"PK\x03\x04 this is a zip file" * 100)
    with pytest.raises(UsageError, match=r"digest\.db.*can't be opened"):
        open_database(sqlite_url(path))


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="absent"):
        open_database(sqlite_url(tmp_path / "absent" / "digest.db"))


@pytest.mark.parametrize("url", ["digest.db", "mongodb://localhost/x", "", "sqlite:/x"])
def test_an_address_that_is_none_is_explained_without_repeating_it(url: str) -> None:
    with pytest.raises(UsageError, match="DATABASE_URL") as caught:
        open_database(url)
    assert caught.value.hint


def test_a_password_is_not_shown() -> None:
    engine = database._connectable("postgresql://me:hunter2@db.example.org/digest")
    assert "hunter2" not in database.shown(engine)
    assert engine.dialect.name == "postgresql"


@on_sqlite
def test_only_its_owner_reads_a_new_database(engine: Engine, tmp_path: Path) -> None:
    with writing(engine).begin() as connection:
        connection.execute(text("INSERT INTO meta VALUES ('a', 'b')"))
        files = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("*.db*")}
    assert set(files.values()) == {0o600}
    assert any(name.endswith("-wal") for name in files)


@on_sqlite
def test_every_commit_is_on_disk_before_it_returns(engine: Engine) -> None:
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("synchronous", "journal_mode")
        }
    assert pragmas == {"synchronous": 2, "journal_mode": "wal"}


def test_a_reader_sees_the_last_commit_while_another_writes(engine: Engine) -> None:
    with writing(engine).begin() as writer:
        writer.execute(text("INSERT INTO meta VALUES ('a', 'b')"))
        with engine.connect() as reader:
            assert reader.execute(text("SELECT count(*) FROM meta")).scalar() == 0


def test_another_kind_of_database_is_told_which_there_are() -> None:
    with pytest.raises(UsageError, match="not supported: mysql") as caught:
        open_database("mysql://user@localhost/digest")
    assert "postgresql" in caught.value.hint


def test_no_error_shows_what_was_to_be_written(engine: Engine) -> None:
    row = {"issue": "1", "key": "grace@example.org", "email": "grace@example.org", "name": "Grace Hopper"}
    for wrong in ({"state": "nowhere"}, {"name": None}):
        with pytest.raises(IntegrityError) as error, engine.begin() as connection:
            connection.execute(insert(deliveries).values(row | wrong))
        assert "constraint" in str(error.value)
        assert "grace" not in str(error.value).lower()


def test_an_older_ledger_learns_how_its_issues_went_out(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "digest.db")
    engine = open_database(url)
    with engine.begin() as connection:
        for number, code in ((1, 0), (2, 250), (3, None)):
            of = {"key": f"000{number}-2026-02-19", "number": number, "code": code}
            of["day"] = "2026-02-19"
            row = "INSERT INTO issues (key, number, date, period, subject, until, created_at)"
            connection.execute(text(row + " VALUES (:key, :number, :day, '2026-W08', 'S', :day, :day)"), of)
            connection.execute(text("INSERT INTO mailings (issue, list, started_at) VALUES (:key, 'weekly', :day)"), of)
            if code is not None:
                row = "INSERT INTO deliveries (issue, key, email, name, state, code)"
                connection.execute(text(row + " VALUES (:key, 'a', 'a', '', 'sent', :code)"), of)
        connection.execute(text("ALTER TABLE mailings DROP COLUMN taken_by"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0007'"))
    engine.dispose()

    engine = open_database(url)

    with engine.begin() as connection:
        learnt = connection.execute(text("SELECT taken_by FROM mailings ORDER BY issue")).scalars().all()
    engine.dispose()
    assert learnt == ["outbox", "a mail server", ""]
