"""What a mail server says, and what follows from it. Pure."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import lru_cache

from digest.deliver.messages.headers import one_line

#: A reply of several lines is read up to this many octets (RFC 5321 §4.5.3.1.5 allows 512 a line).
_MAX_REPLY = 65536
_CODE = re.compile(rb"[2-5][0-9][0-9]")


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
    #: There is no such mailbox (any more): never mail it again.
    GONE = enum.auto()
    #: This recipient will not get this message; the next issue may pass.
    REFUSE = enum.auto()
    #: Try this recipient again later: a full mailbox, a server in trouble.
    DEFER = enum.auto()
    #: The server wants to see us come back, in minutes to hours.
    GREYLISTED = enum.auto()
    #: We are too fast for whoever said it.
    SLOW_DOWN = enum.auto()
    #: It may be the recipient, but is likelier the sender, the message or the rules: several in a row stop the run.
    SUSPECT = enum.auto()
    #: This connection is of no more use; what was on it may be tried on another.
    RECONNECT = enum.auto()
    #: Nobody can tell whether the message was taken.
    UNCERTAIN = enum.auto()
    #: No message will pass: the rules, or the login.
    STOP = enum.auto()
    #: No message of this issue will pass.
    TOO_LARGE = enum.auto()


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


@dataclass(frozen=True, slots=True)
class _Rule:
    """What replies like these mean; of several the first holds."""

    verdict: Verdict
    #: Stages at which it may be said.
    stages: frozenset[Stage]
    #: Searched for in the reply on one line, without regard to case: "550 5.1.1 No such user".
    like: re.Pattern[str]
    #: What the owner may do about it, a sentence or two.
    advice: str = ""


_ANYWHERE = frozenset(Stage)
_SESSION = frozenset(stage for stage in Stage if stage <= Stage.SENDER)
#: A message's own commands, and the message.
_MESSAGE = _ANYWHERE - _SESSION


def _rule(verdict: Verdict, stages: frozenset[Stage], *likes: str, advice: str = "") -> _Rule:
    return _Rule(verdict, stages, re.compile("|".join(likes), re.IGNORECASE), advice)


SHORTEN = (
    "Shorten the issue (pick.max_stories, summarize.words) or use a server that takes larger mail, then send again."
)
_LOG_IN = "Check SMTP_USERNAME and SMTP_PASSWORD in .env, then send again."
_TOMORROW = "Send again tomorrow: it goes on from here. A limit a day under [send] keeps below the server's own."
AUTHENTICATE = "Check the sender's SPF, DKIM, DMARC and reverse DNS and whether it is on a block list, then send again."
_SENDER = "Check newsletter.sender, and that this server may send for it, then send again."


#: From the particular to the general: what the standards (RFC 5321 §4.2, RFC 3463, 4954, 5248, 7372, 7504) and the
#: large providers say. In doubt the milder holds: a message deferred once too often comes late, an address taken for
#: gone never gets another, and a run that goes on against the rules costs the sender's name.
RULES = (
    # --- the message is too large, for whomever it is
    _rule(
        Verdict.TOO_LARGE,
        _ANYWHERE,
        r"^5\d\d 5\.3\.4\b",
        # Gmail: "552 5.2.3 Your message exceeded Google's message size limits"; servers without enhanced codes.
        r"^5(52|23|54)\b.*(message|mail) (size|length)? ?.*(exceed|too (big|large|long))",
        r"^5(52|23|54)\b.*(exceed\w*|over|maximum) .*(message|fixed) .*size",
        advice=SHORTEN,
    ),
    # --- who we are: the login (RFC 4954 §6)
    _rule(Verdict.STOP, _ANYWHERE, r"^(530|534|535|538)\b", advice=_LOG_IN),
    # --- the day's quota: Gmail "550 5.4.5 Daily user sending limit exceeded", Microsoft 5.1.90, SES
    _rule(
        Verdict.STOP,
        _ANYWHERE,
        r"^5\d\d 5\.4\.5\b",
        r"^5\d\d 5\.1\.90\b",
        r"\bdaily\b.*(limit|quota)",
        advice=_TOMORROW,
    ),
    # --- fewer connections are enough
    _rule(Verdict.RECONNECT, _SESSION, r"^4.*\bconnections\b"),
    # --- our rate
    _rule(
        Verdict.SLOW_DOWN,
        _ANYWHERE,
        # Gmail "421 4.7.28 ... an unusual rate of unsolicited mail", Yahoo "[TSS04] ... unexpected volume or user
        # complaints", Microsoft "451 4.7.650 ... temporarily rate limited", "4.7.500 Server busy"
        r"^4\d\d 4\.7\.(28|500|65\d)\b",
        r"^4.*\[TSS?\d+\]",
        # RFC 3463 X.4.5 mail system congestion, X.5.3 too many recipients; Microsoft "432 4.3.2 Concurrent connections"
        r"^4\d\d 4\.(4\.5|5\.3)\b",
        r"^432\b",
        # RFC 5321 §4.5.3.1.10: to be taken for a 452 when too many recipients are meant
        r"^5\d\d 5\.5\.3\b",
        r"^55[02]\b.*\btoo many recipients",
        # Postfix "450 4.7.1 Error: too much mail from", SES "454 Throttling failure", Yahoo, Exim's ratelimit ACL
        r"^4.*\b(rate.?limit|throttl|too (many|much|fast)|(sending|unusual) rate|unexpected volume|slow down)",
    ),
    # Gmail's and Yahoo's "421 4.7.0" is what they think of our traffic; other programs say it of our manners.
    _rule(Verdict.SLOW_DOWN, _MESSAGE, r"^421 4\.7\.0\b"),
    # --- the rules of those who receive: SPF, DKIM and DMARC (RFC 7372; Gmail 5.7.26 to 32), reverse DNS, TLS, lists
    _rule(
        Verdict.STOP,
        _MESSAGE,
        r"^5\d\d 5\.7\.(2\d|3[0-2])\b",
        # Microsoft: DMARC 509, bulk mail without authentication 515, banned sender 501 to 511, login 57
        r"^5\d\d 5\.7\.(5[01]\d|57|708)\b",
        r"^5.*\bS31[45]0\b",
        advice=AUTHENTICATE,
    ),
    _rule(
        Verdict.STOP,
        _MESSAGE,
        # Microsoft: this login may not send as this sender; SES: the sender is none it knows
        r"^5\d\d 5\.7\.60\b",
        r"\bSendAsDenied\b",
        r"^5.*address (is )?not verified",
        advice=_SENDER,
    ),
    # The same while they still let us off with a warning: Gmail "421 4.7.26", "4.7.32"
    _rule(Verdict.SUSPECT, _MESSAGE, r"^4\d\d 4\.7\.(2\d|3[0-2])\b"),
    # --- the connection; 503, bad sequence: the server has lost the thread, and the next message would fare no better
    _rule(Verdict.RECONNECT, _ANYWHERE, r"^[23]", r"^421\b", r"^503\b"),
    _rule(Verdict.RECONNECT, _SESSION, r"^4"),
    _rule(Verdict.STOP, _SESSION, r"^5", advice=_SENDER),
    # --- not the recipient, though it sounds so: Exim's "550 Sender verify failed" quotes "No such user" of the sender
    _rule(
        Verdict.SUSPECT,
        _MESSAGE,
        r"^5.*\b(sender (verify|verification|address rejected)|relay(ing)?\b|spam)",
        r"^5.*\b(block ?list|blacklist|poor reputation)",
        # "550 Account has been suspended": ours, where no mailbox is named by words or by code
        r"^5\d\d (?!5\.[12]\.|.*\b(mailbox|user|recipient|tried to reach)\b)"
        r".*\b(account|sender|sending)\b.*\b(suspend|disabled|blocked)",
        r"^5\d\d 5\.1\.[78]\b",
    ),
    # --- the recipient, for now
    _rule(Verdict.GREYLISTED, _MESSAGE, r"^4.*\b(gr[ae]y.?list|postgrey|first (time|contact)|try again in \d)"),
    # RFC 5248 X.7.1 with a 4: Postgrey, Microsoft and Exim say no more than this.
    _rule(Verdict.GREYLISTED, _MESSAGE, r"^45[01] 4\.7\.1\b.*\b(try again|later|defer)"),
    _rule(Verdict.DEFER, _MESSAGE, r"^4"),
    # --- the recipient, for good, or this message
    _rule(Verdict.SUSPECT, _MESSAGE, r"^5\d\d 5\.7\."),
    # Gmail says it with 5.2.1, too: that mailbox is only busy.
    _rule(Verdict.REFUSE, _MESSAGE, r"^5.*\breceiving mail (at a rate|too quickly)"),
    # X.1.1 no such mailbox, X.1.2 no such domain, X.1.6 moved away, X.1.10 takes no mail at all (RFC 7505), X.2.1
    # disabled
    _rule(Verdict.GONE, _MESSAGE, r"^5\d\d 5\.1\.([126]|10)\b", r"^5\d\d 5\.2\.1\b", r"^556\b"),
    # A full mailbox is a person's, and may be emptied: Gmail says "552 5.2.2" for it.
    _rule(Verdict.REFUSE, _MESSAGE, r"^5\d\d 5\.2\.", r"\b(quota|mailbox (is )?full)"),
    _rule(
        Verdict.GONE,
        _MESSAGE,
        # Outlook.com "550 5.5.0 Requested action not taken: mailbox unavailable"
        r"^550 5\.5\.0\b.*mailbox unavailable",
        # Yahoo "554 delivery error: dd This user doesn't have a yahoo.com account", "554.30 ... mailbox is disabled"
        r"^55[0-4].*\b(user doesn't have a \S+ account|mailbox (is )?disabled|mailbox not found)",
        # Exim, qmail and others without enhanced codes
        r"^55[0-4] (?!5\.).*\b(no such (user|mailbox|recipient|address)|(user|recipient|mailbox) (is )?unknown)",
        r"^55[0-4] (?!5\.).*\b(unknown (user|recipient|local)|no mailbox|unrouteable|does not exist)",
    ),
)


def judge(stage: Stage, reply: Reply) -> Verdict:
    """What a reply means; the first of `RULES` that fits."""
    if reply.code // 100 == (3 if stage is Stage.DATA else 2):
        return Verdict.ACCEPTED
    if stage is Stage.END and reply.code < 400:
        # After the dot nothing but a clear answer counts.
        return Verdict.UNCERTAIN
    if rule := _fitting(stage, reply):
        return rule.verdict
    # A refusal in no words we know. After the dot it is about the message, and the next is much the same.
    return Verdict.SUSPECT if stage is Stage.END else Verdict.REFUSE


def advise(stage: Stage, reply: Reply) -> str:
    """What the owner may do where no message passes."""
    rule = _fitting(stage, reply)
    return rule.advice if rule else ""


def _fitting(stage: Stage, reply: Reply) -> _Rule | None:
    line = str(reply)
    return next((rule for rule in RULES if stage in rule.stages and rule.like.search(line)), None)
