"""Answers of a language model in earlier runs, by what was asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, delete, insert, select

from digest.store.database import writing
from digest.store.schema import answers


class Answers:
    """Remembers an answer by the key of its question."""

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
