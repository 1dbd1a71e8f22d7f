"""The example articles of sections: files of the project → their texts; what is no file's name is a text itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from digest.collect.files.folder import KINDS
from digest.collect.files.manuscript import read_manuscript
from digest.collect.files.textfile import NotATextError, read_text_file
from digest.errors import UsageError

_FILE = re.compile(r"\S(?:[^\n]*\S)?\.(?:txt|text|md|markdown|html?)", re.IGNORECASE)


def read_examples(examples: Sequence[str], *, root: Path) -> tuple[str, ...]:
    """The texts of examples, the headline on the first line.

    Raises:
        UsageError: a file is missing, outside the project's folder, or no text.
    """
    return tuple(_example_text(example, root) if _FILE.fullmatch(example) else example for example in examples)


def _example_text(name: str, root: Path) -> str:
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        raise _unreadable(name, "there is no such file in the project's folder")
    try:
        text = read_text_file(path).text
    except NotATextError as error:
        raise _unreadable(name, str(error)) from None
    found = read_manuscript(text, kind=KINDS[path.suffix.lower()], zone=UTC)
    return f"{found.title}\n{found.text}".strip()


def _unreadable(name: str, why: str) -> UsageError:
    hint = "Name a .txt, .md or .html file of the project, or write the article's headline and first paragraph."
    return UsageError(f'digest.toml: the example "{name}" of a section: {why}', hint=hint)
