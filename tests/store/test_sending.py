"""What sending keeps from run to run beside the ledger."""

from __future__ import annotations

from sqlalchemy import Engine, select

from digest.store.schema import meta
from digest.store.sending import Allowances, RefreshTokens


def test_what_is_saved_is_loaded_and_the_last_save_holds(engine: Engine) -> None:
    allowances = Allowances(engine)
    assert allowances.load() == {}
    allowances.save({"all/day": [(1, 5), (2, 7)], "to google/hour": [(30, 1)]})
    allowances.save({"all/day": [(2, 9)]})
    assert Allowances(engine).load() == {"all/day": [(2, 9)], "to google/hour": [(30, 1)]}
    allowances.save({"all/day": []})
    assert Allowances(engine).load() == {"to google/hour": [(30, 1)]}


def test_the_newest_token_of_a_consent_is_kept_and_a_new_consent_has_its_own(engine: Engine) -> None:
    RefreshTokens(engine).keep("first", "second")
    RefreshTokens(engine).keep("first", "third")
    assert RefreshTokens(engine).newest("first") == "third"
    assert RefreshTokens(engine).newest("another") == "another"


def test_the_token_that_the_owner_wrote_down_is_not_copied(engine: Engine) -> None:
    RefreshTokens(engine).keep("first", "second")
    with engine.begin() as connection:
        assert "first" not in str(connection.execute(select(meta)).all())
