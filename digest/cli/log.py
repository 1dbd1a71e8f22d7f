"""digest.log: what each run did, a JSON object a line, for the day somebody asks what happened last Monday.

The standard library's logging, since a library that does more costs every run 90 ms. Addresses and names are in it only
where the owner asked for them with DIGEST_LOG_LEVEL=debug: whatever looks like an address is masked, here and in one
place, whoever logged it.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import typer

from digest.errors import DigestError, UsageError

#: Years of a weekly newsletter.
_MOST_BYTES = 2_000_000
_KEPT = 3
_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")


@contextmanager
def logged(path: Path, *, level: str, command: str) -> Iterator[None]:
    """Log to a file while the block runs, and how it ends. Level "off" logs nothing.

    Raises:
        UsageError: the file can't be written.
    """
    if level == "off":
        yield
        return
    log = logging.getLogger("digest")
    handler = _open(path)
    handler.setFormatter(_Lines(addresses=level == "debug"))
    log.addHandler(handler)
    log.setLevel(level.upper())
    log.propagate = False
    try:
        with _logged_run(log, command):
            yield
    finally:
        log.removeHandler(handler)
        handler.close()


@contextmanager
def _logged_run(log: logging.Logger, command: str) -> Iterator[None]:
    """Log that a command began, and how it ended."""
    log.info("run began", extra={"fields": {"command": command, "process": os.getpid()}})
    try:
        yield
    except DigestError as error:
        log.error("run ended", extra={"fields": {"exit_code": error.exit_code, "error": error.message}})  # noqa: TRY400  # the user's mistake: no traceback
        raise
    except typer.Exit as end:
        log.info("run ended", extra={"fields": {"exit_code": end.exit_code}})
        raise
    except BaseException as error:
        log.critical("run broke off", extra={"fields": {"error": f"{type(error).__name__}: {error}"}})
        raise
    log.info("run ended", extra={"fields": {"exit_code": 0}})


class _Private(RotatingFileHandler):
    """Files that only their owner reads: at debug they hold addresses."""

    def _open(self) -> Any:
        return os.fdopen(
            os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
        )


def _open(path: Path) -> logging.Handler:
    try:
        return _Private(path, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path} can't be written: {error.strerror}", hint="Make it yours, or set DIGEST_LOG_LEVEL=off in .env."
        ) from error


class _Lines(logging.Formatter):
    """A record as one line of JSON: time, level, event, where from, and the fields of `extra={"fields": ...}`."""

    def __init__(self, *, addresses: bool) -> None:
        super().__init__()
        self._addresses = addresses

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "from": record.name,
            **getattr(record, "fields", {}),
        }
        return json.dumps(self._fit(line), ensure_ascii=False, default=str)

    def _fit(self, value: Any) -> Any:
        """A value with its addresses masked, down to the last string in it."""
        if isinstance(value, dict):
            return {self._fit(key): self._fit(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._fit(inner) for inner in value]
        return _ADDRESS.sub("…@…", value) if isinstance(value, str) and not self._addresses else value
