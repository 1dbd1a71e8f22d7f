"""A command line, carried out; what goes wrong in it becomes a line on stderr and an exit code."""

from __future__ import annotations

import errno
import signal
from contextlib import suppress
from typing import Any

import typer

from digest.cli.app import app
from digest.cli.complaints import Complaint, as_usage_error, is_a_call_for_help
from digest.cli.terminal import report_error, warn
from digest.errors import DigestError

_INTERRUPTED = 128 + signal.SIGINT
#: What the machine's owner has to mend: a full or read-only disk, files of somebody else, a file where a folder should
#: be. Anything else is a fault of the program, and its traceback is wanted.
_OF_THE_MACHINE = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.EIO,
    errno.ENOTDIR,
    errno.EISDIR,
}


def run() -> int:
    """Run the program; returns its exit code."""
    try:
        # Without its "standalone mode" Typer raises what it would print, and returns the code of `typer.Exit`.
        return int(app(standalone_mode=False) or 0)
    except DigestError as error:
        return _reported(error)
    except Complaint as complaint:
        return _answer(complaint)
    except typer.Abort:
        # A question was answered with no, or with Ctrl-C.
        warn("Stopped; nothing was done.")
        return _INTERRUPTED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        if error.errno not in _OF_THE_MACHINE:
            raise
        return _reported(_about_the_machine(error))


def _reported(error: DigestError) -> int:
    # The exit code tells it, too, where the terminal was closed or nobody reads the pipe any more.
    with suppress(OSError):
        report_error(error)
    return error.exit_code


def _about_the_machine(error: OSError) -> DigestError:
    named = error.filename or "a file of the newsletter"
    return DigestError(
        f"{named} can't be written or read: {error.strerror}.",
        hint="Make room, or make the folder yours, and run it again: nothing is lost by that.",
    )


def _answer(complaint: Any) -> int:
    if is_a_call_for_help(complaint):
        complaint.show()
        return int(complaint.exit_code)
    return _reported(as_usage_error(complaint))
