"""The issue that was built and not sent yet, with whatever a person changed in it.

Nothing here ever throws away what a person wrote unless told to.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from digest.errors import UsageError
from digest.issue.drafts import has_own_notes, read_draft
from digest.model import Issue, SentArticle
from digest.store.issues import IssueRecord
from digest.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An issue that waits to be sent, as it stands in its folder."""

    record: IssueRecord
    #: With a person's edits.
    issue: Issue
    edited: bool


def waiting_draft(workspace: Workspace) -> Draft | None:
    """The issue that was built and not sent, read with whatever a person changed in it.

    Raises:
        UsageError: the draft has a mistake; the message names file and line.
    """
    record = workspace.book.draft()
    if record is None or not workspace.archive.draft_path(record.key).exists():
        return None
    # By what it says: an editor that ends lines in another way changed nothing, and neither did a newer program.
    edited, original = edited_issue(workspace, record.key), workspace.archive.load_issue(record.key)
    noted = has_own_notes(workspace.archive.load_draft(record.key))
    return Draft(record=record, issue=edited, edited=noted or edited != original)


def edited_issue(workspace: Workspace, key: str) -> Issue:
    """An issue with a person's edits. Raises UsageError with file and line where the draft has a mistake."""
    name = str(workspace.archive.draft_path(key).relative_to(workspace.project.folder))
    return read_draft(workspace.archive.load_draft(key), original=workspace.archive.load_issue(key), name=name)


def carried_articles(workspace: Workspace, key: str, *, on: date) -> Iterator[SentArticle]:
    """The articles that an issue carries, as later issues must know them. Raises UsageError where a file is missing."""
    held = {article: item for item in edited_issue(workspace, key).items for article in item.articles}
    for fate in workspace.archive.load_fates(key):
        if item := held.get(fate.id):
            yield SentArticle(
                id=fate.id,
                canonical=fate.canonical,
                title=fate.title,
                lead=fate.lead,
                issue=key,
                sent_on=on,
                story=item.id,
                headline=item.headline,
                url=item.url,
            )


def refuse_edited(workspace: Workspace) -> None:
    waiting = waiting_draft(workspace)
    if waiting and waiting.edited:
        path = workspace.archive.draft_path(waiting.record.key)
        raise UsageError(
            f"{path} was edited by hand and not sent yet.",
            hint="Keep the edits with: digest build --from-draft. Lose them with: digest build --discard-draft",
        )


def discard_draft(workspace: Workspace) -> None:
    """Throw away the issue that waits, edits and all."""
    record = workspace.book.draft()
    if record:
        workspace.book.discard(record.key)
        shutil.rmtree(workspace.archive.folder(record.key), ignore_errors=True)
