"""Bytes → replies → verdicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.wire.replies import GibberishError, Reply, ReplyReader, advice_for, verdict_of
from digest.deliver.wire.rules import RULES
from digest.deliver.wire.verdicts import Stage, Verdict

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


V = Verdict
C, H, L = Stage.CONNECT, Stage.HELLO, Stage.LOGIN
S, R, D, E = Stage.SENDER, Stage.RECIPIENT, Stage.DATA, Stage.END


#: What each class of replies looks like, from the standards and as the providers word it.
CASES = {
    V.ACCEPTED: [
        (S, "250 2.1.0 Ok"),
        (R, "250 2.1.5 Ok"),
        (R, "251 User not local; will forward"),
        (R, "252 Cannot VRFY user, but will accept message"),
        (D, "354 Go on"),
        (E, "250 2.0.0 Ok: queued as 4F2"),
        (E, "250 2.0.0 OK 1732406400 a1-20020a05 - gsmtp"),
    ],
    V.RECONNECT: [
        (C, "421 4.3.2 Too many connections"),
        (C, "421 4.7.0 mx.example.org Error: too many connections from 192.0.2.1"),
        (S, "421 4.3.2 Maximum number of concurrent SMTP sessions reached"),
        (C, "450 4.7.1 Try later"),
        (L, "454 4.7.0 Temporary authentication failure"),
        (S, "421 4.7.0 Closing"),
        (S, "451 4.3.0 Busy"),
        (R, "421 4.3.2 Shutting down"),
        (R, "421 4.4.2 mx.example.org Error: timeout exceeded"),
        (R, "503 5.5.1 Need MAIL before RCPT"),
        (R, "354 Go on"),
        (D, "250 Ok"),
        # It says that it did not take the message, and goes.
        (E, "421 4.3.2 Shutting down"),
    ],
    V.STOP: [
        (C, "554 5.7.1 You are listed"),
        (C, "521 5.3.2 This host takes no mail"),
        (H, "550 5.7.1 Bad HELO"),
        (L, "535 5.7.8 Authentication credentials invalid"),
        (L, "534-5.7.9 Application-specific password required"),
        (L, "535 5.7.139 Authentication unsuccessful, basic authentication is disabled."),
        (S, "530 5.7.0 Authentication required"),
        (S, "550 5.7.1 Sender rejected"),
        (S, "553 5.1.8 Sender address rejected"),
        (R, "530 5.7.1 Client was not authenticated"),
        (E, "535 5.7.8 Not authenticated any more"),
        # Gmail's rules for senders
        (E, "550 5.7.26 This mail has been blocked because the sender is unauthenticated."),
        (E, "550 5.7.25 The IP address sending this message does not have a PTR record setup"),
        (E, "550 5.7.29 This message was not sent over a TLS connection"),
        # Microsoft's
        (E, "550 5.7.515 Access denied, sending domain example.org does not meet the required authentication level."),
        (E, "550 5.7.509 Access denied, sending domain example.org does not pass DMARC verification"),
        (R, "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. ... block list (S3140)."),
        (E, "554 5.2.252 SendAsDenied; news@example.org not allowed to send as other@example.org"),
        # SES
        (E, "554 Message rejected: Email address is not verified."),
        # A day's quota
        (R, "550 5.4.5 Daily user sending limit exceeded."),
        (E, "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients"),
        (E, "454 Throttling failure: Daily message quota exceeded."),
    ],
    V.TOO_LARGE: [
        (S, "552 5.3.4 Message size exceeds fixed limit"),
        (S, "552 Message size exceeds maximum permitted"),
        (R, "552 5.3.4 Message too big"),
        (E, "552 5.3.4 Your message exceeded Google's message size limits."),
        (E, "552 5.2.3 Your message exceeded Google's message size limits."),
        (E, "523 the total message size exceeds the server limit"),
        (E, "552 Message too large"),
        (S, "552 Requested mail action aborted: exceeded storage allocation"),
        (E, "552 Too much mail data"),
        (R, "552 message size too large for this recipient"),
        (R, "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient"),
    ],
    V.SLOW_DOWN: [
        (E, "421 4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your IP address."),
        (R, "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume"),
        (R, "451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation."),
        (R, "451 4.7.500 Server busy. Please try again later from [192.0.2.1]."),
        (R, "421 RP-001 Unfortunately, some messages exceeded the rate limit"),
        (E, "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending"),
        (S, "450 4.7.1 Error: too much mail from 192.0.2.1"),
        (E, "454 Throttling failure: Maximum sending rate exceeded."),
        (L, "454 4.7.0 Too many login attempts, please try again later."),
        (R, "451 4.4.5 Mail system congestion"),
        (R, "552 Too many recipients received this hour"),
        (R, "550 Too many recipients"),
        (R, "550 5.5.3 Recipients limit reached"),
        # About us, whatever the code.
        (R, "550 5.1.1 <ada@example.org> - 192.0.2.1 has sent to too many recipients this hour. IB607"),
        (R, "450 4.7.1 <ada@example.org>: Recipient address rejected: Policy Rejection- Quota Exceeded."),
        (R, "550 Sender frequency limited."),
        (R, "550 The domain example.org has exceeded the max emails per hour (150/150 (100%)) allowed."),
        (R, "421 mwinf5c79 ME Trop de connexions. Too many connections, slow down. OFR005_104 [104]"),
    ],
    V.LATER: [
        (R, "450 4.2.0 Temporary failure"),
        (R, "450 Requested mail action not taken: mailbox unavailable"),
        (R, "452 Requested action not taken: insufficient system storage"),
        (E, "452 4.3.1 Insufficient system storage"),
        (E, "451 4.3.0 Queue full"),
        (D, "451 4.3.0 No disk"),
        (R, "451 Temporary local problem - please try later"),
    ],
    V.UNCLEAR: [
        (R, "550 Requested action not taken: mailbox unavailable"),
        (R, "551 User not local; please try <ada@example.net>"),
        (R, "553 Requested action not taken: mailbox name not allowed"),
        (D, "554 5.5.1 No valid recipients"),
        (R, "550 Rejected"),
    ],
    V.SPENT: [
        *((stage, "452 4.4.5 Session full: maximum number of messages per session exceeded") for stage in (S, R, D, E)),
        (S, "421 Maximum message count per session reached, closing"),
        (S, "421 Max message per connection reached, closing transmission channel"),
        (S, "421 4.7.0 Too many messages in this connection"),
        (S, "450 4.7.0 Session limit exceeded"),
        (R, "451 Aborted: mails per session limit exceeded"),
        (S, "554 5.5.0 Too many transactions"),
        (S, "503 5.5.0 Too many commands"),
        (R, "452 4.5.3 Too many recipients"),
        (E, "450 MI:DMC 163 smtp1"),
        (R, "421 Veuillez essayer plus tard. LPN003_109"),
        (R, "452 4.5.3 Error: too many recipients"),
    ],
    V.GREYLISTED: [
        (R, "450 4.2.0 <ada@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example"),
        (R, "451 4.7.1 Greylisting in action, please come back later"),
        (R, "451 4.7.1 Please try again later"),
        (R, "450 Graylisted for 5 minutes"),
        (R, "451 4.3.0 Mail from you is not known yet, try again in 300 seconds"),
    ],
    V.DEFER: [
        (R, "452 4.2.2 Mailbox full"),
        (R, "450 4.2.1 The user you are trying to contact is receiving mail too quickly."),
        (R, "450 4.1.2 Domain not found"),
    ],
    V.GONE: [
        (R, "550 5.1.1 <ada@example.org>: Recipient address rejected: User unknown in local recipient table"),
        (R, "550 5.1.1 The email account that you tried to reach does not exist."),
        (R, "550 5.1.2 Host unknown"),
        (R, "551 5.1.6 Recipient has moved"),
        (R, "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
        (R, "556 5.1.10 Recipient domain does not accept mail (nullMX)"),
        (R, "550 5.2.1 The email account that you tried to reach is disabled."),
        (R, "550 5.5.0 Requested action not taken: mailbox unavailable"),
        (R, "554 delivery error: dd This user doesn't have a yahoo.com account (ada@yahoo.com) [0]"),
        (E, "554 30 Sorry, your message to ada@yahoo.com cannot be delivered. This mailbox is disabled (554.30)."),
        (R, "550 No such user here"),
        (R, "550 No Such User Here"),
        (R, "553 sorry, no mailbox here by that name. (#5.1.1)"),
        (R, "550 5.1.1 The email account that you tried\n5.1.1 to reach does not exist"),
        (R, "550-5.1.1 NO SUCH USER"),
        (R, "550 4.1.1 User unknown"),
        (R, "550 Mailbox not found"),
        (R, "550 Unrouteable address"),
        (R, "550 Unknown user"),
        (E, "550 5.1.1 No such user"),
    ],
    V.REFUSE: [
        (R, "552 5.2.2 The email account that you tried to reach is over quota."),
        (R, "552 Mailbox full"),
        # RFC 5321's own words for 552: at RCPT it is that mailbox, and after the dot they don't say that it isn't.
        (R, "552 Requested mail action aborted: exceeded storage allocation"),
        (E, "552 Requested mail action aborted: exceeded storage allocation"),
        (R, "552 Quota"),
        (R, "552 Mail quota exceeded"),
        (R, "522 Mailbox has exceeded the limit"),
        (R, "550 4.2.2 <ada@example.org>: user is over quota"),
        (R, "550 5.7.1 <ada@example.org>: Recipient address rejected: user ada temporarily locked"),
        (R, "550 5.1.3 Bad address syntax"),
        (R, "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional"),
        (R, "501 5.1.3 Bad address"),
        (R, "550 5.4.1 Recipient address rejected: Access denied."),
        (R, "550 The account of this user was suspended"),
        (E, "552 5.2.2 Over quota"),
    ],
    V.SUSPECT: [
        (R, "450 4.7.1 Client host rejected: cannot find your reverse hostname"),
        (R, "550 5.7.1 Not wanted here"),
        (R, "554 5.7.1 <ada@example.org>: Relay access denied"),
        (R, "550 relaying denied"),
        # Exim quotes what it heard of the sender.
        (R, "550 Verification failed for <news@example.org> No Such User Here Sender verify failed"),
        (R, "550 5.1.8 Sender address rejected: Domain not found"),
        (R, "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"),
        (R, "421 4.7.26 This mail has been delayed because the sender is unauthenticated."),
        (R, "550 Account has been suspended"),
        (R, "550 Sending from this domain is disabled"),
        (D, "554 Sender blocked"),
        (E, "554 5.7.1 Spam message rejected"),
        (E, "554 5.6.0 Not liked"),
        (E, "554 Transaction failed"),
        (
            R,
            "550 5.7.1 Client [192.0.2.1] blocked using a list; error: open resolver; 127.255.255.254",
        ),
        (R, "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
        (R, "421 4.7.1 Rejected: listed in cbl.example"),
        (R, "554 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.2.1"),
        (R, "554 resimta-po-01v.sys.comcast.net comcast 192.0.2.1 Comcast block for spam. BL000000"),
        (E, "554 5.7.9 Message not accepted for policy reasons"),
        (E, "550 Mail content denied."),
        (E, "554 DT:SPM 163 smtp"),
        (R, "521 This host takes no mail"),
    ],
    V.UNCERTAIN: [(E, "354 Go on")],
}


@pytest.mark.parametrize(
    ("stage", "reply", "verdict"),
    [(stage, reply, verdict) for verdict, cases in CASES.items() for stage, reply in cases],
)
def test_a_reply_means_what_the_standard_and_the_providers_mean(stage: Stage, reply: str, verdict: Verdict) -> None:
    assert verdict_of(stage, Reply(int(reply[:3]), reply[4:])) is verdict


def test_every_class_has_its_cases() -> None:
    assert set(CASES) == set(Verdict)


@pytest.mark.parametrize(
    ("stage", "reply", "words"),
    [
        (E, "550 5.7.26 Unauthenticated", "SPF, DKIM, DMARC"),
        (E, "535 5.7.8 Log in", "SMTP_PASSWORD"),
        (R, "550 5.4.5 Daily limit", "tomorrow"),
        (S, "552 5.3.4 Too big", "deliveries cancel"),
        (S, "550 5.7.1 Sender rejected", "newsletter.sender"),
        (R, "550 5.1.1 No such user", ""),
        (R, "550 Rejected", ""),
    ],
)
def test_what_stops_a_run_comes_with_the_next_step(stage: Stage, reply: str, words: str) -> None:
    advice = advice_for(stage, Reply(int(reply[:3]), reply[4:]))
    assert words in advice
    assert bool(advice) == bool(words)


def test_every_rule_that_stops_a_run_says_what_to_do() -> None:
    assert all(rule.advice for rule in RULES if rule.verdict in (V.STOP, V.TOO_LARGE))


@given(stage=st.sampled_from(Stage), code=st.integers(200, 599), text=st.text(max_size=20))
def test_every_reply_has_a_verdict_and_only_a_2_after_the_dot_is_sent(stage: Stage, code: int, text: str) -> None:
    verdict = verdict_of(stage, Reply(code, text))
    if stage is Stage.END:
        assert (verdict is V.ACCEPTED) == (200 <= code < 300)
    else:
        assert verdict is not V.UNCERTAIN
    if stage <= Stage.SENDER:
        assert verdict in (V.ACCEPTED, V.RECONNECT, V.SPENT, V.SLOW_DOWN, V.STOP, V.TOO_LARGE)
    if code < 400:
        assert verdict in (V.ACCEPTED, V.RECONNECT, V.UNCERTAIN)
    if code < 500:
        assert verdict not in (V.GONE, V.REFUSE, V.UNCLEAR)


@given(text=st.text(st.characters(max_codepoint=0x7F), max_size=500))
def test_no_words_take_long_to_read(text: str) -> None:
    verdict_of(Stage.RECIPIENT, Reply(550, text))
    verdict_of(Stage.RECIPIENT, Reply(552, "message " * 60 + text))
