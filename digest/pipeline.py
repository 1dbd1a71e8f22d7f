"""The run, written once.

    sources ── collect ──▶ Collection(articles, sources' reports)
            ── pick ─────▶ Picked(stories, dropped with reasons)
            ── summarize ▶ Summary(sentences, each citing its article), by a model's hand where the owner has one
            ── compose ──▶ Issue | NotEnoughNews                      `make`
            ── render ───▶ Edition(html, text, placeholders)
            ── check ────▶ findings                                   `present`
            ── plan ─────▶ Plan(recipients frozen in the ledger)      `plan` of deliver
            ── prepare ──▶ Outgoing(message template, servers)        `prepare`
            ── deliver ──▶ Report(sent, deferred, failed, uncertain)  `mail`

Between `make` and `present` a person may edit the draft. After `present` the edition is frozen on disk and its
recipients in the ledger, so that a run which was interrupted goes on with the same bytes: only `mail` is run again.
Each stage knows only the values it is given; time, ids and the doors to the network and the disk are arguments.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.deliver.loop.context import Allowances, Ledger
from digest.deliver.loop.lanes import Server
from digest.deliver.loop.prerender import THREADS
from digest.deliver.loop.sender import deliver
from digest.deliver.messages.dkim import SigningKey
from digest.deliver.messages.template import MessageTemplate, message_template
from digest.deliver.wire.transport import Transport
from digest.model import (
    Collection,
    Edition,
    Finding,
    Issue,
    NotEnoughNews,
    Picked,
    Placeholders,
    Progress,
    Recipient,
    Report,
    SentArticle,
    Steps,
    Story,
    Summary,
    Window,
)
from digest.settings import SectionSettings, Settings
from digest.text.language import primary_subtag

# A run that only mails waits for no picking, no pages and no rendering: each step below imports its own stage.
if TYPE_CHECKING:
    from digest.collect.documents.fetch import Fetcher, Shelf
    from digest.collect.mail.mailbox import Mailboxes
    from digest.summarize.llm.results import WrittenTexts
    from digest.summarize.llm.writer import WritingContext, WritingTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What `make` made: the issue, or why there is none, and what became of every article on the way."""

    collection: Collection
    picked: Picked
    issue: Issue | NotEnoughNews
    #: What a language model wrote of it; None where none was asked.
    written: WrittenTexts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What differs from one recipient to the next."""

    #: Signs Message-IDs, so that they can't be guessed.
    secret: bytes
    unsubscribe_url: Callable[[Recipient], str]
    greeting: Callable[[Recipient], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What an issue leaves with: messages that only lack their recipients, and the servers that take them."""

    issue: str
    template: MessageTemplate
    servers: Transport | Sequence[Server]
    #: That of the messages; the issue began to be sent then.
    date: datetime
    #: Whether each message is signed, which is done ahead of its turn.
    signed: bool


async def make(
    settings: Settings,
    *,
    root: Path,
    window: Window,
    now: datetime,
    number: int,
    on: date,
    sent: Sequence[SentArticle],
    fetcher: Fetcher,
    shelf: Shelf,
    mailboxes: Mailboxes,
    dated: str,
    steps: Steps,
    writing: WritingContext | None = None,
) -> Made:
    """Make the issue of a window from the project's sources.

    Args:
        dated: the issue's date as readers are told it.
        writing: what a language model is asked with; None where none is.
    """
    from digest.collect.collection import collect  # noqa: PLC0415 - see above
    from digest.pick.picking import pick  # noqa: PLC0415 - see above
    from digest.summarize.llm.writer import write  # noqa: PLC0415 - see above

    # Before hours of work: a file that is missing is told at once.
    sections = _with_examples(settings.sections, root)
    collection = await collect(
        settings.source_list(),
        window=window,
        now=now,
        root=root,
        settings=settings.collect,
        fetcher=fetcher,
        shelf=shelf,
        mailboxes=mailboxes,
        progress=steps("Collecting"),
    )
    picked = pick(
        collection.articles,
        window=window,
        settings=settings.pick,
        sections=sections,
        sent=sent,
        progress=steps("Picking"),
    )
    composed = partial(_composed, picked, settings, number=number, on=on, dated=dated)
    summaries = _summaries(picked.stories, words=settings.summarize.words, progress=steps("Summarizing"))
    issue = composed(summaries)
    if writing is None or isinstance(issue, NotEnoughNews):
        return Made(collection=collection, picked=picked, issue=issue)
    written = await write(picked.stories, summaries, _writing_task(settings), writing)
    issue = composed({**summaries, **written.summaries}, introductions=written.introductions, lead=written.subject)
    return Made(collection=collection, picked=picked, issue=issue, written=written)


