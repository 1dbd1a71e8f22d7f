"""What the headers of a newsletter say: whose it is, to whom it was sent, what about and when. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cache

from digest.collect.article.article import digest_of
from digest.collect.article.labels import primary_tag
from digest.collect.mail.headers import header_addresses, header_text
from digest.languages.tables import either, merged
from digest.text.clean import clean_line
from digest.text.html import without_tags_in_text

#: The Date header is the sender's; where it is further from the mailbox's own time, it is wrong.
_CREDIBLE = timedelta(days=3)
_TO_MANY = ("List-Unsubscribe", "List-Id", "List-Post")
#: Of the web and of mail, with the brackets around it.
ADDRESS = re.compile(
    r"[<(\[]*\b(?:https?://|www\.|mailto:)[^\s<>]*[^\s<>.,;:!?)\]][>)\]]*|[<(\[]*[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+[>)\]]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Whom it was sent to, in small letters, as they might stand in its words."""

    #: "anna"; one of two letters is in too many words.
    first: frozenset[str]
    #: "anna engelby", of more than one word.
    whole: frozenset[str]
    #: What an address of a page might call them by.
    parts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The headers of mail to many."""

    #: The same in every run; a digest of the Message-ID, which may hold a number of its receiver.
    key: str
    subject: str
    sender: str
    #: The domain that it came from.
    domain: str
    published: datetime | None
    #: BCP 47 primary tag, "" where they don't say.
    language: str
    receiver: Receiver


def read_metadata(message: Message, *, received: datetime | None) -> Metadata | None:
    """What the headers say; None where they are not those of mail to many, or it is about the subscription itself.

    Args:
        received: when the mailbox got it.
    """
    if not _is_to_many(message):
        return None
    receiver = _receiver(message)
    subject = _subject(message, receiver)
    if _about_subscribing().search(subject):
        return None
    name, address = next(iter(header_addresses(message, "From")), ("", ""))
    return Metadata(
        key=_key(message, subject),
        subject=subject,
        sender=name,
        domain=address.rpartition("@")[2].lower(),
        published=_published(message, received),
        language=primary_tag(header_text(message, "Content-Language")),
        receiver=receiver,
    )


def _is_to_many(message: Message) -> bool:
    if header_text(message, "Auto-Submitted").lower().startswith("auto-replied"):
        return False
    bulk = header_text(message, "Precedence").lower() in {"bulk", "list"}
    return bulk or any(message.get(name) is not None for name in _TO_MANY)


def _receiver(message: Message) -> Receiver:
    headers = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
    people = [person for name in headers for person in header_addresses(message, name)]
    known = [(name.casefold().split(), address.casefold()) for name, address in people]
    names = [words for words, _ in known if words and "@" not in words[0]]
    boxes = [address.partition("@")[0] for _, address in known]
    return Receiver(
        first=frozenset(words[0] for words in names if len(words[0]) > 2),
        whole=frozenset(" ".join(words) for words in names if len(words) > 1),
        parts=frozenset(part for part in (*(word for words in names for word in words), *boxes) if len(part) > 2),
    )


def _subject(message: Message, receiver: Receiver) -> str:
    """The subject without "Fwd:" and without the receiver's name: "Anna, your weekly news" is no headline."""
    subject = without_tags_in_text(_reply_marks().sub("", header_text(message, "Subject")))
    subject = ADDRESS.sub("", subject)
    for name in (*receiver.whole, *receiver.first):
        called = rf"^\W*{re.escape(name)}\s*[,:!–—-]\s*|\s*,\s*{re.escape(name)}\s*(?=[.!?]*$)"
        subject = re.sub(called, "", subject, flags=re.IGNORECASE)
    return clean_line(subject[:1].upper() + subject[1:])


def _key(message: Message, subject: str) -> str:
    parts = (header_text(message, "From"), header_text(message, "Date"), subject)
    return digest_of(header_text(message, "Message-ID") or "\n".join(parts))


def _published(message: Message, received: datetime | None) -> datetime | None:
    try:
        written = parsedate_to_datetime(header_text(message, "Date"))
        sent = written.replace(tzinfo=UTC) if written.tzinfo is None else written.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return received
    return sent if received is None or abs(sent - received) <= _CREDIBLE else received


@cache
def _reply_marks() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{'|'.join(merged('letters')['reply_marks'])})\s*:\s*)+", re.IGNORECASE)


@cache
def _about_subscribing() -> re.Pattern[str]:
    """In subjects of mail of a newsletter's machine about the subscription itself."""
    words = merged("letters")
    confirm, subscription, codes = (either(words[key]) for key in ("confirming", "subscriptions", "codes"))
    return re.compile(rf"\b{confirm}\b.{{0,40}}\b{subscription}|{codes}", re.IGNORECASE)
