"""Bytes → replies → verdicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.replies import GibberishError, Reply, ReplyReader, Stage, Verdict, judge

DIALOGUE = b"220 mx\r\n250-mx hello\r\n250-SIZE 1000\r\n250 PIPELINING\r\n250 2.1.0 Ok\r\n354\r\n"
REPLIES = [
    Reply(220, "mx"),
    Reply(250, "mx hello\nSIZE 1000\nPIPELINING"),
    Reply(250, "2.1.0 Ok"),
    Reply(354, ""),
]


@given(cuts=st.lists(st.integers(0, len(DIALOGUE)), max_size=8))
def test_replies_are_read_however_the_network_cuts_them(cuts: list[int]) -> None:
    reader, replies, begin = ReplyReader(), [], 0
    for cut in [*sorted(cuts), len(DIALOGUE)]:
        replies += reader.feed(DIALOGUE[begin:cut])
        begin = cut
    assert replies == REPLIES


@pytest.mark.parametrize(
    "octets",
    [
        b"HTTP/1.1 400 Bad Request\r\n",
        b"\r\n",
        b"25\r\n",
        b"2500 Ok\r\n",
        b"150 Hm\r\n",
        b"650 Hm\r\n",
        b"\xff\xfe\x00\r\n",
        "２５０ Ok\r\n".encode(),
        b"250",
        b"250-",
    ],
)
def test_what_is_no_reply_is_told_from_one(octets: bytes) -> None:
    with pytest.raises(GibberishError):
        ReplyReader().feed(octets + (b"x" * 100_000 if not octets.endswith(b"\n") else b""))


def test_a_reply_without_an_end_is_not_kept_for_ever() -> None:
    with pytest.raises(GibberishError, match="no end"):
        ReplyReader().feed(b"250-and another thing\r\n" * 10_000)


@given(st.binary(max_size=200))
def test_any_octets_are_replies_or_gibberish(octets: bytes) -> None:
    try:
        replies = ReplyReader().feed(octets)
    except GibberishError:
        return
    assert all(200 <= reply.code < 600 for reply in replies)


def test_a_reply_is_shown_on_one_line() -> None:
    assert str(Reply(550, "5.1.1 No\x1b[31m such\nuser here")) == "550 5.1.1 No [31m such user here"


@pytest.mark.parametrize(
    ("text", "enhanced"),
    [("5.7.26 no", (5, 7, 26)), ("2.0.0", (2, 0, 0)), ("no", None), ("5.7", None), ("1.2.3.4 is blocked", None)],
)
def test_the_enhanced_code_is_read_from_the_beginning_of_the_text(
    text: str, enhanced: tuple[int, int, int] | None
) -> None:
    assert Reply(550, text).enhanced == enhanced


V = Verdict
S, R, D, E = Stage.SENDER, Stage.RECIPIENT, Stage.DATA, Stage.END


@pytest.mark.parametrize(
    ("stage", "reply", "verdict"),
    [
        (S, "250 2.1.0 Ok", V.ACCEPTED),
        (R, "250 2.1.5 Ok", V.ACCEPTED),
        (R, "251 User not local; will forward", V.ACCEPTED),
        (D, "354 Go on", V.ACCEPTED),
        (E, "250 2.0.0 Ok: queued as 4F2", V.ACCEPTED),
        # Going away, or out of step: another connection may do.
        (Stage.CONNECT, "421 4.3.2 Too many connections", V.RECONNECT),
        (Stage.CONNECT, "450 4.7.1 Try later", V.RECONNECT),
        (Stage.LOGIN, "454 4.7.0 Temporary authentication failure", V.RECONNECT),
        (S, "421 4.7.0 Closing", V.RECONNECT),
        (S, "451 4.3.0 Busy", V.RECONNECT),
        (R, "421 4.3.2 Shutting down", V.RECONNECT),
        (R, "503 5.5.1 Need MAIL before RCPT", V.RECONNECT),
        (R, "354 Go on", V.RECONNECT),
        (D, "250 Ok", V.RECONNECT),
        # About the sender: nobody's message will pass.
        (Stage.CONNECT, "554 5.7.1 You are listed", V.STOP),
        (Stage.HELLO, "550 5.7.1 Bad HELO", V.STOP),
        (Stage.LOGIN, "535 5.7.8 Authentication credentials invalid", V.STOP),
        (S, "530 5.7.0 Authentication required", V.STOP),
        (S, "550 5.7.1 Sender rejected", V.STOP),
        (S, "553 5.1.8 Sender address rejected", V.STOP),
        (S, "552 5.3.4 Message size exceeds limit", V.STOP),
        (R, "530 5.7.1 Client was not authenticated", V.STOP),
        (E, "535 5.7.8 Not authenticated any more", V.STOP),
        # About the recipient, for now.
        (R, "450 4.2.0 Greylisted", V.DEFER),
        (R, "451 4.7.1 Try again later", V.DEFER),
        (R, "452 4.2.2 Mailbox full", V.DEFER),
        (D, "451 4.3.0 No disk", V.DEFER),
        (E, "451 4.3.0 Queue full", V.DEFER),
        (E, "421 4.7.28 Unusual rate of mail", V.DEFER),
        # About the recipient, for good.
        (R, "550 5.1.1 No such user", V.REFUSE),
        (R, "550 No such user here", V.REFUSE),
        (R, "552 5.2.2 Mailbox full", V.REFUSE),
        (R, "501 5.1.3 Bad address", V.REFUSE),
        (D, "554 5.5.1 No valid recipients", V.REFUSE),
        (E, "550 5.1.1 No such user", V.REFUSE),
        (E, "552 5.2.2 Over quota", V.REFUSE),
        # It may be about us.
        (R, "550 5.7.1 Not wanted here", V.SUSPECT),
        (R, "554 5.7.1 <a@b.c>: Relay access denied", V.SUSPECT),
        (R, "550 relaying denied", V.SUSPECT),
        (E, "550 5.7.26 Unauthenticated sender", V.SUSPECT),
        (E, "554 Message rejected: Email address is not verified", V.SUSPECT),
        (E, "552 5.3.4 Message too big", V.SUSPECT),
        # After the dot nothing but a clear answer counts.
        (E, "354 Go on", V.UNCERTAIN),
    ],
)
def test_a_reply_means_what_the_standard_and_the_providers_mean(stage: Stage, reply: str, verdict: Verdict) -> None:
    assert judge(stage, Reply(int(reply[:3]), reply[4:])) is verdict


@given(stage=st.sampled_from(Stage), code=st.integers(200, 599), text=st.text(max_size=20))
def test_every_reply_has_a_verdict_and_only_a_2_after_the_dot_is_sent(stage: Stage, code: int, text: str) -> None:
    verdict = judge(stage, Reply(code, text))
    if stage is Stage.END:
        assert (verdict is V.ACCEPTED) == (200 <= code < 300)
        assert verdict is not V.RECONNECT
    else:
        assert verdict is not V.UNCERTAIN
    if stage <= Stage.SENDER:
        assert verdict in (V.ACCEPTED, V.RECONNECT, V.STOP)
