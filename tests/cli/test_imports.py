"""What a command imports: the ledger's commands start at once, without picking, pages and rendering."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

#: What only making an issue needs, and what takes long to import.
_OF_MAKING = {
    "cssselect",
    "feedparser",
    "jinja2",
    "lxml",
    "nh3",
    "numpy",
    "premailer",
    "py3langid",
    "scipy",
    "trafilatura",
}
_STAGES = {"collect", "pick", "summarize"}

_IMPORTED = """
import json, sys
from digest.cli.run import run
sys.argv = ["digest", *sys.argv[1:]]
code = run()
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsletter whose issue of this period was sent."""
    folder = tmp_path_factory.mktemp("newsletter")
    for command in (["init", str(folder)], ["-C", str(folder), "send", "--yes"]):
        subprocess.run([sys.executable, "-m", "digest", *command], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(
    "command",
    [
        "deliveries list",
        "deliveries export",
        "deliveries retry --failed",
        "subscribers list",
        "subscribers find nobody@example.org",
        "subscribers suppressed",
        "status",
        "send",
    ],
)
def test_a_command_that_makes_no_issue_imports_no_stage_that_does(sent: Path, command: str) -> None:
    program = [sys.executable, "-c", _IMPORTED, "-C", str(sent), *command.split()]
    ran = subprocess.run(program, check=False, capture_output=True, text=True)
    # 1: nobody was found.
    assert ran.returncode in {0, 1}
    modules = json.loads(ran.stderr.splitlines()[-1])

    assert "digest.workspace" in modules or command == "subscribers list"
    assert {name.partition(".")[0] for name in modules} & _OF_MAKING == set()
    assert [name for name in modules if name.split(".")[:1] == ["digest"] and set(name.split(".")[1:2]) & _STAGES] == []
