"""One thing that `digest doctor` has looked at, and how it is."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class State(enum.StrEnum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    #: It can't be found out from here.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One thing that was looked at."""

    #: "spf", "dkim", "certificate", ...: stable, for scripts.
    code: str
    state: State
    found: str
    #: The next step; a DNS record as it is to be published.
    advice: str = ""