def _with_examples(sections: Iterable[SectionSettings], root: Path) -> list[SectionSettings]:
    """The sections with the texts of their examples instead of the names of files."""
    from digest.collect.files.examples import read_examples  # noqa: PLC0415 - see above

    return [one.model_copy(update={"examples": read_examples(one.examples, root=root)}) for one in sections]


def _summaries(stories: Sequence[Story], *, words: int, progress: Progress) -> Mapping[str, Summary]:
    from digest.summarize.extractive import summarize  # noqa: PLC0415 - see above

    summaries = {}
    for done, story in enumerate(stories, start=1):
        summaries[story.id] = summarize(story, words=words)
        progress(done, len(stories))
    return summaries


def _composed(
    picked: Picked, settings: Settings, summaries: Mapping[str, Summary], **about: Any
) -> Issue | NotEnoughNews:
    from digest.issue.compose import compose  # noqa: PLC0415 - see above

    return compose(
        picked,
        summaries,
        settings=settings.compose,
        newsletter=settings.newsletter,
        section_order=[*(section.name for section in settings.sections), settings.pick.catch_all],
        newest_first={section.name for section in settings.sections if section.order == "newest"},
        **about,
    )


def _writing_task(settings: Settings) -> WritingTask:
    from digest.summarize.llm.writer import WritingTask  # noqa: PLC0415 - see above

    template = settings.compose.subject
    return WritingTask(
        server=settings.llm,
        settings=settings.model,
        words=settings.summarize.words,
        language=primary_subtag(settings.newsletter.language),
        subject=not template or "{headline}" in template,
    )


def present(
    issue: Issue, settings: Settings, *, templates: Sequence[Path], placeholders: Placeholders
) -> tuple[Edition, tuple[Finding, ...]]:
    """Render an issue and check what came out; an error among the findings means that it must not be sent."""
    from digest.render.html import render  # noqa: PLC0415 - see above
    from digest.render.preflight import check  # noqa: PLC0415 - see above

    edition = render(
        issue,
        newsletter=settings.newsletter,
        settings=settings.render,
        templates=templates,
        placeholders=placeholders,
    )
    return edition, check(edition, issue=issue, newsletter=settings.newsletter)


def prepare(
    edition: Edition,
    settings: Settings,
    *,
    personal: Personal,
    servers: Transport | Sequence[Server],
    date: datetime,
    keys: Sequence[SigningKey] = (),
) -> Outgoing:
    """Make messages of an edition that only lack their recipients.

    Args:
        date: for the Date header: the same whenever an interrupted mailing goes on.
        keys: each message is signed with all of them.
    """
    template = message_template(
        edition,
        newsletter=settings.newsletter,
        date=date,
        secret=personal.secret,
        unsubscribe_url=personal.unsubscribe_url,
        greeting=personal.greeting,
        keys=keys,
    )
    return Outgoing(issue=edition.issue, template=template, servers=servers, date=date, signed=bool(keys))


async def mail(
    outgoing: Outgoing,
    settings: Settings,
    *,
    ledger: Ledger,
    allowances: Allowances | None = None,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    progress: Progress,
) -> Report:
    """Deliver messages to whom the ledger holds as planned, or as deferred and due.

    Args:
        allowances: where the limits by the minute and longer are kept; without it they hold for this run only.
    """
    return await deliver(
        outgoing.issue,
        ledger=ledger,
        transport=outgoing.servers,
        template=outgoing.template,
        settings=settings.send,
        now=now,
        progress=progress,
        stop=stop,
        allowances=allowances,
        zone=settings.newsletter.zone,
        since=outgoing.date,
        ahead=THREADS if outgoing.signed else 0,
    )
