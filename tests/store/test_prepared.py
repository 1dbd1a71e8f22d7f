"""A statement for many rows does what SQLAlchemy does with each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import Engine, bindparam, insert, select, update

from digest.store.prepared import Prepared, stored
from digest.store.schema import suppressions

KEY, REASON, AT = suppressions.c.key, suppressions.c.reason, suppressions.c.at
NOON = datetime(2026, 2, 19, 12, tzinfo=UTC)
LATER = datetime(2026, 2, 19, 15, 30, 1, 5, tzinfo=timezone(timedelta(hours=2)))

RENAME = Prepared(
    update(suppressions)
    .where(KEY.in_([bindparam("the_key")]), REASON == "bounced")
    .values(reason=bindparam("why"), at=bindparam("when", type_=AT.type))
)


def test_each_row_is_written_with_its_own_and_the_shared_parameters(engine: Engine) -> None:
    with engine.begin() as connection:
        rows = [{"key": key, "reason": reason, "at": NOON} for key, reason in (("a", "bounced"), ("b", "bounced"))]
        connection.execute(insert(suppressions), [*rows, {"key": "c", "reason": "left", "at": NOON}])
        new = [{"the_key": key, "why": f'{key}\'s "%s" :why ?'} for key in "abcd"]

        changed = RENAME.execute(connection, new, when=stored(LATER, connection.dialect))

        assert changed == 2
        assert [tuple(row) for row in connection.execute(select(suppressions).order_by(KEY))] == [
            ("a", 'a\'s "%s" :why ?', LATER),
            ("b", 'b\'s "%s" :why ?', LATER),
            ("c", "left", NOON),
        ]


def test_a_time_that_is_not_there_stays_so(engine: Engine) -> None:
    assert stored(None, engine.dialect) is None
