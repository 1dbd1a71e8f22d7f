"""The issues made so far, and the articles they carried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select, update

from digest.model import SentArticle
from digest.store.database import writing
from digest.store.schema import issues, sent_articles

IssueStatus = Literal["draft", "sending", "sent"]
_ROW = issues.c


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord:
    """What the store knows of an issue."""

    #: "0007-2026-02-19"
    key: str
    number: int
    date: date
    #: What it is the issue of: "2026-W08", "2026-02-19", "2026-02".
    period: str
    status: IssueStatus
    subject: str
    #: The end of its window: the next issue begins there.
    until: datetime
    created_at: datetime
    sent_at: datetime | None = None


class IssueBook:
    """The issues of a project, by number."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def next_number(self) -> int:
        with self._engine.begin() as connection:
            return (connection.execute(select(func.max(_ROW.number))).scalar() or 0) + 1

    def save(self, record: IssueRecord) -> None:
        """Add an issue, or replace what was known of it."""
        values = {column.name: getattr(record, column.name) for column in issues.columns}
        with self._writing.begin() as connection:
            changed = connection.execute(update(issues).where(_ROW.key == record.key).values(values)).rowcount
            if not changed:
                connection.execute(insert(issues).values(values))

    def discard(self, key: str) -> None:
        """Forget a draft. An issue that was sent, even in part, stays."""
        with self._writing.begin() as connection:
            connection.execute(delete(issues).where(_ROW.key == key, _ROW.status == "draft"))

    def mark_sending(self, key: str) -> None:
        """From here on it has gone to somebody: it can't be discarded."""
        with self._writing.begin() as connection:
            _mark(connection, key, status="sending")

    def mark_sent(self, key: str, articles: Iterable[SentArticle], *, now: datetime) -> None:
        """Close an issue and remember its articles, together. Doing it again changes nothing."""
        rows = [
            {column.name: getattr(article, column.name) for column in sent_articles.columns} for article in articles
        ]
        with self._writing.begin() as connection:
            _mark(connection, key, status="sent", sent_at=now)
            connection.execute(delete(sent_articles).where(sent_articles.c.issue == key))
            if rows:
                connection.execute(insert(sent_articles), rows)

    def get(self, key: str) -> IssueRecord | None:
        return self._first(select(issues).where(_ROW.key == key))

    def find(self, *, period: str) -> IssueRecord | None:
        """The newest issue of a period."""
        return self._first(select(issues).where(_ROW.period == period))

    def last_sent(self) -> IssueRecord | None:
        return self._first(select(issues).where(_ROW.status == "sent"))

    def recent(self, count: int) -> list[IssueRecord]:
        """The newest issues, newest first."""
        return self._read(select(issues), count)

    def sent_articles(self, *, since: date) -> tuple[SentArticle, ...]:
        """Articles of issues sent on or after a day, oldest first."""
        query = select(sent_articles).where(sent_articles.c.sent_on >= since)
        with self._engine.begin() as connection:
            rows = connection.execute(
                query.order_by(sent_articles.c.sent_on, sent_articles.c.issue, sent_articles.c.id)
            )
            return tuple(SentArticle(**row) for row in rows.mappings())

    def _first(self, query: Select[Any]) -> IssueRecord | None:
        return next(iter(self._read(query, 1)), None)

    def _read(self, query: Select[Any], count: int) -> list[IssueRecord]:
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(_ROW.number.desc(), _ROW.key.desc()).limit(count)).mappings()
            return [IssueRecord(**cast("dict[str, Any]", dict(row))) for row in rows]


def _mark(connection: Connection, key: str, **values: Any) -> None:
    if not connection.execute(update(issues).where(_ROW.key == key).values(values)).rowcount:
        raise KeyError(key)
