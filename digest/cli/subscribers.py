"""`digest subscribers`: look at and change a list; the CSV file stays the person's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import clock
from digest.cli.terminal import alike, listed, say
from digest.errors import CheckFailedError, UnclearListError
from digest.text.plural import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import BadRow

app = typer.Typer(help="List, add, remove, check and restore subscribers.", no_args_is_help=True)

ListName = Annotated[str, typer.Option("--list", help="The list: the name of a file below subscribers/.")]
AllStatuses = Annotated[bool, typer.Option("--all", help="Those who are not mailed, too, with their status.")]
#: Bad rows shown before "... and N more".
_SHOWN = 50


def _list(context: typer.Context, name: str) -> tuple[Path, Mapping[str, tuple[str, ...]]]:
    """A list's file, and what the owner said of its columns."""
    from digest.project import Project  # noqa: PLC0415 - settings cost 0.2 s that `--help` must not pay

    project = Project.open(context.obj, os.environ)
    return project.list_file(name), project.list_columns(name)


@app.command("list")
def list_subscribers(context: typer.Context, name: ListName = "", *, show_all: AllStatuses = False) -> None:
    """Print who gets the newsletter, an address a line."""
    from digest.audience import subscribers  # noqa: PLC0415 - `--help` must not wait for it
    from digest.model import Subscriber  # noqa: PLC0415 - `--help` must not wait for it

    for row in subscribers.read(*_list(context, name)):
        if isinstance(row, Subscriber) and (show_all or row.status == "active"):
            say(f"{row.email}\t{row.name}\t{row.status}" if show_all else f"{row.email}\t{row.name}".rstrip("\t"))


@app.command()
def add(
    context: typer.Context,
    email: Annotated[str, typer.Argument(help="The address.")],
    person: Annotated[str, typer.Option("--name", help="The name the greeting uses.")] = "",
    topics: Annotated[list[str] | None, typer.Option("--topic", help="A topic; may be given more than once.")] = None,
    name: ListName = "",
) -> None:
    """Add a person to a list; who is in it already is left as it is."""
    from digest.audience import subscribers  # noqa: PLC0415 - `--help` must not wait for it

    path, said = _list(context, name)
    change = subscribers.add(path, email, name=person, topics=topics or (), mailed_values=said)
    say(f"{change.email}: {change.kind} ({path.name}, line {change.lines[0]})")


@app.command()
def remove(
    context: typer.Context,
    email: Annotated[str, typer.Argument(help="The address.")],
    name: ListName = "",
) -> None:
    """Remove a person from a list."""
    from digest.audience import subscribers  # noqa: PLC0415 - `--help` must not wait for it

    path, _ = _list(context, name)
    change = subscribers.remove(path, email)
    if not change.lines:
        say(f"{change.email}: not found in {path.name}")
        raise typer.Exit(1)
    say(f"{change.email}: removed from {path.name} (was line {', '.join(map(str, change.lines))})")


@app.command()
def find(
    context: typer.Context,
    token: Annotated[
        str, typer.Argument(help="An address; or a token, or a link, subject or return path with one in it.")
    ],
    name: Annotated[str, typer.Option("--list", help="Look on this list only.")] = "",
) -> None:
    """Tell on which lists an address is, or whose token came with a mail to unsubscribe or with a bounce."""
    from digest.project import Project  # noqa: PLC0415 - `--help` must not wait for it
    from digest.work.links import people_in  # noqa: PLC0415 - the stages take 0.5 s to import
    from digest.workspace import open_workspace  # noqa: PLC0415 - `--help` must not wait for it

    with open_workspace(Project.open(context.obj, os.environ), clock=clock) as workspace:
        found = list(people_in(workspace, token, name))
    for list_name, person in found:
        say(f"{person.email}: {list_name}.csv, line {person.line}, {person.status}")
    if not found:
        say(f"It is nobody's on {name or 'any list'}.")
        raise typer.Exit(1)


@app.command()
def suppressed(context: typer.Context) -> None:
    """Print the addresses that are never mailed again, whatever a list says: with the reason, and since when."""
    from digest.project import Project  # noqa: PLC0415 - `--help` must not wait for it
    from digest.store.suppressions import read  # noqa: PLC0415 - `--help` must not wait for it
    from digest.workspace import open_workspace  # noqa: PLC0415 - `--help` must not wait for it

    project = Project.open(context.obj, os.environ)
    with open_workspace(project, clock=clock) as workspace:
        for one in read(workspace.engine):
            say(f"{one.key}\t{one.reason}\t{one.at.astimezone(project.settings.newsletter.zone):%Y-%m-%d}")


@app.command()
def restore(context: typer.Context, email: Annotated[str, typer.Argument(help="The address.")]) -> None:
    """Let an address be mailed again that was suppressed."""
    from digest.project import Project  # noqa: PLC0415 - `--help` must not wait for it
    from digest.store.suppressions import lift  # noqa: PLC0415 - `--help` must not wait for it
    from digest.text.addresses import address_key  # noqa: PLC0415 - `--help` must not wait for it
    from digest.workspace import open_workspace  # noqa: PLC0415 - `--help` must not wait for it

    with open_workspace(Project.open(context.obj, os.environ), clock=clock) as workspace:
        lifted = lift(workspace.engine, address_key(email))
    if lifted is None:
        say(f"{email}: not suppressed")
        raise typer.Exit(1)
    say(f"{lifted.key}: not suppressed any more (it was: {lifted.reason})")
    say("  The next issue goes there if it is active on the list.")
    say(f"  For an issue that it missed: digest deliveries retry {lifted.key}")


@app.command()
def check(context: typer.Context, name: ListName = "") -> None:
    """Count a list's rows and name what can't be mailed, by file and line, and what is not understood."""
    from digest.audience import subscribers  # noqa: PLC0415 - `--help` must not wait for it

    path, said = _list(context, name)
    audit = subscribers.check(path, said)
    say(f"{path.name}: " + (", ".join(f"{count:,} {status}" for status, count in audit.statuses.items()) or "nobody"))
    for note in audit.notes:
        say(f"  {note}")
    if audit.bad:
        say(f"Not mailed until somebody mends it: {number(audit.bad, 'row')}.")
        listed(_bad_row_lines(path, audit.bad_rows), most=_SHOWN)
    if audit.doubts:
        raise UnclearListError("\n".join(audit.doubts), hint=audit.way_out)
    if audit.bad:
        raise typer.Exit(CheckFailedError.exit_code)


def _bad_row_lines(path: Path, rows: Sequence[BadRow]) -> list[str]:
    """A line for each fault, with an example where several rows have it."""
    return [
        f"{number(len(group), 'row')}: {kind} (such as {path.name}:{group[0].line}: {_one(group[0])})"
        if len(group) > 1
        else f"{path.name}:{group[0].line}: {_one(group[0])}"
        for kind, group in alike(rows, kind=lambda row: row.kind or row.problem).items()
    ]


def _one(row: BadRow) -> str:
    column = f" (column “{row.column}”)" if row.column and f"“{row.column}”" not in row.problem else ""
    return f"{row.content}: {row.problem}{column}" + (f" ({row.hint})" if row.hint else "")
