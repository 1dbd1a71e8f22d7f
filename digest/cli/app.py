"""The program's commands. Nothing heavy is imported here: `digest --help` answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest import __version__
from digest.cli import deliveries, demo, doctor, explain, issues, keys, send, sources, start, subscribers

app = typer.Typer(
    name="digest",
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


app.command()(start.init)
app.command()(issues.build)
app.command()(issues.preview)
app.command()(send.send)
app.command()(send.status)
app.command()(explain.explain)
app.add_typer(deliveries.app, name="deliveries")
app.add_typer(sources.app, name="sources")
app.add_typer(subscribers.app, name="subscribers")
app.add_typer(keys.app, name="keys")
app.command()(doctor.doctor)
app.command()(demo.demo)
