"""Which messages a run has begun, noted as it goes: what makes a killed run's doubts few.

A claim is on disk long before its message leaves, an outcome up to 100 ms after the server's answer, and a database
can't be asked to commit twice for each message. A line in this file costs a few µs. It is not synced: what a process
has written is the system's, and outlives a kill -9. It does not outlive the system's own end, so a line counts only
within the same boot; after a power cut everything claimed is uncertain, as if there were no journal.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.errors import DigestError
from digest.model import DeliveryState, Outcome, Recipient

#: Where Linux names the boot; elsewhere nobody does, and no line counts.
_BOOT = Path("/proc/sys/kernel/random/boot_id")
#: A file this large is written anew, with no more than what is open.
_LARGE = 1 << 20


def this_boot() -> str:
    """A name for the time since the system started; "" where there is none."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunNotes:
    """What a run noted of one issue."""

    run: str
    #: Keys of messages whose final dot may have been sent.
    begun: frozenset[str]
    #: What the server answered, by key.
    answered: dict[str, Outcome]


class Journal:
    """One run's notes, in a file beside the database. Its methods may be called from any thread.

    Args:
        boot: see `this_boot`.
    """

    def __init__(self, path: Path, *, boot: str) -> None:
        self._path = path
        self._boot = boot
        self._file = -1
        self._header: tuple[str, ...] = ()
        self._size = 0
        #: The lines of what is begun and not on record.
        self._open: dict[str, bytes] = {}
        #: Answers that are written with the next line. A connection begins a message only when the last is answered, so
        #: that each has one in doubt, as ever; and there are half as many writes.
        self._answers: list[bytes] = []
        self._lock = threading.Lock()

    def read(self, issue: str) -> RunNotes | None:
        """What the last run noted; None where its notes are of another issue or boot, absent, or damaged."""
        try:
            header, *lines = self._path.read_bytes().splitlines(keepends=True)
            run, noted, boot, inode = json.loads(header)
            # A last line without its end was not written to its end, and what it announces did not begin.
            notes = [json.loads(line) for line in lines if line.endswith(b"\n")]
            answered = {key: _outcome(key, *answer) for key, *answer in notes if answer}
            # A copy, of the folder or from a backup, does not know what was begun since it was made.
            copied = inode != self._path.stat().st_ino
        except (OSError, ValueError, TypeError):
            return None
        if copied or noted != issue or not boot or boot != self._boot:
            return None
        return RunNotes(run=run, begun=frozenset(key for key, *_ in notes), answered=answered)

    def start(self, issue: str, run: str) -> None:
        """Throw away the last run's notes, which are on record by now, and begin new ones."""
        with self._lock:
            self._header = (run, issue, self._boot)
            self._open = {}
            self._write_anew()

    def begin(self, key: str) -> None:
        """Note that a message's final dot is about to be sent.

        Raises:
            DigestError: it can't be noted, so it must not be sent.
        """
        with self._lock:
            # The same bytes as `_line` gives, in a quarter of the time.
            self._open[key] = f"[{json.dumps(key)}]\n".encode("ascii")
            self._write_answers(self._open[key])

    def answer(self, outcome: Outcome) -> None:
        """Note what the server said to a message that was begun."""
        key = outcome.recipient.key
        with self._lock:
            if key in self._open:
                retry = outcome.retry_at.isoformat() if outcome.retry_at else ""
                answer = (outcome.state, outcome.code, outcome.detail, retry, outcome.gone, outcome.tried)
                self._open[key] = _line(key, *answer)
                self._answers.append(self._open[key])

    def forget(self, keys: Iterable[str]) -> None:
        """Say that these are on record."""
        with self._lock:
            for key in keys:
                self._open.pop(key, None)
            if self._size > _LARGE:
                self._write_anew()

    def close(self) -> None:
        with self._lock:
            if self._file >= 0:
                with suppress(DigestError):
                    self._write_answers()
                os.close(self._file)
                self._file = -1

    def _write_answers(self, line: bytes = b"") -> None:
        self._append(b"".join([*self._answers, line]))
        self._answers = []

    def _append(self, line: bytes) -> None:
        if self._file < 0:
            return
        try:
            written = os.write(self._file, line)
        except OSError as error:
            raise _unwritable(self._path, error) from error
        if written < len(line):
            # The disk is full. Half a line would spoil those behind it.
            os.ftruncate(self._file, self._size)
            raise _unwritable(self._path, OSError("no space left on the device"))
        self._size += written

    def _write_anew(self) -> None:
        unfinished = self._path.with_name(f"{self._path.name}.part")
        try:
            file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_CLOEXEC, 0o600)
            content = b"".join([_line(*self._header, os.fstat(file).st_ino), *self._open.values()])
            written = os.write(file, content)
            unfinished.replace(self._path)
        except OSError as error:
            raise _unwritable(self._path, error) from error
        if written < len(content):
            os.close(file)
            raise _unwritable(self._path, OSError("no space left on the device"))
        if self._file >= 0:
            with suppress(OSError):
                os.close(self._file)
        self._file, self._size, self._answers = file, len(content), []


class NullJournal:
    """Takes no notes: what a killed run had claimed is uncertain, all of it."""

    def read(self, issue: str) -> None: ...
    def start(self, issue: str, run: str) -> None: ...
    def begin(self, key: str) -> None: ...
    def answer(self, outcome: Outcome) -> None: ...
    def forget(self, keys: Iterable[str]) -> None: ...
    def close(self) -> None: ...


def _line(*values: object) -> bytes:
    return json.dumps(values).encode("ascii") + b"\n"


def _outcome(  # noqa: PLR0917  # the columns of a line
    key: str,
    state: str,
    code: int,
    detail: str,
    retry: str,
    gone: bool,
    tried: bool,
) -> Outcome:
    return Outcome(
        recipient=Recipient(key=key, email=key),
        state=DeliveryState(state),  # type: ignore[arg-type]  # written from an outcome
        code=code,
        detail=detail,
        retry_at=datetime.fromisoformat(retry) if retry else None,
        gone=gone,
        tried=tried,
    )


def _unwritable(path: Path, error: OSError) -> DigestError:
    return DigestError(
        f"{path.name} can't be written: {error.strerror or error}.",
        hint="Make room on the disk and run the command again: it goes on from here.",
    )
