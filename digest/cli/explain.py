"""`digest explain`: why an article is in an issue or not, and what would change that."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.terminal import listed, say
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.issue.fates import Fate
    from digest.project import Project
    from digest.work.explain import Explanation

_SHOWN = 40


def explain(
    context: typer.Context,
    article: Annotated[
        str, typer.Argument(help="Words of its title, its address (tracking and all), its file, or its id.")
    ] = "",
    issue: Annotated[str, typer.Option(help="The issue: its number, its date or its folder's name.")] = "latest",
    *,
    everything: Annotated[bool, typer.Option("--all", help="List every article, however many.")] = False,
) -> None:
    """Say of an article why it is in the issue or not, and what would change that; without one, list all."""
    # The stages take 0.5 s to import, which `--help` must not pay.
    from digest.issue.archive import Archive  # noqa: PLC0415 - see above
    from digest.project import Project  # noqa: PLC0415 - see above
    from digest.work.explain import explanation_of, meant, of_full_sections  # noqa: PLC0415 - see above

    project = Project.open(context.obj, os.environ)
    archive = Archive(project.issues)
    key = archive.find(issue)
    fates = archive.load_fates(key)
    if not article:
        _list(fates if everything else _first_of(fates), everything=everything, of=len(fates))
        if ballot := archive.load_ballot(key):
            for sentence in of_full_sections(ballot):
                say(f"  {sentence}")
        return
    found = meant(fates, article) or _in_files(project, fates, article)
    if not found:
        raise UsageError(f'No article of issue {key} matches "{article}".', hint="List them with: digest explain --all")
    if len({fate.id for fate in found}) > 1:
        say(f'{len(found)} articles of issue {key} match "{article}". Name one by its id:')
        _list(found, everything=everything, of=len(found))
        return
    ballot = archive.load_ballot(key)
    for fate in found:
        _tell(explanation_of(fate, fates, ballot, zone=project.settings.newsletter.zone))


def _in_files(project: Project, fates: Sequence[Fate], name: str) -> tuple[Fate, ...]:
    """The articles of the files with this name; an article that has an address is known by it, not by its file."""
    from digest.work.explain import in_files  # noqa: PLC0415 - the stages take 0.5 s to import

    files = in_files(project, name)
    found = tuple(fate for fate in fates if fate.canonical in files)
    if files and not found:
        several = ", ".join(files.values())
        raise UsageError(
            f"{several}: no article of this issue.",
            hint="It was changed or added since, or could not be read: digest build says so.",
        )
    return found


def _first_of(fates: Sequence[Fate]) -> list[Fate]:
    """The stories that are in, then what came nearest to it."""
    inside = [fate for fate in fates if fate.fate == "in"]
    missed = [fate for fate in fates if fate.fate == "out" and fate.score is not None]
    return [*inside, *sorted(missed, key=lambda fate: -(fate.score or 0.0))]


def _list(fates: Sequence[Fate], *, everything: bool, of: int) -> None:
    shown = fates if everything else fates[:_SHOWN]
    for fate in shown:
        say(_line(fate))
    if len(shown) < of:
        say(f"... and {of - len(shown):,} more; list them with --all")


def _line(fate: Fate) -> str:
    score = f"{fate.score:6.2f}" if fate.score is not None else "     -"
    reason = ": ".join(part for part in (fate.section or fate.why, fate.detail) if part)
    return f"{fate.fate:<4} {score}  {fate.id}  {fate.title} ({fate.publisher}): {reason}"


def _tell(explanation: Explanation) -> None:
    from digest.work.explain import file_of  # noqa: PLC0415 - the stages take 0.5 s to import

    fate = explanation.fate
    say(fate.title)
    place = fate.url or file_of(fate) or "a file"
    say(f"  {fate.publisher}, {fate.published:%d %b %Y %H:%M}, {place} [{fate.id}]")
    say(f"  {explanation.reason}")
    if explanation.otherwise:
        say(f"  {explanation.otherwise}")
    if fate.score is not None:
        say(f"  Its score is {fate.score:.2f}{', the sum of' if explanation.terms else ''}")
        terms = [f"{term.value:+.2f}  {term.name}: {term.detail}" for term in explanation.terms]
        listed(terms, most=len(terms), indent="    ")
