"""`digest sources`: where the articles come from; the owner's digest.toml stays as they wrote it."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest.cli.clock import clock
from digest.cli.terminal import listed, progress, say, warn
from digest.errors import UsageError
from digest.text.plural import number

if TYPE_CHECKING:
    from digest.collect.discovery.search import Found
    from digest.model import Source
    from digest.work.sourcehealth import Checkup
    from digest.work.sources import Trial
    from digest.workspace import Workspace

app = typer.Typer(help="List, add and check the sources of articles.", no_args_is_help=True)
imports = typer.Typer(help="Add the sources of other programs.", no_args_is_help=True)
exports = typer.Typer(help="Give the sources to other programs.", no_args_is_help=True)
app.add_typer(imports, name="import")
app.add_typer(exports, name="export")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
#: The documented exit code where some sources can't be read.
_SOME_FAIL = 4
_ARTICLES_SHOWN = 5
_SHOWN = 50


@app.command("list")
def list_sources(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Print every source: its kind, name, section, weight and where it is."""
    from digest.project import Project  # noqa: PLC0415 - settings cost 0.2 s that `--help` must not pay

    sources = Project.open(context.obj, os.environ).settings.source_list()
    if as_json:
        typer.echo(json.dumps([_described(source) for source in sources], indent=2))
        return
    rows = [(s.kind, s.name or "-", s.section or "-", f"{s.weight:g}", s.location) for s in sources]
    for line in _columns([("kind", "name", "section", "weight", "location"), *rows]):
        say(line)


def _described(source: Source) -> dict[str, Any]:
    names = ("kind", "name", "section", "weight", "location")
    return {name: getattr(source, name) for name in names}


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


# --- add --------------------------------------------------------------------------------------------------------


@app.command()
def add(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="A site, a feed, a channel or profile; or a file or folder.")],
    *,
    name: Annotated[str, typer.Option(help="What readers see instead of the feed's own title.")] = "",
    section: Annotated[str, typer.Option(help="The section of all its articles.")] = "",
    weight: Annotated[float | None, typer.Option(help="How much its articles count; 1 is neutral.")] = None,
    feed: Annotated[
        str, typer.Option(help="Of several feeds take this one: its number, or its address.", metavar="N|URL")
    ] = "",
    kind: Annotated[str, typer.Option("--as", help="Add it as this kind: feed, page, folder ...", metavar="KIND")] = "",
    links: Annotated[
        str, typer.Option(help="Add it as a page of links to articles: the links' CSS selector.", metavar="CSS")
    ] = "",
    no_check: Annotated[bool, typer.Option("--no-check", help="Add it unseen.")] = False,
) -> None:
    """Find the feed of a site and add it to digest.toml."""
    # The stages take 0.5 s to import, which `--help` must not pay.
    from digest.work.newsource import refuse_known, refuse_unknown_kind, refuse_written, source_of  # noqa: PLC0415 - see above
    from digest.work.sourcelist import add_sources, open_to_add  # noqa: PLC0415 - see above
    from digest.workspace import open_workspace  # noqa: PLC0415 - see above

    refuse_unknown_kind(kind)
    project = open_to_add(context.obj, os.environ)
    with open_workspace(project, clock=clock) as workspace:
        refuse_written(workspace, place)
        kind, location = _place_to_add(workspace, place, kind="page" if links else kind, feed=feed, unseen=no_check)
        chosen = {"links": links, "name": name, "section": section, "weight": weight}
        entry = {kind: location, **{key: value for key, value in chosen.items() if value not in ("", None)}}
        source = source_of(workspace, entry)
        refuse_known(workspace, source.location, links=links)
        trial = None if no_check else _readable(workspace, source)
        add_sources(project.folder, os.environ, [entry])
        _tell_added(workspace, source, trial)


