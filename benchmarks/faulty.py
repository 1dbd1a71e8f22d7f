"""A mail server that puts off, refuses and hangs up on a part of its clients, and writes down what it took.

    python benchmarks/faulty.py PORT LOG [--later 0.05] [--refused 0.01] [--dropped 0.005] [--seed 1]

LOG gets a line for each message taken, "RECIPIENT MESSAGE-ID", on its way to the disk before the client has its answer.
What a recipient meets depends on the address and the seed only: put off once, refused always, or hung up on once after
the message's final dot (in half of these cases after the message was taken). Appending, it survives its own restart.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import re
from pathlib import Path

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_EHLO = b"250-faulty.invalid\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"


class Post:
    """What the server remembers over all connections."""

    def __init__(self, log: Path, shares: dict[str, float], seed: int) -> None:
        self.log = log.open("ab", buffering=0)
        # What was put off or dropped once is taken the next time, even by a server that was started anew.
        self._met = log.with_suffix(".met").open("ab+", buffering=0)
        self._met.seek(0)
        self.once = set(self._met.read().split(b"\n"))
        self.shares, self.seed = shares, seed

    def fate(self, recipient: bytes) -> str:
        point = int.from_bytes(hashlib.blake2b(recipient, digest_size=4, salt=self.seed.to_bytes(16, "big")).digest())
        share = point / 2**32
        for name, size in self.shares.items():
            if share < size:
                return name if name == "refused" or recipient not in self.once else "taken"
            share -= size
        return "taken"

    def met(self, recipient: bytes) -> None:
        self.once.add(recipient)
        self._met.write(recipient + b"\n")

    def take(self, recipient: bytes, message: bytes) -> None:
        found = _MESSAGE_ID.search(message)
        self.log.write(recipient + b" " + (found[1] if found else b"?") + b"\n")


class Conversation(asyncio.Protocol):
    def __init__(self, post: Post) -> None:
        self.post, self.buffer, self.message, self.recipient = post, b"", False, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(b"220 faulty.invalid ESMTP\r\n")  # type: ignore[attr-defined]

    def data_received(self, octets: bytes) -> None:
        self.buffer += octets
        replies = b""
        while (reply := self.step()) is not None and not self.transport.is_closing():
            replies += reply
        self.transport.write(replies)  # type: ignore[attr-defined]

    def step(self) -> bytes | None:
        """The answer to the next line or message; None where it is not all here yet."""
        end = b"\r\n.\r\n" if self.message else b"\r\n"
        head, found, rest = self.buffer.partition(end)
        if not found:
            return None
        self.buffer = rest
        return self.taken(head) if self.message else self.answer(head)

    def answer(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"EHLO":
            return _EHLO
        if verb == b"RCPT":
            return self.rcpt(line.partition(b"<")[2].partition(b">")[0])
        if verb == b"DATA":
            self.message = bool(self.recipient)
            return b"354 Go on\r\n" if self.recipient else b"503 5.5.1 RCPT first\r\n"
        if verb == b"QUIT":
            self.transport.close()
            return b""
        self.recipient = b""
        return b"250 2.0.0 Ok\r\n"

    def rcpt(self, recipient: bytes) -> bytes:
        self.recipient = b""
        match self.post.fate(recipient):
            case "later":
                self.post.met(recipient)
                return b"451 4.3.0 Try again later\r\n"
            case "refused":
                return b"550 5.1.1 No such user here\r\n"
        self.recipient = recipient
        return b"250 2.1.5 Ok\r\n"

    def taken(self, message: bytes) -> bytes:
        self.message = False
        recipient, self.recipient = self.recipient, b""
        if self.post.fate(recipient) == "dropped":
            self.post.met(recipient)
            if recipient[-13] % 2:  # the last digit before "@example.org"
                self.post.take(recipient, message)
            self.transport.abort()  # type: ignore[attr-defined]
            return b""
        self.post.take(recipient, message)
        return b"250 2.0.0 Ok: queued\r\n"


async def serve(port: int, post: Post) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Conversation(post), "127.0.0.1", port)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("port", type=int)
    parser.add_argument("log", type=Path)
    for name, share in {"later": 0.05, "refused": 0.01, "dropped": 0.005}.items():
        parser.add_argument(f"--{name}", type=float, default=share)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    shares = {"later": asked.later, "refused": asked.refused, "dropped": asked.dropped}
    asyncio.run(serve(asked.port, Post(asked.log, shares, asked.seed)))


if __name__ == "__main__":
    main()
