"""The open project: each part is made once, and only when it is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.errors import UsageError
from digest.project import Project
from digest.workspace import open_workspace
from tests.cli.conftest import SETTINGS

NOW = datetime(2026, 2, 16, 23, 30, tzinfo=UTC)


def project(folder: Path, more: str = "", **environ: str) -> Project:
    (folder / "digest.toml").write_text(SETTINGS.replace('list = "weekly"', f'list = "weekly"\n{more}'))
    return Project.open(folder, environ)


def test_each_part_is_made_once(tmp_path: Path) -> None:
    with open_workspace(project(tmp_path), clock=lambda: NOW) as workspace:
        for part in ("archive", "book", "ledger", "allowances", "shelf", "answers", "sources", "secret", "keys"):
            assert getattr(workspace, part) is getattr(workspace, part)


def test_there_is_one_set_of_settings(tmp_path: Path) -> None:
    opened = project(tmp_path, 'language = "de"')
    with open_workspace(opened, clock=lambda: NOW) as workspace:
        assert workspace.settings is workspace.project.settings
        # Named in the newsletter's language, where the owner gave it no name.
        assert workspace.settings.pick.catch_all == workspace.words.only_section == "In dieser Ausgabe"


def test_a_key_that_is_missing_is_told_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text(SETTINGS + '[dkim]\nselectors = ["s2026"]\n')
    with open_workspace(Project.open(tmp_path, {}), clock=lambda: NOW) as workspace:
        assert workspace.ledger
        with pytest.raises(UsageError, match=r"s2026\.pem"):
            _ = workspace.keys


def test_a_command_belongs_to_the_day_on_which_it_began(tmp_path: Path) -> None:
    moments = iter([NOW, NOW + timedelta(hours=2)])
    with open_workspace(project(tmp_path), clock=lambda: next(moments)) as workspace:
        assert workspace.day.isoformat() == "2026-02-16"
        assert workspace.today.date().isoformat() == "2026-02-17"
