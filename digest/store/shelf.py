"""What earlier runs got from elsewhere: responses of servers, when articles were first seen, answers of a model."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select

from digest.model import Remembered
from digest.store.database import writing
from digest.store.schema import answers, fetches, sent_articles, sightings

#: SQLite takes 999 values in a statement in its older builds.
_MOST_VARIABLES = 500
_FIELDS = [field.name for field in fields(Remembered)]


class Shelf:
    """Responses by the address that was asked for, for conditional GETs; and when articles were first seen."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)
        #: The articles that were asked for: their sources still name them.
        self._named: set[str] = set()

    def recall(self, url: str) -> Remembered | None:
        with self._engine.begin() as connection:
            row = connection.execute(select(fetches).where(fetches.c.url == url)).one_or_none()
        if row is None:
            return None
        kept = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's public API, in spite of its name
        return Remembered(**(kept | {"body": zlib.decompress(row.body), "moved": bool(row.moved)}))

    def remember(self, response: Remembered) -> None:
        kept = {name: getattr(response, name) for name in _FIELDS}
        kept |= {"body": zlib.compress(response.body, 6), "moved": int(response.moved)}
        with self._writing.begin() as connection:
            connection.execute(delete(fetches).where(fetches.c.url == response.url))
            connection.execute(insert(fetches).values(kept))

    def first_seen(self, ids: Sequence[str], *, now: datetime) -> Mapping[str, datetime]:
        """When each of these articles was first seen; one never seen before is noted as seen now."""
        return self.known_since(dict.fromkeys(ids, now))

    def known_since(self, moments: Mapping[str, datetime]) -> Mapping[str, datetime]:
        """The earliest time ever given for each of these articles, counting these, which are noted."""
        known: dict[str, datetime] = {}
        self._named.update(moments)
        with self._writing.begin() as connection:
            for some in _in_groups(sorted(moments)):
                rows = connection.execute(select(sightings).where(sightings.c.id.in_(some)))
                known.update({row.id: row.seen_at for row in rows})
            earlier = {name: moment for name, moment in moments.items() if moment < known.get(name, moment)}
            for some in _in_groups(sorted(earlier)):
                connection.execute(delete(sightings).where(sightings.c.id.in_(some)))
            new = {name: moment for name, moment in moments.items() if name not in known} | earlier
            if new:
                connection.execute(insert(sightings), [{"id": name, "seen_at": new[name]} for name in sorted(new)])
        return known | new

    def sent(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Which of these articles an issue has carried: the key of the issue by id."""
        found: dict[str, str] = {}
        columns = select(sent_articles.c.id, sent_articles.c.issue)
        with self._engine.begin() as connection:
            for some in _in_groups(sorted({*ids})):
                rows = connection.execute(columns.where(sent_articles.c.id.in_(some)).order_by(sent_articles.c.issue))
                found.update({row.id: row.issue for row in rows})
        return found

    def forget_sightings(self, *, before: datetime) -> int:
        """Drop when articles were first seen, if it was before then and nobody named them since; returns how many."""
        old = select(sightings.c.id).where(sightings.c.seen_at < before)
        with self._writing.begin() as connection:
            gone = [name for name in connection.execute(old).scalars() if name not in self._named]
            for some in _in_groups(gone):
                connection.execute(delete(sightings).where(sightings.c.id.in_(some)))
        return len(gone)

    def forget(self, *, before: datetime) -> int:
        """Drop responses not fetched since; returns how many there were."""
        with self._writing.begin() as connection:
            return connection.execute(delete(fetches).where(fetches.c.fetched_at < before)).rowcount


class Answers:
    """Answers of a language model by the key of the question."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def recall(self, key: str) -> str | None:
        with self._engine.begin() as connection:
            return connection.execute(select(answers.c.answer).where(answers.c.key == key)).scalar_one_or_none()

    def remember(self, key: str, answer: str, *, now: datetime) -> None:
        with self._writing.begin() as connection:
            connection.execute(delete(answers).where(answers.c.key == key))
            connection.execute(insert(answers).values(key=key, answer=answer, answered_at=now))

    def forget(self, *, before: datetime) -> int:
        """Drop answers that are older; returns how many there were."""
        with self._writing.begin() as connection:
            return connection.execute(delete(answers).where(answers.c.answered_at < before)).rowcount


def _in_groups(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _MOST_VARIABLES):
        yield ids[start : start + _MOST_VARIABLES]
