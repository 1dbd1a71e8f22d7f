"""From a project to the draft of its next issue."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import replace
from datetime import timedelta

from digest.collect.documents.fetch import HttpFetcher
from digest.collect.mail.mailbox import ImapMailboxes
from digest.errors import NotEnoughNewsError
from digest.issue.ballot import ballot_of
from digest.issue.drafts import write_draft
from digest.issue.fates import fates
from digest.model import Issue, NotEnoughNews, Steps, Window
from digest.pick.admission.sent import MEMORY
from digest.pipeline import Made, make
from digest.store.issues import IssueRecord
from digest.summarize.llm.writer import WritingContext
from digest.text.plural import number
from digest.text.urls import without_user
from digest.work.console import Console, Estimated
from digest.work.drafts import discard_draft, refuse_edited
from digest.work.schedule import IssueRequest, period_of, window_of
from digest.workspace import Workspace

_log = logging.getLogger(__name__)

#: When an article without a date was first seen is kept so long though no source names it: one that is down may come
#: back, and its old articles would be news.
_SIGHTINGS = timedelta(days=730)


def build_draft(workspace: Workspace, request: IssueRequest, console: Console) -> Made:
    """Make the next issue and write its folder; a draft that waits unedited is replaced.

    Raises:
        UsageError: somebody edited the draft that waits; see `discard_draft`.
    """
    refuse_edited(workspace)
    made = make_only(workspace, request, console)
    workspace.sources.record(made.collection.sources, now=workspace.clock())
    workspace.shelf.forget(before=workspace.clock() - MEMORY)
    workspace.shelf.forget_sightings(before=workspace.clock() - _SIGHTINGS)
    workspace.answers.forget(before=workspace.clock() - MEMORY)
    workspace.book.forget_texts(before=(workspace.today - MEMORY).date())
    _log_made(made)
    if isinstance(made.issue, Issue):
        discard_draft(workspace)
        _write_folder(workspace, made, made.issue)
    elif request == IssueRequest() and workspace.book.last_read() is None:
        # There is no last issue that the next run could go back to.
        workspace.book.wait_since(made.collection.window.since)
    return made


def _log_made(made: Made) -> None:
    for report in made.collection.sources:
        if report.problem:
            source = {
                "source": without_user(report.source.location),
                "problem": report.problem,
                "failed": report.failed,
            }
            _log.warning("source gave nothing", extra={"fields": source})
    key = made.issue.key if isinstance(made.issue, Issue) else None
    counts = {"articles": len(made.collection.articles), "stories": len(made.picked.stories)}
    _log.info("issue built" if key else "not enough news", extra={"fields": {"issue": key, **counts}})


def make_only(workspace: Workspace, request: IssueRequest, console: Console) -> Made:
    """Make the next issue and write nothing."""
    with console.steps() as steps:
        return asyncio.run(_make(workspace, request, console, steps))


async def _make(workspace: Workspace, request: IssueRequest, console: Console, steps: Steps) -> Made:
    settings = workspace.settings
    # In the newsletter's zone: a file that names only a day means that day there.
    now = workspace.local(workspace.began)
    window = next_window(workspace, request)
    on = min(window.until, now).date()
    async with HttpFetcher(settings.collect) as fetcher:
        return await make(
            settings,
            root=workspace.project.folder,
            window=window,
            now=now,
            number=_next_number(workspace),
            on=on,
            dated=workspace.words.full_date(on) if workspace.words.speaks(settings.newsletter.language) else "",
            sent=workspace.book.sent_articles(),
            fetcher=fetcher,
            shelf=workspace.shelf,
            mailboxes=mailboxes(workspace),
            steps=steps,
            writing=_writing_context(workspace, console) if settings.summarize.method == "model" else None,
        )


def _writing_context(workspace: Workspace, console: Console) -> WritingContext:
    return WritingContext(
        answers=workspace.answers,
        now=workspace.clock(),
        mark=lambda: secrets.token_hex(8),
        estimate=lambda estimate: console.tell(Estimated(estimate=estimate)),
        progress=console.asking,
    )


def next_window(workspace: Workspace, request: IssueRequest) -> Window:
    """The span of time that the next issue is about, told in the newsletter's zone."""
    settings = workspace.settings
    zone, last = settings.newsletter.zone, workspace.book.last_read()
    window = window_of(
        now=workspace.began,
        cadence=settings.newsletter.cadence,
        last_until=last.until if last else None,
        waiting_since=workspace.book.waiting_since(),
        since=request.since,
        until=request.until,
        span=request.span,
        first_span=settings.pick.window,
    )
    return replace(window, since=window.since.astimezone(zone), until=window.until.astimezone(zone))


def mailboxes(workspace: Workspace) -> ImapMailboxes:
    """The door to the mailboxes among the sources."""
    settings = workspace.settings
    return ImapMailboxes(settings.collect, password=settings.mailbox_password)


def _next_number(workspace: Workspace) -> int:
    """The number of the draft that is replaced, else the next that neither the ledger nor a folder bears."""
    if record := workspace.book.draft():
        return record.number
    return max(workspace.book.next_number(), workspace.archive.next_number())


def _write_folder(workspace: Workspace, made: Made, issue: Issue) -> None:
    workspace.archive.save_issue(issue)
    workspace.archive.save_draft(issue.key, write_draft(issue))
    if made.written:
        workspace.archive.save_writing(issue.key, made.written.account)
    workspace.archive.save_fates(issue.key, fates(made.collection, made.picked, issue))
    ballot = ballot_of(made.picked, window=made.collection.window, settings=workspace.settings)
    workspace.archive.save_ballot(issue.key, ballot)
    workspace.book.save(
        IssueRecord(
            key=issue.key,
            number=issue.number,
            date=issue.date,
            period=period_of(issue.date, workspace.settings.newsletter.cadence),
            subject=issue.subject,
            until=made.collection.window.until,
            created_at=workspace.clock(),
        )
    )


def enough_news(made: Made) -> Issue:
    """The issue that was made. Raises NotEnoughNewsError where there is none."""
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
