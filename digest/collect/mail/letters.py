"""A newsletter as it lies in a mailbox → an article. Pure.

What readers are shown must not be the owner's: a newsletter is addressed to one person, and its links (to unsubscribe,
to read it in a browser, even to its articles) often carry that person's key. So no address of a message's body is kept,
its greeting and its footer go, and it has a link only where that is plainly the same for everybody (`public_link`).
Only mail to many is read at all: a private letter in the same folder never becomes an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree

from digest.collect.article.identity import digest_of
from digest.collect.article.labels import primary_tag
from digest.collect.documents.encoding import to_text
from digest.collect.documents.trees import page_tree
from digest.collect.prose.boilerplate import without_boilerplate
from digest.text.clean import clean_line, clean_paragraphs
from digest.text.html import html_to_text, without_tags_in_text
from digest.urls import http_url

#: A newsletter has a handful of parts.
_MOST_PARTS = 100
_LONGEST_TITLE = 300
_LONGEST_TEXT = 200_000
#: The Date header is the sender's; where it is further from the mailbox's own time, it is wrong.
_CREDIBLE = timedelta(days=3)
_FORWARDED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv|r|i|sv|vs|antw|odp)\s*:\s*)+", re.IGNORECASE)
_TO_MANY = ("List-Unsubscribe", "List-Id", "List-Post")
#: Mail of a newsletter's machine about the subscription itself.
_ABOUT_SUBSCRIBING = re.compile(
    r"\b(?:confirm|verify|activate|bestätig\w*|confirmez?|confirmer|confirma|conferma|potwierdź|bevestig)\b.{0,40}"
    r"\b(?:subscription|e-?mail|address|sign[ -]?up|account|anmeldung|abonn?\w*|inscription|suscripción|iscrizione)"
    r"|\b(?:one[ -]time|security|login|verification) code\b|\breset your password\b|\bsign[ -]in link\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[<(\[]*\b(?:https?://|www\.|mailto:)[^\s<>]*[^\s<>.,;:!?)\]][>)\]]*|[<(\[]*[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+[>)\]]*",
    re.IGNORECASE,
)
#: From the first of these paragraphs on, a letter speaks of itself.
_FOOTER = re.compile(
    r"\b(?:unsubscribe|opt[ -]?out|abbestellen|abmelden|austragen|désabonn\w+|désinscri\w+|se désabonner|darse de baja"
    r"|cancelar (?:la )?suscripción|cancelar (?:a )?(?:inscrição|subscrição)|disiscriv\w+|cancella(?:re)? l.iscrizione"
    r"|afmelden|uitschrijven|wypisz|rezygnuj|отписаться|退订|配信停止)\b",
    re.IGNORECASE,
)
#: Lines of the same kind that stand anywhere.
_FURNITURE = re.compile(
    r"""
    \b(?:view|read|open|see)(?:[ ]\w+){0,4}[ ](?:in|on)[ ](?:your[ ]|the[ ]|a[ ])?(?:web[ ]?)?(?:browser|app)\b
    | \b(?:view|read)[ ]online\b | \bweb[ ]version\b | \bonline[ -]?version\b | \bim[ ]browser\b
    | \bin[ ]je[ ]browser\b
    | \bdans[ ](?:votre|le)[ ]navigateur\b | \ben[ ](?:tu|su|el)[ ]navegador\b | \bnel[ ](?:tuo[ ])?browser\b
    | \bno[ ](?:seu[ ])?navegador\b | \bw[ ]przeglądarce\b
    | \b(?:trouble|problems)[ ](?:viewing|reading)\b
    | \b(?:can['’]t|cannot)[ ](?:see|read)[ ](?:this|the)[ ](?:e-?mail|images)\b
    | \b(?:manage|update|change|edit)[ ](?:your[ ]|my[ ])?(?:e-?mail[ ])?(?:preferences|subscriptions?|profile)\b
    | \byou(?:['’]re|[ ]are|[ ]have)?[ ](?:receiv(?:ing|ed)|getting)[ ]this\b
    | \bwhy[ ](?:did|am)[ ](?:i|you)[ ](?:get|receiv)
    | \b(?:sie[ ]erhalten|du[ ](?:bekommst|erhältst))[ ]diese | \bvous[ ]recevez[ ]ce | \brecib(?:es|e)[ ]este
    | \briceve?i?[ ]questa
    | \bforwarded[ ](?:this|to[ ]you)\b | \bforward[ ](?:this|it|to[ ]a[ ]friend)\b | \bweiterleiten\b
    | \badd[ ]\S*[ ]?to[ ]your[ ](?:address[ ]book|contacts|safe[ ]senders) | \ball[ ]rights[ ]reserved\b | ©
    | \(c\)[ ]?(?:19|20)\d\d
    | ^\W*(?:privacy[ ]policy|datenschutz\w*|terms[ ]of[ ](?:use|service)|impressum|powered[ ]by)\b
    | ^\W*sent[ ](?:by|with|via)\b
    | \bsign[ ]up[ ](?:here|for[ ]free|now)\b | ^\W*subscribe\b
    | \b(?:this|dieser)[ ](?:e-?mail|newsletter)[ ](?:was|is|wurde|ist)[ ](?:sent|intended|an)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_FURNITURE = 300
_LABEL_WORDS = 4
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?|guten (?:tag|morgen|abend)|moin|servus"
    r"|bonjour|salut|ch(?:er|ère)|hola|buenos días|estimad[oa]|ciao|buongiorno|car[oa]|olá|oi|prezad[oa]|dag|beste"
    r"|cześć|dzień dobry)\b[^.?!:]{0,50}[,!.:]?",
    re.IGNORECASE,
)
_IN_BROWSER = re.compile(
    r"\bbrowser\b|\bonline\b|web ?version|navigat|navegador|przeglądarce|on the web|on (?:our|the) (?:site|website)",
    re.IGNORECASE,
)
_SLUG = re.compile(r"[a-z]{2,20}(?:-[a-z0-9]{1,20})+\.?(?:html?)?", re.IGNORECASE)
_PLAIN_SEGMENT = re.compile(r"(?:[a-z]{1,20}|\d{1,4})\.?(?:html?)?", re.IGNORECASE)
_MIXED = re.compile(r"(?=.*[a-z])(?=.*\d)[a-z\d]{6,}|[^-]{21,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message to many, without what is its receiver's."""

    #: The same in every run, and no one's key: a digest of the Message-ID.
    key: str
    subject: str
    sender: str
    #: The domain that it came from.
    domain: str
    published: datetime | None
    text: str
    language: str = ""
    #: Where everybody can read it, "" where no such place is known.
    link: str = ""


def read_letter(body: bytes, *, received: datetime | None) -> Letter | None:
    """What a message says; None where it is no mail to many, or is about the subscription itself.

    Args:
        received: when the mailbox got it.

    Raises:
        ValueError, RecursionError: it is made so that nobody could read it.
    """
    message = message_from_bytes(body, policy=policy.compat32)
    if not _is_to_many(message):
        return None
    receiver = _receiver(message)
    subject = _subject(message, receiver)
    if _ABOUT_SUBSCRIBING.search(subject):
        return None
    name, address = parseaddr(_header(message, "From"))
    html, plain = _bodies(message)
    return Letter(
        key=_key(message, subject),
        subject=subject[:_LONGEST_TITLE],
        sender=clean_line(name) or "",
        domain=address.rpartition("@")[2].lower(),
        published=_published(message, received),
        text=_text(html, plain, receiver)[:_LONGEST_TEXT],
        language=primary_tag(_header(message, "Content-Language")),
        link=_link(html, receiver),
    )


def public_link(url: str) -> str:
    """The address without query and fragment where it plainly is the same for every reader, else "".

    Its path has a headline in words ("/p/the-ferry-that-waited"); no part of it could be a key or a number of somebody.
    """
    address = http_url(url) or ""
    parts = urlsplit(address)
    segments = [segment for segment in parts.path.split("/") if segment]
    slugs = [segment for segment in segments if _SLUG.fullmatch(segment)]
    plain = all(_is_plain(segment) for segment in segments)
    if parts.scheme != "https" or not slugs or not plain or parts.port not in {None, 443}:
        return ""
    return f"https://{parts.hostname}{parts.path}"


def _is_plain(segment: str) -> bool:
    if _SLUG.fullmatch(segment):
        return not any(_MIXED.fullmatch(word) or (word.isdigit() and len(word) > 4) for word in segment.split("-"))
    return _PLAIN_SEGMENT.fullmatch(segment) is not None


# --- headers ----------------------------------------------------------------------------------------------------


def _header(message: Message, name: str) -> str:
    """A header as text, whatever encoding it claims to be in."""
    raw = next((value for known, value in message.raw_items() if known.lower() == name.lower()), "")
    # Bytes that are no ASCII are UTF-8 in most mail of today, whatever the standard says.
    written = to_text(str(raw).encode("utf-8", "surrogateescape"))[0]
    try:
        return clean_line(str(make_header(decode_header(written))))
    except (MessageError, ValueError, LookupError):
        return clean_line(written)


def _is_to_many(message: Message) -> bool:
    if _header(message, "Auto-Submitted").lower().startswith("auto-replied"):
        return False
    bulk = _header(message, "Precedence").lower() in {"bulk", "list"}
    return bulk or any(message.get(name) is not None for name in _TO_MANY)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Receiver:
    """Whom it was sent to, in small letters, as they might stand in its words."""

    #: "anna"; one of two letters is in too many words.
    first: frozenset[str]
    #: "anna engelby", of more than one word.
    whole: frozenset[str]
    #: What an address of a page might call them by.
    parts: frozenset[str]


def _receiver(message: Message) -> _Receiver:
    headers = [_header(message, name) for name in ("To", "Delivered-To", "X-Original-To", "Envelope-To")]
    known = [(clean_line(name).casefold().split(), address.casefold()) for name, address in getaddresses(headers)]
    names = [words for words, _ in known if words and "@" not in words[0]]
    boxes = [address.partition("@")[0] for _, address in known]
    return _Receiver(
        first=frozenset(words[0] for words in names if len(words[0]) > 2),
        whole=frozenset(" ".join(words) for words in names if len(words) > 1),
        parts=frozenset(part for part in (*(word for words in names for word in words), *boxes) if len(part) > 2),
    )


def _subject(message: Message, receiver: _Receiver) -> str:
    """The subject without "Fwd:" and without the receiver's name: "Anna, your weekly news" is no headline."""
    subject = without_tags_in_text(_FORWARDED.sub("", _header(message, "Subject")))
    subject = _ADDRESS.sub("", subject)
    for name in (*receiver.whole, *receiver.first):
        called = rf"^\W*{re.escape(name)}\s*[,:!–—-]\s*|\s*,\s*{re.escape(name)}\s*(?=[.!?]*$)"
        subject = re.sub(called, "", subject, flags=re.IGNORECASE)
    return clean_line(subject[:1].upper() + subject[1:])


def _key(message: Message, subject: str) -> str:
    known = _header(message, "Message-ID") or "\n".join((_header(message, "From"), _header(message, "Date"), subject))
    return digest_of(known)


def _published(message: Message, received: datetime | None) -> datetime | None:
    try:
        written = parsedate_to_datetime(_header(message, "Date"))
        said = written.replace(tzinfo=UTC) if written.tzinfo is None else written.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return received
    return said if received is None or abs(said - received) <= _CREDIBLE else received


# --- body -------------------------------------------------------------------------------------------------------


def _bodies(message: Message) -> tuple[str, str]:
    """The first HTML part and the first plain one, as text each."""
    html = plain = ""
    for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False):
        kind = part.get_content_type()
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        if kind == "text/html" and not html:
            html = _decoded(part)
        elif kind == "text/plain" and not plain:
            plain = _decoded(part)
    return html, plain


def _decoded(part: Message) -> str:
    body = part.get_payload(decode=True)
    return to_text(body, f"charset={part.get_content_charset()}")[0] if isinstance(body, bytes) else ""


def _text(html: str, plain: str, receiver: _Receiver) -> str:
    prose = html_to_text(html) if html else without_tags_in_text(clean_paragraphs(plain))
    letter = _without_footer([_without_addresses(paragraph) for paragraph in prose.split("\n\n")])
    kept = [paragraph for paragraph in letter if paragraph and not _is_furniture(paragraph)]
    public = [paragraph for at, paragraph in enumerate(kept) if not _is_personal(paragraph, at, receiver)]
    return without_boilerplate("\n\n".join(public))


def _without_addresses(paragraph: str) -> str:
    found, addresses = _ADDRESS.subn("", paragraph)
    if not addresses:
        return paragraph
    # What is left of a label: "Read on:".
    return clean_line(re.sub(r"\s+([.,;:!?])", r"\1", found)) if len(found.split()) > _LABEL_WORDS else ""


def _without_footer(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs above the one that says how to leave; where that stands in the upper half, all but that one."""
    half = len(paragraphs) // 2
    leaving = [at for at, paragraph in enumerate(paragraphs) if len(paragraph) < 1_000 and _FOOTER.search(paragraph)]
    end = next((at for at in leaving if at >= half), len(paragraphs))
    return [paragraph for at, paragraph in enumerate(paragraphs[:end]) if at not in leaving]


def _is_furniture(paragraph: str) -> bool:
    return not re.search(r"\w", paragraph) or (
        len(paragraph) <= _LONGEST_FURNITURE and _FURNITURE.search(paragraph) is not None
    )


def _is_personal(paragraph: str, at: int, receiver: _Receiver) -> bool:
    """Whether it greets the receiver or names them."""
    if at < 5 and len(paragraph) <= 80 and _GREETING.fullmatch(paragraph):
        return True
    lower = paragraph.casefold()
    called = any(re.match(rf"\W*{re.escape(name)}\b\s*[,!:–—-]", lower) for name in receiver.first)
    return called or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", lower) for name in receiver.whole)


def _link(html: str, receiver: _Receiver) -> str:
    """The address behind "view in browser" where it is everybody's."""
    tree = page_tree(html) if html else None
    if tree is None:
        return ""
    links = filter(None, map(public_link, _browser_links(tree)))
    return next((link for link in links if receiver.parts.isdisjoint(re.split(r"[^\w.+]+", link.casefold()))), "")


def _browser_links(tree: etree._Element) -> Iterator[str]:
    for link in tree.iter("a"):
        words = clean_line(" ".join(link.itertext()))
        if len(words) < 80 and _IN_BROWSER.search(words):
            yield link.get("href") or ""
