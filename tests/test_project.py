"""A newsletter's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest import bundled
from digest.errors import UsageError
from digest.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "digest.toml").write_text(
        '[newsletter]\ntitle = "T"\nsender = "t@example.org"\nlist = "weekly"\n[[sources]]\nfolder = "articles"\n'
    )
    (tmp_path / "subscribers").mkdir()
    (tmp_path / "subscribers" / "weekly.csv").write_text("email\n")
    return Project.open(tmp_path, {})


def test_the_newsletters_own_list_is_meant_where_none_is_named(project: Project) -> None:
    assert project.list_file() == project.folder / "subscribers" / "weekly.csv"


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b", "..", ".hidden"])
def test_a_list_is_never_outside_its_folder(project: Project, name: str) -> None:
    with pytest.raises(UsageError, match="is not the name of a list"):
        project.list_file(name)


def test_a_list_that_is_missing_is_answered_with_those_that_are_there(project: Project) -> None:
    with pytest.raises(UsageError, match=r"no list subscribers/board\.csv") as caught:
        project.list_file("board")

    assert "weekly" in caught.value.hint


def test_the_owners_templates_come_first_where_there_are_any(project: Project) -> None:
    assert project.templates == (bundled.templates(),)
    (project.folder / "templates").mkdir()

    assert project.templates == (project.folder / "templates", bundled.templates())


def test_the_lists_are_those_that_can_be_named(project: Project) -> None:
    for name in ("board.csv", ".hidden.csv", "~$weekly.csv", "notes.txt"):
        (project.folder / "subscribers" / name).touch()

    assert project.list_names == ["board", "weekly"]
