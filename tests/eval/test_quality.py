"""Floors for what readers see, measured by benchmarks/quality.py. A change that lowers one says so in baseline.json."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "../shared/data"
BASELINE = json.loads((ROOT / "tests/eval/baseline.json").read_text())
TASKS = sorted({task.split("/")[0] for task in BASELINE})

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason="needs the data sets of ../shared/data"),
]


@pytest.mark.parametrize("task", TASKS)
def test_no_figure_falls_below_its_floor(task):
    command = [sys.executable, ROOT / "benchmarks/quality.py", DATA, "--json", "--only", task]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    floors = {name: floors for name, floors in BASELINE.items() if name.split("/")[0] == task}
    found = {name: {figure: figures[name]["ours"][figure] for figure in floors[name]} for name in floors}
    below = {
        f"{name} {figure}": (found[name][figure], floor)
        for name in floors
        for figure, floor in floors[name].items()
        if found[name][figure] < floor
    }
    assert below == {}


def test_absent_data_is_skipped_with_a_line(tmp_path):
    command = [sys.executable, ROOT / "benchmarks/quality.py", tmp_path, "--only", "stories,feeds"]
    run = subprocess.run(command, check=True, capture_output=True, text=True)

    assert run.stdout == ""
    assert "stories: skipped" in run.stderr
    assert "feeds: skipped" in run.stderr


def test_a_task_that_does_not_exist_is_named(tmp_path):
    command = [sys.executable, ROOT / "benchmarks/quality.py", tmp_path, "--only", "feeds,stores"]
    run = subprocess.run(command, check=False, capture_output=True, text=True)

    assert run.returncode == 2
    assert "no task is called stores" in run.stderr
