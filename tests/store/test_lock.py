"""One run at a time, told from outside by another process."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from digest.errors import DigestError, LockedError
from digest.model import DeliveryState, Subscriber
from digest.store.database import open_database, sqlite_url
from digest.store.ledger import Ledger
from digest.store.lock import project_lock

from .conftest import on_postgresql, on_sqlite

Take = Callable[..., None]
NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
_HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from digest.store.database import open_database
from digest.store.lock import project_lock
engine = open_database(sys.argv[3])
with project_lock(Path(sys.argv[1]), engine, command="digest send", now=datetime.fromisoformat(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".digest.lock"


@pytest.fixture
def holder(path: Path, database_url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock since 6 o'clock."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", _HOLD, str(path), NOW.isoformat(), database_url], **pipes) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.fixture
def take(path: Path, engine: Engine) -> Take:
    """Takes the lock, and gives it back."""

    def take(now: datetime = NOW, *, path: Path = path) -> None:
        with project_lock(path, engine, command="digest status", now=now):
            pass

    return take


def test_a_lock_is_free_again_after_use(take: Take) -> None:
    take()
    take()


def test_a_lock_is_free_again_after_an_error(path: Path, engine: Engine, take: Take) -> None:
    with pytest.raises(ZeroDivisionError), project_lock(path, engine, command="digest send", now=NOW):
        raise ZeroDivisionError
    take()


def test_a_second_run_is_told_who_holds_the_lock_and_for_how_long(take: Take, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(LockedError) as caught:
        take(NOW + timedelta(hours=2, minutes=1, seconds=40))
    assert "“digest send”" in caught.value.message
    assert f"(process {holder.pid} on {os.uname().nodename}), for 2 hours and 1 minute" in caught.value.message
    assert caught.value.exit_code == 6
    assert caught.value.hint


def test_a_clock_that_went_back_gives_no_negative_time(take: Take, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(LockedError, match="for less than a minute"):
        take(NOW - timedelta(days=1))


def test_the_lock_of_a_killed_process_is_none(path: Path, take: Take, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert path.read_text()
    take()


@pytest.mark.parametrize("content", ["", "not json", "[]", '{"pid": "x"}', '{"since": 5}', "\0" * 50])
def test_a_lock_whose_file_says_nothing_still_holds(
    path: Path, take: Take, holder: subprocess.Popen[str], content: str
) -> None:
    path.write_text(content)
    with pytest.raises(LockedError, match="it has just begun"):
        take()


@pytest.mark.parametrize("target", ["victim", "nowhere"])
def test_a_lock_file_that_is_a_link_is_not_followed(path: Path, take: Take, tmp_path: Path, target: str) -> None:
    (tmp_path / "victim").write_text("precious")
    path.symlink_to(tmp_path / target)
    with pytest.raises(DigestError, match=rf"{path} is a symbolic link") as caught:
        take()
    assert "Delete the link" in caught.value.hint
    assert (tmp_path / "victim").read_text() == "precious"


def test_a_lock_file_that_can_t_be_opened_is_named_with_the_next_step(path: Path, take: Take) -> None:
    path.mkdir()
    with pytest.raises(DigestError, match=rf"{path} can't be opened.*: Is a directory") as caught:
        take()
    assert "delete what lies there" in caught.value.hint


@on_sqlite
def test_a_file_system_without_locks_is_named_with_the_next_step(
    path: Path, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(DigestError, match=rf"{path} can't be locked: No locks available") as caught:
        take()
    assert "on a disk of this machine" in caught.value.hint


def test_a_child_process_does_not_inherit_the_lock(path: Path, engine: Engine, take: Take) -> None:
    with project_lock(path, engine, command="digest send", now=NOW):
        child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    try:
        take()
    finally:
        child.communicate()


# --- two folders, one database ----------------------------------------------------------------------------------


def test_another_folder_with_the_same_database_is_told_who_is_at_work(
    take: Take, tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    (tmp_path / "copy").mkdir()
    with pytest.raises(LockedError) as caught:
        take(NOW + timedelta(minutes=2), path=tmp_path / "copy" / ".digest.lock")
    assert f"“digest send” (process {holder.pid} on {os.uname().nodename}), for 2 minutes" in caught.value.message


def test_another_folder_may_work_once_the_first_was_killed(
    take: Take, tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    (tmp_path / "copy").mkdir()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    take(path=tmp_path / "copy" / ".digest.lock")


@on_sqlite
def test_a_database_by_another_name_is_the_same(tmp_path: Path, take: Take, holder: subprocess.Popen[str]) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "digest.db").symlink_to(tmp_path / "0.db")
    linked = open_database(sqlite_url(tmp_path / "copy" / "digest.db"))
    lock = project_lock(tmp_path / "copy" / ".digest.lock", linked, command="digest send", now=NOW)
    with pytest.raises(LockedError), lock:
        pass
    linked.dispose()


def test_a_database_in_its_own_folder_needs_no_second_lock(tmp_path: Path) -> None:
    engine = open_database(sqlite_url(tmp_path / "digest.db"))
    with project_lock(tmp_path / ".digest.lock", engine, command="digest send", now=NOW):
        assert [file.name for file in tmp_path.glob(".*.lock")] == [".digest.lock"]
    engine.dispose()


@on_postgresql
def test_who_has_lost_the_lock_of_the_server_claims_nobody(path: Path, engine: Engine, take: Take) -> None:
    ledger = Ledger(engine)
    ledger.freeze("1", [("ada@example.org", Subscriber(email="ada@example.org"))])
    with project_lock(path, engine, command="digest send", now=NOW):
        _end_the_session_that_holds_it(engine)
        with pytest.raises(DigestError, match="lock of the database was lost") as caught:
            ledger.claim("1", limit=1, now=NOW)
    assert "goes on from here" in caught.value.hint
    take()
    assert ledger.tally("1")[DeliveryState.PLANNED] == 1


def _end_the_session_that_holds_it(engine: Engine) -> None:
    # Outside SQLAlchemy, whose transactions ask for the lock.
    raw = engine.raw_connection()
    raw.cursor().execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
        " WHERE locktype = 'advisory' AND datname = current_database()"
    )
    raw.close()
