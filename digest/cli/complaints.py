"""What Typer finds wrong with a command line, said as this program says what is wrong."""

from __future__ import annotations

import re
from typing import Any

import typer

from digest.errors import UsageError

#: The base of Typer's own errors. It has moved from click to typer itself, and is public in neither.
Complaint: type[Exception] = next(
    kind for kind in reversed(typer.BadParameter.__mro__) if hasattr(kind, "format_message")
)

_OF_OPTION = re.compile(r"^Invalid value for '(?P<option>[^']+)': (?:Value error, )?(?P<why>.*)$", re.DOTALL)
#: What pydantic calls a mistake → what to write instead.
_WANTED = {
    "int_parsing": "a whole number",
    "float_parsing": "a number",
    "less_than_equal": "at most {le}",
    "greater_than_equal": "at least {ge}",
}


def as_usage_error(complaint: Any) -> UsageError:
    """The same in one line, with the command whose help tells more."""
    context = getattr(complaint, "ctx", None)
    command = context.command_path if context else "digest"
    return UsageError(_sentence(complaint), hint=f"What there is to write: {command} --help")


def is_a_call_for_help(complaint: Any) -> bool:
    """Whether a group of commands was named without a command, which shows its help."""
    return type(complaint).__name__ == "NoArgsIsHelpError"


def _sentence(complaint: Any) -> str:
    message: str = complaint.format_message()
    if not (match := _OF_OPTION.match(message)):
        return message
    return f"{match['option']}: {_why(complaint) or match['why']}"


def _why(complaint: Any) -> str:
    """What a number has to be; "" where it is about none."""
    found: list[Any] = getattr(complaint.__cause__, "errors", list)()
    wanted = _WANTED.get(found[0]["type"]) if found else None
    return f'has to be {wanted.format(**found[0].get("ctx", {}))}, not "{found[0]["input"]}"' if wanted else ""
