"""`digest build` and `digest preview`: from sources to a draft, and a look at it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from digest.cli.clock import clock
from digest.cli.model import asking, tell_account
from digest.cli.options import stands_alone
from digest.cli.terminal import listed, number, progress, say, steps, warn
from digest.errors import CheckFailedError, NotEnoughNewsError, UsageError

if TYPE_CHECKING:
    from digest.issue.ballot import Ballot
    from digest.model import Edition, Finding, Issue, SourceReport
    from digest.newsdesk import Asked, Desk
    from digest.pipeline import Made
    from digest.project import Project

T = TypeVar("T")

Since = Annotated[str, typer.Option(help="Take what was published after this day or time.", metavar="DATE")]
Until = Annotated[str, typer.Option(help="Take what was published up to this day or time.", metavar="DATE")]
Span = Annotated[str, typer.Option("--window", help="Look this far back: 36h, 7d or 2w.", metavar="SPAN")]

#: Sources named one by one before "... and N more"; a report that scrolls away helps nobody.
_SOURCES_SHOWN = 200
_NOTES_SHOWN = 30
#: Sources that are well and had nothing new, above which they are only counted: of 120 real feeds 83 were silent in a
#: week, and hid the one that had failed.
_QUIET_SHOWN = 10


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
    from digest.cli.log import logged  # noqa: PLC0415
    from digest.newsdesk import discard_draft, open_desk  # noqa: PLC0415 - the stages take 0.5 s to import
    from digest.project import Project  # noqa: PLC0415
    from digest.store.lock import project_lock  # noqa: PLC0415

    if from_draft:
        others = {"--since": since, "--until": until, "--window": span, "--discard-draft": discard}
        stands_alone("--from-draft", "it renders the draft that is there", others)
    if since:
        stands_alone("--since", "both say where the time begins", {"--window": span})
    project = Project.open(context.obj, os.environ)
    asked = read_asked(project, since=since, until=until, span=span)
    with (
        logged(project.log, level=project.settings.log_level, command="build"),
        open_desk(project, clock=clock) as desk,
        project_lock(project.lock, desk.engine, command="digest build", now=clock()),
    ):
        if from_draft:
            render_waiting(desk)
            return
        if discard:
            discard_draft(desk)
        build_and_render(desk, asked)


def read_asked(project: Project, *, since: str = "", until: str = "", span: str = "") -> Asked:
    from digest.newsdesk import Asked  # noqa: PLC0415
    from digest.schedule import moment  # noqa: PLC0415
    from digest.table import parse_duration  # noqa: PLC0415

    zone = project.settings.newsletter.zone
    asked = Asked(
        since=_read("--since", since, partial(moment, zone=zone, end_of_day=False)),
        until=_read("--until", until, partial(moment, zone=zone, end_of_day=True)),
        span=_read("--window", span, parse_duration),
    )
    if asked.since and asked.since >= (asked.until or clock()):
        raise UsageError(f"--since {since} is not before {until or 'now'}.", hint="Write an earlier day.")
    if span and not asked.span:
        raise UsageError(f"--window {span} looks back at nothing.", hint='Write a span such as "7d".')
    return asked


def _read(option: str, text: str, reader: Callable[[str], T]) -> T | None:
    """What an option says, None where it was not written. Raises UsageError where it can't be read."""
    try:
        return reader(text) if text else None
    except ValueError as error:
        raise UsageError(
            f"{option}: {error}.", hint='A day is written as "2026-02-19", a span of time as "7d".'
        ) from error


def build_and_render(desk: Desk, asked: Asked) -> tuple[Edition, tuple[Finding, ...]]:
    """Build a draft, render it, and say what happened at each stage."""
    from digest.newsdesk import build_draft, render_draft  # noqa: PLC0415
    from digest.safeguards import refuse_lost_ledger  # noqa: PLC0415

    refuse_lost_ledger(desk)
    with steps() as step:
        made = build_draft(desk, asked, steps=step, model=asking())
    tell_made(made)
    issue = enough_news(made)
    tell_full_sections(desk.archive.load_ballot(issue.key))
    with progress("Rendering") as update:
        edition, findings = render_draft(desk, issue)
        update(1, 1)
    tell_edition(desk, edition, findings)
    return edition, findings


def enough_news(made: Made) -> Issue:
    """The issue that was made. Raises NotEnoughNewsError where there is none."""
    from digest.model import NotEnoughNews  # noqa: PLC0415

    sources = made.collection.sources
    if isinstance(made.issue, NotEnoughNews) and sources and all(report.failed for report in sources):
        raise NotEnoughNewsError(
            "No news for an issue: none of the sources could be read.",
            hint="The reason is told for each above. Mend it, or wait for the network; the next run looks at the "
            "longer time, so nothing is lost. To try them: digest sources check",
        )
    if isinstance(made.issue, NotEnoughNews):
        found, weak = made.issue.found, made.issue.weak
        besides = f"; {number(weak, 'article')} more {'is' if weak == 1 else 'are'} too weak" if weak else ""
        raise NotEnoughNewsError(
            f"Not enough news for an issue: {found} of at least "
            f"{number(made.issue.needed, 'story', 'stories')}{besides}.",
            hint="Nothing is lost: the next run looks at the longer time. For an issue now, look further back with "
            "digest build --window, or lower min_stories of [compose] in digest.toml"
            + (" or min_score of [pick]." if weak else "."),
        )
    return made.issue


