"""The issues made so far, which lists they were mailed to, and the articles they carried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, Select, delete, exists, func, insert, or_, select, update

from digest.model import DeliveryState, SentArticle
from digest.store.database import writing
from digest.store.schema import deliveries, issues, mailings, meta, sent_articles

#: The states of a delivery whose message is in a mailbox, or may be.
READ = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
#: What took a mailing's messages where no server did.
OUTBOX = "outbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord:
    """What the store knows of an issue."""

    #: "0007-2026-02-19"
    key: str
    number: int
    date: date
    #: What it is the issue of: "2026-W08", "2026-02-19", "2026-02".
    period: str
    subject: str
    #: The end of its window: the next issue goes on from here.
    until: datetime
    created_at: datetime
    #: When a person had it wait, or end for good.
    paused_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def held(self) -> bool:
        """Whether a person wants no more of it to be mailed."""
        return bool(self.paused_at or self.cancelled_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """An issue on its way to a list."""

    issue: str
    list: str
    #: When its recipients were frozen.
    started_at: datetime
    #: When nobody was left to be tried; None while somebody is.
    finished_at: datetime | None = None
    #: The day it is for, by the newsletter's clock as its run began; None where an older version sent it.
    day: date | None = None
    #: The servers that its messages went by, `OUTBOX` where they were only written, "" before the first.
    taken_by: str = ""

    @property
    def only_written(self) -> bool:
        """Its messages lie in a folder, and nobody has got one."""
        return self.taken_by == OUTBOX


class IssueBook:
    """The issues of a project, by number. An issue that was not mailed to any list yet is a draft."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    # --- drafts -------------------------------------------------------------------------------------------------

    def next_number(self) -> int:
        with self._engine.begin() as connection:
            return (connection.execute(select(func.max(issues.c.number))).scalar() or 0) + 1

    def draft(self) -> IssueRecord | None:
        """The newest issue, where it was not mailed to any list yet."""
        newest = next(iter(self.recent(1)), None)
        return newest if newest and not self.mailings(newest.key) else None

    def save(self, record: IssueRecord) -> None:
        """Add an issue, or replace what was known of it."""
        values = {column.name: getattr(record, column.name) for column in issues.columns}
        with self._writing.begin() as connection:
            changed = connection.execute(update(issues).where(issues.c.key == record.key).values(values)).rowcount
            if not changed:
                connection.execute(insert(issues).values(values))

    def discard(self, key: str) -> None:
        """Forget a draft. An issue that was mailed, even in part, stays."""
        mailed = exists().where(mailings.c.issue == issues.c.key)
        with self._writing.begin() as connection:
            connection.execute(delete(issues).where(issues.c.key == key, ~mailed))

    # --- mailings -----------------------------------------------------------------------------------------------

    def begin(self, mailing: Mailing, articles: Iterable[SentArticle]) -> None:
        """Note that mailing begins: the issue can't be discarded any more, and its articles are never picked again."""
        carried = [
            {column.name: getattr(article, column.name) for column in sent_articles.columns} for article in articles
        ]
        with self._writing.begin() as connection:
            if connection.execute(_mailing(mailing)).one_or_none() is not None:
                return
            connection.execute(insert(mailings).values({name: getattr(mailing, name) for name in Mailing.__slots__}))
            connection.execute(delete(sent_articles).where(sent_articles.c.issue == mailing.issue))
            if carried:
                connection.execute(insert(sent_articles), carried)

    def finish(self, issue: str, list_name: str, *, now: datetime) -> None:
        """Note that nobody is left to be tried."""
        one = (mailings.c.issue == issue, mailings.c.list == list_name)
        with self._writing.begin() as connection:
            connection.execute(update(mailings).where(*one).values(finished_at=now))

    def note_taker(self, issue: str, taken_by: str) -> None:
        """Say what is about to take the issue's messages."""
        with self._writing.begin() as connection:
            connection.execute(update(mailings).where(mailings.c.issue == issue).values(taken_by=taken_by))

    def reopen(self, issue: str) -> None:
        """Note that somebody is to be tried again."""
        with self._writing.begin() as connection:
            connection.execute(update(mailings).where(mailings.c.issue == issue).values(finished_at=None))

    # --- a person's word ----------------------------------------------------------------------------------------

    def pause(self, issue: str, *, now: datetime) -> None:
        """Have an issue wait until `go_on`. A run that is sending it looks here now and then."""
        self._mark(issue, paused_at=now)

    def go_on(self, issue: str) -> None:
        self._mark(issue, paused_at=None)

    def cancel(self, issue: str, *, now: datetime) -> None:
        """Have nobody more be mailed an issue, ever."""
        self._mark(issue, cancelled_at=now)

    def take_back(self, issue: str) -> None:
        """Say that nobody has read an issue: its articles may be picked again."""
        with self._writing.begin() as connection:
            connection.execute(delete(sent_articles).where(sent_articles.c.issue == issue))

    def _mark(self, issue: str, **values: datetime | None) -> None:
        with self._writing.begin() as connection:
            connection.execute(update(issues).where(issues.c.key == issue).values(values))

    # --- telling ------------------------------------------------------------------------------------------------

    def mailings(self, issue: str) -> list[Mailing]:
        """The lists an issue went to, first one first."""
        return self._mailings(select(mailings).where(mailings.c.issue == issue))

    def mailed_keys(self) -> set[str]:
        """The keys of all issues that went to a list, even in part."""
        with self._engine.begin() as connection:
            return set(connection.execute(select(mailings.c.issue).distinct()).scalars())

    def adopt(self, record: IssueRecord, mailings_of: Iterable[Mailing], articles: Iterable[SentArticle]) -> None:
        """Take over an issue that another ledger has sent, its mailings as finished ones."""
        self.save(record)
        for mailing in mailings_of:
            self.begin(mailing, articles)
            self.note_taker(mailing.issue, mailing.taken_by)
            self.finish(mailing.issue, mailing.list, now=mailing.started_at)

    def lists(self) -> list[str]:
        """The names of all lists that an issue ever went to."""
        with self._engine.begin() as connection:
            return list(connection.execute(select(mailings.c.list).distinct()).scalars())

    def unfinished(self) -> list[Mailing]:
        """Mailings with somebody left to be tried, oldest first."""
        return self._mailings(select(mailings).where(mailings.c.finished_at.is_(None)))

    def mailed(self, *, since: datetime) -> list[Mailing]:
        """Mailings that began at this time or later, oldest first."""
        return self._mailings(select(mailings).where(mailings.c.started_at >= since))

    def last_by_server(self) -> Mailing | None:
        """The last mailing of which a server took a message, or may have."""
        went = exists().where(deliveries.c.issue == mailings.c.issue, deliveries.c.state.in_(READ))
        by_server = mailings.c.taken_by.not_in(("", OUTBOX))
        return next(iter(self._mailings(select(mailings).where(by_server, went))[::-1]), None)

    def get(self, key: str) -> IssueRecord | None:
        return next(iter(self._issues(select(issues).where(issues.c.key == key), 1)), None)

    def last_mailed(self) -> IssueRecord | None:
        mailed = exists().where(mailings.c.issue == issues.c.key)
        return next(iter(self._issues(select(issues).where(mailed), 1)), None)

    def last_read(self) -> IssueRecord | None:
        """The newest issue that somebody has, or may have: all but those cancelled before that."""
        mailed = exists().where(mailings.c.issue == issues.c.key)
        read = exists().where(deliveries.c.issue == issues.c.key, deliveries.c.state.in_(READ))
        query = select(issues).where(mailed, or_(issues.c.cancelled_at.is_(None), read))
        return next(iter(self._issues(query, 1)), None)

    def recent(self, count: int) -> list[IssueRecord]:
        """The newest issues, newest first."""
        return self._issues(select(issues), count)

    def sent_articles(self) -> tuple[SentArticle, ...]:
        """Every article that was ever mailed, oldest first: none is picked again."""
        query = select(sent_articles)
        with self._engine.begin() as connection:
            rows = connection.execute(
                query.order_by(sent_articles.c.sent_on, sent_articles.c.issue, sent_articles.c.id)
            )
            return tuple(SentArticle(**row) for row in rows.mappings())

    # --- before the first issue ---------------------------------------------------------------------------------

    def wait_since(self, moment: datetime) -> None:
        """Note when the window of a first issue with too little news began; only the first such time is kept."""
        with self._writing.begin() as connection:
            if connection.execute(_waiting()).scalar_one_or_none() is None:
                connection.execute(insert(meta).values(name=_WAITING, value=moment.isoformat()))

    def waiting_since(self) -> datetime | None:
        with self._engine.begin() as connection:
            kept = connection.execute(_waiting()).scalar_one_or_none()
            return datetime.fromisoformat(kept) if kept else None

    # --- what was sent ------------------------------------------------------------------------------------------

    def forget_texts(self, *, before: date) -> int:
        """Drop the words of articles mailed before a day, which stay known by id and address; returns how many."""
        old = (sent_articles.c.sent_on < before, sent_articles.c.lead != "")
        with self._writing.begin() as connection:
            return connection.execute(update(sent_articles).where(*old).values(lead="")).rowcount

    def _issues(self, query: Select[Any], count: int) -> list[IssueRecord]:
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(issues.c.number.desc(), issues.c.key.desc()).limit(count))
            return [IssueRecord(**row) for row in rows.mappings()]

    def _mailings(self, query: Select[Any]) -> list[Mailing]:
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(mailings.c.started_at, mailings.c.issue, mailings.c.list))
            return [Mailing(**row) for row in rows.mappings()]


_WAITING = "waiting_since"


def _waiting() -> Select[Any]:
    return select(meta.c.value).where(meta.c.name == _WAITING)


def _mailing(mailing: Mailing) -> Select[Any]:
    return select(mailings.c.issue).where(mailings.c.issue == mailing.issue, mailings.c.list == mailing.list)
