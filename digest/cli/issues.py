"""`digest build` and `digest preview`: from sources to a draft, and a look at it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from digest.cli.clock import clock
from digest.cli.options import stands_alone
from digest.cli.terminal import say
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.project import Project
    from digest.work.schedule import IssueRequest

T = TypeVar("T")

Since = Annotated[str, typer.Option(help="Take what was published after this day or time.", metavar="DATE")]
Until = Annotated[str, typer.Option(help="Take what was published up to this day or time.", metavar="DATE")]
Span = Annotated[str, typer.Option("--window", help="Look this far back: 36h, 7d or 2w.", metavar="SPAN")]


def build(
    context: typer.Context,
    since: Since = "",
    until: Until = "",
    span: Span = "",
    *,
    from_draft: Annotated[
        bool, typer.Option("--from-draft", help="Don't collect: render the draft as it was edited.")
    ] = False,
    discard: Annotated[
        bool, typer.Option("--discard-draft", help="Build anew even if the waiting draft was edited by hand.")
    ] = False,
) -> None:
    """Collect, pick, summarize and render the next issue, as a draft you can edit before it is sent."""
    # The stages take 0.8 s to import, which `--help` must not pay.
    from digest.cli.console import TerminalConsole  # noqa: PLC0415 - see above
    from digest.cli.log import logged  # noqa: PLC0415 - see above
    from digest.project import Project  # noqa: PLC0415 - see above
    from digest.store.lock import project_lock  # noqa: PLC0415 - see above
    from digest.work.drafts import discard_draft  # noqa: PLC0415 - see above
    from digest.work.editions import build_and_render, render_waiting  # noqa: PLC0415 - see above
    from digest.workspace import open_workspace  # noqa: PLC0415 - see above

    if from_draft:
        others = {"--since": since, "--until": until, "--window": span, "--discard-draft": discard}
        stands_alone("--from-draft", "it renders the draft that is there", others)
    if since:
        stands_alone("--since", "both say where the time begins", {"--window": span})
    project = Project.open(context.obj, os.environ)
    request = _request_of(project, since=since, until=until, span=span)
    console = TerminalConsole()
    with (
        logged(project.log, level=project.settings.log_level, command="build"),
        open_workspace(project, clock=clock) as workspace,
        project_lock(project.lock, workspace.engine, command="digest build", now=clock()),
    ):
        if from_draft:
            render_waiting(workspace, console)
            return
        if discard:
            discard_draft(workspace)
        build_and_render(workspace, request, console)


def _request_of(project: Project, *, since: str, until: str, span: str) -> IssueRequest:
    from digest.settings.table import parse_duration  # noqa: PLC0415 - `--help` must not wait for it
    from digest.work.schedule import IssueRequest, moment  # noqa: PLC0415 - as above

    zone = project.settings.newsletter.zone
    request = IssueRequest(
        since=_read_option("--since", since, partial(moment, zone=zone, end_of_day=False)),
        until=_read_option("--until", until, partial(moment, zone=zone, end_of_day=True)),
        span=_read_option("--window", span, parse_duration),
    )
    if request.since and request.since >= (request.until or clock()):
        raise UsageError(f"--since {since} is not before {until or 'now'}.", hint="Write an earlier day.")
    if span and not request.span:
        raise UsageError(f"--window {span} looks back at nothing.", hint='Write a span such as "7d".')
    return request


def _read_option(option: str, text: str, reader: Callable[[str], T]) -> T | None:
    """What an option says, None where it was not written. Raises UsageError where it can't be read."""
    try:
        return reader(text) if text else None
    except ValueError as error:
        raise UsageError(
            f"{option}: {error}.", hint='A day is written as "2026-02-19", a span of time as "7d".'
        ) from error


def preview(
    context: typer.Context,
    once: Annotated[
        Path | None, typer.Option("--once", help="Write one self-contained page instead of serving it.", metavar="FILE")
    ] = None,
    port: Annotated[int, typer.Option(help="The port on this machine; 0 takes a free one.", min=0, max=65535)] = 0,
    *,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address, open nothing.")] = False,
) -> None:
    """Show the current draft as a mail, on a phone and a desktop; builds one where there is none."""
    # The stages take 0.8 s to import, which `--help` must not pay.
    from digest.cli.console import TerminalConsole  # noqa: PLC0415 - see above
    from digest.project import Project  # noqa: PLC0415 - see above
    from digest.store.lock import project_lock  # noqa: PLC0415 - see above
    from digest.web import preview as web  # noqa: PLC0415 - see above
    from digest.work.editions import edition_now, edition_to_show, example_subscriber  # noqa: PLC0415 - see above
    from digest.workspace import open_workspace  # noqa: PLC0415 - see above

    project = Project.open(context.obj, os.environ)
    with open_workspace(project, clock=clock) as workspace:
        with project_lock(project.lock, workspace.engine, command="digest preview", now=clock()):
            edition, _ = edition_to_show(workspace, TerminalConsole())
        if once is not None:
            _write_page(once, web.self_contained(edition, example_subscriber(project)))
            return
        folder = workspace.archive.folder(edition.issue)
        web.serve(
            lambda: edition_now(workspace, edition),
            port=port,
            open_browser=not no_browser,
            example=example_subscriber(project),
            watch=(folder / "draft.md", *project.templates, project.folder / "digest.toml"),
            say=say,
        )


def _write_page(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}", hint="Choose another file.") from error
    say(f"wrote {path}")
