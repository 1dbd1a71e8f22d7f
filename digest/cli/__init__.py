"""The command line: a file for each group of commands; the only place that reads the clock and ends the process."""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    """Run the program and end the process with its exit code."""
    # An interrupted import would tell in a traceback what it was importing; and nothing has been begun yet.
    interrupts = signal.signal(signal.SIGINT, _leave)
    from digest.cli.run import run  # noqa: PLC0415 - below the line above, which must come first

    signal.signal(signal.SIGINT, interrupts)
    sys.exit(run())


def _leave(*_: object) -> None:
    os._exit(128 + signal.SIGINT)
