"""Every command of the README is run, and prints what the README says it prints.

A block marked `console` is one session: lines that begin with "$ " are typed, the others are what is seen. What differs
from run to run (days, times, folders, sizes) is compared as such. With DIGEST_UPDATE_README=1 the outputs are written
into the README, and the test fails so that somebody reads them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer.main
from typer.testing import CliRunner

from digest.cli.app import app

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
UPDATE = bool(os.environ.get("DIGEST_UPDATE_README"))
#: Runs the tests, this one among them.
NOT_RUN = {"make test"}
#: These are for the checkout, not for the reader's own folder.
IN_CHECKOUT = ("make ",)

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_DIFFERS = [
    (re.compile(r"/\S*/digest-demo-\w+"), "TEMPORARY"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "DAY"),
    (re.compile(r"\d{4}-W\d\d"), "WEEK"),
    (re.compile(r"\d\d \w{3}( \d{4})? \d\d:\d\d"), "MOMENT"),
    (re.compile(r"\d+ KiB"), "SIZE"),
]


class Step(NamedTuple):
    command: str
    output: str


def steps(block: str) -> Iterator[Step]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Step(command, output)


def sessions() -> list[str]:
    return _BLOCK.findall(README.read_text(encoding="utf-8"))


def alike(text: str) -> str:
    for pattern, name in _DIFFERS:
        text = pattern.sub(name, text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environ = {**os.environ, "PATH": path, "LANG": "C.UTF-8", "COLUMNS": "100"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
    return done.stdout


def replay(block: str, folder: Path) -> str:
    """Run a session; returns it with the outputs as they were."""
    seen = ""
    for command, _ in steps(block):
        seen += f"$ {command}\n"
        if command.startswith("cd "):
            folder = folder / command.removeprefix("cd ")
        elif command not in NOT_RUN:
            seen += run(command, ROOT if command.startswith(IN_CHECKOUT) else folder)
    return seen


def without_make(text: str) -> str:
    """`make` shows its recipes, and more of them on a machine where nothing is installed yet."""
    return re.sub(r"^(\.venv/|touch |sh scripts/|make\[\d+\]: ).*\n", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("block", sessions(), ids=lambda block: block.splitlines()[0])
def test_a_session_of_the_readme_runs_as_shown(block: str, tmp_path: Path) -> None:
    seen = without_make(replay(block, tmp_path))

    if UPDATE and alike(seen) != alike(block):
        README.write_text(README.read_text(encoding="utf-8").replace(block, seen), encoding="utf-8")
    assert alike(seen) == alike(block)


def commands() -> Iterator[str]:
    program = typer.main.get_command(app)
    for name, command in program.commands.items():  # type: ignore[attr-defined]  # click's own stubs say less
        inner = getattr(command, "commands", {})
        yield from (f"{name} {sub}" for sub in inner) if inner else [name]


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_has_help_and_is_in_the_readme(command: str) -> None:
    assert f"digest {command}" in README.read_text(encoding="utf-8")
    shown = CliRunner().invoke(app, [*command.split(), "--help"])
    assert shown.exit_code == 0
    assert len(shown.stdout.splitlines()) > 5
