"""Links by which people leave hold whatever was renamed, set or lost since the mail went out."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from digest.store.database import open_database, sqlite_url
from digest.store.schema import meta

from .conftest import write_articles

ADA = "ada@example.org: {}.csv, line 2, active\n"
KEY = "a-key-that-nobody-guesses"


def link(project: Path, issue: str = "0001-2026-02-16") -> str:
    message = (project / "outbox" / issue / "ada@example.org.eml").read_text()
    found = re.search(r"unsubscribe%20([a-z2-7]{24})", message)
    assert found
    return f"unsubscribe {found[1]}"


def rename(project: Path, new: str) -> None:
    (project / "subscribers" / "weekly.csv").rename(project / "subscribers" / f"{new}.csv")
    toml = project / "digest.toml"
    toml.write_text(toml.read_text().replace('list = "weekly"', f'list = "{new}"'))


def send_next_week(run, project: Path, clock) -> str:
    """Send the second issue; returns its link."""
    clock.now += timedelta(days=7)
    write_articles(project, {"a": ("Swans return", "They came."), "b": ("Rain", "It rained.")}, day="2026-02-20")
    assert run("send").code == 0
    return link(project, "0002-2026-02-23")


def test_a_link_holds_when_the_list_got_another_name_and_new_ones_are_the_same(run, project: Path, clock) -> None:
    run("send")
    before = link(project)
    rename(project, "members")

    after = send_next_week(run, project, clock)

    assert run("subscribers", "find", before).out == ADA.format("members")
    assert after == before


def test_a_link_of_an_older_version_holds_when_the_list_got_another_name(run, project: Path, clock) -> None:
    run("send")
    before = link(project)
    forget(project, "links_list")
    rename(project, "members")
    send_next_week(run, project, clock)

    assert run("subscribers", "find", before).out == ADA.format("members")


def forget(project: Path, name: str) -> None:
    """Make the ledger one of an older version."""
    engine = open_database(sqlite_url(project / "digest.db"))
    with engine.begin() as connection:
        connection.execute(meta.delete().where(meta.c.name == name))
    engine.dispose()


def test_a_link_holds_when_the_owner_sets_a_key_later(run, project: Path) -> None:
    run("send")
    (project / ".env").write_text(f"DIGEST_SECRET_KEY={KEY}\n")

    assert run("subscribers", "find", link(project)).out == ADA.format("weekly")


def test_a_link_holds_when_the_ledger_is_lost(run, project: Path) -> None:
    run("send")
    for file in project.glob("digest.db*"):
        file.unlink()

    assert run("subscribers", "find", link(project)).out == ADA.format("weekly")


def test_a_key_that_is_gone_stops_the_next_issue(run, project: Path, clock) -> None:
    (project / ".env").write_text(f"DIGEST_SECRET_KEY={KEY}\n")
    run("send")
    (project / ".env").unlink()
    clock.now += timedelta(days=7)
    write_articles(project, {"a": ("Swans return", "They came."), "b": ("Rain", "It rained.")}, day="2026-02-20")

    shown = run("send")

    assert shown.code == 2
    assert "DIGEST_SECRET_KEY is not set any more" in shown.err
    assert not list((project / "outbox").rglob("0002*"))
    assert run("send", DIGEST_SECRET_KEY=KEY).code == 0


@pytest.mark.parametrize("text", ["unsubscribe", "aaaaaaaaaaaaaaaaaaaaaaaa", "bob@example.net"])
def test_what_is_nobodys_stays_nobodys(run, project: Path, text: str) -> None:
    run("send")

    assert run("subscribers", "find", text).code == 1
