"""The exceptions of `digest`, a leaf of the import graph.

    DigestError                 something the user can mend; the message says what and how
    ├── UsageError              wrong command line, settings or file            exit 2
    ├── NotEnoughNewsError      too few stories for an issue                    exit 3
    ├── CheckFailedError        a check found an error in the edition           exit 4
    │   └── UnclearListError      a list tells who has left in a way that is not understood
    ├── LockedError             another run holds the project's lock            exit 6
    └── DeliveryError           nothing could be sent                           exit 7
        └── DeliveryStoppedError  the server refuses all mail (policy, login)

What went wrong for one source, one row or one recipient is a value in a report, not an exception.
"""

from __future__ import annotations


class DigestError(Exception):
    """Base of every error that the user can mend.

    Args:
        message: what is wrong, naming the file, line or key.
        hint: the next step, a sentence; printed below the message.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(DigestError):
    """The command line, the settings or a file of the project is wrong."""

    exit_code = 2


class NotEnoughNewsError(DigestError):
    """The window holds fewer stories than `compose.min_stories`."""

    exit_code = 3


class CheckFailedError(DigestError):
    """A check found an error in the rendered edition: nothing is sent."""

    exit_code = 4


class UnclearListError(CheckFailedError):
    """A list may tell that somebody has left in a way that is not understood: nobody on it is mailed."""


class LockedError(DigestError):
    """Another run holds the project's lock."""

    exit_code = 6


class DeliveryError(DigestError):
    """Nothing could be sent."""

    exit_code = 7


class DeliveryStoppedError(DeliveryError):
    """The server refuses all mail of this sender: going on would burn the list."""
