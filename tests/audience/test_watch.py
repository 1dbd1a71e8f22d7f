"""A list that is looked at while its issue is on its way."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from digest.audience.watch import Watch


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
