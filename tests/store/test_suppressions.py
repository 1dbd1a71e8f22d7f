"""Addresses never mailed again, and a person's word that they are."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from digest.store.ledger import Ledger
from digest.store.suppressions import Suppression, lift, read

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
BOB = Suppression(key="bob@example.org", reason="bounced: 550 5.1.1 No such user", at=NOW)


def test_the_suppressed_are_read_by_address_with_reason_and_time(engine: Engine) -> None:
    Ledger(engine).suppress("cy@example.org", "complained", now=NOW)
    Ledger(engine).suppress(BOB.key, BOB.reason, now=NOW)
    assert list(read(engine)) == [BOB, Suppression(key="cy@example.org", reason="complained", at=NOW)]


def test_a_suppression_that_is_lifted_is_gone_and_the_others_stay(engine: Engine) -> None:
    Ledger(engine).suppress("cy@example.org", "complained", now=NOW)
    Ledger(engine).suppress(BOB.key, BOB.reason, now=NOW)
    assert lift(engine, BOB.key) == BOB
    assert [one.key for one in read(engine)] == ["cy@example.org"]


def test_who_is_not_suppressed_has_nothing_to_lift(engine: Engine) -> None:
    assert lift(engine, BOB.key) is None
