"""From a project to the draft of its next issue, and from the draft to the edition: what `build` and `preview` do.

The draft is a file that a person may edit; nothing here ever throws away what a person wrote unless told to.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Engine

from digest.collect.documents.fetch import HttpFetcher
from digest.collect.files.folder import KINDS
from digest.collect.files.manuscript import read_manuscript
from digest.collect.files.textfile import NotATextError, read_text_file
from digest.collect.mail.mailbox import ImapMailboxes
from digest.errors import UsageError
from digest.issue.archive import Archive
from digest.issue.ballot import ballot_of
from digest.issue.compose import told_though_gone
from digest.issue.drafts import has_own_notes, read_draft, write_draft
from digest.issue.fates import after_editing, fates
from digest.model import Edition, Finding, Issue, SentArticle, Window
from digest.pick.admission.sent import MEMORY
from digest.pipeline import Made, Progress, Steps, make, present
from digest.project import Project
from digest.render.placeholders import greeter, new_placeholders
from digest.render.words import Words, find_words
from digest.schedule import period_of, window_of
from digest.settings import Settings
from digest.store.answers import Answers
from digest.store.database import open_database, sqlite_url
from digest.store.issues import IssueBook, IssueRecord
from digest.store.shelf import Shelf
from digest.store.sources import SourceBook
from digest.summarize.llm.results import Estimate
from digest.summarize.llm.writer import WritingContext
from digest.text.folding import folded_name
from digest.urls import canonical_url, without_user
from digest.web import views
from digest.web.views import Example

_log = logging.getLogger(__name__)

#: When an article without a date was first seen is kept so long though no source names it: one that is down may come
#: back, and its old articles would be news.
_SIGHTINGS = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An open project: its files, its database, and the clock."""

    project: Project
    archive: Archive
    book: IssueBook
    shelf: Shelf
    answers: Answers
    sources: SourceBook
    engine: Engine
    clock: Callable[[], datetime]
    #: When the command began, by the clock: what it does belongs to this day though it may last beyond midnight.
    began: datetime

    @property
    def words(self) -> Words:
        """The phrases of the newsletter's language, or English ones."""
        return find_words(self.project.settings.newsletter.language, self.project.templates)

    @property
    def settings(self) -> Settings:
        """The project's, with the language's own name for the catch-all where the owner gave it none."""
        settings = self.project.settings
        if "catch_all" in settings.pick.model_fields_set:
            return settings
        others = settings.sections or any(source.section for source in settings.source_list())
        name = self.words.catch_all if others else self.words.only_section
        return settings.model_copy(update={"pick": settings.pick.model_copy(update={"catch_all": name})})

    @property
    def today(self) -> datetime:
        return self.local(self.clock())

    @property
    def day(self) -> date:
        """The day that the command was begun on, in the newsletter's zone."""
        return self.local(self.began).date()

    def local(self, moment: datetime) -> datetime:
        """A time by the newsletter's clock."""
        return moment.astimezone(self.project.settings.newsletter.zone)


@contextmanager
def open_desk(project: Project, *, clock: Callable[[], datetime]) -> Iterator[Desk]:
    engine = open_database(project.settings.database_url or sqlite_url(project.database))
    try:
        yield Desk(
            project=project,
            archive=Archive(project.issues),
            book=IssueBook(engine),
            shelf=Shelf(engine),
            answers=Answers(engine),
            sources=SourceBook(engine),
            engine=engine,
            clock=clock,
            began=clock(),
        )
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user asked the issue to be about; None where the schedule decides."""

    since: datetime | None = None
    until: datetime | None = None
    span: timedelta | None = None


def _untold(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who is told what a language model will be asked, and how far that is."""

    estimate: Callable[[Estimate], None] = _untold
    progress: Progress = _untold


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An issue that waits to be sent, as it stands in its folder."""

    record: IssueRecord
    #: With a person's edits.
    issue: Issue
    edited: bool


def waiting_draft(desk: Desk) -> Draft | None:
    """The issue that was built and not sent, read with whatever a person changed in it.

    Raises:
        UsageError: the draft has a mistake; the message names file and line.
    """
    record = desk.book.draft()
    if record is None or not desk.archive.draft_path(record.key).exists():
        return None
    # By what it says: an editor that ends lines in another way changed nothing, and neither did a newer program.
    edited, original = edited_issue(desk, record.key), desk.archive.load_issue(record.key)
    noted = has_own_notes(desk.archive.load_draft(record.key))
    return Draft(record=record, issue=edited, edited=noted or edited != original)


def edited_issue(desk: Desk, key: str) -> Issue:
    """An issue with a person's edits. Raises UsageError with file and line where the draft has a mistake."""
    name = str(desk.archive.draft_path(key).relative_to(desk.project.folder))
    return read_draft(desk.archive.load_draft(key), original=desk.archive.load_issue(key), name=name)


