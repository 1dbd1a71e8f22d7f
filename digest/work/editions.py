"""From a draft to the edition that readers will get."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.errors import CheckFailedError, NotEnoughNewsError, UsageError
from digest.issue.compose import told_though_gone
from digest.issue.fates import after_editing
from digest.model import Edition, Finding, Issue
from digest.pipeline import present
from digest.project import Project
from digest.render.placeholders import greeter, new_placeholders
from digest.web import views
from digest.web.views import Example
from digest.work.build import build_draft, enough_news
from digest.work.console import Collected, Console, Rendered, SectionsFull, ShownAgain
from digest.work.drafts import waiting_draft
from digest.work.explain import of_full_sections
from digest.work.safeguards import refuse_lost_ledger
from digest.work.schedule import IssueRequest
from digest.workspace import Workspace

#: An edition, and what a check found in it.
Checked = tuple[Edition, tuple[Finding, ...]]


def render_draft(workspace: Workspace, issue: Issue) -> Checked:
    """Render and check an issue, and write the edition into its folder."""
    edition, findings = render_only(workspace, issue)
    record = workspace.book.get(issue.key)
    if record and record.subject != issue.subject:
        workspace.book.save(replace(record, subject=issue.subject))
    workspace.archive.save_fates(issue.key, after_editing(workspace.archive.load_fates(issue.key), issue))
    somebody = example_subscriber(workspace.project)
    workspace.archive.save_edition(edition, html=views.html(edition, somebody), text=views.text(edition, somebody))
    return edition, findings


def render_only(workspace: Workspace, issue: Issue) -> Checked:
    """Render and check an issue and write nothing."""
    project = workspace.project
    placeholders = new_placeholders(secrets.token_hex(8))
    edition, findings = present(issue, project.settings, templates=project.templates, placeholders=placeholders)
    return edition, (*findings, *_gone(workspace, issue))


def _gone(workspace: Workspace, issue: Issue) -> Iterator[Finding]:
    """Stories that the draft's own subject or preheader tells of and the draft itself does not any more."""
    if not workspace.archive.draft_path(issue.key).exists():
        return
    for headline in told_though_gone(issue, workspace.archive.load_issue(issue.key)):
        message = f'The subject or preheader tells of a story that was deleted: "{headline[:80]}".'
        yield Finding(level="warning", code="subject", message=message, hint="Write another into the draft.")


def example_subscriber(project: Project) -> Example:
    """The subscriber whose mail an author is shown."""
    settings = project.settings
    greet = greeter(settings.newsletter, settings.render, templates=project.templates)
    return Example(greeting=greet("Anna"))


# --- as a command does it, before a person's eyes ---------------------------------------------------------------


def build_and_render(workspace: Workspace, request: IssueRequest, console: Console) -> Checked:
    """Build a draft, render it, and tell what happened at each stage.

    Raises:
        NotEnoughNewsError: the sources have too little for an issue.
        UsageError: somebody edited the draft that waits.
    """
    refuse_lost_ledger(workspace)
    made = build_draft(workspace, request, console)
    console.tell(Collected(made=made))
    issue = enough_news(made)
    if ballot := workspace.archive.load_ballot(issue.key):
        console.tell(SectionsFull(sentences=of_full_sections(ballot)))
    return _rendered(workspace, issue, console)


def render_waiting(workspace: Workspace, console: Console) -> Checked:
    """Render the draft that waits, with its edits. Raises UsageError where none does, or it has a mistake."""
    waiting = waiting_draft(workspace)
    if waiting is None:
        raise UsageError("No draft waits to be sent.", hint="Make one with: digest build")
    return _rendered(workspace, waiting.issue, console)


def _rendered(workspace: Workspace, issue: Issue, console: Console) -> Checked:
    with console.steps() as steps:
        update = steps("Rendering")
        edition, findings = render_draft(workspace, issue)
        update(1, 1)
    console.tell(Rendered(edition=edition, findings=findings, folder=workspace.archive.folder(edition.issue)))
    return edition, findings


def edition_to_show(workspace: Workspace, console: Console) -> Checked:
    """The draft that waits, or a new one; what was sent last where there is no news for a next one."""
    try:
        if waiting_draft(workspace):
            return render_waiting(workspace, console)
        return build_and_render(workspace, IssueRequest(), console)
    except NotEnoughNewsError as error:
        last = workspace.book.last_mailed()
        if last is None:
            raise
        console.tell(ShownAgain(issue=last.key, why=error.message))
        return workspace.archive.load_edition(last.key), ()


def edition_now(workspace: Workspace, shown: Edition) -> Edition:
    """The draft as it is now; an issue that was sent stays as it was."""
    waiting = waiting_draft(workspace)
    return render_draft(workspace, waiting.issue)[0] if waiting else shown


def refuse_errors(findings: Sequence[Finding]) -> None:
    """Raise CheckFailedError where a check found an error."""
    errors = [finding for finding in findings if finding.level == "error"]
    if errors:
        raise CheckFailedError(
            "\n".join(f"{finding.code}: {finding.message} {finding.hint}".rstrip() for finding in errors),
            hint="Nothing was sent. Mend it, look at it with digest preview, and run digest send again.",
        )
