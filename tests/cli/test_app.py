"""What `digest --help` says."""

from __future__ import annotations

import os
import subprocess
import sys

import typer.main

from digest.cli.app import app


def test_help_lists_each_command_on_a_line_in_the_order_of_the_work() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "digest", "--help"],
        env=os.environ | {"COLUMNS": "80", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    rows = [line.split()[1] for line in shown[shown.index(" Start ") :].splitlines() if line.startswith("│")]

    assert sorted(rows) == sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert rows.index("sources") < rows.index("build") < rows.index("send") < rows.index("status")
