"""The project's own key."""

from __future__ import annotations

from sqlalchemy import Engine

from digest.store.database import open_database
from digest.store.secret import project_secret


def test_a_key_is_made_once_and_kept(engine: Engine) -> None:
    assert project_secret(engine, lambda: "the first") == b"the first"
    assert project_secret(engine, lambda: "another") == b"the first"


def test_of_two_first_uses_at_once_both_get_the_same_key(engine: Engine, database_url: str) -> None:
    other = open_database(database_url)

    def overtaken() -> str:
        assert project_secret(other, lambda: "the one that was faster") == b"the one that was faster"
        return "the one that was slower"

    assert project_secret(engine, overtaken) == b"the one that was faster"
    other.dispose()