def render_waiting(desk: Desk) -> tuple[Edition, tuple[Finding, ...]]:
    """Render the draft that waits, with its edits."""
    from digest.newsdesk import render_draft, waiting_draft  # noqa: PLC0415

    waiting = waiting_draft(desk)
    if waiting is None:
        raise UsageError("No draft waits to be sent.", hint="Make one with: digest build")
    edition, findings = render_draft(desk, waiting.issue)
    tell_edition(desk, edition, findings)
    return edition, findings


def tell_made(made: Made) -> None:
    window, sources = made.collection.window, made.collection.sources
    silent = [report for report in sources if report.problem]
    say(
        f"Collected {number(len(made.collection.articles), 'article')} from {len(sources) - len(silent)} of "
        f"{number(len(sources), 'source')}, published {window.begin:%d %b %H:%M} to {window.until:%d %b %Y %H:%M}."
    )
    quiet = [report for report in silent if report.newest and not report.failed]
    few = len(quiet) <= _QUIET_SHOWN
    listed([_silent(report) for report in silent if few or report not in quiet], most=_SOURCES_SHOWN)
    if not few:
        say(f"  {number(len(quiet), 'source')} had nothing inside that time (each of them: digest sources check).")
    notes = [f"{report.source.name or report.source.location}: {note}" for report in sources for note in report.notes]
    if notes:
        say(f"  {number(len(notes), 'note')} on what was odd in them:")
        listed(notes, most=_NOTES_SHOWN, indent="    ")
    used = sum(len(story.articles) for story in made.picked.stories)
    say(f"Picked {number(len(made.picked.stories), 'story', 'stories')} from {number(used, 'article')}.")
    reasons = Counter(str(dropped.why) for dropped in made.picked.dropped)
    if reasons:
        say("  Left out: " + ", ".join(f"{count} {why}" for why, count in reasons.most_common()) + ".")
    if made.written:
        tell_account(made.written.account)


def tell_full_sections(ballot: Ballot | None) -> None:
    from digest.verdict import of_full_sections  # noqa: PLC0415 - the stages take 0.5 s to import

    for sentence in of_full_sections(ballot) if ballot else ():
        say(f"  {sentence}")


def _silent(report: SourceReport) -> str:
    return f"{report.source.name or report.source.location}: {report.problem}"


def tell_edition(desk: Desk, edition: Edition, findings: tuple[Finding, ...]) -> None:
    folder = desk.archive.folder(edition.issue)
    say(f'Issue {edition.issue}: "{edition.subject}"')
    say(f"  draft    {folder / 'draft.md'}   (edit it, then: digest build --from-draft)")
    say(f"  edition  {folder / 'edition.html'}   ({len(edition.html.encode()) / 1024:.0f} KiB)")
    tell_findings(findings)


def tell_findings(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        warn(f"  {finding.level}: {finding.message} {finding.hint}".rstrip())


def refuse_errors(findings: tuple[Finding, ...]) -> None:
    """Raise CheckFailedError where a check found an error."""
    errors = [finding for finding in findings if finding.level == "error"]
    if errors:
        raise CheckFailedError(
            "\n".join(f"{finding.code}: {finding.message} {finding.hint}".rstrip() for finding in errors),
            hint="Nothing was sent. Mend it, look at it with digest preview, and run digest send again.",
        )


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
    from digest.newsdesk import example_subscriber, open_desk  # noqa: PLC0415
    from digest.project import Project  # noqa: PLC0415
    from digest.store.lock import project_lock  # noqa: PLC0415
    from digest.web import preview as web  # noqa: PLC0415

    project = Project.open(context.obj, os.environ)
    with open_desk(project, clock=clock) as desk:
        with project_lock(project.lock, desk.engine, command="digest preview", now=clock()):
            edition, _ = edition_to_show(desk)
        if once is not None:
            _write_page(once, web.self_contained(edition, example_subscriber(project)))
            return
        folder = desk.archive.folder(edition.issue)
        web.serve(
            lambda: _rendered_again(desk, edition),
            port=port,
            open_browser=not no_browser,
            example=example_subscriber(project),
            watch=(folder / "draft.md", *project.templates, project.folder / "digest.toml"),
            say=say,
        )


def edition_to_show(desk: Desk) -> tuple[Edition, tuple[Finding, ...]]:
    """The draft that waits, or a new one; what was sent last where there is no news for a next one."""
    from digest.newsdesk import Asked, waiting_draft  # noqa: PLC0415

    try:
        return render_waiting(desk) if waiting_draft(desk) else build_and_render(desk, Asked())
    except NotEnoughNewsError as error:
        last = desk.book.last_mailed()
        if last is None:
            raise
        say(f"{error.message} This is issue {last.key}, the last one, as it went out.")
        return desk.archive.load_edition(last.key), ()


def _rendered_again(desk: Desk, edition: Edition) -> Edition:
    """The draft as it is now; an issue that was sent stays as it was."""
    from digest.newsdesk import render_draft, waiting_draft  # noqa: PLC0415

    waiting = waiting_draft(desk)
    return render_draft(desk, waiting.issue)[0] if waiting else edition


def _write_page(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}", hint="Choose another file.") from error
    say(f"wrote {path}")
