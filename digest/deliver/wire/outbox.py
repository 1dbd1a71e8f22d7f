"""Writes messages into a folder instead of mailing them: one .eml file a recipient."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from pathlib import Path

from digest.deliver.wire.transport import Batch
from digest.errors import DeliveryStoppedError
from digest.model import DeliveryState, Outcome


class Outbox:
    """A transport into a folder, which is made when the first message is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def carry(self, batch: Batch) -> None:
        while message := await batch.next():
            path = self.folder / file_name(message.recipient.key)
            try:
                await asyncio.to_thread(_write, path, message.as_bytes())
            except OSError as error:
                batch.put_back(message)
                raise DeliveryStoppedError(
                    f"The outbox {self.folder} can't be written: {error.strerror}",
                    hint="Make room, or set SMTP_HOST to send by mail.",
                ) from error
            outcome = Outcome(recipient=message.recipient, state=DeliveryState.SENT, detail=f"written to {path.name}")
            batch.settle(message, outcome)


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
