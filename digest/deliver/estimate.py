"""How long the rest will take, from the limits and from how fast it goes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def seconds_left(
    remaining: Mapping[str, int], limits: Mapping[str, float], *, measured: float = 0.0, servers: Sequence[float] = ()
) -> float | None:
    """Seconds until the last of the remaining messages is sent; None where nothing is known that could tell.

    The slowest of three decides: a provider with its own limit, all messages together, and the servers.

    Args:
        remaining: messages by provider.
        limits: messages a second by provider, "" for all together; without an entry there is no limit.
        measured: messages a second of this run so far, 0 where it has not begun.
        servers: messages a second that each server takes, 0 for one without a limit.
    """
    total = sum(remaining.values())
    if not total:
        return 0.0
    rates = [limits.get("", 0.0), measured, sum(servers) if all(servers) else 0.0]
    times = [total / rate for rate in rates if rate]
    times += [count / rate for provider, count in remaining.items() if (rate := limits.get(provider, 0.0))]
    return max(times, default=None)
