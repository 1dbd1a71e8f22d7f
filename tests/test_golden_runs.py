"""Whole runs, from the sources to the bytes of the messages, against what somebody read and found good.

Each folder of golden/runs/ is a case: `project/` is a newsletter (the demo's where it is absent), `expected/` what
comes of it. A case without its expectation fails. With REGENERATE_GOLDEN=1 the expectations are written, and the test
fails so that somebody reads the difference.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest import bundled
from digest.model import Issue, silent
from digest.project import Project
from digest.work.build import build_draft
from digest.work.editions import render_draft
from digest.work.outgoing import outgoing
from digest.work.recipients import freeze
from digest.work.schedule import IssueRequest
from digest.work.send import deliver_rest
from digest.workspace import open_workspace
from tests.consoles import QuietConsole

CASES = sorted(path for path in (Path(__file__).parent / "golden" / "runs").iterdir() if path.is_dir())
REGENERATE = bool(os.environ.get("REGENERATE_GOLDEN"))
NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
ENVIRON = {"DIGEST_SECRET_KEY": "the key of the golden runs"}


def run(folder: Path) -> dict[str, bytes]:
    """Build and send the project's first issue; returns the files that matter."""
    project = Project.open(folder, ENVIRON)
    list_name = project.settings.newsletter.list
    with open_workspace(project, clock=lambda: NOW) as workspace:
        issue = build_draft(workspace, IssueRequest(), QuietConsole()).issue
        assert isinstance(issue, Issue)
        render_draft(workspace, issue)
        freeze(workspace, issue.key, list_name, progress=silent)
        asyncio.run(deliver_rest(workspace, outgoing(workspace, issue.key), stop=asyncio.Event(), progress=silent))
        made = workspace.archive.folder(issue.key)
        fates = workspace.archive.load_fates(issue.key)
    told = "".join(f"{fate.fate:<4} {fate.title}: {fate.section or fate.why}\n" for fate in fates)
    messages = {f"messages/{file.name}": file.read_bytes() for file in (project.outbox / issue.key).glob("*.eml")}
    return {
        "draft.md": (made / "draft.md").read_bytes(),
        "edition.txt": (made / "edition.txt").read_bytes(),
        "fates.txt": told.encode(),
        **messages,
    }


def read(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def write(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_whole_run_comes_out_as_it_was_read_and_found_good(case: Path, tmp_path: Path) -> None:
    project = case / "project"
    shutil.copytree(project if project.is_dir() else bundled.samples(), tmp_path, dirs_exist_ok=True)
    # A file without a date of its own would carry the day of the checkout.
    for file in (tmp_path / "articles").glob("*"):
        os.utime(file, (NOW.timestamp() - 86_400, NOW.timestamp() - 86_400))

    came_out = run(tmp_path)

    expected = read(case / "expected")
    if REGENERATE and came_out != expected:
        write(case / "expected", came_out)
    assert sorted(came_out) == sorted(expected)
    for name, content in came_out.items():
        assert content.decode() == expected[name].decode(), name