def _place_to_add(workspace: Workspace, place: str, *, kind: str, feed: str, unseen: bool) -> tuple[str, str]:
    """The kind and the location of the source that was meant."""
    from digest.work.newsource import chosen_feed  # noqa: PLC0415 - `--help` must not wait for it
    from digest.work.sources import find, place_as_written  # noqa: PLC0415 - `--help` must not wait for it

    if kind or unseen:
        return place_as_written(workspace.project.folder, place, kind=kind)
    found = find(workspace, place)
    if not found:
        raise UsageError(
            f"No feed and no sitemap was found at {place}.",
            hint="If the page lists articles, add it with the CSS selector of their links, such as: "
            f'digest sources add {place} --links "h2 a". If it is a single article: --as page',
        )
    if len(found) > 1:
        say(f"{place} has {len(found)} feeds:")
        listed([f"{at}  {_offer(one)}" for at, one in enumerate(found, start=1)], most=_SHOWN)
    chosen = chosen_feed(found, feed)
    if chosen.how and chosen.kind == "sitemap":
        say(f"{place} is no feed and names none; its site has a sitemap ({chosen.how}).")
    return chosen.kind, chosen.location


def _offer(found: Found) -> str:
    newest = f", the newest of {_day(found.newest)}" if found.newest else ""
    what = f"{number(found.entries, 'article')}{newest}" if found.kind == "feed" else found.kind
    remarks = "; ".join(part for part in ("comments" if found.comments else "", what, found.how) if part)
    return f"{found.location}  {found.title} ({remarks})"


def _readable(workspace: Workspace, source: Source) -> Trial:
    from digest.work.sources import try_out  # noqa: PLC0415 - `--help` must not wait for it

    with progress("Reading") as update:
        trial = try_out(workspace, source, progress=update)
    if trial.problem:
        raise UsageError(
            f"{source.location} {trial.problem}.", hint="Nothing was added. Add it as it is with --no-check."
        )
    return trial


def _tell_added(workspace: Workspace, source: Source, trial: Trial | None) -> None:
    say(f"Added to digest.toml: {source.kind} = {source.location}")
    known = {section.name for section in workspace.settings.sections}
    if source.section and known and source.section not in known:
        say(f'  Section "{source.section}" is not among the [[sections]]: it comes last, behind {len(known)} others.')
    if trial is None:
        return
    if not trial.articles:
        say("  It can be read, but has no articles now.")
        return
    say(f"  {_awaited(source, trial)}. Its last articles:")
    listed(
        [f"{_day(article.published)}  {article.title}" for article in trial.articles[:_ARTICLES_SHOWN]],
        most=_ARTICLES_SHOWN,
        indent="    ",
    )


def _awaited(source: Source, trial: Trial) -> str:
    """What the next issue may take of a source; the owner's picks go in whatever their age."""
    if source.kind == "picks":
        return f"{number(len(trial.articles), 'pick')} for the next issue"
    inside = sum(trial.window.holds(article.published) for article in trial.articles)
    return f"{number(inside, 'article')} in the window of the next issue"


def _day(moment: datetime) -> str:
    return f"{moment:%d %b %Y}"


# --- check ------------------------------------------------------------------------------------------------------


