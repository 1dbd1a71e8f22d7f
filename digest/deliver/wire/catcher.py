"""A mail server on loopback that delivers nothing: it keeps what it is sent, one .eml file a message."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from types import TracebackType

from digest.deliver.wire.outbox import file_name

_EXTENSIONS = ("PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES")
_GREETING = b"220 catcher.invalid ESMTP keeps your mail\r\n"


class Catcher:
    """Takes mail from anybody for everybody while the `async with` lasts.

    Args:
        folder: where the files go; made when the first message comes.
        port: 0 for any that is free.
    """

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self.folder = folder
        self.port = port
        #: The files, in the order in which the messages came.
        self.caught: list[Path] = []
        self._conversations: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Catcher:
        self._server = await asyncio.start_server(self._greet, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for conversation in self._conversations:
            conversation.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)
        await self._server.wait_closed()

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversation = asyncio.current_task()
        assert conversation is not None  # noqa: S101  # asyncio calls this in a task
        self._conversations.add(conversation)
        try:
            await self._converse(reader, writer)
        except (OSError, ValueError, asyncio.CancelledError):
            # The client is gone, sends lines without end, or the catcher closes.
            pass
        finally:
            self._conversations.discard(conversation)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(_GREETING)
        recipients: list[str] = []
        while line := await reader.readline():
            command, argument = line[:4].upper(), line.decode("utf-8", "replace")
            if command == b"RCPT":
                recipients.append(argument.partition("<")[2].rpartition(">")[0])
            elif command in (b"RSET", b"MAIL"):
                recipients = []
            elif command == b"DATA" and recipients:
                writer.write(b"354 End with a dot on a line of its own\r\n")
                message = await _message(reader)
                for recipient in recipients:
                    self._keep(recipient, message)
            writer.write(_answer(command) if recipients or command != b"DATA" else b"503 5.5.1 Nobody to send to\r\n")
            await writer.drain()
            if command == b"QUIT":
                break

    def _keep(self, recipient: str, message: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / file_name(recipient.lower())
        for count in range(2, len(self.caught) + 3):
            if not path.exists():
                break
            path = path.with_name(f"{path.stem.partition('~')[0]}~{count}.eml")
        path.write_bytes(message)
        self.caught.append(path)


async def _message(reader: asyncio.StreamReader) -> bytes:
    """Everything up to the dot, without the dots that were doubled (RFC 5321 §4.5.2)."""
    lines: list[bytes] = []
    while (line := await reader.readline()) != b".\r\n":
        if not line:
            raise ConnectionResetError
        lines.append(line.removeprefix(b"."))
    return b"".join(lines)


def _answer(command: bytes) -> bytes:
    if command == b"EHLO":
        lines = ("catcher.invalid", *_EXTENSIONS)
        return "".join(f"250{' ' if line is lines[-1] else '-'}{line}\r\n" for line in lines).encode()
    if command == b"QUIT":
        return b"221 2.0.0 Bye\r\n"
    if command in (b"HELO", b"MAIL", b"RCPT", b"DATA", b"RSET", b"NOOP"):
        return b"250 2.0.0 Ok\r\n"
    return b"502 5.5.2 Not known here\r\n"
