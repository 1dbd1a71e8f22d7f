"""A newsletter with a few articles, opened as a command opens it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.project import Project
from digest.workspace import Workspace, open_workspace
from tests.cli.conftest import ARTICLES, SETTINGS, write_articles
from tests.consoles import QuietConsole


@pytest.fixture
def console() -> QuietConsole:
    return QuietConsole()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsletter's folder with three articles and two people to be mailed."""
    (tmp_path / "digest.toml").write_text(SETTINGS)
    (tmp_path / "subscribers").mkdir()
    (tmp_path / "subscribers" / "weekly.csv").write_text("email,name\nada@example.org,Ada\ngrace@example.org,Grace\n")
    write_articles(tmp_path, ARTICLES)
    return tmp_path


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    now = datetime(2026, 2, 16, 7, 0, tzinfo=UTC)
    with open_workspace(Project.open(folder, {}), clock=lambda: now) as opened:
        yield opened
