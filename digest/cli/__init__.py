"""The command line: a file for each group of commands; the only place that reads the clock and ends the process."""

from __future__ import annotations

import sys

from digest.cli.terminal import report_error
from digest.errors import DigestError


def main() -> None:
    """Run the program; an error that the user can mend becomes a line on stderr and its own exit code."""
    from digest.cli.app import app  # noqa: PLC0415 - so that an error in a command's module is not one of start-up

    try:
        app()
    except DigestError as error:
        report_error(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of a pipe (`digest status | head`) has gone: not an error, and not worth a traceback.
        sys.stderr.close()
        sys.exit(0)
