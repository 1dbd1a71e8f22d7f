"""The tables, as SQLAlchemy Core sees them. A change here needs a migration: a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect

from digest.model import DeliveryState


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as UTC: SQLite has no zones, and as text UTC sorts as it should."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("the store takes aware times only")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # the base's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Named constraints, so that a migration can speak of them (https://alembic.sqlalchemy.org/en/latest/naming.html).
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite keeps such a table in the order of its key: half the size, and one look-up instead of two.
_BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}

#: Responses of earlier runs: validators for a conditional GET, the body for a 304.
fetches = Table(
    "fetches",
    metadata,
    Column("url", Text, primary_key=True),
    Column("final_url", Text, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    #: Compressed with zlib.
    Column("body", LargeBinary, nullable=False),
    Column("fetched_at", Moment, nullable=False),
)

#: Articles, and entries of feeds: they are no newer than this.
sightings = Table(
    "sightings",
    metadata,
    #: `Article.id`
    Column("id", String(32), primary_key=True),
    Column("seen_at", Moment, nullable=False),
    **_BY_KEY,
)

#: How reading each source went, so that one that has been dead for weeks can be told from one that is down today.
sources = Table(
    "sources",
    metadata,
    Column("location", Text, primary_key=True),
    #: When it last could be read.
    Column("read_at", Moment),
    Column("newest", Moment),
    #: Runs in a row in which it could not be read, and the first of them.
    Column("failures", Integer, nullable=False),
    Column("failing_since", Moment),
    Column("problem", Text, nullable=False),
    **_BY_KEY,
)

#: Answers of a language model.
answers = Table(
    "answers",
    metadata,
    #: SHA-256 of the model and all that it was asked.
    Column("key", String(64), primary_key=True),
    Column("answer", Text, nullable=False),
    Column("answered_at", Moment, nullable=False),
    **_BY_KEY,
)

issues = Table(
    "issues",
    metadata,
    #: "0007-2026-02-19"
    Column("key", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("date", Date, nullable=False),
    #: What it is the issue of: "2026-W08", "2026-02-19", "2026-02".
    Column("period", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    #: The end of its window: the next issue goes on from here.
    Column("until", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    #: A person's word: nothing more of it is mailed for now, or for good.
    Column("paused_at", Moment),
    Column("cancelled_at", Moment),
    **_BY_KEY,
)

#: An issue on its way to a list, from the moment its recipients are frozen; an issue without any is a draft.
mailings = Table(
    "mailings",
    metadata,
    Column("issue", String(32), ForeignKey("issues.key"), primary_key=True),
    Column("list", Text, primary_key=True),
    Column("started_at", Moment, nullable=False),
    #: When nobody was left to be tried.
    Column("finished_at", Moment),
    #: The day it is for, by the newsletter's clock as its run began; empty for what older versions sent.
    Column("day", Date),
    #: The servers that its messages went by, "outbox" where they were only written, "" before the first.
    Column("taken_by", Text, nullable=False, server_default=""),
    **_BY_KEY,
)

sent_articles = Table(
    "sent_articles",
    metadata,
    Column("issue", String(32), ForeignKey("issues.key"), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("canonical", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("sent_on", Date, nullable=False),
    #: The id of the story, the headline above it and where that led; empty for what older versions sent.
    Column("story", String(32), nullable=False, server_default=""),
    Column("headline", Text, nullable=False, server_default=""),
    Column("url", Text),
    Index(None, "sent_on"),
    **_BY_KEY,
)

#: One row for each person an issue is for. Only `ledger.py` changes them, by the table in `transitions.py`.
deliveries = Table(
    "deliveries",
    metadata,
    # A number of its own, since a claim then goes from the index straight to the row: 3 times faster at 300,000 rows
    # than (issue, key) as the primary key, by which SQLite's planner searches though the other index is better.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("issue", String(32), nullable=False),
    #: The address as `text.addresses.address_key` makes it: one row a person, whatever the spelling.
    Column("key", String(320), nullable=False),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(16), nullable=False, server_default=DeliveryState.PLANNED),
    #: Attempts that came to an outcome.
    Column("attempts", Integer, nullable=False, server_default="0"),
    #: The server's last reply.
    Column("code", Integer, nullable=False, server_default="0"),
    Column("detail", Text, nullable=False, server_default=""),
    #: Not before this time; only where deferred.
    Column("next_at", Moment),
    Column("claimed_at", Moment),
    #: When the state was last written; empty since planning.
    Column("changed_at", Moment),
    #: The run that claimed it last.
    Column("run", String(64)),
    UniqueConstraint("issue", "key"),
    CheckConstraint("state IN ({})".format(", ".join(f"'{state}'" for state in DeliveryState)), name="state"),
    # For claims: by state, then by time.
    Index(None, "issue", "state", "next_at"),
)

#: Addresses never mailed again.
suppressions = Table(
    "suppressions",
    metadata,
    Column("key", String(320), primary_key=True),
    #: "unsubscribed", "bounced", "complained", ...
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    **_BY_KEY,
)

#: Permits to send that limits have given away: by the limit's name, and by a number that grows with time.
allowances = Table(
    "allowances",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("slot", BigInteger, primary_key=True),
    Column("taken", Integer, nullable=False),
    **_BY_KEY,
)

#: Single values of the project that must survive.
meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    **_BY_KEY,
)
