"""The file of a list: replaced in one step, and looked at while its issue is on its way."""

from __future__ import annotations

import subprocess
import sys
import threading
from itertools import count
from pathlib import Path

import pytest

from digest.audience.listfile import Stamp, Watch, locked, replace
from digest.errors import UsageError


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "weekly.csv"
    path.write_bytes(b"old")
    return path


def files(path):
    return [file.name for file in path.parent.iterdir()]


def stamp(path):
    return Stamp.of(path.stat())


def test_a_file_is_replaced_with_its_mode_kept(path):
    path.chmod(0o640)
    replace(path, [b"new", b"er"], read_at=stamp(path))
    assert path.read_bytes() == b"newer"
    assert path.stat().st_mode & 0o7777 == 0o640
    assert files(path) == ["weekly.csv"]


def test_a_link_stays_a_link(path):
    link = path.with_name("link.csv")
    link.symlink_to(path)
    replace(link, [b"new"], read_at=stamp(link))
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_a_file_that_somebody_else_wrote_is_left_to_them(path):
    before = stamp(path)
    path.write_bytes(b"their own")
    with pytest.raises(UsageError, match="somebody else changed"):
        replace(path, [b"new"], read_at=before)
    assert path.read_bytes() == b"their own"
    assert files(path) == ["weekly.csv"]


def test_a_failure_half_way_leaves_the_old_file_alone(path):
    def chunks():
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(UsageError, match="No space left on device"):
        replace(path, chunks(), read_at=stamp(path))
    assert path.read_bytes() == b"old"
    assert files(path) == ["weekly.csv"]


def test_a_file_that_vanished_is_an_error_of_the_user(path):
    before = stamp(path)
    path.unlink()
    with pytest.raises(UsageError, match="can't be written"):
        replace(path, [b"new"], read_at=before)
    assert files(path) == []


def test_editors_wait_for_each_other_and_see_each_others_work(path):
    def append():
        for _ in range(25):
            with locked(path):
                replace(path, [path.read_bytes(), b"+"], read_at=stamp(path))

    threads = [threading.Thread(target=append) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_bytes() == b"old" + b"+" * 100


def test_a_reader_that_is_killed_leaves_no_lock(path):
    program = f"""
from pathlib import Path
import os
from digest.audience.listfile import locked
with locked(Path({str(path)!r})):
    os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    with locked(path):
        replace(path, [b"new"], read_at=stamp(path))
    assert path.read_bytes() == b"new"


# --- watched --------------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "weekly.csv"
    file.write_text("email\nada@example.org\n")
    return file


def watch(*files: Path, every: float = 1) -> Watch:
    """A watch whose clock goes on by a second whenever it is read."""
    return Watch(files, every=every, time=count().__next__)


def test_a_list_that_nobody_changes_is_read_once(file: Path) -> None:
    looking = watch(file)
    assert [looking.changed() for _ in range(3)] == [False] * 3


def test_a_change_is_told_once_when_it_has_come_to_rest(file: Path) -> None:
    looking = watch(file)
    file.write_text("email\n")
    assert [looking.changed() for _ in range(4)] == [False, True, False, False]


def test_a_file_that_is_being_written_is_let_be(file: Path) -> None:
    looking = watch(file)
    for half in ("email\n", "email\nada@", "email\nada@example.org\nbob"):
        file.write_text(half)
        assert not looking.changed()
    assert looking.changed()


def test_a_file_that_is_gone_was_changed(file: Path) -> None:
    looking = watch(file.with_name("board.csv"), file)
    file.unlink()
    assert [looking.changed(), looking.changed()] == [False, True]


def test_it_looks_no_oftener_than_it_is_told_to(file: Path) -> None:
    looking = watch(file, every=4)
    file.write_text("email\n")
    assert [looking.changed() for _ in range(12)].index(True) > 3
