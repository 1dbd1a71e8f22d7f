"""Writes messages into a folder instead of mailing them: one .eml file a recipient."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from pathlib import Path

from digest.deliver.wire.transport import Round
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState, Outcome


class Outbox:
    """A transport into a folder, which is made when the first message is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def carry(self, letters: Round) -> None:
        while letter := await letters.next():
            path = self.folder / file_name(letter.recipient.key)
            try:
                await asyncio.to_thread(_write, path, letter.message())
            except OSError as error:
                letters.put_back(letter)
                raise DeliveryStoppedError(
                    f"The outbox {self.folder} can't be written: {error.strerror}",
                    hint="Make room, or set SMTP_HOST to send by mail.",
                ) from error
            outcome = Outcome(recipient=letter.recipient, state=DeliveryState.SENT, detail=f"written to {path.name}")
            letters.settle(letter, outcome)


def file_name(key: str) -> str:
    """A name that a person recognises, no two alike, and none of which leads out of the folder."""
    shown = re.sub(r"[^a-z0-9@.+_-]+", "_", key)[:80].strip(".-") or "_"
    if shown == key:
        return f"{shown}.eml"
    return f"{shown}-{hashlib.sha256(key.encode('utf-8', 'surrogateescape')).hexdigest()[:12]}.eml"


def _write(path: Path, message: bytes) -> None:
    """All of the message or nothing, also when the power goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    with unfinished.open("wb") as file:
        file.write(message)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
