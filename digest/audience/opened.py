"""A list that has been looked through: how it is written, what its columns hold, and whether it may be mailed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from digest.audience.cells import is_address, shown
from digest.audience.columns import AddressesError, Columns, columns_of_addresses, find_columns, several
from digest.audience.sheet import Sheet, inspect
from digest.audience.survey import Doubt, Survey, survey
from digest.errors import UnclearListError, UsageError
from digest.languages.tables import folded
from digest.text.plural import number

#: Values named in a message; the rest are in the file.
_NAMED = 8

#: What the owner says of a list: by a column's name its values for those who are mailed, none for one to be ignored.
MailedValues = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedList:
    sheet: Sheet
    columns: Columns
    survey: Survey

    @property
    def notes(self) -> tuple[str, ...]:
        """How the file was understood where that was a guess, as sentences."""
        if self.columns.known:
            return self.sheet.notes
        name = shown(self.sheet.header[self.columns.email])
        return (*self.sheet.notes, f"{self.path}: the addresses are read from the column “{name}”, by what it holds")

    @property
    def path(self) -> Path:
        return self.sheet.path

    def refuse_doubts(self) -> None:
        """Raises UnclearListError where a column may tell who has left and is not understood."""
        if self.survey.doubts:
            problems = "\n".join(doubted(self.path, doubt) for doubt in self.survey.doubts)
            raise UnclearListError(problems, hint=way_out(self.path, self.survey.doubts))


def open_list(path: Path, mailed_values: MailedValues) -> OpenedList:
    """Look a list through.

    Raises:
        UsageError: there is no such file, it is empty or no CSV, no column holds the addresses, or `mailed_values`
            names a column that it lacks.
    """
    sheet, columns = header_of(path)
    return OpenedList(
        sheet=sheet, columns=columns, survey=survey(sheet, columns, _values_by_index(sheet, mailed_values))
    )


def header_of(path: Path) -> tuple[Sheet, Columns]:
    """How a list is written and which columns it has. Raises UsageError, see `open_list`."""
    sheet = inspect(path)
    if len(sheet.header) == 1 and is_address(sheet.header[0]):
        sheet = replace(sheet, header=("email",), header_line=sheet.header_line - 1, bare=True)
    try:
        return sheet, find_columns(sheet.header)
    except AddressesError as error:
        problem, found = str(error), columns_of_addresses(sheet, error.candidates)
    if len(found) == 1:
        return sheet, find_columns(sheet.header, found[0])
    raise UsageError(
        f"{sheet.path}:{sheet.header_line}: {several(sheet.header, found) if found else problem}",
        hint="The first line names the columns, such as: email,name,status,topics",
    )


def _values_by_index(sheet: Sheet, mailed_values: MailedValues) -> dict[int, tuple[str, ...]]:
    names = [folded(name) for name in sheet.header]
    for column in mailed_values:
        if folded(column) not in names:
            there = ", ".join(shown(name) for name in sheet.header if name)
            raise UsageError(
                f"digest.toml: {_table_name(sheet.path)}: {sheet.path.name} has no column “{column}”",
                hint=f"Its columns are: {there}",
            )
    return {
        at: values
        for column, values in mailed_values.items()
        for at, name in enumerate(names)
        if name == folded(column)
    }


# --- what is not understood -------------------------------------------------------------------------------------


def doubted(path: Path, doubt: Doubt) -> str:
    """A sentence on a column that is not understood."""
    values, rows = _quoted_values(doubt.unclear), number(doubt.rows, "row")
    return (
        f"{path.name}: the column “{shown(doubt.name)}” may tell who has left, and what it holds in {rows} "
        f"is not understood: {values}. Nobody on this list is mailed until it is."
    )


def way_out(path: Path, doubts: tuple[Doubt, ...]) -> str:
    """The lines for digest.toml that settle it, to be copied."""
    lines = ["Write into digest.toml those values that are mailed, here only the most frequent (all others are not):"]
    lines += [f"  [{_table_name(path)}]"]
    lines += [f"  {_toml_string(doubt.name)} = [{_toml_string(_likeliest_value(doubt))}]" for doubt in doubts]
    lines += ["or, where it tells nothing of leaving:", f"  [{_table_name(path)}]"]
    lines += [f'  {_toml_string(doubt.name)} = "ignore"' for doubt in doubts]
    return "\n        ".join(lines)


def _likeliest_value(doubt: Doubt) -> str:
    """One value, so that the lines mail few where they are copied unread: the most frequent that is not empty."""
    return next((value for value in (*doubt.values, *doubt.unclear) if value), "")


def _quoted_values(values: tuple[str, ...]) -> str:
    named = [f"“{shown(value)}”" if value else "nothing" for value in values[:_NAMED]]
    more = " and others" if len(values) > _NAMED else ""
    return ", ".join(named) + more


def _table_name(path: Path) -> str:
    name = path.stem
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return f"lists.{name if bare else _toml_string(name)}.columns"


def _toml_string(text: str) -> str:
    """Text as TOML writes it on one line."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in plain) + '"'
