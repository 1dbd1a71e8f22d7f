"""Inputs after public bug reports, run by benchmarks/cases.py: each comes out right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = ROOT / "../shared/cases"
FOLDERS = sorted(
    path.parent for kind in ("lists", "sending", "collecting") for path in CASES.glob(f"{kind}/*/EXPECTED.md")
)
#: Needs a name space in which the machine is called otherwise.
AS_ROOT = {"ehlo-name-not-valid"}


def run(*arguments):
    command = [sys.executable, ROOT / "benchmarks/cases.py", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.data
@pytest.mark.skipif(not FOLDERS, reason="needs the inputs of ../shared/cases")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_input_after_a_public_report_comes_out_right(folder):
    if folder.name in AS_ROOT and os.getuid():
        pytest.skip("needs root, to give the machine another name")
    ran = run(CASES, folder.name)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_an_input_that_nobody_has_a_check_for_is_named_and_counts_as_wrong(tmp_path):
    (tmp_path / "lists" / "something-new").mkdir(parents=True)
    (tmp_path / "lists" / "something-new" / "EXPECTED.md").touch()

    ran = run(tmp_path)

    assert ran.returncode == 1
    assert "WRONG  lists/something-new: is not known to this program" in ran.stdout
