"""An edition → wire-ready messages. The edition is encoded once; for a recipient the pieces are put together."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Literal
from urllib.parse import quote

from digest.deliver.messages.dkim import Signer, SigningKey
from digest.deliver.messages.encoding import Body, Piece, Slot, encode_body
from digest.deliver.messages.headers import address_header, links_header, one_line, text_header, token_header
from digest.model import Edition, Placeholders, Recipient
from digest.settings import NewsletterSettings
from digest.text.mailbox import Mailbox

#: Where a value stands in an attribute that holds a link, and what of the link is before it.
_IN_LINK = re.compile(
    r"""\b(?:href|src|action|background|cite)\s*=\s*(?:"(?P<a>[^"<>]*)|'(?P<b>[^'<>]*))\Z""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """An edition that only lacks its recipient."""

    #: The envelope's sender: where bounces go.
    sender: str
    issue: str
    #: After the @ of a Message-ID, in ASCII.
    domain: str
    #: Makes Message-IDs that nobody else can make.
    key: bytes
    #: The headers that are the same for everybody.
    common: bytes
    #: The bodies with the bytes before each, and the bytes after the last.
    parts: tuple[tuple[bytes, Body], ...]
    end: bytes
    unsubscribe_url: Callable[[Recipient], str]
    greeting: Callable[[Recipient], str]
    signer: Signer | None

    def message(self, recipient: Recipient) -> bytes:
        """The message to one recipient: CRLF at line ends, no line over 998 octets, none that begins with a dot."""
        return b"".join(self.pieces(recipient))

    def pieces(self, recipient: Recipient) -> list[bytes]:
        """The message in pieces; the large ones are the same objects for everybody: messages that wait share them."""
        url = self.unsubscribe_url(recipient)
        values = {
            "greeting": one_line(self.greeting(recipient)),
            "email": one_line(recipient.email),
            "unsubscribe_url": url,
        }
        headers = b"".join(
            [
                address_header("To", recipient.name, recipient.email),
                token_header("Message-ID", self.message_id(recipient)),
                *_unsubscribe_headers(url),
            ]
        )
        pieces: list[bytes] = []
        for before, body in self.parts:
            pieces.append(before)
            pieces += body.filled(lambda slot: _escaped(values[slot.value], slot.context))
        pieces.append(self.end)
        signatures = self.signer.signatures(headers, pieces) if self.signer else b""
        return [signatures, self.common, headers, b"\r\n", *pieces]

    def message_id(self, recipient: Recipient) -> str:
        """The same each time, so that a message sent twice can be told; nobody else can tell whose it is."""
        # Keyed BLAKE2 is a message authentication code (RFC 7693 §2.9), at 1 µs; OpenSSL's HMAC takes 20.
        digest = hashlib.blake2b(f"{self.issue}\0{recipient.key}".encode(), key=self.key, digest_size=16)
        return f"<{self.issue}.{digest.hexdigest()}@{self.domain}>"


