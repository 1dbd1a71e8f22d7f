"""A mailbox server that speaks as much IMAP (RFC 3501) as a reader needs, and notes every command it was given."""

from __future__ import annotations

import asyncio
import base64
import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType


@dataclass(slots=True, kw_only=True)
class Stored:
    """A message in a folder."""

    body: bytes
    received: datetime
    flags: set[str] = field(default_factory=set)
    #: What the server says of its size, where that is a lie.
    announced: int | None = None


class ImapServer:
    """Serves on loopback while the `async with` lasts.

    Args:
        folders: the messages, by the folder's name as IMAP writes it.
        tls: the certificate, for TLS from the start or (with `starttls`) on request.
        refuses: commands answered with NO, and why.
        offers: capabilities beside those that every server has.
    """

    def __init__(
        self,
        folders: Mapping[str, Sequence[Stored]],
        *,
        user: str = "rosa",
        password: str = "swordfish",  # noqa: S107  # a test's
        tls: ssl.SSLContext | None = None,
        starttls: bool = False,
        refuses: Mapping[str, str] | None = None,
        offers: Sequence[str] = ("AUTH=PLAIN",),
    ) -> None:
        self.folders = folders
        self.commands: list[str] = []
        self.port = 0
        self._login = (user, password)
        self._tls, self._starttls = tls, starttls
        self._refuses = refuses or {}
        self._offers = offers
        self._open: Sequence[Stored] = ()

    async def __aenter__(self) -> ImapServer:
        tls = None if self._starttls else self._tls
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"* OK scripted.invalid ready\r\n")
            while line := await reader.readline():
                tag, _, command = line.decode().strip().partition(" ")
                self.commands.append(command)
                name = command.split()[0].upper()
                name = f"UID {command.split()[1].upper()}" if name == "UID" else name
                if name in self._refuses:
                    writer.write(f"{tag} NO {self._refuses[name]}\r\n".encode())
                    continue
                await self._answer(name, tag, command, reader, writer)
                await writer.drain()
                if name == "LOGOUT":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(
        self, name: str, tag: str, command: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        said, verdict = b"", "OK done"
        match name:
            case "CAPABILITY":
                offers = [*self._offers, *(["STARTTLS"] if self._starttls else [])]
                said = f"* CAPABILITY IMAP4rev1 {' '.join(offers)}\r\n".encode()
            case "STARTTLS":
                writer.write(f"{tag} OK go on\r\n".encode())
                await writer.drain()
                await writer.start_tls(self._tls)
                self._starttls = False
                return
            case "AUTHENTICATE":
                writer.write(b"+ \r\n")
                await writer.drain()
                _, user, password = base64.b64decode(await reader.readline()).decode().split("\0")
                verdict = "OK in" if (user, password) == self._login else f"NO wrong password {password}"
            case "LOGIN":
                written = re.findall(r'"((?:\\.|[^"\\])*)"|(\S+)', command.partition(" ")[2])
                given = tuple(re.sub(r"\\(.)", r"\1", quoted) or bare for quoted, bare in written)
                verdict = "OK in" if given == self._login else f"NO wrong password {given[1]}"
            case "EXAMINE":
                folder = command[len("EXAMINE ") :].strip('"')
                verdict = "OK [READ-ONLY] open" if folder in self.folders else f"NO Unknown folder {folder}"
                self._open = self.folders.get(folder, ())
                said = f"* {len(self._open)} EXISTS\r\n".encode()
            case "UID SEARCH":
                since = datetime.strptime(command.rsplit(maxsplit=1)[-1], "%d-%b-%Y").date()  # noqa: DTZ007  # a day
                found = [str(uid) for uid, one in self._numbered() if _day(one) >= since]
                said = f"* SEARCH {' '.join(found)}\r\n".encode()
            case "UID FETCH":
                said = b"".join(self._fetched(command))
            case "LOGOUT":
                said = b"* BYE\r\n"
            case _:
                verdict = "BAD not here"
        writer.write(said + f"{tag} {verdict}\r\n".encode())

    def _numbered(self) -> list[tuple[int, Stored]]:
        # Not from 1: a message's number and its place in the folder differ.
        return [*enumerate(self._open, start=101)]

    def _fetched(self, command: str) -> list[bytes]:
        wanted = {int(uid) for uid in command.split()[2].split(",")}
        answers = []
        for place, (uid, one) in enumerate(self._numbered(), start=1):
            size = len(one.body) if one.announced is None else one.announced
            if uid not in wanted:
                continue
            if "RFC822.SIZE" in command:
                answers.append(f"* {place} FETCH (UID {uid} RFC822.SIZE {len(one.body)})\r\n".encode())
                continue
            if "PEEK" not in command:
                one.flags.add("\\Seen")
            received = one.received.strftime("%d-%b-%Y %H:%M:%S %z")
            head = f'* {place} FETCH (UID {uid} INTERNALDATE "{received}" BODY[] {{{size}}}\r\n'
            answers.append(head.encode() + one.body + b")\r\n")
        return answers


def _day(one: Stored) -> date:
    return one.received.date()
