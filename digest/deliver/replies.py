"""What a mail server says, and what follows from it. Pure."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from digest.deliver.headers import one_line

#: A reply of several lines is read up to this many octets (RFC 5321 §4.5.3.1.5 allows 512 a line).
_MAX_REPLY = 65536
_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})\b")
#: Authentication is required, too weak, failed, or needs encryption (RFC 4954 §6).
_LOGIN_CODES = frozenset({530, 534, 535, 538})
#: Servers without enhanced codes say it in words.
_RELAYING = re.compile(r"\brelay", re.IGNORECASE)


class Stage(enum.IntEnum):
    """The points of an SMTP dialogue at which a server may refuse, in their order."""

    CONNECT = 1
    HELLO = 2
    TLS = 3
    LOGIN = 4
    SENDER = 5
    RECIPIENT = 6
    DATA = 7
    #: After the dot that ends the message.
    END = 8


class Verdict(enum.Enum):
    """What a reply means for the message, the connection and the run."""

    ACCEPTED = enum.auto()
    #: Try this recipient again later.
    DEFER = enum.auto()
    #: This recipient will not get it.
    REFUSE = enum.auto()
    #: It may be the recipient, but is likelier the sender, the message or the rules: several in a row stop the run.
    SUSPECT = enum.auto()
    #: This connection is of no more use; what was on it may be tried on another.
    RECONNECT = enum.auto()
    #: Nobody can tell whether the message was taken.
    UNCERTAIN = enum.auto()
    #: No message will pass.
    STOP = enum.auto()


@dataclass(frozen=True, slots=True)
class Reply:
    code: int
    text: str

    @property
    def enhanced(self) -> tuple[int, int, int] | None:
        """The enhanced status code (RFC 3463), where there is one."""
        found = _ENHANCED.match(self.text)
        return (int(found[1]), int(found[2]), int(found[3])) if found else None

    def __str__(self) -> str:
        return one_line(f"{self.code} {self.text}")[:500]


class GibberishError(ValueError):
    """The server speaks something other than SMTP."""


class ReplyReader:
    """Bytes as they come in → replies."""

    def __init__(self) -> None:
        self._buffer = b""
        self._lines: list[str] = []

    def feed(self, received: bytes) -> list[Reply]:
        """The replies that are complete.

        Raises:
            GibberishError: a line is no reply, or one has no end.
        """
        *lines, self._buffer = (self._buffer + received).split(b"\n")
        replies = [reply for line in lines if (reply := self._add(line))]
        if len(self._buffer) + sum(map(len, self._lines)) > _MAX_REPLY:
            raise GibberishError("the server's reply has no end")
        return replies

    def _add(self, line: bytes) -> Reply | None:
        """Take in a line; returns the reply that it ends."""
        code, mark = line[:3], line[3:4].strip()
        if not (re.fullmatch(rb"[2-5]\d\d", code) and mark in (b"", b"-")):
            raise GibberishError(f"the server answered “{one_line(line[:60].decode('ascii', 'replace'))}”")
        self._lines.append(line[4:].decode("utf-8", "replace").strip())
        if mark:
            return None
        reply = Reply(int(code), "\n".join(self._lines))
        self._lines = []
        return reply


def judge(stage: Stage, reply: Reply) -> Verdict:
    """What a reply means (RFC 5321 §4.2, §4.3.2; RFC 3463)."""
    if reply.code // 100 == (3 if stage is Stage.DATA else 2):
        return Verdict.ACCEPTED
    if stage is Stage.END:
        return _judge_end(reply)
    if reply.code in _LOGIN_CODES:
        return Verdict.STOP
    # 503, bad sequence: the server has lost the thread; the next message would fare no better.
    if reply.code < 400 or reply.code in (421, 503):
        return Verdict.RECONNECT
    return _judge_session(reply) if stage <= Stage.SENDER else _judge_recipient(reply)


def _judge_session(reply: Reply) -> Verdict:
    return Verdict.STOP if reply.code >= 500 else Verdict.RECONNECT


def _judge_recipient(reply: Reply) -> Verdict:
    if reply.code < 500:
        return Verdict.DEFER
    enhanced = reply.enhanced
    policy = enhanced[1] == 7 if enhanced else bool(_RELAYING.search(reply.text))
    return Verdict.SUSPECT if policy else Verdict.REFUSE


def _judge_end(reply: Reply) -> Verdict:
    """After the dot a refusal is about the message, and the next is much the same; a mailbox may speak here, too."""
    if reply.code < 400:
        return Verdict.UNCERTAIN
    if reply.code < 500:
        return Verdict.DEFER
    if reply.code in _LOGIN_CODES:
        return Verdict.STOP
    enhanced = reply.enhanced
    return Verdict.REFUSE if enhanced and enhanced[1] in (1, 2) else Verdict.SUSPECT