@app.command()
def check(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Only those with this in their name or address.")] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Read every source and say how it is: its last article, its rate, its failures, what the next issue gets of it."""
    from digest.project import Project  # noqa: PLC0415 - `--help` must not wait for it
    from digest.work.sourcehealth import matching  # noqa: PLC0415 - `--help` must not wait for it
    from digest.work.sources import check_sources  # noqa: PLC0415 - `--help` must not wait for it
    from digest.workspace import open_workspace  # noqa: PLC0415 - `--help` must not wait for it

    with (
        open_workspace(Project.open(context.obj, os.environ), clock=clock) as workspace,
        progress("Checking") as update,
    ):
        everything = check_sources(workspace, progress=update)
    checkups = matching(everything, name)
    if not checkups:
        raise UsageError(f'No source is called "{name}".', hint="See: digest sources list")
    if as_json:
        typer.echo(json.dumps([_as_json(one) for one in checkups], indent=2))
    else:
        _tell_checkups(checkups)
    if any(one.failed for one in checkups):
        raise typer.Exit(_SOME_FAIL)


def _tell_checkups(checkups: tuple[Checkup, ...]) -> None:
    for one in checkups:
        for line in _checkup_lines(one):
            say(line)
    failed, empty = sum(one.failed for one in checkups), sum(one.empty for one in checkups)
    of_them = f" ({empty} without articles)" if empty else ""
    say(f"{number(len(checkups), 'source')}: {len(checkups) - failed} can be read{of_them}, {failed} can't.")


def _checkup_lines(one: Checkup) -> list[str]:
    source = one.source
    mark = "FAILED" if one.failed else "EMPTY" if one.empty else "ok"
    lines = [f"{mark:<6}  {one.called or source.location}"]
    if one.called not in {"", source.location}:
        lines.append(f"        {source.location}")
    facts = [_last_article(one), _rate(one), _share(one)]
    lines += [f"        {fact}" for fact in (*facts, _failure(one), one.hint) if fact]
    return lines


def _last_article(one: Checkup) -> str:
    if one.newest is None:
        return one.problem if one.empty else ""
    title = f': "{one.newest_title}"' if one.newest_title else ""
    return f"last article {_day(one.newest)}{title}"


def _rate(one: Checkup) -> str:
    return "" if one.rate is None else f"{one.rate:.1f} articles a week"


def _share(one: Checkup) -> str:
    if one.failed or one.empty:
        return ""
    return (
        f"next issue: {number(one.articles, 'article')} in its window, leads {number(one.leads, 'story', 'stories')}, "
        f"joins {one.joins}"
    )


def _failure(one: Checkup) -> str:
    if not one.failed:
        return ""
    since = one.history.failing_since
    again = (
        f" ({one.history.failures} times in a row, since {_day(since)})" if since and one.history.failures > 1 else ""
    )
    return f"{one.report.problem}{again}"


def _as_json(one: Checkup) -> dict[str, Any]:
    since, read = one.history.failing_since, one.history.read_at
    return {
        **_described(one.source),
        "ok": not (one.failed or one.empty),
        "empty": one.empty,
        "problem": one.problem,
        "failures": one.history.failures,
        "failing_since": since.isoformat() if since else None,
        "last_read": read.isoformat() if read else None,
        "last_article": one.newest.isoformat() if one.newest else None,
        "last_title": one.newest_title,
        "articles_a_week": None if one.rate is None else round(one.rate, 2),
        "next_issue": {"articles": one.articles, "leads": one.leads, "joins": one.joins},
        "hint": one.hint,
    }


# --- OPML -------------------------------------------------------------------------------------------------------


@imports.command("opml")
def import_opml(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What a feed reader exported.")],
) -> None:
    """Add the feeds of an OPML file to digest.toml, each with its folder as its section."""
    from digest.work.sourcelist import add_sources, open_to_add, to_import  # noqa: PLC0415 - `--help` must not wait for it

    project = open_to_add(context.obj, os.environ)
    wanted = to_import(file, project.settings.source_list())
    if wanted.entries:
        add_sources(project.folder, os.environ, wanted.entries)
    say(f"Added {number(len(wanted.entries), 'feed')} to digest.toml; {wanted.known} were there already.")
    sections = {section.name for section in project.settings.sections}
    new = sorted({str(entry["section"]) for entry in wanted.entries if "section" in entry} - sections)
    if new and sections:
        say(f"  Sections that are not among the [[sections]], and so come last: {', '.join(new)}.")
    for problem in wanted.problems[:_SHOWN]:
        warn(f"  {file}:{problem.line}: {problem.problem}")
    if len(wanted.problems) > _SHOWN:
        warn(f"  ... and {len(wanted.problems) - _SHOWN} more")


@exports.command("opml")
def export_opml(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="The file to write; without one or with - it is printed.")] = None,
) -> None:
    """Write all feeds as OPML, for a feed reader or another newsletter."""
    from digest.collect.feeds.opml import write_opml  # noqa: PLC0415 - `--help` must not wait for it
    from digest.project import Project  # noqa: PLC0415 - `--help` must not wait for it
    from digest.work.sources import listable  # noqa: PLC0415 - `--help` must not wait for it
    from digest.workspace import open_workspace  # noqa: PLC0415 - `--help` must not wait for it

    project = Project.open(context.obj, os.environ)
    with open_workspace(project, clock=clock) as workspace:
        feeds, others = listable(workspace)
    written = write_opml(feeds, title=project.settings.newsletter.title, made=clock())
    if file is None or str(file) == "-":
        typer.echo(written.decode(), nl=False)
    else:
        _write(file, written)
        say(f"Wrote {number(len(feeds), 'feed')} to {file}.")
    if others:
        names = ", ".join(f"{source.kind} = {source.location}" for source in others)
        warn(f"  left out, since OPML has only feeds on the web: {names}")


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{file} can't be written: {error.strerror}", hint="Choose another file.") from error
