"""Options that mean nothing beside one another."""

from __future__ import annotations

from collections.abc import Mapping

from digest.errors import UsageError


def stands_alone(option: str, why: str, others: Mapping[str, object]) -> None:
    """Refuse what stands beside an option though it can't mean anything there.

    Args:
        why: what the option does.
        others: by their names, what was written; those that were not are falsy.

    Raises:
        UsageError: one of them was written.
    """
    written = [name for name, value in others.items() if value]
    if written:
        names = " and ".join(written)
        raise UsageError(f"{option} does not go with {names}: {why}.", hint=f"Leave out {option} or {names}.")