def carried_articles(desk: Desk, key: str, *, on: date) -> Iterator[SentArticle]:
    """The articles that an issue carries, as later issues must know them. Raises UsageError where a file is missing."""
    held = {article: item for item in edited_issue(desk, key).items for article in item.articles}
    for fate in desk.archive.load_fates(key):
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


def build_draft(desk: Desk, asked: Asked, *, steps: Steps, model: Asking = Asking()) -> Made:
    """Make the next issue and write its folder; a draft that waits unedited is replaced.

    Raises:
        UsageError: somebody edited the draft that waits; see `discard_draft`.
    """
    refuse_edited(desk)
    made = make_only(desk, asked, steps=steps, model=model)
    desk.sources.record(made.collection.sources, now=desk.clock())
    desk.shelf.forget(before=desk.clock() - MEMORY)
    desk.shelf.forget_sightings(before=desk.clock() - _SIGHTINGS)
    desk.answers.forget(before=desk.clock() - MEMORY)
    desk.book.forget_texts(before=(desk.today - MEMORY).date())
    _log_made(made)
    if isinstance(made.issue, Issue):
        discard_draft(desk)
        _write_folder(desk, made, made.issue)
    elif asked == Asked() and desk.book.last_read() is None:
        # There is no last issue that the next run could go back to.
        desk.book.wait_since(made.collection.window.since)
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


def refuse_edited(desk: Desk) -> None:
    waiting = waiting_draft(desk)
    if waiting and waiting.edited:
        path = desk.archive.draft_path(waiting.record.key)
        raise UsageError(
            f"{path} was edited by hand and not sent yet.",
            hint="Keep the edits with: digest build --from-draft. Lose them with: digest build --discard-draft",
        )


def discard_draft(desk: Desk) -> None:
    """Throw away the issue that waits, edits and all."""
    record = desk.book.draft()
    if record:
        desk.book.discard(record.key)
        shutil.rmtree(desk.archive.folder(record.key), ignore_errors=True)


def make_only(desk: Desk, asked: Asked, *, steps: Steps, model: Asking = Asking()) -> Made:
    """Make the next issue and write nothing."""
    return asyncio.run(_make(desk, asked, steps=steps, model=model))


async def _make(desk: Desk, asked: Asked, *, steps: Steps, model: Asking) -> Made:
    settings = desk.settings
    # In the newsletter's zone: a file that names only a day means that day there.
    now = desk.local(desk.began)
    window = next_window(desk, asked)
    on = min(window.until, now).date()
    async with HttpFetcher(settings.collect) as fetcher:
        return await make(
            settings,
            root=desk.project.folder,
            window=window,
            now=now,
            number=_next_number(desk),
            on=on,
            dated=desk.words.full_date(on) if desk.words.speaks(settings.newsletter.language) else "",
            sent=desk.book.sent_articles(),
            fetcher=fetcher,
            shelf=desk.shelf,
            mailboxes=mailboxes(desk),
            steps=steps,
            writing=_writing_context(desk, model) if settings.summarize.method == "model" else None,
        )


def _writing_context(desk: Desk, model: Asking) -> WritingContext:
    return WritingContext(
        answers=desk.answers,
        now=desk.clock(),
        mark=lambda: secrets.token_hex(8),
        estimate=model.estimate,
        progress=model.progress,
    )


