"""How far a long piece of work is: one type for whoever tells it, and one for whoever wants to know nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Progress(Protocol):
    """Told how much is done, of how much (0 where that is not known), and what there is to say of it."""

    def __call__(self, done: int, total: int, note: str = "", /) -> None: ...


#: Begins a step of the run, by its name, and returns whom to tell how far it is.
Steps = Callable[[str], Progress]


def silent(done: int, total: int, note: str = "", /) -> None:
    """Tell nobody."""
