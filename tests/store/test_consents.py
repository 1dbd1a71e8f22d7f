"""Refresh tokens that outlive a run."""

from __future__ import annotations

from sqlalchemy import Engine, select

from digest.store.consents import Consents
from digest.store.schema import meta


def test_the_newest_token_of_a_consent_is_kept_and_a_new_consent_has_its_own(engine: Engine) -> None:
    Consents(engine).keep("first", "second")
    Consents(engine).keep("first", "third")
    assert Consents(engine).newest("first") == "third"
    assert Consents(engine).newest("another") == "another"


def test_the_token_that_the_owner_wrote_down_is_not_copied(engine: Engine) -> None:
    Consents(engine).keep("first", "second")
    with engine.begin() as connection:
        assert "first" not in str(connection.execute(select(meta)).all())
