"""The run, written once.

    sources ── collect ──▶ Collection(articles, sources' reports)
            ── pick ─────▶ Picked(stories, dropped with reasons)
            ── summarize ▶ Summary(sentences, each citing its article), by a model's hand where the owner has one
            ── compose ──▶ Issue | NotEnoughNews                      `make`
            ── render ───▶ Edition(html, text, placeholders)
            ── check ────▶ findings                                   `present`
            ── plan ─────▶ Plan(recipients frozen in the ledger)      `plan` of deliver
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
from typing import Any

from digest.collect.collection import collect
from digest.collect.documents.fetch import Fetcher, Shelf
from digest.collect.files.examples import read_examples
from digest.collect.mail.mailbox import Mailboxes
from digest.deliver.loop.feeder import Allowances
from digest.deliver.loop.lanes import Server
from digest.deliver.loop.press import THREADS
from digest.deliver.loop.recorder import Telling
from digest.deliver.loop.sender import Ledger, deliver
from digest.deliver.messages.dkim import SigningKey
from digest.deliver.messages.message import Mold, prepare
from digest.deliver.wire.transport import Transport
from digest.issue.compose import compose
from digest.model import (
    Collection,
    Edition,
    Finding,
    Issue,
    NotEnoughNews,
    Picked,
    Placeholders,
    Recipient,
    Report,
    SentArticle,
    Story,
    Summary,
    Window,
)
from digest.pick.picking import pick
from digest.render.html import render
from digest.render.preflight import check
from digest.settings import SectionSettings, Settings
from digest.summarize.extractive import summarize
from digest.summarize.llm.results import WrittenTexts
from digest.summarize.llm.writer import WritingContext, WritingTask, write

Progress = Callable[[int, int], None]
#: Begins a step of the run, by its name, and returns whom to tell how far it is.
Steps = Callable[[str], Progress]


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
    return [one.model_copy(update={"examples": read_examples(one.examples, root=root)}) for one in sections]


def _summaries(stories: Sequence[Story], *, words: int, progress: Progress) -> Mapping[str, Summary]:
    summaries = {}
    for done, story in enumerate(stories, start=1):
        summaries[story.id] = summarize(story, words=words)
        progress(done, len(stories))
    return summaries


def _composed(
    picked: Picked, settings: Settings, summaries: Mapping[str, Summary], **about: Any
) -> Issue | NotEnoughNews:
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
    template = settings.compose.subject
    return WritingTask(
        server=settings.llm,
        settings=settings.model,
        words=settings.summarize.words,
        language=settings.newsletter.language.partition("-")[0].lower(),
        subject=not template or "{headline}" in template,
    )


def present(
    issue: Issue, settings: Settings, *, templates: Sequence[Path], placeholders: Placeholders
) -> tuple[Edition, tuple[Finding, ...]]:
    """Render an issue and check what came out; an error among the findings means that it must not be sent."""
    edition = render(
        issue,
        newsletter=settings.newsletter,
        settings=settings.render,
        templates=templates,
        placeholders=placeholders,
    )
    return edition, check(edition, issue=issue, newsletter=settings.newsletter)


def mold_of(
    edition: Edition, settings: Settings, *, personal: Personal, date: datetime, keys: Sequence[SigningKey] = ()
) -> Mold:
    """An edition as messages that only lack their recipients."""
    return prepare(
        edition,
        newsletter=settings.newsletter,
        date=date,
        secret=personal.secret,
        unsubscribe_url=personal.unsubscribe_url,
        greeting=personal.greeting,
        keys=keys,
    )


async def mail(
    edition: Edition,
    settings: Settings,
    *,
    ledger: Ledger,
    transport: Transport | Sequence[Server],
    personal: Personal,
    allowances: Allowances | None = None,
    date: datetime,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    progress: Telling,
    keys: Sequence[SigningKey] = (),
) -> Report:
    """Deliver an edition to whom the ledger holds as planned, or as deferred and due.

    Args:
        allowances: where the limits by the minute and longer are kept; without it they hold for this run only.
        date: for the Date header: the same whenever an interrupted mailing goes on.
        keys: each message is signed with all of them.
    """
    mold = mold_of(edition, settings, personal=personal, date=date, keys=keys)
    return await deliver(
        edition.issue,
        ledger=ledger,
        transport=transport,
        mold=mold,
        settings=settings.send,
        now=now,
        progress=progress,
        stop=stop,
        allowances=allowances,
        zone=settings.newsletter.zone,
        since=date,
        ahead=THREADS if keys else 0,
    )
