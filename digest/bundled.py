"""Finds the files that ship with the program: the theme, the starter project, the sample articles."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def templates() -> Path:
    """The folder of the default theme: inside the wheel, or at the top of a checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def starter(name: str) -> Path:
    """A file that `digest init` writes: `digest.toml`, `.env.example`, `subscribers/example.csv`, ...

    Those that the repository shows at its top level are in the package only once it is installed.
    """
    inside = _PACKAGE / "starter" / name
    return inside if inside.exists() else _PACKAGE.parent / name


def samples() -> Path:
    """The folder of sample articles that `digest demo` makes its issue from."""
    return _PACKAGE / "samples"
