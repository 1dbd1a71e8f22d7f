"""Why a model's answer is not there or can't be used: a value in the report, never the end of a run."""

from __future__ import annotations


class TroubleError(Exception):
    """One question got no answer that can be used.

    Args:
        reason: what happened, in a few words; never what a server wrote, which may hold the key.
        hint: the next step.
        lasting: the next question would fare no better.
        passing: the server or the way to it failed; after a few of these in a row nobody asks any more.
    """

    def __init__(self, reason: str, *, hint: str = "", lasting: bool = False, passing: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.lasting = lasting
        self.passing = passing
