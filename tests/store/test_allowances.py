"""Permits on disk."""

from __future__ import annotations

from sqlalchemy import Engine

from digest.store.allowances import Allowances


def test_what_is_saved_is_loaded_and_the_last_save_holds(engine: Engine) -> None:
    allowances = Allowances(engine)
    assert allowances.load() == {}
    allowances.save({"all/day": [(1, 5), (2, 7)], "to google/hour": [(30, 1)]})
    allowances.save({"all/day": [(2, 9)]})
    assert Allowances(engine).load() == {"all/day": [(2, 9)], "to google/hour": [(30, 1)]}
    allowances.save({"all/day": []})
    assert Allowances(engine).load() == {"to google/hour": [(30, 1)]}
