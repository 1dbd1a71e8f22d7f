"""The program's commands. Nothing heavy is imported here: `digest --help` answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest import __version__
from digest.cli import deliveries, demo, doctor, explain, holds, issues, keys, send, sources, start, subscribers


class _InOrder(typer.core.TyperGroup):
    """Typer lists groups of commands behind all commands; the work has another order."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        del ctx
        return sorted(self.commands, key=_ORDER.index)


_ORDER = [
    "init",
    "demo",
    "sources",
    "build",
    "explain",
    "preview",
    "subscribers",
    "send",
    "status",
    "deliveries",
    "doctor",
    "keys",
]

app = typer.Typer(
    name="digest",
    cls=_InOrder,
    help="A newsletter that writes itself from the week's articles and reaches every subscriber exactly once.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"digest {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    project: Annotated[
        Path,
        typer.Option("--project", "-C", envvar="DIGEST_PROJECT", help="The newsletter's folder, with digest.toml."),
    ] = Path(),
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    context.obj = project


# --- what `--help` shows, in the order of the work ---------------------------------------------------------------

_START, _ISSUE, _SEND, _ARRIVE = "Start", "Make an issue", "Send it", "See that it arrives"

app.command(rich_help_panel=_START, short_help="Write a new newsletter's folder, which works at once.")(start.init)
app.command(rich_help_panel=_START, short_help="Show the whole job on sample articles.")(demo.demo)
app.add_typer(sources.app, name="sources", rich_help_panel=_ISSUE)
app.command(rich_help_panel=_ISSUE, short_help="Collect, pick, summarize and render the next issue as a draft.")(
    issues.build
)
app.command(rich_help_panel=_ISSUE, short_help="Say why an article is in or out, and what would change it.")(
    explain.explain
)
app.command(rich_help_panel=_ISSUE, short_help="Show the draft as a mail, on a phone and a desktop.")(issues.preview)
app.add_typer(subscribers.app, name="subscribers", rich_help_panel=_SEND)
app.command(rich_help_panel=_SEND, short_help="Send this period's issue to all who have not had it (for cron).")(
    send.send
)
app.command(rich_help_panel=_SEND, short_help="Show the last issues, and what the next run would do.")(send.status)
for command in (holds.pause, holds.resume, holds.cancel):
    deliveries.app.command()(command)
app.add_typer(deliveries.app, name="deliveries", rich_help_panel=_SEND)
app.command(rich_help_panel=_ARRIVE, short_help="Check server, DNS and settings; sends nothing.")(doctor.doctor)
app.add_typer(keys.app, name="keys", rich_help_panel=_ARRIVE)
