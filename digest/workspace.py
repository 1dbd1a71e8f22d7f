"""An open project: what commands work with, each part made once and only when it is asked for.

It knows neither picking nor pages nor rendering, so that a command that only looks into the ledger starts at once.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Engine

from digest.deliver.messages.dkim import SigningKey
from digest.errors import UsageError
from digest.issue.archive import Archive
from digest.project import Project
from digest.render.words import Words, find_words
from digest.settings import Settings
from digest.store.database import open_database, sqlite_url
from digest.store.issues import IssueBook
from digest.store.journal import Journal, this_boot
from digest.store.ledger import Ledger
from digest.store.secret import project_secret, was_given
from digest.store.sending import Allowances
from digest.store.shelf import Answers, Shelf
from digest.store.sources import SourceBook


class Workspace:
    """A project's files, its database, and the clock.

    Args:
        clock: tells the time, with a zone.
    """

    def __init__(self, project: Project, engine: Engine, *, clock: Callable[[], datetime]) -> None:
        self.project = project
        self.engine = engine
        self.clock = clock
        #: When the command began, by the clock: what it does belongs to this day though it may last beyond midnight.
        self.began = clock()

    @property
    def settings(self) -> Settings:
        return self.project.settings

    # --- the project's files ------------------------------------------------------------------------------------

    @cached_property
    def archive(self) -> Archive:
        """The folders of issues."""
        return Archive(self.project.issues)

    @property
    def words(self) -> Words:
        """The phrases of the newsletter's language, or English ones, as the files have them now."""
        return find_words(self.settings.newsletter.language, self.project.templates)

    @cached_property
    def keys(self) -> tuple[SigningKey, ...]:
        """The keys that mail is signed with. Raises UsageError where one of them can't be used."""
        selectors = self.settings.dkim.selectors
        if not selectors:
            return ()
        from digest.deliver.messages.keys import signing_keys  # noqa: PLC0415 - cryptography takes 60 ms; few sign

        return signing_keys(self.project.keys, domain=self.settings.signing_domain, selectors=selectors)

    # --- its database -------------------------------------------------------------------------------------------

    @cached_property
    def book(self) -> IssueBook:
        """What is on record of issues."""
        return IssueBook(self.engine)

    @cached_property
    def ledger(self) -> Ledger:
        """What is on record of deliveries."""
        run = f"{self.began:%Y%m%dT%H%M%S}-{os.getpid()}"
        return Ledger(self.engine, run=run, journal=Journal(self.project.journal, boot=this_boot()))

    @cached_property
    def allowances(self) -> Allowances:
        """The permits to send that earlier runs have used."""
        return Allowances(self.engine)

    @cached_property
    def shelf(self) -> Shelf:
        """Pages and feeds as they were last read."""
        return Shelf(self.engine)

    @cached_property
    def answers(self) -> Answers:
        """What a language model has said."""
        return Answers(self.engine)

    @cached_property
    def sources(self) -> SourceBook:
        """How sources were when they were last read."""
        return SourceBook(self.engine)

    @cached_property
    def secret(self) -> bytes:
        """The key that links to unsubscribe and Message-IDs are made with.

        Raises:
            UsageError: there was one in the environment, and is none now: another would make links that nobody takes.
        """
        if given := self.settings.secret_key.get_secret_value():
            return given.encode()
        if was_given(self.engine):
            raise UsageError(
                "DIGEST_SECRET_KEY is not set any more, and links to unsubscribe in mails that are out were made with "
                "it.",
                hint="Put it back into .env, from the old machine or a backup. If it is lost, write a new one there: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'; links that are out then tell nobody.",
            )
        return project_secret(self.engine, lambda: secrets.token_urlsafe(32), copy=self.project.secret_copy)

    # --- its clock ----------------------------------------------------------------------------------------------

    @property
    def today(self) -> datetime:
        """Now, by the newsletter's clock."""
        return self.local(self.clock())

    @property
    def day(self) -> date:
        """The day that the command was begun on, in the newsletter's zone."""
        return self.local(self.began).date()

    def local(self, moment: datetime) -> datetime:
        """A time by the newsletter's clock."""
        return moment.astimezone(self.settings.newsletter.zone)


@contextmanager
def open_workspace(project: Project, *, clock: Callable[[], datetime]) -> Iterator[Workspace]:
    """Open a project's database for as long as a command works with it."""
    engine = open_database(project.settings.database_url or sqlite_url(project.database))
    try:
        yield Workspace(project, engine, clock=clock)
    finally:
        engine.dispose()
