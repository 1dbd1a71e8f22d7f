"""What is installed is what the checkout shows: the wheel holds the theme, the starter and the samples."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout and unpacked where nothing of the checkout is near."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    [wheel] = folder.glob("newsletter_digest-*.whl")
    target = folder / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True, text=True)
    return target


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-m", "digest", *arguments],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_an_installed_program_runs_its_own_code_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import digest; print(digest.__file__)"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(where.stdout.strip()).is_relative_to(installed)


def test_the_wheel_holds_the_words_of_every_language(installed: Path) -> None:
    files = {path.name for path in (ROOT / "digest" / "languages").glob("*.toml")}
    assert {path.name for path in (installed / "digest" / "languages").glob("*.toml")} == files


def test_the_wheel_shows_its_version(run: Run) -> None:
    assert run("--version").stdout.startswith("digest ")


def test_a_project_made_by_the_wheel_sends_its_first_issue_into_the_outbox(run: Run, tmp_path: Path) -> None:
    assert run("init", "news").returncode == 0

    sent = run("--project", "news", "send", "--yes")

    assert sent.returncode == 0, sent.stderr
    assert list((tmp_path / "news" / "outbox").rglob("*.eml"))


def test_the_demo_runs_from_the_wheel(run: Run, tmp_path: Path) -> None:
    shown = run("demo", "--folder", "demo")

    assert shown.returncode == 0, shown.stderr
    assert list((tmp_path / "demo").rglob("*.eml"))
