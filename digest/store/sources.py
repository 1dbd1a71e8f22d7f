"""How reading each source went in earlier runs: when it last could be read, since when it fails and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select

from digest.model import SourceReport
from digest.store.database import writing
from digest.store.schema import sources


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHistory:
    """What is remembered of one source."""

    #: As in `Source`.
    location: str
    #: When it last could be read, None if never.
    read_at: datetime | None = None
    #: The time of the newest article ever seen in it.
    newest: datetime | None = None
    #: Runs in a row in which it could not be read, and the first of them.
    failures: int = 0
    failing_since: datetime | None = None
    #: Why it could not be read the last time; "" where it could.
    problem: str = ""


class SourceBook:
    """Remembers how each source is."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def histories(self) -> Mapping[str, SourceHistory]:
        """What is remembered, by location."""
        with self._engine.begin() as connection:
            rows = connection.execute(select(sources)).all()
        return {row.location: SourceHistory(**row._mapping) for row in rows}  # noqa: SLF001  # public, in spite of its name

    def record(self, reports: Iterable[SourceReport], *, now: datetime) -> Mapping[str, SourceHistory]:
        """Note how a run went; returns what is remembered from now on of the sources it read."""
        known = self.histories()
        noted = {report.source.location: _updated_history(report, known, now) for report in reports}
        with self._writing.begin() as connection:
            for location, history in noted.items():
                connection.execute(delete(sources).where(sources.c.location == location))
                connection.execute(insert(sources).values(asdict(history)))
        return noted


def _updated_history(report: SourceReport, known: Mapping[str, SourceHistory], now: datetime) -> SourceHistory:
    location = report.source.location
    before = known.get(location, SourceHistory(location=location))
    if report.failed:
        since = before.failing_since or now
        return replace(before, failures=before.failures + 1, failing_since=since, problem=report.problem)
    seen = [moment for moment in (before.newest, report.newest) if moment]
    return SourceHistory(location=location, read_at=now, newest=max(seen, default=None))
