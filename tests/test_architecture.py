"""docs/architecture.md names what is there: a newcomer finds the files of a change by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
#: What each change may touch at most, tests and documents aside.
MOST = {"a theme": 3, "a failure class of SMTP": 4, "a kind of source": 6, "a language": 1}


def changes() -> dict[str, list[str]]:
    """The changes of the page, each with the files that it names."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("## Thirteen changes")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")][1:]
    return {name.strip(): [link for link in LINK.findall(files) if not link.endswith(".md")] for name, files in rows}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_thirteen_changes_name_their_files() -> None:
    assert len(changes()) == 13
    assert [name for name, files in changes().items() if not files] == []


@pytest.mark.parametrize(("change", "most"), MOST.items())
def test_a_change_touches_few_files(change: str, most: int) -> None:
    assert 1 <= len(changes()[change]) <= most


def test_the_root_of_the_package_holds_a_handful_of_modules() -> None:
    assert len(list((ROOT / "digest").glob("*.py"))) <= 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_module_that_is_named_with_a_link_is_there(page: Path) -> None:
    named = re.findall(r"\[`(\w+)\.(\w+)`\]\(\.\./digest", page.read_text(encoding="utf-8"))
    assert [
        f"{room}.{module}" for room, module in named if not (ROOT / "digest" / room / f"{module}.py").exists()
    ] == []
