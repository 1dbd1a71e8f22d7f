"""What links to unsubscribe are made with."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from digest.store.database import open_database
from digest.store.secret import (
    copied_secret,
    keep_links_list,
    keep_print,
    kept_secret,
    links_list,
    project_secret,
    was_given,
)


def test_a_key_is_made_once_and_kept(engine: Engine, tmp_path: Path) -> None:
    copy = tmp_path / "keys" / "unsubscribe.key"
    assert kept_secret(engine) == ""
    assert project_secret(engine, lambda: "the first", copy=copy) == b"the first"
    assert project_secret(engine, lambda: "another", copy=copy) == b"the first"
    assert kept_secret(engine) == copied_secret(copy) == "the first"


def test_the_copy_is_its_owners_only_and_is_made_again(engine: Engine, tmp_path: Path) -> None:
    copy = tmp_path / "keys" / "unsubscribe.key"
    project_secret(engine, lambda: "the first", copy=copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    copy.unlink()
    project_secret(engine, lambda: "another", copy=copy)
    assert copied_secret(copy) == "the first"


def test_a_new_ledger_takes_up_the_key_of_the_lost_one(engine: Engine, tmp_path: Path) -> None:
    copy = tmp_path / "unsubscribe.key"
    copy.write_text("of the lost ledger\n")
    assert project_secret(engine, lambda: "another", copy=copy) == b"of the lost ledger"


def test_a_copy_that_cannot_be_written_stops_nobody(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file")
    assert project_secret(engine, lambda: "the first", copy=tmp_path / "keys" / "unsubscribe.key") == b"the first"


def test_of_two_first_uses_at_once_both_get_the_same_key(engine: Engine, database_url: str, tmp_path: Path) -> None:
    other, copy = open_database(database_url), tmp_path / "unsubscribe.key"

    def overtaken() -> str:
        elsewhere = tmp_path / "elsewhere.key"
        assert project_secret(other, lambda: "the one that was faster", copy=elsewhere) == b"the one that was faster"
        return "the one that was slower"

    assert project_secret(engine, overtaken, copy=copy) == b"the one that was faster"
    assert copied_secret(copy) == "the one that was faster"
    other.dispose()


def test_of_a_key_that_was_given_only_the_fact_is_kept(engine: Engine) -> None:
    assert not was_given(engine)
    keep_print(engine, "the owner's own key")
    keep_print(engine, "another one")
    assert was_given(engine)
    assert kept_secret(engine) == ""


def test_the_name_that_links_are_made_with_is_the_first(engine: Engine) -> None:
    assert links_list(engine, "weekly") == "weekly"
    keep_links_list(engine, "weekly")
    keep_links_list(engine, "members")
    assert links_list(engine, "members") == "weekly"
