"""The house rules that a machine can hold: rooms of a size one can know, a start-up without heavy furniture."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "digest").rglob("*.py"))
#: A migration is a list of tables, as long as there are columns.
CODE = [module for module in MODULES if "migrations" not in module.parts]

#: What takes long to import and a `--help` has no use for.
HEAVY = {
    "aiosmtplib", "alembic", "asyncio", "cryptography", "fastfeedparser", "feedparser", "httpx2", "jinja2", "lxml",
    "nh3", "numpy", "openai", "premailer", "pydantic", "scipy", "sklearn", "sqlalchemy", "starlette", "trafilatura",
    "uvicorn",
}  # fmt: skip


def functions(module: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{module.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("module", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_can_be_held_in_the_head(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 500
    assert [name for name, length in functions(module) if length > 60] == []


def test_most_functions_are_a_few_lines() -> None:
    lengths = sorted(length for module in CODE for _, length in functions(module))

    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) * 9 // 10] <= 28


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, digest.cli.app; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert HEAVY & set(loaded) == set()


def test_only_who_reads_a_page_waits_for_trafilatura() -> None:
    code = "import sys, digest.collect.collection; print('trafilatura' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(module: Path) -> None:
    text = module.read_text(encoding="utf-8")

    assert not text.strip() or ast.get_docstring(ast.parse(text))


#: Since the command that needs it may be another: what it costs, or why it can't stand at the top.
_REASON = re.compile(r"PLC0415 +(?:-+|#) +\S.{4,}")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_import_inside_a_function_says_why(module: Path) -> None:
    lines = [line for line in module.read_text(encoding="utf-8").splitlines() if "PLC0415" in line]

    assert [line for line in lines if not _REASON.search(line)] == []
