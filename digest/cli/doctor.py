"""`digest doctor`: will the mail be accepted, and what to do where it won't."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import Annotated

import typer

from digest.cli.clock import clock
from digest.cli.terminal import say
from digest.errors import CheckFailedError


def doctor(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list instead, for other programs.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Look only at what is on this machine.")] = False,
) -> None:
    """Check all that makes mail arrive, from the settings to the mail server and DNS. Sends nothing.

    Ends with 4 where something is an error.
    """
    from digest.doctor.dns import Resolver  # noqa: PLC0415 - the stages take 0.5 s to import
    from digest.doctor.observation import State  # noqa: PLC0415 - `--help` must not wait for it
    from digest.project import Project  # noqa: PLC0415 - `--help` must not wait for it
    from digest.work.doctor import Surroundings, examine  # noqa: PLC0415 - `--help` must not wait for it

    project = Project.open(context.obj, os.environ)
    found = []
    for one in examine(project, Surroundings(now=clock(), dns=None if offline else Resolver())):
        found.append(one)
        if not as_json:
            say(f"{one.state:8} {one.code:15} {one.found}")
            if one.advice:
                say(f"{'':24} {one.advice}")
    if as_json:
        say(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    if any(one.state is State.ERROR for one in found):
        raise typer.Exit(CheckFailedError.exit_code)
