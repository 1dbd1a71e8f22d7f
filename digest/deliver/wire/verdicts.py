"""Where a server may refuse, and what its refusal means."""

from __future__ import annotations

import enum


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
    """What a reply means for the message, the connection and the run.

    What names the mailbox is likelier about it than what does not; `loop/streak.py` weighs that if nobody is served.
    """

    ACCEPTED = enum.auto()
    # --- it names the mailbox
    #: There is no such mailbox (any more): never mail it again.
    GONE = enum.auto()
    #: This mailbox will not get this message; the next issue may pass.
    REFUSE = enum.auto()
    #: This mailbox can't take it now: it is full, or busy.
    DEFER = enum.auto()
    # --- it may be anybody
    #: This message will not pass, in words that say no more.
    UNCLEAR = enum.auto()
    #: The server is in trouble, or says nothing but "later".
    LATER = enum.auto()
    #: The message is too large for this mailbox, or for the server.
    TOO_LARGE = enum.auto()
    # --- it is about us
    #: The server wants to see us come back, in minutes to hours.
    GREYLISTED = enum.auto()
    #: We are too fast for whoever said it.
    SLOW_DOWN = enum.auto()
    #: It is likelier the sender, the message or the rules than the recipient: several in a row stop the run.
    SUSPECT = enum.auto()
    #: No message will pass: the rules, or the login.
    STOP = enum.auto()
    # --- it is about the connection
    #: It has carried what the server takes over one: a new one takes more.
    SPENT = enum.auto()
    #: It is of no more use; what was on it may be tried on another.
    RECONNECT = enum.auto()
    #: Nobody can tell whether the message was taken.
    UNCERTAIN = enum.auto()