def message_template(
    edition: Edition,
    *,
    newsletter: NewsletterSettings,
    date: datetime,
    secret: bytes,
    unsubscribe_url: Callable[[Recipient], str],
    greeting: Callable[[Recipient], str] = lambda recipient: recipient.name,
    keys: Sequence[SigningKey] = (),
) -> MessageTemplate:
    """Encode an edition.

    Args:
        date: for the Date header; aware.
        secret: makes Message-IDs that can't be guessed.
        unsubscribe_url: an https address for one click, or a mailto:.
        greeting: what stands in for the edition's greeting.
        keys: each message bears a DKIM signature by each of them.
    """
    sender, domain = newsletter.sender, newsletter.sender.domain
    boundary = f"=_{hashlib.sha256(edition.issue.encode()).hexdigest()[:24]}"
    headers = [
        token_header("Date", format_datetime(date)),
        address_header("From", sender.name or newsletter.title, sender.address),
        text_header("Subject", edition.subject),
        *_reply_to(newsletter.reply_to),
        address_header("List-Id", newsletter.title, list_id(newsletter.list, domain)),
        # Keeps holiday notices away, as List-Id does with those who know RFC 5230 §4.6; Exchange knows only this. Not
        # Auto-Submitted: RFC 3834 §5 forbids it for what a person had a hand in, which a draft may be, and its
        # auto-generated is what alarms and cron's own mail say, which help desks throw away though somebody subscribed.
        token_header("Precedence", "bulk"),
        token_header("Feedback-ID", feedback_id(edition.issue, newsletter, domain)),
        token_header("MIME-Version", "1.0"),
        token_header("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
    ]
    common = b"".join(headers)
    bodies = (
        ("plain", encode_body(list(split(edition.text, edition.placeholders, markup=False)))),
        ("html", encode_body(list(split(edition.html, edition.placeholders, markup=True)))),
    )
    return MessageTemplate(
        sender=sender.address,
        issue=edition.issue,
        domain=domain,
        key=hashlib.sha256(secret).digest(),
        common=common,
        parts=tuple((_part_header(boundary, kind, body), body) for kind, body in bodies),
        end=f"--{boundary}--\r\n".encode("ascii"),
        unsubscribe_url=unsubscribe_url,
        greeting=greeting,
        signer=Signer(keys, common=common, date=date) if keys else None,
    )


def list_id(name: str, domain: str) -> str:
    """RFC 2919: like a domain, and not to change as long as the list lives."""
    label = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "newsletter"
    return f"{label[:63]}.{domain}"


def feedback_id(issue: str, newsletter: NewsletterSettings, domain: str) -> str:
    """What Gmail counts complaints by: the issue, the list, the cadence and, always last, the sender; no person.

    The last has 5 to 15 characters and never changes (https://support.google.com/mail/answer/6254652).
    """
    sender = re.sub(r"[^a-z0-9]+", "-", domain.lower())[-15:].strip("-").ljust(5, "0")
    return f"{issue}:{list_id(newsletter.list, '')[:-1]}:{newsletter.cadence}:{sender}"


def split(text: str, placeholders: Placeholders, *, markup: bool) -> Iterator[Piece]:
    """Cut text at the sentinels, with what surrounds each."""
    names: dict[str, Literal["greeting", "email", "unsubscribe_url"]] = {
        placeholders.greeting: "greeting",
        placeholders.email: "email",
        placeholders.unsubscribe_url: "unsubscribe_url",
    }
    sentinels = re.compile("|".join(re.escape(sentinel) for sentinel in names))
    begin = 0
    for found in sentinels.finditer(text):
        yield text[begin : found.start()]
        yield Slot(value=names[found[0]], context=_context(text[: found.start()]) if markup else "text")
        begin = found.end()
    yield text[begin:]


def _context(before: str) -> Literal["html", "url"]:
    """A value inside a link is part of a URL; one that is the whole link, or stands in text, is not."""
    found = _IN_LINK.search(before[before.rfind("<") + 1 :])
    return "url" if found and (found["a"] or found["b"] or "").strip() else "html"


def _escaped(value: str, context: Literal["text", "html", "url"]) -> str:
    if context == "text":
        return value
    return html.escape(quote(value, safe="") if context == "url" else value)


def _unsubscribe_headers(url: str) -> list[bytes]:
    # One click needs https (RFC 8058 §3.1); a mailto: is for those who answer by mail.
    headers = [links_header("List-Unsubscribe", (url,))]
    if url[:6].lower() == "https:":
        headers.append(token_header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return headers


def _reply_to(mailbox: Mailbox | None) -> list[bytes]:
    return [address_header("Reply-To", mailbox.name, mailbox.address)] if mailbox else []


def _part_header(boundary: str, kind: str, body: Body) -> bytes:
    return (
        f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {body.name}\r\n\r\n"
    ).encode("ascii")
