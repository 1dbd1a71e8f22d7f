"""What a mail server says, and what follows from it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from digest.deliver.messages.headers import one_line
from digest.deliver.wire.rules import RULES, TOO_LARGE, Rule
from digest.deliver.wire.verdicts import Stage, Verdict

__all__ = [
    "TOO_LARGE",
    "GibberishError",
    "Reply",
    "ReplyReader",
    "Stage",
    "Verdict",
    "advice_for",
    "rule_for",
    "verdict_of",
]

#: A reply of several lines is read up to this many octets (RFC 5321 §4.5.3.1.5 allows 512 a line).
_MAX_REPLY = 65536
_CODE = re.compile(rb"[2-5][0-9][0-9]")
#: RFC 3463 §2; not a part of an address of the network, or of a number like Yahoo's "4.16.55.1".
_ENHANCED = re.compile(r"(?<![\d.])[245]\.[0-7]\.\d{1,3}(?![\d.]*\d)")
_REPEATED = re.compile(r"(?<=\n)[245]\.[0-7]\.\d{1,3}\b")
#: Rules look at no more of a reply.
_MOST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Reply:
    code: int
    text: str

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
        reply, last = _read_line(line)
        if last and not self._lines:
            return reply
        self._lines.append(reply.text)
        if not last:
            return None
        reply = Reply(reply.code, "\n".join(self._lines))
        self._lines = []
        return reply


#: A server says the same to every MAIL, RCPT and DATA that it accepts.
@lru_cache(maxsize=64)
def _read_line(line: bytes) -> tuple[Reply, bool]:
    """A line of a reply, and whether it is the last."""
    code, mark = line[:3], line[3:4].strip()
    if not (_CODE.fullmatch(code) and mark in (b"", b"-")):
        raise GibberishError(f"the server answered “{one_line(line[:60].decode('ascii', 'replace'))}”")
    return Reply(int(code), line[4:].decode("utf-8", "replace").strip()), not mark


def verdict_of(stage: Stage, reply: Reply) -> Verdict:
    """What a reply means; the first of `RULES` that fits."""
    if reply.code // 100 == (3 if stage is Stage.DATA else 2):
        return Verdict.ACCEPTED
    if stage is Stage.END and reply.code < 400:
        # After the dot nothing but a clear answer counts.
        return Verdict.UNCERTAIN
    if rule := rule_for(stage, reply):
        return rule.verdict
    # A refusal in no words we know. After the dot it is about the message, and the next is much the same.
    return Verdict.SUSPECT if stage is Stage.END else Verdict.UNCLEAR


def advice_for(stage: Stage, reply: Reply) -> str:
    """What the owner may do where no message passes."""
    rule = rule_for(stage, reply)
    return rule.advice if rule else ""


def rule_for(stage: Stage, reply: Reply) -> Rule | None:
    """The row of the table that holds for a reply; None where its words are in none."""
    line = _plain(reply)
    return next((rule for rule in RULES if stage in rule.stages and rule.like.search(line)), None)


def _plain(reply: Reply) -> str:
    """A reply as the table has it: "550 5.1.1 No such user", wherever its enhanced code stands.

    Each line of a long reply repeats that code, in the middle of a sentence. Its class is the basic code's where they
    differ, which some servers let happen: RFC 5321 §4.2 has programs go by the first digit.
    """
    found = _ENHANCED.search(reply.text)
    words = _REPEATED.sub("", reply.text).replace("’", "'")
    if found:
        # Whether it stood in front or, as qmail's "(#5.1.1)", at the end.
        words = words.replace(found[0], "", 1)
    detail = f"{reply.code // 100}{found[0][1:]} " if found else ""
    return f"{reply.code} {detail}{' '.join(one_line(words).split())}"[:_MOST_WORDS]
