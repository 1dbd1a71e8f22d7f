"""The command line: a file for each group of commands; the only place that reads the clock and ends the process."""

from __future__ import annotations

import os
import signal
import sys

_INTERRUPTED = 128 + signal.SIGINT


def main() -> None:
    """Run the program; an error that the user can mend becomes a line on stderr and its own exit code."""
    # An interrupted import would tell in a traceback what it was importing; and nothing has been begun yet.
    interrupts = signal.signal(signal.SIGINT, _leave)
    from digest.cli.app import app  # noqa: PLC0415 - below the line above, which must come first
    from digest.cli.terminal import report_error  # noqa: PLC0415
    from digest.errors import DigestError  # noqa: PLC0415

    signal.signal(signal.SIGINT, interrupts)
    try:
        app()
    except DigestError as error:
        report_error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe (`digest status | head`) has gone: not an error, and not worth a traceback.
        sys.stderr.close()
        sys.exit(0)


def _leave(*_: object) -> None:
    os._exit(_INTERRUPTED)