def next_window(desk: Desk, asked: Asked) -> Window:
    """The span of time that the next issue is about, told in the newsletter's zone."""
    settings = desk.project.settings
    zone, last = settings.newsletter.zone, desk.book.last_read()
    window = window_of(
        now=desk.began,
        cadence=settings.newsletter.cadence,
        last_until=last.until if last else None,
        waiting_since=desk.book.waiting_since(),
        since=asked.since,
        until=asked.until,
        span=asked.span,
        first_span=settings.pick.window,
    )
    return replace(window, since=window.since.astimezone(zone), until=window.until.astimezone(zone))


def mailboxes(desk: Desk) -> ImapMailboxes:
    """The door to the mailboxes among the sources."""
    settings = desk.project.settings
    return ImapMailboxes(settings.collect, password=settings.mailbox_password)


def _next_number(desk: Desk) -> int:
    """The number of the draft that is replaced, else the next that neither the ledger nor a folder bears."""
    if record := desk.book.draft():
        return record.number
    return max(desk.book.next_number(), desk.archive.next_number())


def _write_folder(desk: Desk, made: Made, issue: Issue) -> None:
    desk.archive.save_issue(issue)
    desk.archive.save_draft(issue.key, write_draft(issue))
    if made.written:
        desk.archive.save_writing(issue.key, made.written.account)
    desk.archive.save_fates(issue.key, fates(made.collection, made.picked, issue))
    ballot = ballot_of(made.picked, window=made.collection.window, settings=desk.settings)
    desk.archive.save_ballot(issue.key, ballot)
    desk.book.save(
        IssueRecord(
            key=issue.key,
            number=issue.number,
            date=issue.date,
            period=period_of(issue.date, desk.project.settings.newsletter.cadence),
            subject=issue.subject,
            until=made.collection.window.until,
            created_at=desk.clock(),
        )
    )


def render_draft(desk: Desk, issue: Issue) -> tuple[Edition, tuple[Finding, ...]]:
    """Render and check an issue, and write the edition into its folder."""
    edition, findings = render_only(desk, issue)
    record = desk.book.get(issue.key)
    if record and record.subject != issue.subject:
        desk.book.save(replace(record, subject=issue.subject))
    desk.archive.save_fates(issue.key, after_editing(desk.archive.load_fates(issue.key), issue))
    somebody = example_subscriber(desk.project)
    desk.archive.save_edition(edition, html=views.html(edition, somebody), text=views.text(edition, somebody))
    return edition, findings


def example_subscriber(project: Project) -> Example:
    """Whose letter an author is shown."""
    settings = project.settings
    greet = greeter(settings.newsletter, settings.render, templates=project.templates)
    return Example(greeting=greet("Anna"))


def render_only(desk: Desk, issue: Issue) -> tuple[Edition, tuple[Finding, ...]]:
    """Render and check an issue and write nothing."""
    project = desk.project
    placeholders = new_placeholders(secrets.token_hex(8))
    edition, findings = present(issue, project.settings, templates=project.templates, placeholders=placeholders)
    return edition, (*findings, *_gone(desk, issue))


def _gone(desk: Desk, issue: Issue) -> Iterator[Finding]:
    """Stories that the draft's own subject or preheader tells of and the draft itself does not any more."""
    if not desk.archive.draft_path(issue.key).exists():
        return
    for headline in told_though_gone(issue, desk.archive.load_issue(issue.key)):
        message = f'The subject or preheader tells of a story that was deleted: "{headline[:80]}".'
        yield Finding(level="warning", code="subject", message=message, hint="Write another into the draft.")


def in_files(project: Project, name: str) -> dict[str, str]:
    """The articles in files of the project whose path has this name in it: canonical address → path."""
    found = {}
    for source in project.settings.sources:
        for path in sorted((project.folder / source.folder).rglob("*")) if source.folder else ():
            shown = path.relative_to(project.folder).as_posix()
            kind = KINDS.get(path.suffix.lower())
            if not (kind and folded_name(name) in folded_name(shown)):
                continue
            with suppress(NotATextError):
                text = read_text_file(path).text
                url = read_manuscript(text, kind=kind, zone=project.settings.newsletter.zone).url
                found[canonical_url(url) if url else f"file:{shown}"] = shown
    return found
