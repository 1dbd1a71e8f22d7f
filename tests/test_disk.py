"""Files that take the place of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.disk import replacement


def test_a_file_stands_in_the_place_of_another_once_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old")

    with replacement(path) as file:
        file.write(b"new")
        assert path.read_text() == "old"

    assert path.read_text() == "new"
    assert [*tmp_path.iterdir()] == [path]


def test_what_fails_on_the_way_leaves_all_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old")

    def interrupted() -> None:
        with replacement(path) as file:
            file.write(b"ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]


def test_a_last_look_can_forbid_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old")

    def refuse() -> None:
        assert [file.read_text() for file in tmp_path.iterdir() if file != path] == ["new"]
        raise PermissionError

    def replace() -> None:
        with replacement(path, last_look=refuse) as file:
            file.write(b"new")

    with pytest.raises(PermissionError):
        replace()
    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]
