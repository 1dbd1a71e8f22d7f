"""A mail server that says what a test wants it to say, at any point of the dialogue (RFC 5321)."""

from __future__ import annotations

import asyncio
import itertools
import ssl
from collections.abc import Mapping, Sequence
from types import TracebackType

#: What a script may hold besides replies.
DROP = "drop"
SILENCE = "silence"

_USUAL = {
    "CONNECT": "220 scripted.invalid ESMTP",
    "HELO": "250 scripted.invalid",
    "STARTTLS": "220 2.0.0 Go on",
    "AUTH": "235 2.7.0 Welcome",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "DATA": "354 Go on",
    "END": "250 2.0.0 Ok: queued",
    "RSET": "250 2.0.0 Ok",
    "QUIT": "221 2.0.0 Bye",
}

Script = Mapping[str, str | Sequence[str]]


class ScriptedServer:
    """Serves on loopback while the `async with` lasts.

    Args:
        script: what to say instead of the usual, by "CONNECT", "EHLO", a command, "BODY" (before a message is read) or
            "END" (after the final dot); "RCPT bob@example.org" and the like are for one recipient. A list is used up,
            one word each time; then the usual follows. `DROP` closes the connection (also after a word that it
            ends), `SILENCE` says nothing more.
        offers: the extensions that EHLO names.
        tls: offers STARTTLS with this certificate.
    """

    def __init__(
        self,
        script: Script | None = None,
        *,
        offers: Sequence[str] = ("PIPELINING", "8BITMIME", "SMTPUTF8"),
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._script = {
            point: itertools.repeat(says) if isinstance(says, str) else iter(says)
            for point, says in (script or {}).items()
        }
        self._offers = [*offers, *(["STARTTLS"] if tls else [])]
        self.tls = tls
        self.port = 0
        self.connections = 0
        #: Every line that was no message, over all connections.
        self.commands: list[str] = []
        #: The messages that were answered with 250, as (recipient, message).
        self.taken: list[tuple[str, bytes]] = []
        self._conversations: set[asyncio.Task[None]] = set()
        self._reached: dict[str, asyncio.Event] = {}

    async def reached(self, point: str) -> None:
        """Wait until a dialogue has come to a point."""
        await self._reached.setdefault(point, asyncio.Event()).wait()

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.taken]

    async def __aenter__(self) -> ScriptedServer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for conversation in list(self._conversations):
            conversation.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._conversations.add(task)
        try:
            await _Conversation(self, reader, writer).run()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._conversations.discard(task)
            writer.transport.abort()

    def scripted(self, point: str, recipient: str) -> str | None:
        """What the script says at a point, None where it says nothing (any more)."""
        self._reached.setdefault(point, asyncio.Event()).set()
        for key in (f"{point} {recipient}", point):
            if (word := next(self._script.get(key, iter(())), None)) is not None:
                return word
        return None

    def usual(self, point: str) -> str:
        if point == "EHLO":
            lines = ["scripted.invalid", *self._offers]
            return "\r\n".join(f"250{' ' if line is lines[-1] else '-'}{line}" for line in lines)
        return _USUAL.get(point, "" if point == "BODY" else "502 5.5.2 Not known here")


class _Conversation:
    def __init__(self, server: ScriptedServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.recipient = ""
        self.message = b""
        #: How far the envelope has come: MAIL, then RCPT, and so on.
        self.accepted: list[str] = []

    async def run(self) -> None:
        await self.say("CONNECT")
        while line := (await self.reader.readline()).decode().strip():
            self.server.commands.append(line)
            command = line.split(" ")[0].upper()
            if command in ("MAIL", "RSET", "EHLO"):
                self.accepted = []
            elif command == "RCPT":
                self.recipient = line.partition("<")[2].rpartition(">")[0]
            said = await self.say(command)
            if said.startswith("250"):
                self.accepted.append(command)
            elif command == "DATA" and said.startswith("354"):
                await self.take()
            elif command == "STARTTLS" and said.startswith("220"):
                assert self.server.tls
                await self.writer.start_tls(self.server.tls)
            if command == "QUIT":
                return

    async def take(self) -> None:
        await self.say("BODY")
        lines = []
        while (line := await self.reader.readline()) != b".\r\n":
            if not line:
                raise ConnectionResetError
            lines.append(line.removeprefix(b"."))
        self.accepted = []
        self.message = b"".join(lines)
        await self.say("END")

    async def say(self, point: str) -> str:
        word = self.server.scripted(point, self.recipient)
        if word is None:
            word = self.out_of_order(point) or self.server.usual(point)
        if word == SILENCE:
            await asyncio.Event().wait()
        if point == "END" and word.startswith("250"):
            self.server.taken.append((self.recipient, self.message))
        if spoken := word.removesuffix(DROP).strip():
            self.writer.write(f"{spoken}\r\n".encode())
            await self.writer.drain()
        if word.endswith(DROP):
            self.writer.close()
            await self.writer.wait_closed()
            raise ConnectionResetError
        return word

    def out_of_order(self, point: str) -> str:
        needed = {"RCPT": "MAIL", "DATA": "RCPT"}.get(point)
        return f"503 5.5.1 {needed} first" if needed and needed not in self.accepted else ""
