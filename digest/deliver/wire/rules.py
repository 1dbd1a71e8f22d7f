"""What the standards and the large providers mean by their refusals: one table, each row with its source.

From the particular to the general; of several rows the first holds. What tells of us comes before what names a mailbox:
"550 5.1.1 ... has sent to too many recipients this hour" is about us, whatever its code. In doubt the milder holds: a
message deferred once too often comes late, an address taken for gone never gets another, and a run that goes on against
the rules costs the sender's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.deliver.wire.verdicts import Stage, Verdict


@dataclass(frozen=True, slots=True)
class Rule:
    """What replies like these mean."""

    verdict: Verdict
    #: Stages at which it may be said.
    stages: frozenset[Stage]
    #: Who says so.
    source: str
    #: Searched for in the reply on one line, without regard to case: "550 5.1.1 No such user".
    like: re.Pattern[str]
    #: What the owner may do about it, a sentence or two.
    advice: str = ""


_ANYWHERE = frozenset(Stage)
_SESSION = frozenset(stage for stage in Stage if stage <= Stage.SENDER)
_MAIL = frozenset({Stage.SENDER})
_RCPT = frozenset({Stage.RECIPIENT})
#: A message's own commands, and the message.
_MESSAGE = _ANYWHERE - _SESSION
_FROM_MAIL_ON = _MESSAGE | _MAIL
_AFTER_RCPT = _MESSAGE - _RCPT


def _rule(verdict: Verdict, stages: frozenset[Stage], source: str, *likes: str, advice: str = "") -> Rule:
    return Rule(verdict, stages, source, re.compile("|".join(likes), re.IGNORECASE), advice)


#: Whoever is on record gets the issue as it is: it can't be shortened any more.
TOO_LARGE = (
    "Have the server's limit raised, or set SMTP_HOST to one that takes larger mail, then send again; "
    "to give this issue up: digest deliveries cancel."
)
_LOG_IN = "Check SMTP_USERNAME and SMTP_PASSWORD in .env, then send again."
_TOMORROW = "Send again tomorrow: it goes on from here. A limit a day under [send] keeps below the server's own."
AUTHENTICATE = "Check the sender's SPF, DKIM, DMARC and reverse DNS and whether it is on a block list, then send again."
_SENDER = "Check newsletter.sender, and that this server may send for it, then send again."
_CONTENT = (
    "Something in the issue, or an address that it links to, is taken for spam: look through it, then send again."
)
_ROOM = "The mailbox that this login belongs to is full: make room in it, or have it enlarged, then send again."

#: "Mails per session limit exceeded", "Max message per connection reached", "too many messages in this connection".
_COUNTED = r"(?:mails?|messages?|e-?mails|recipients?|rcpts?|transactions?|envelopes?|commands?)"
_ONE_SESSION = r"(?:in|on|per|for|of|over|this|each|one|a|single|current|smtp)[ -](?:smtp )?(?:session|connection)\b"
_OUR_NAME = r"reputation|\bblock(?:ing|ed)? ?list|\bblack ?list|\bdeny ?list|\b(?:dns|r)bl\b|open resolver"
_LISTS = r"spamhaus|spamcop|barracuda|cloudmark|\bcsi\b|proofpoint|\bsorbs\b|abusix|uceprotect|invaluement|senderscore"

RULES = (
    # --- how much one connection may carry
    _rule(
        Verdict.SPENT,
        _FROM_MAIL_ON,
        "RFC 3463 X.5.3, RFC 5321 §4.5.3.1.10 (452), RFC 9422 (LIMITS); Yahoo, Amazon SES, Stalwart, Exim",
        r"^452 4\.5\.3\b",
        rf"^[45](?!.*(?:concurrent|simultaneous|parallel)).*\b{_COUNTED}\b.*{_ONE_SESSION}",
        rf"^[45](?!.*(?:concurrent|simultaneous|parallel)).*{_ONE_SESSION}.*\b(?:limit|exceed|too many|max)",
        r"^[45](?!.*(?:concurrent|simultaneous|parallel)).*\bsession\b.{0,20}\blimit",
        r"^[45]\d\d .*\btoo many (?:commands|transactions|rset)",
    ),
    _rule(Verdict.SPENT, _FROM_MAIL_ON, "Orange, La Poste: codes 109", r"\b(?:OFR|LPN|OUK)\w{0,6}[_-]109\b"),
    _rule(Verdict.SPENT, _FROM_MAIL_ON, "NetEase: codes MI:DMC, RP:DRC", r"\b(?:MI:DMC|RP:DRC)\b"),
    # --- the size of the message
    _rule(Verdict.STOP, _MAIL, "RFC 3463 X.2.2 at MAIL: the sender's own", r"^5\d\d 5\.2\.2\b", advice=_ROOM),
    _rule(
        Verdict.TOO_LARGE,
        _ANYWHERE,
        "RFC 1870 §6, RFC 3463 X.2.3 and X.3.4, RFC 5321 (552); Gmail, Exchange RecipSizeLimit",
        r"^5\d\d 5\.(?:3\.4|2\.3)\b",
        r"^523\b",
        r"^5\d\d .*\b(?:message|mail|e-?mail|data|content)\b ?(?:size|length|is)? ?(?:too|over|larger|exceed)"
        r"(?:s|ed|ing)?\b(?!.{0,12}storage).{0,30}(?:big|large|long|data|size|limit|max|than|fixed|allowed|permitted|$)",
        r"^5\d\d .*(?:exceed\w*|over|maximum)\b.*\b(?:message|mail|fixed)\b.*\bsize",
        r"^552 .*too much mail data",
        advice=TOO_LARGE,
    ),
    _rule(Verdict.TOO_LARGE, _MAIL, "RFC 1870 §6.1", r"^552\b", advice=TOO_LARGE),
    # --- the login
    _rule(Verdict.STOP, _ANYWHERE, "RFC 4954 §6", r"^(?:530|534|535|538)\b", advice=_LOG_IN),
    _rule(
        Verdict.STOP,
        _FROM_MAIL_ON,
        "Exim, Postfix, cPanel: mail that is only taken after a login",
        r"^5(?!.*RESOLVER).*\b(?:authentication (?:is )?(?:required|needed)|(?:please|must) authenticate"
        r"|not authenticated|unauthenticated senders)",
        advice=_LOG_IN,
    ),
    # --- the day's quota, our rate
    _rule(
        Verdict.STOP,
        _ANYWHERE,
        "Gmail 5.4.5, Exchange Online 5.1.90, Amazon SES, Zoho",
        r"^5\d\d 5\.4\.5\b",
        r"^5\d\d 5\.1\.90\b",
        r"\bdaily\b.*(?:limit|quota)",
        r"\b(?:limit|quota)\b.*\b(?:daily|per day|for today|24 hours)\b",
        advice=_TOMORROW,
    ),
    _rule(Verdict.RECONNECT, _SESSION, "Exchange Online, Exim: fewer connections are enough", r"^4.*\bconnections\b"),
    _rule(
        Verdict.SLOW_DOWN,
        _ANYWHERE,
        "RFC 3463 X.4.5 (congestion) and X.5.3; Gmail 4.7.28, Outlook.com 4.7.500 and 4.7.65x, Yahoo [TSS04]",
        r"^4\d\d 4\.7\.(?:28|500|65\d)\b",
        r"^4.*\[TSS?\d+\]",
        r"^4\d\d 4\.(?:4\.5|5\.3)\b(?!.*(?:disk|storage))",
        r"^432\b(?!.*recipient)",
        r"^5\d\d 5\.5\.3\b",
        r"^5.*\btoo many recipients",
    ),
    _rule(
        Verdict.SLOW_DOWN,
        _ANYWHERE,
        "Postfix's anvil, Exim's ratelimit, cPanel, GoDaddy IB607, Amazon SES 454, Comcast RL, Orange 104 and 99x, QQ",
        r"^4.*\b(?:rate.?limit|throttl|too (?:many|much|fast)|(?:sending|unusual) rate)",
        r"^4.*\b(?:unexpected volume|slow(?:er| down))",
        r"^5.*\b(?:rate.?limit|throttl|sent? too (?:many|much|fast)|frequency limited|sending (?:limit|rate|quota))",
        r"^[45].*\b(?:per|an|this|in an) (?:hour|minute)\b",
        r"^[45].*\b(?:hourly|policy|outgoing|outbound|submission|sender)\b.{0,25}\b(?:quota|limit)",
        r"^[45].*\bRL\d{6}\b",
        r"^[45].*\b(?:OFR|LPN|OUK)\w{0,6}[_-](?:104|99\d)\b",
        r"^[45].*\b(?:MI:SFQ|HL:I[CF]C)\b",
    ),
    # Other programs say "421 4.7.0" of our manners.
    _rule(Verdict.SLOW_DOWN, _MESSAGE, "Gmail, Yahoo: what they think of our traffic", r"^421 4\.7\.0\b"),
    # --- the rules of those who receive
    _rule(
        Verdict.STOP,
        _MESSAGE,
        "RFC 7372, RFC 7489; Gmail 5.7.25 to 32, Exchange Online 5.7.501 to 515 and 708, Outlook.com S3140, S3150",
        r"^5\d\d 5\.7\.(?:2\d|3[0-2])\b",
        r"^5\d\d 5\.7\.(?:5[01]\d|57|70[58])\b",
        r"^5.*\bS31[45]0\b",
        r"^5.*\b(?:spf|dkim|dmarc)\b",
        r"^5.*\b(?:reverse (?:dns|lookup|hostname)|r?dns ptr|ptr record|rdns|c=rdns)\b",
        r"^5.*\b(?:OFR|LPN|OUK)\w{0,6}[_-](?:107|39\d|401|51[579])\b",
        advice=AUTHENTICATE,
    ),
    _rule(
        Verdict.STOP,
        _MESSAGE,
        "Exchange Online 5.7.60 and SendAsDenied, Amazon SES: this login may not send as this sender",
        r"^5\d\d 5\.7\.60\b",
        r"\bSendAsDenied\b",
        r"^5.*address (?:is )?not verified",
        advice=_SENDER,
    ),
    _rule(
        Verdict.SUSPECT,
        _MESSAGE,
        "Gmail 4.7.26 to 32, which let us off with a warning; block lists with a 4: Postfix, La Poste, NetEase",
        r"^4\d\d 4\.7\.(?:2\d|3[0-2])\b",
        r"^4.*\b(?:spf|dkim|dmarc)\b",
        r"^4.*\b(?:reverse (?:dns|lookup|hostname)|ptr record|rdns)\b",
        rf"^4.*(?:{_OUR_NAME}|{_LISTS})",
        r"^4.*\b(?:listed (?:at|in|on|by)|blocked using|client host rejected|spam|DT:(?:SPM|RBL))",
        r"^4.*\b(?:OFR|LPN|OUK)\w{0,6}[_-](?:10[0-8]|50\d|51\d)\b",
        advice=AUTHENTICATE,
    ),
    # --- the connection
    _rule(Verdict.RECONNECT, _ANYWHERE, "RFC 5321 §3.8 (421); an answer out of place", r"^[23]", r"^421\b"),
    _rule(Verdict.RECONNECT, _ANYWHERE, "RFC 5321 §4.1.4: the server has lost the thread", r"^503\b"),
    _rule(Verdict.RECONNECT, _SESSION, "RFC 5321 §4.2.1: a 4 may pass next time", r"^4"),
    _rule(
        Verdict.STOP,
        _SESSION,
        "GMX and WEB.DE (Nemesis), iCloud, Comcast BL and ES, Spamhaus: turned away at the door",
        rf"^5.*(?:{_OUR_NAME}|{_LISTS}|\blisted\b|nemesis|rdns|\bptr\b|\b(?:BL|ES)\d{{6}}\b)",
        advice=AUTHENTICATE,
    ),
    _rule(Verdict.STOP, _SESSION, "RFC 5321 §4.2.1: a 5 is for good", r"^5", advice=_SENDER),
    # --- us, though it sounds like the recipient: Exim's "Sender verify failed" quotes "No such user" of the sender
    _rule(
        Verdict.SUSPECT,
        _MESSAGE,
        "Spamhaus and other lists as Postfix, Exim, Proofpoint, Mimecast, Comcast, Orange and NetEase quote them",
        rf"^5.*(?:{_OUR_NAME}|{_LISTS})",
        r"^5.*\b(?:listed (?:at|in|on|by)|blocked using|client host|host network)",
        r"^5.*\b(?:invalid ip|your (?:ip|server|host|network))",
        r"^5.*\b(?:not accepting (?:connections|mail|messages)|service (?:is )?(?:currently )?(?:un|not )available)",
        r"^5.*\b(?:BL|ES)\d{6}\b",
        r"^5.*\[BL\d+\]|^521\b",
        r"^5.*\b(?:OFR|LPN|OUK)\w{0,6}[_-](?:10\d|425|50\d|51\d|630)\b",
        r"^5.*\b(?:DT:RBL|HL:[A-Z]{3}|WM:BL[IU])\b",
        advice=AUTHENTICATE,
    ),
    _rule(
        Verdict.SUSPECT,
        _MESSAGE,
        "Gmail 5.7.1, Yahoo 5.7.9, iCloud, T-Online, mail.ru, Yandex, QQ, NetEase DT:SPM, amavis: the message",
        r"^5.*\b(?:spam|junk|bulk|ube\b|unsolicited|virus|malware|phish)",
        r"^5.*\b(?:policy (?:reasons|violation|restriction)|policies)",
        r"^5.*\bcontent\b.*\b(?:reject|denied|refused|not accept)",
        r"^5.*\b(?:reject|denied|refused).*\bcontent\b",
        r"^5.*\bDT:SPM\b",
        advice=_CONTENT,
    ),
    _rule(
        Verdict.SUSPECT,
        _MESSAGE,
        "Exim, Postfix, qmail, Sendmail: the sender, or relaying; RFC 3463 X.1.7 and X.1.8",
        r"^5.*\bsender (?:verify|verification|address|domain|rejected|denied|blocked|is blocked|invalid|unvalid)",
        r"^5.*\b(?:invalid sender|domain of sender|suspected .*sender|from .*not owned|emetteur)",
        r"^5.*\b(?:relay(?:ing)?\b|rcpthosts|not (?:allowed|permitted|authorized) to send)",
        r"^5\d\d 5\.1\.[78]\b",
        r"^5\d\d (?!5\.[12]\.|.*\b(?:mailbox|user|recipient|tried to reach)\b)"
        r".*\b(?:account|sender|sending)\b.*\b(?:suspend|disabled|blocked|closed)",
        advice=_SENDER,
    ),
    # --- the recipient, for now
    _rule(
        Verdict.GREYLISTED,
        _MESSAGE,
        "Postgrey, Exim, Microsoft: RFC 6647; RFC 5248 X.7.1 with a 4",
        r"^4.*\b(?:gr[ae]y.?list|postgrey|first (?:time|contact)|not known yet)",
        r"^4(?!.*(?:lookup|error|system|resources)).*\b(?:try|retry) .{0,12}in \d",
        r"^45[01] 4\.7\.1\b.*\b(?:try again|later|defer)",
    ),
    _rule(
        Verdict.DEFER,
        _MESSAGE,
        "RFC 3463 X.1.1 to X.1.6, X.2.1 to X.2.4; Gmail 4.2.1 and 4.2.2, Exchange recipient thread limit",
        r"^4\d\d 4\.(?:2\.[1-4]|1\.[1-6])\b",
        r"^422\b",
        r"^4.*\b(?:mailbox|inbox|account|user|recipient)\b.{0,20}\b(?:full|over ?quota|quota|storage|disk|busy|locked)",
        r"^4.*\b(?:over ?quota|quota exceeded|recipient thread limit|receiving mail (?:at a rate|too quickly))",
    ),
    _rule(Verdict.LATER, _MESSAGE, "RFC 5321 §4.2.1: any other 4", r"^4"),
    # --- the recipient, for good, or this message
    _rule(
        Verdict.REFUSE,
        _MESSAGE,
        "Gmail 5.2.1 ReceivingRate: that mailbox is only busy",
        r"^5.*\breceiving mail (?:at a rate|too quickly)",
        r"^5.*ReceivingRate",
    ),
    _rule(
        Verdict.REFUSE,
        _MESSAGE,
        "RFC 3463 X.2.2; RFC 5321 §4.2.3 (552 at RCPT): a full mailbox is a person's, and may be emptied",
        r"^5\d\d 5\.2\.2\b",
        r"^5\d\d .*\b(?:over ?quota|quota|(?:mailbox|inbox|boite\b.*) (?:is )?(?:full|pleine)|storage allocation)",
        r"^5\d\d .*\b(?:OFR|LPN|OUK)\w{0,6}[_-]417\b",
        r"^522\b",
    ),
    _rule(Verdict.REFUSE, _RCPT, "RFC 1870 §6.2, RFC 5321 §4.3.2: 552 at RCPT is that mailbox", r"^552\b"),
    _rule(
        Verdict.GONE,
        _MESSAGE,
        "RFC 3463 X.1.1 (no such mailbox), X.1.2 (no such domain), X.1.6 (moved), X.2.1 (disabled); RFC 7505 (null MX)",
        r"^5\d\d 5\.1\.(?:[126]|10)\b",
        r"^5\d\d 5\.2\.1\b",
        r"^556\b",
    ),
    _rule(
        Verdict.REFUSE,
        _MESSAGE,
        "i.ua, La Poste 420 and 426, Exchange RESOLVER: an account that rests, or takes no mail from outside",
        r"^5.*\b(?:user|mailbox|account|recipient|compte|boite)\b.*"
        r"\b(?:locked|frozen|suspended|inactive|not active(?:ated)?|bloque|archiv)",
        r"^5.*RESOLVER\.RST\.",
    ),
    _rule(
        Verdict.SUSPECT, _MESSAGE, "RFC 3463 X.7: security or policy", r"^(?:5\d\d 5\.7\.|571\b)", advice=AUTHENTICATE
    ),
    _rule(
        Verdict.GONE,
        _MESSAGE,
        "Outlook.com 5.5.0, Yahoo 554.30 and dd, QQ, mail.ru",
        r"^550 5\.5\.0\b.*mailbox unavailable",
        r"^55[0-4].*\b(?:user doesn't have a \S+ account|mailbox (?:is )?disabled|mailbox not found|invalid mailbox)",
    ),
    _rule(
        Verdict.GONE,
        _MESSAGE,
        "Exim, qmail, Sendmail, Domino, Mimecast, carriers: no such user, in words alone",
        r"^55[0-4] (?!5\.[247]).*\bno (?:such|mail-?box).{0,12}\b(?:user|mail-?box|recipient|address|id|here|account)",
        r"^55[0-4] (?!5\.[247]).*\b(?:user|recipient|mailbox|address|account) .{0,60}\bunknown",
        r"^55[0-4] (?!5\.[247]).*\b(?:unknown (?:user|recipient|local|address)|unrouteable|does(?:n't| not) exist)",
        r"^55[0-4] (?!5\.[247]).*\b(?:user|recipient|address) not found|^55[0-4] no mailbox",
        r"^55[0-4] (?!5\.[247]).*\b(?:utilisateur inconnu|usuario desconocido|benutzer unbekannt|no existe)",
    ),
    _rule(
        Verdict.REFUSE,
        _MESSAGE,
        "RFC 3463 X.1 and X.2: something else about that address or mailbox; Exchange Online 5.4.1",
        r"^5\d\d 5\.[12]\.",
        r"^5\d\d 5\.4\.1\b.*access denied",
    ),
)
