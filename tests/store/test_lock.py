"""One run at a time, told from outside by another process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.errors import LockedError
from digest.store.lock import project_lock

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
_HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from digest.store.lock import project_lock
with project_lock(Path(sys.argv[1]), command="digest send", now=datetime.fromisoformat(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".digest.lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock since 6 o'clock."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", _HOLD, str(path), NOW.isoformat()], **pipes) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def take(path: Path, now: datetime = NOW) -> None:
    with project_lock(path, command="digest status", now=now):
        pass


def test_a_lock_is_free_again_after_use(path: Path) -> None:
    take(path)
    take(path)


def test_a_lock_is_free_again_after_an_error(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), project_lock(path, command="digest send", now=NOW):
        raise ZeroDivisionError
    take(path)


def test_a_second_run_is_told_who_holds_the_lock_and_for_how_long(path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(LockedError) as caught:
        take(path, NOW + timedelta(hours=2, minutes=1, seconds=40))
    assert "“digest send”" in caught.value.message
    assert f"(process {holder.pid} on {os.uname().nodename}), for 2 hours and 1 minute" in caught.value.message
    assert caught.value.exit_code == 6
    assert caught.value.hint


def test_a_clock_that_went_back_gives_no_negative_time(path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(LockedError, match="for less than a minute"):
        take(path, NOW - timedelta(days=1))


def test_the_lock_of_a_killed_process_is_none(path: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert path.read_text()
    take(path)


@pytest.mark.parametrize("content", ["", "not json", "[]", '{"pid": "x"}', '{"since": 5}', "\0" * 50])
def test_a_lock_whose_file_says_nothing_still_holds(path: Path, holder: subprocess.Popen[str], content: str) -> None:
    path.write_text(content)
    with pytest.raises(LockedError, match="it has just begun"):
        take(path)


def test_a_lock_file_that_is_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    path.symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match="symbolic links"):
        take(path)
    assert (tmp_path / "victim").read_text() == "precious"


def test_a_child_process_does_not_inherit_the_lock(path: Path) -> None:
    with project_lock(path, command="digest send", now=NOW):
        child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    try:
        take(path)
    finally:
        child.communicate()
