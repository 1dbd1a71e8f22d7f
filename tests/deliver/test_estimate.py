"""When the last one will be sent."""

from __future__ import annotations

import pytest

from digest.deliver.estimate import seconds_left


@pytest.mark.parametrize(
    ("remaining", "limits", "measured", "servers", "seconds"),
    [
        ({}, {"": 1.0}, 0.0, (), 0.0),
        ({"google": 100}, {}, 0.0, (), None),
        ({"google": 100}, {"": 10.0}, 0.0, (), 10.0),
        ({"google": 100}, {}, 50.0, (), 2.0),
        # The slowest provider is the last.
        ({"google": 100, "yahoo": 30}, {"yahoo": 0.1}, 50.0, (), 300.0),
        # A limit that nobody meets does not count.
        ({"google": 100}, {"yahoo": 0.1}, 50.0, (), 2.0),
        # Two servers together; and where one has no limit there is none.
        ({"google": 100}, {}, 0.0, (2.0, 3.0), 20.0),
        ({"google": 100}, {}, 0.0, (2.0, 0.0), None),
    ],
)
def test_the_slowest_of_the_limits_decides(
    remaining: dict[str, int], limits: dict[str, float], measured: float, servers: tuple[float, ...], seconds: float
) -> None:
    assert seconds_left(remaining, limits, measured=measured, servers=servers) == seconds
