"""Jinja2 templates from the owner's folder, and the packaged ones where a file is absent.

An owner may have got a theme from somebody else: it runs in Jinja's sandbox and sees values only. What goes wrong in
one is their mistake to mend, so every error becomes a `UsageError` that names the template and line.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from digest.errors import UsageError

#: What an expression in a template can raise besides Jinja's own errors; OverflowError is the sandbox's range limit.
_MISTAKES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


class Theme:
    """Templates by name, from the first folder that has them."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self.folders),
            autoescape=_is_markup,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def draw(self, name: str, values: Mapping[str, Any]) -> str:
        """Fill a template in.

        Raises:
            UsageError: the template is absent, broken or asks for a value that there is none of.
        """
        try:
            return self._environment.get_template(name).render(values)
        except _MISTAKES as error:
            raise UsageError(
                f"{self._place(error, name)}: {_reason(error)}",
                hint="Mend the template, or delete it to get the packaged one.",
            ) from error

    def _place(self, error: Exception, name: str) -> str:
        if isinstance(error, TemplateSyntaxError):
            return f"{self._short_path(error.filename or name)}:{error.lineno}"
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
        return f"{self._short_path(frames[-1].filename)}:{frames[-1].lineno}" if frames else f"templates/{name}"

    def _short_path(self, filename: str) -> str:
        for folder in self.folders:
            if Path(filename).is_relative_to(folder):
                return f"{folder.name}/{Path(filename).relative_to(folder)}"
        return filename


def _is_markup(name: str | None) -> bool:
    # Everything but plain text: a template of another name is escaped rather than trusted.
    return name is None or not name.endswith(".txt.j2")


def _reason(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f'there is no template "{error.name}"'
    return str(error) or type(error).__name__
